"""The made files that pandas, XlsxWriter and a spreadsheet's own CSV write in ways of their own."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import xlsxwriter

DAY_ZERO: Final = date(1899, 12, 30)  # of Excel's dates


def two_levels(folder: Path) -> Path:
    """Header of two rows as pandas writes it, the empty row below, an index column, NaT and NaN."""
    heads = [
        ("任务", "板块"),
        ("任务", "举措"),
        ("责任分工", "责任领导"),
        ("责任分工", "牵头部门"),
        ("责任分工", "配合部门"),
        ("时间", "开始"),
        ("时间", "完成时限"),
    ]
    day = pd.Timestamp
    rows = [
        [
            "数字化",
            "上线人事系统",
            "丁一鸣",
            "人力资源部",
            "信息技术部",
            "2026-02-01",
            "2026-05-31",
        ],
        ["数字化", "迁移旧邮件", "丁一鸣", "信息技术部", np.nan, None, "2026-07-15"],
        ["合规", "修订采购制度", "罗素云", "法务部", "采购部、财务部", "2026-03-01", None],
        [
            *["合规", "开展反商业贿赂培训", "罗素云", "法务部", "人力资源部"],
            *["2026-09-01", "2026-09-30"],
        ],
    ]
    frame = pd.DataFrame(rows, columns=pd.MultiIndex.from_tuples(heads))
    for head in heads[5:]:
        frame[head] = pd.Series([day(text) for text in frame[head]], dtype="datetime64[ns]")
    path = folder / "pandas-two-levels.xlsx"
    frame.to_excel(path, sheet_name="2026", engine="openpyxl")
    return path


def index_of_two(folder: Path) -> Path:
    """Section and number as an index of pandas, which merges them; the year in each deadline."""
    heads = ["板块", "序号", "举措", "责任领导", "责任部门", "完成时限"]
    rows = [
        ["提质", 1, "推行精益生产", "汤栩勇", "生产部，质量部", "2026年全年"],
        ["提质", 2, "建设质量实验室", "汤栩勇", "质量部", "2026年8月"],
        ["降本", 3, "集中采购", "金蕾", "采购部，各分公司", "2026年3月底前"],
        ["降本", 4, "盘活闲置资产", "金蕾", "资产部", "2026年四季度"],
        ["降本", 5, "压降应收账款", "金蕾、汤栩勇", "财务部，营销部", "2026年12月25日前"],
    ]
    frame = pd.DataFrame(rows, columns=heads).set_index(["板块", "序号"])
    path = folder / "pandas-index.xlsx"
    frame.to_excel(path, sheet_name="Sheet1", engine="openpyxl")
    return path


def csv_with_index(folder: Path) -> Path:
    """A column without a header for the index, the year as 2026.0, the last row without either."""
    heads = ["编号", "年度", "举措", "责任领导", "责任部门", "完成时限"]
    rows = [
        ["2026-1-1", 2026.0, "开展民法典宣传", "江栩涛", "普法科，办公室", "5月"],
        ["2026-1-2", 2026.0, "规范性文件清理", "江栩涛", "立法科", "6月底前"],
        ["2026-2-1", np.nan, "行政复议听证", "沈洁", "复议科，立法科、办公室", np.nan],
    ]
    path = folder / "pandas-csv.csv"
    pd.DataFrame(rows, columns=heads).to_csv(path, encoding="utf-8")
    return path


def formulas(folder: Path) -> Path:
    """Title, numbers, names, departments and dates are formulas with the values last worked out."""
    path = folder / "formulas.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet, people = workbook.add_worksheet("任务"), workbook.add_worksheet("人员")
        people.write_column("A1", ["姓名", "汪洋海", "左晓琴"])
        people.write_column("B1", ["部门", "市场部", "研发部"])
        heading = workbook.add_format({"bold": True, "border": 1})
        full_day = workbook.add_format({"num_format": "yyyy/m/d"})
        day_of_year = workbook.add_format({"num_format": 'm"月"d"日"'})
        title = "云岫公司2026年重点任务分解表"
        sheet.merge_range("A1:F1", "", heading)
        sheet.write_formula("A1", '="云岫公司"&2026&"年重点任务分解表"', heading, title)
        sheet.write_row(
            "A2", ["序号", "任务", "责任领导", "责任部门", "完成时间", "剩余天数"], heading
        )
        rows = [
            ("发布新版客户端", 3, "左晓琴", "研发部", "，市场部", date(2026, 6, 30), full_day),
            ("拓展华南渠道", 2, "汪洋海", "市场部", "", date(2026, 9, 15), full_day),
            ("通过等保测评", 3, "左晓琴", "研发部", "，行政部", date(2026, 11, 1), day_of_year),
        ]
        for number, (text, person, name, lead, support, day, look) in enumerate(rows, 1):
            row = number + 1
            sheet.write_formula(row, 0, "=ROW()-2", None, number)
            sheet.write(row, 1, text)
            sheet.write_formula(row, 2, f"=人员!A{person}", None, name)
            sheet.write_formula(row, 3, f'=人员!B{person}&"{support}"', None, lead + support)
            formula = f"=DATE({day.year},{day.month},{day.day})"
            sheet.write_formula(row, 4, formula, look, (day - DAY_ZERO).days)
            left = (day - date(2026, 3, 2)).days
            sheet.write_formula(row, 5, f"=E{row + 1}-DATE(2026,3,2)", None, left)
        sheet.write("A6", "合计")
        sheet.write_formula("B6", "=COUNTA(B3:B5)", None, 3)
    return path


def excel_table(folder: Path) -> Path:
    """The board's own columns as a table of Excel with a row 汇总; a sheet 节点."""
    heads = ["编号", "年度", "清单", "板块", "条目", "举措", "责任领导", "责任部门", "完成时限"]
    rows = [
        [
            *["2026-1-1", 2026, "重点工作清单", "一、产业", "一（一）"],
            *["培育专精特新企业10家", "康栩健", "工信局，科技局", "12月"],
        ],
        [
            *["2026-1-2", 2026, "重点工作清单", "一、产业", "一（二）"],
            *["举办产业对接会4场", "康栩健", "工信局", "每季度"],
        ],
        [
            *["2026-2-1", 2026, "重点工作清单", "二、生态", "二（一）"],
            *["治理黑臭水体3条", "水清", "生态环境局，水利局、住建局", "2026-08-31"],
        ],
    ]
    columns: dict[str, dict[str, object]] = {head: {"header": head} for head in heads}
    columns["编号"]["total_string"] = "汇总"
    columns["举措"] |= {"total_function": "count", "total_value": len(rows)}
    table = {"data": rows, "total_row": True, "columns": list(columns.values())}
    milestones = [
        ["编号", "节点时限", "节点", "目标值", "单位"],
        ["2026-1-1", "6月底前", "培育5家", 5, "家"],
        ["2026-2-1", "5月", "完成清淤"],
    ]
    path = folder / "excel-table.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        workbook.add_worksheet("清单").add_table("A1:I5", table)
        sheet = workbook.add_worksheet("节点")
        for number, cells in enumerate(milestones):
            sheet.write_row(number, 0, cells)
    return path


