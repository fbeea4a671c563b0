"""Tables of a notice: headers, headings, merged cells and whom their cells name."""

from __future__ import annotations

import pytest

from lib import notices
from lib.notices import pipeline
from lib.notices.model import Block, Document
from lib.notices.reading.tables.sheet import one_line
from tests.notices.drawn import read, shown
from tests.notices.office import rows, xlsx
from tests.notices.pages import HEAD, page, tr


def test_a_cell_without_end_is_read_in_time_and_memory():
    for piece in ("甲", "主任", "王强、", "（", "由甲牵头", " "):
        cells = ["1", "修路", piece * (30_000 // len(piece)), "甲局"]
        table = [
            Block(text, 0, 0, 0, column)
            for column, text in enumerate(["序号", "任务", "责任领导", "责任单位"])
        ]
        table += [Block(text, 0, 0, 1, column) for column, text in enumerate(cells)]

        document = Document([Block("某某市2024年清单"), *table])
        assert len(pipeline.understand(document, "long").measures) == 1

        table[2] = Block("谁", 0, 0, 0, 2)
        document = Document([Block("某某市2024年清单"), *table])
        assert len(pipeline.understand(document, "long").measures) == 1


def _cells(drawing: str, field: str) -> list[str]:
    """One field of each measure of a drawn table."""
    return [shown(field, measure.cells[field]) for measure in read(drawing).measures]


def test_a_row_of_one_cell_over_two_columns_is_a_heading():
    drawing = """
序号 | 工作任务 | 责任部门 | 完成时限
城建类 | < |  |
1 | 修路 | 工程科 | 8月
"""
    assert _cells(drawing, "section") == ["城建类"]


def test_a_heading_with_words_of_its_own_makes_no_measures_of_a_table_that_says_not_who():
    table = "序号 | 工作任务 | 完成时限\n{} | < | <\n1 | 修路 | 8月"

    assert _cells(table.format("市住建局（3项）"), "lead_departments") == ["市住建局?"]
    assert _cells(table.format("一、城建（责任部门：住建局）"), "lead_departments") == []


def test_a_bracket_without_a_label_stays_in_a_cell_s_text():
    table = "序号 | 工作任务 | 责任部门 | 完成时限\n1 | {} |  | 8月"

    assert _cells(table.format("修路（责任部门：工程科）"), "title") == ["修路"]
    assert _cells(table.format("修路（由工程科牵头）"), "title") == ["修路（由工程科牵头）"]


def test_a_leader_of_a_heading_is_not_doubted_for_a_column_of_people():
    drawing = """
序号 | 工作任务 | 责任部门 | 操盘手
{}
1 | 修路 | 工程科 | 李静
2 | 架桥 | 工程科 | 赵敏
"""
    led = "副市长王强负责的工作 | < | < | <"
    assert _cells(drawing.format(led), "leaders") == ["王强", "王强"]
    assert _cells(drawing.format("城建 | < | < | <"), "leaders") == ["?", "?"]


def test_a_table_goes_on_without_its_header_and_another_has_nothing_to_do_with_it():
    notice = notices.read(
        f"<html><table>{tr('姓名', '电话')}{tr('林森', '1')}</table><table>{HEAD}{tr('1', '修路', '工程科', '8月')}</table>"
        f"<table>{tr('2', '架桥', '工程科', '8月')}</table></html>".encode(),
        "x.html",
    )
    assert [measure.cells["title"].text for measure in notice.measures] == ["修路", "架桥"]
    assert [item.text for item in notice.unplaced] == ["姓名", "电话", "林森", "1"]


def test_a_measure_over_several_rows():
    merged = (
        HEAD
        + tr("<td rowspan=2>1</td>", "<td rowspan=2>修路</td>", "工程科", "8月")
        + tr("财务科", "8月")
        + tr("2", "架桥", "工程科", "9月")
        + tr("", "", "养护科", "")
        + tr("", "", "养护科", "")
        + tr("3", "", "", "")
    )
    assert page(merged) == ["|1|修路|工程科|财务科", "|2|架桥|工程科|养护科"]


def test_rows_that_are_no_measures():
    rows = (
        HEAD
        + tr("<td colspan=4>一、路桥</td>")
        + tr("一", "<td colspan=3>路桥养护</td>")
        + tr("1", "修路", "工程科", "8月")
        + tr("", "二、园林", "", "")
        + tr("2", "种树", "园林科", "3月")
        + tr("", "种花", "", "")
        + tr("<td rowspan=2>备查</td>", "", "", "")
        + tr("", "", "")
        + tr("<td colspan=4>注：按月报送</td>")
        + tr("合计", "2项", "", "")
    )
    assert page(rows) == ["一、路桥养护|1|修路|工程科", "二、园林|2|种树|园林科", "二、园林||种花"]


def test_a_numbered_heading_above_the_header_is_the_first_section():
    heading = tr("<td colspan=4>一、路桥</td>")
    assert page(heading + HEAD + tr("1", "修路", "工程科", "8月")) == ["一、路桥|1|修路|工程科"]


def test_a_header_that_is_printed_again_is_no_measure():
    rows = tr("1", "修路", "工程科", "8月") + HEAD + tr("2", "架桥", "工程科", "9月")
    assert page(HEAD + rows) == ["|1|修路|工程科", "|2|架桥|工程科"]


def test_a_header_with_other_columns_names_those_of_the_rows_below_it():
    second_header = tr("序号", "责任部门", "工作任务", "完成时限") + tr(
        "2", "工程科", "架桥", "9月"
    )
    rows = page(HEAD + tr("1", "修路", "工程科", "8月") + second_header)
    assert rows == ["|1|修路|工程科", "|2|架桥|工程科"]


def test_of_two_columns_of_numbers_that_of_articles_counts():
    head = tr("序号", "条目", "工作任务", "责任部门")
    assert page(head + tr("1", "一（一）", "修路", "工程科")) == ["|一（一）|修路|工程科"]


def test_headers_with_merged_or_blank_cells_and_cells_that_overlap():
    head = tr("序号", "<td colspan=2>工作任务</td>", "责任部门") + tr("", "", "", "")
    assert page(head + tr("1", "<td colspan=2>修路</td>", "工程科") + tr("", "", "", "工程科")) == [
        "|1|修路|工程科"
    ]
    crossing = tr("1", "<td rowspan=2>修路</td>", "工程科", "8月") + tr(
        "<td colspan=3>二、园林</td>"
    )
    assert page(HEAD + crossing)[0] == "|1|修路|工程科"
    sheet = rows(("序号", "工作任务", "责任部门"), ("1", "修路", "工程科"), ("2", "架桥", "工程科"))
    overlapping = '<mergeCells><mergeCell ref="B2:C3"/><mergeCell ref="C2:C3"/></mergeCells>'
    measures = notices.read(xlsx(sheet + overlapping), "x.xlsx", year=2024).measures
    assert [measure.cells["article"].text for measure in measures] == ["1", "2"]


def test_headers_that_are_none_and_brackets_inside_cells():
    long = "这一格不是表头而是一段很长的说明，里面提到了工作任务、责任部门、完成时限等等许多内容，远远超过四十个字"
    assert (
        page(tr(long, "责任部门", "工作任务", "完成时限") + tr("1", "修路", "工程科", "8月")) == []
    )
    assert page(HEAD + tr("1", "修路（责任部门：工程科）", "", "8月")) == ["|1|修路|工程科"]
    assert page(tr("单位", "名称", "电话") + tr("工程科", "甲", "1")) == []
    assert page(
        tr("工作任务", "责任部门", "领导", "责任部门") + tr("修路", "甲科", "乙", "丙科")
    ) == ["||修路|甲科|丙科"]


def test_a_part_without_a_column_for_deadlines_takes_them_from_the_names():
    head = tr("序号", "工作任务", "责任部门")
    notice = notices.read(
        f"<html><p>2024年清单</p><table>{head}{tr('1', '修路', '工程科，8月底前完成')}</table></html>".encode(),
        "x.html",
    )
    assert (str(notice.measures[0].due), notice.measures[0].cells["lead_departments"].names) == (
        "2024-08-31",
        ("工程科",),
    )


def test_a_section_row_is_above_a_column_of_groups():
    table = "任务,举措,责任部门,时限\n一、服务,,,\n走访,走访困难职工,办公室,8月\n走访,建立档案,办公室,9月\n二、组织,,,\n培训,培训干部,组织部,10月\n"
    notice = notices.read(table.encode(), "x.csv")
    assert [measure.cells["section"].text for measure in notice.measures] == [
        "一、服务",
        "一、服务",
        "二、组织",
    ]


def test_a_cell_of_persons_over_two_columns_names_no_departments():
    drawn = """
举措 | 责任领导 | 责任部门 | 完成时限
办夜校 | 王强、李静 | < | 6月底前
修球场 | 王强 | 后勤科 | 9月
"""
    assert _cells(drawn, "leaders")[0] == "王强、李静"
    assert _cells(drawn, "lead_departments") == ["", "后勤科"]


def test_an_office_below_both_roles_has_both():
    drawn = """
举措 | 牵头部门 | 配合部门 | 完成时限
办夜校 | 工会办公室 | < | 6月底前
"""
    assert _cells(drawn, "lead_departments") == ["工会办公室"]


def test_a_deadline_in_two_columns_runs_from_the_one_to_the_other():
    drawn = """
举措 | 责任部门 | 完成时限 | <
^ | ^ | 开始 | 结束
办夜校 | 技改科 | 3月 | 6月底前
修球场 | 后勤科 |  | 9月
"""
    assert _cells(drawn, "deadline") == ["3月至6月底前", "9月"]


def test_a_sentence_with_a_number_above_a_header_is_no_section():
    drawn = f"""
一、{"按季调度，" * 20} | < | <
举措 | 责任部门 | 完成时限
办夜校 | 技改科 | 6月底前
"""
    assert _cells(drawn, "section") == [""]


def test_a_header_printed_again_is_part_of_the_table():
    drawn = """
举措 | 责任部门 | 完成时限
办夜校 | 技改科 | 6月底前
举措 | 责任部门 | 完成时限
修球场 | 后勤科 | 9月
"""
    assert _cells(drawn, "title") == ["办夜校", "修球场"]
    assert read(drawn).unplaced == ()


def test_an_error_in_a_cell_of_names_is_to_be_checked():
    drawn = """
举措 | 责任领导 | 责任部门 | 完成时限
办夜校 | #N/A | #REF! | 6月底前
"""
    (measure,) = read(drawn).measures
    assert not measure.cells["leaders"].sure
    assert measure.cells["leaders"].detail == "#N/A"
    assert measure.cells["lead_departments"].detail == "#REF!"


def test_an_english_header_is_a_header():
    assert _cells("\nMeasure | Leader | Deadline\n办夜校 | 王强 | 2026年6月\n", "leaders") == [
        "王强"
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("修\n路", "修路"),
        ("修 \n\u3000路", "修路"),
        ("A \n路", "A路"),
        ("new\nroad", "new road"),
        ("修  路", "修  路"),
    ],
)
def test_a_break_in_a_cell_is_a_space_between_latin_words_alone(text: str, line: str) -> None:
    assert one_line(text) == line