def phonetic_and_decimals(folder: Path) -> Path:
    """Pronunciations over names; articles as numbers: 1.1, 1.2 and 1.10 (1.1 with two places)."""
    path = folder / "phonetic-and-decimals.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Sheet1")
        heading = workbook.add_format({"bold": True, "border": 1})
        one_place = workbook.add_format({"num_format": "0.0"})
        two_places = workbook.add_format({"num_format": "0.00"})
        rows = [
            (4, 1.1, one_place, ["起草年度立法计划", "查良", "立法科", "办公室", "2月底前"]),
            (5, 1.2, one_place, ["组织行政执法人员考试", "查良", "监督科", None, "9月"]),
            (6, 1.1, two_places, ["评查执法案卷", "查良", "监督科", "复议科", "11月底前"]),
            (8, 2.1, one_place, ["升级法律援助中心", "单雪", "法援科", "财务科", "6月30日前"]),
        ]
        sheet.merge_range("A1:F1", "区司法局2026年重点工作分解表", heading)
        sheet.write_row(
            "A2", ["条目", "工作任务", "责任领导", "牵头科室", "配合科室", "完成时限"], heading
        )
        sheet.merge_range("A3:F3", "1 法治政府建设", heading)
        sheet.merge_range("A7:F7", "2 公共法律服务", heading)
        for number, article, look, cells in rows:
            sheet.write_number(f"A{number}", article, look)
            sheet.write_row(f"B{number}", cells)
    pronounce(path, {"查良": "ZHA LIANG", "单雪": "shàn xuě"})
    return path


def pronounce(path: Path, sounds: dict[str, str]) -> None:
    """Put a pronunciation behind texts of a workbook, as Excel does for a phonetic guide."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    strings = parts["xl/sharedStrings.xml"].decode()
    for text, sound in sounds.items():
        plain = f"<si><t>{text}</t></si>"
        guide = f'<rPh sb="0" eb="2"><t>{sound}</t></rPh><phoneticPr fontId="1"/>'
        assert plain in strings
        strings = strings.replace(plain, f"<si><t>{text}</t>{guide}</si>")
    parts["xl/sharedStrings.xml"] = strings.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def gb18030_csv(folder: Path) -> Path:
    """CSV as Chinese Excel saves it: title and date lines, a broken line in a cell, notes below."""
    rows = [
        ["××镇2026年民生实事任务分解表", "", "", "", "", ""],
        ["", "", "", "", "", "2026年3月1日"],
        ["序号", "实事项目", "分管领导", "责任部门", "完成时限", "备注"],
        ["1", "改造自来水管网15公里", "苗圃", "农业农村办，财政所", "9月底前", ""],
        [
            *["2", "建设村级养老驿站3处：\n东村、西村、南村", "花蕊"],
            *["民政办，规划建设办、各村", "11月底前", '含"适老化"改造'],
        ],
        ["3", "安装太阳能路灯300盏", "苗圃", "规划建设办", "6月30日前", ""],
        ["备注：列第一位的为牵头部门", "", "", "", "", ""],
        ["填报人：于洋", "", "审核：苗圃", "", "", ""],
    ]
    return saved_as_csv(folder / "gb18030-csv.csv", rows, "gb18030")


def merged_then_csv(folder: Path) -> Path:
    """Saved from a sheet with merged sections: the section stands in its first row alone."""
    rows = [
        ["市档案馆2026年重点工作", "", "", "", "", ""],
        ["板块", "序号", "工作任务", "责任领导", "责任部门", "完成时限"],
        ["一、资源建设", "1", "接收到期档案8000卷", "关汀月", "接收科，保管科", "12月10日前"],
        ["", "2", "征集家谱族谱", "关汀月", "编研科", "全年"],
        ["二、开放利用", "3", "开放鉴定档案2万件", "纪晓", "开放科，保管科", "10月底前"],
        ["", "4", "举办国际档案日展览", "纪晓", "宣教科", "6月9日"],
        ["合计", "4项", "", "", "", ""],
        ["", "", "", "", "", ""],
    ]
    return saved_as_csv(folder / "merged-then-csv.csv", rows, "utf-8-sig")


def saved_as_csv(path: Path, rows: list[list[str]], encoding: str) -> Path:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


MAKERS: Final[dict[str, Callable[[Path], Path]]] = {
    "excel-table": excel_table,
    "formulas": formulas,
    "gb18030-csv": gb18030_csv,
    "merged-then-csv": merged_then_csv,
    "pandas-csv": csv_with_index,
    "pandas-index": index_of_two,
    "pandas-two-levels": two_levels,
    "phonetic-and-decimals": phonetic_and_decimals,
}
