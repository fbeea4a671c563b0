"""What rarely stands in a notice, and must not be misread when it does."""

import pyarrow as pa
import pytest
from lxml import etree

from lib import measures, notices
from lib.errors import BoardError
from lib.notices import labels
from lib.notices.formats import limits, office, pdf
from lib.notices.model import Line
from lib.notices.reading.claims import brackets, labelled, sentences
from tests.notices.lines import read
from tests.notices.office import docx, p, rows, xlsx
from tests.notices.pdf import LINE
from tests.notices.pdf import pdf as made


def codes(text: str) -> list[str]:
    return [problem.code for problem in notices.read_text(text).problems]


def page(rows: str) -> list[str]:
    """The measures of an HTML table, as lines."""
    notice = notices.read(f"<html><p>2024年清单</p><table>{rows}</table></html>".encode(), "x.html")
    return [
        "|".join(
            [
                m.cells["section"].text,
                m.cells["article"].text,
                m.cells["title"].text,
                *m.cells["lead_departments"].names,
                *m.cells["support_departments"].names,
            ]
        )
        for m in notice.measures
    ]


def tr(*cells: str) -> str:
    return (
        "<tr>"
        + "".join(text if text.startswith("<td") else f"<td>{text}</td>" for text in cells)
        + "</tr>"
    )


HEAD = tr("序号", "工作任务", "责任部门", "完成时限")


# --- who --------------------------------------------------------------------------------------------------------------


def test_ditto_before_anything_and_for_a_role():
    first = "2024年清单\n1. 修路。（责任领导：同上；牵头部门：工程科）\n2. 架桥。（责任领导：林森；牵头部门：同上）"
    assert read(first) == ["|1|修路||工程科||", "|2|架桥|林森|工程科||"]
    assert not notices.read_text(first).measures[0].cells["leaders"].sure


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（责任单位 办公室）", {"departments": "办公室"}),
        ("（责任分工：林森）", {"leaders": "林森"}),
        ("（请办公室牵头）", {"lead_departments": "办公室"}),
        ("（责任领导：林森市级责任单位：办公室）", {"leaders": "林森", "departments": "办公室"}),
        ("（责任领导：林森书记主任局长处长）", {"leaders": "林森书记"}),
        ("（责任部门：（（（（办公室）", {"departments": "（办公室）"}),
        ("（责任部门：办公室）））", {"departments": "办公室"}),
        ("（责任部门：办公室（甲、财务科", {"departments": "办公室 甲 财务科"}),
    ],
)
def test_a_rare_bracket(text: str, expected: dict[str, str]):
    line = Line.of(0, text)
    found = labelled.read(line.span.since(1))
    assert {claim.field: " ".join(claim.names) for claim in found} == expected


def test_a_bracket_with_a_label_but_no_colon_and_too_many_brackets():
    line = Line.of(0, "修路（责任单位 办公室）")
    assert brackets.of_duty(line) == [line.span.since(2)]
    span = Line.of(0, "(" * 12 + "甲").span
    assert span.trimmed() == span.since(8)


def test_a_role_in_brackets_inside_a_sentence():
    text = "由办公室（牵头）、财务科负责。"
    assert [claim.names for claim in sentences.read(Line.of(0, text).span)] == [
        ("办公室",),
        ("财务科",),
    ]


def test_a_label_without_a_colon_before_what_is_no_person():
    text = "由办公室牵头，分管领导高度重视，责任人工程科。"
    assert [claim.field for claim in sentences.read(Line.of(0, text).span)] == ["lead_departments"]


def test_a_date_in_the_middle_of_a_sentence_is_no_deadline():
    text = "2024年清单\n1. 修路，6月底前完成方案编制工作并上报审定。（责任部门：工程科）\n2. 架桥》（，9月底前完成。（责任部门：工程科）"
    assert [line.split("|")[-1] for line in read(text)] == ["", "9月底前"]


def test_labels_between_spaces_but_not_of_other_kinds():
    assert [
        label.word
        for label in labels.spaced_labels("责任单位 办公室 工作任务 修路 完成时限 8月", 0, 26)
    ] == [
        "责任单位",
        "完成时限",
    ]


def test_several_labels_for_leaders_the_leading_one_counts():
    text = "2024年清单\n1. 修路。（责任领导：林森；责任人：王小明；责任部门：工程科）"
    leaders = notices.read_text(text).measures[0].cells["leaders"]
    assert (leaders.names, leaders.sure) == (("林森",), False)


def test_departments_named_twice_and_lists_without_order():
    text = "2024年清单\n1. 修路。（牵头部门：工程科；配合部门：工程科、财务科）\n2. 架桥。（责任部门：工程科、财务科）\n（责任部门排名不分先后）"
    assert read(text) == ["|1|修路||工程科|财务科|", "|2|架桥||工程科|财务科|"]
    second = notices.read_text(text).measures[1].cells["lead_departments"]
    assert (second.reason, second.sure) == ("unordered", False)


# --- which items are measures -----------------------------------------------------------------------------------------


def test_groups_behind_and_before():
    text = """2024年清单
一、路桥
以下任务由工程科牵头，8月底前完成。
1. 修路。
2. 架桥。
二、园林
1. 种树。
2. 种花。
（以上由园林科负责）
3. 种草。
（以上由环卫科负责）
以上各项请抓紧。"""
    assert read(text) == [
        "一、路桥|一1|修路||工程科||8月底前",
        "一、路桥|一2|架桥||工程科||8月底前",
        "二、园林|二1|种树||园林科||",
        "二、园林|二2|种花||园林科||",
        "二、园林|二3|种草||环卫科||",
    ]


def test_an_item_without_a_responsibility_among_others_and_one_that_inherits():
    text = "2024年清单\n1. 修路。（责任部门：工程科）\n2. 架桥。\n3. 种树。（责任部门：园林科）"
    assert [line.split("|")[2] for line in read(text)] == ["修路", "架桥", "种树"]
    assert "notice_nobody" in codes(text)
    text = "2024年清单\n一、路桥（责任领导：林森；责任部门：工程科）\n1. 修路。（责任部门：养护科）\n2. 架桥。"
    assert read(text) == ["一、路桥|一1|修路|林森|养护科||", "一、路桥|一2|架桥|林森|工程科||"]
    text = "2024年清单\n1. 修路。\n2. 架桥。\n3. 种树。（责任部门：园林科）"
    assert [line.split("|")[2] for line in read(text)] == ["种树"]


def test_a_higher_number_that_comes_late_and_decimals():
    text = "2024年清单\n（一）修路。（责任部门：工程科）\n一、园林\n（一）种树。（责任部门：园林科）\n二、其他\n1.1 清淤。（责任部门：水务科）"
    assert read(text) == [
        "|（一）|修路||工程科||",
        "一、园林|一（一）|种树||园林科||",
        "二、其他|1.1|清淤||水务科||",
    ]


def test_headings_and_items_in_one_paragraph():
    text = "2024年清单\n一、路桥：（一）修路。（责任部门：工程科）（二）架桥。（责任部门：工程科）\n二、园林 ①说明：（一）种树。（责任部门：园林科）\n（二）种花。（责任部门：园林科）"
    assert [line.split("|")[2] for line in read(text)] == ["修路", "架桥", "种树", "种花"]


def test_points_of_which_the_last_is_followed_by_the_labels():
    text = "2024年清单\n一、路桥\n1. 修路。\n2. 架桥。\n责任部门：工程科\n二、园林\n1. 种树。\n2. 种花。\n责任部门：园林科"
    assert [line.split("|")[:3] for line in read(text)] == [["", "一", "路桥"], ["", "二", "园林"]]


def test_items_without_numbers():
    text = "2024年清单\n一、路桥\n修缮主路并划线。（责任部门：工程科）\n加固老桥。（责任部门：工程科）\n种植行道树\n责任部门：园林科\n修剪草坪\n责任部门：园林科"
    assert [line.split("|")[2] for line in read(text)] == [
        "修缮主路并划线",
        "加固老桥",
        "种植行道树",
        "修剪草坪",
    ]


def test_titles_before_a_space_and_by_a_label_once():
    text = "2024年清单\n1. 修缮礼堂 更换座椅、灯具，粉刷墙面，完善消防设施。（责任部门：工程科）\n2. 任务：任务：修路。（责任部门：工程科）\n3. 春季 植树。（责任部门：园林科）"
    assert [line.split("|")[2] for line in read(text)] == ["修缮礼堂", "任务：修路", "春季 植树"]


# --- lines ------------------------------------------------------------------------------------------------------------


def test_lines_that_go_on():
    text = "2024年清单\n1. 修路\n责任部门：\n工程科、\n财务科\n完成时限：8月"
    assert read(text) == ["|1|修路||工程科|财务科|8月"]
    far = "2024年清单\n1. 修路（含\n" + "无关的一行\n" * 20 + "2. 架桥。（责任部门：工程科）"
    assert [line.split("|")[2] for line in read(far)] == ["架桥"]
    crossed = "2024年清单\n1. 修路《规范（试行》。（责任部门：工程科）\n“引号\n"
    assert [line.split("|")[2] for line in read(crossed)] == ["修路《规范"]
    data = docx(p("1. 修路（见") + "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>")
    assert notices.read(data, "x.docx").measures == ()


# --- contradictions ---------------------------------------------------------------------------------------------------


def test_contradictions_are_pointed_out():
    text = "2024年清单\n1. 修路。（责任部门：信息 IT 中心、市道路工程养护管理处）\n3. 架桥。（责任部门：信息 IT中心）\n2. 种树。（责任部门：市道路工程维护管理处）\n2. 种花。12月举办花展。（责任部门：园林科；完成时限：8月）"
    found = codes(text)
    assert {
        "notice_number_gap",
        "notice_number_twice",
        "notice_date_after_deadline",
        "notice_name_two_ways",
    } <= set(found)
    spaced = "2024年清单\n1. 修路。（责任部门：IT 中心）\n2. 架桥。（责任部门：IT中心）"
    assert "notice_name_two_ways" in codes(spaced)
    table = page(
        HEAD
        + tr("1", "修路", "工程科", "8月")
        + tr("3", "架桥", "工程科", "8月")
        + tr("3", "种树", "园林科", "8月")
    )
    assert len(table) == 3


def test_serial_numbers_of_a_table_with_a_gap():
    data = "序号,工作任务,责任部门\n1,修路,工程科\n3,架桥,工程科\n3,种树,园林科"
    assert [
        problem.code for problem in notices.read(data.encode(), "x.csv", year=2024).problems
    ] == [
        "notice_number_gap",
        "notice_number_twice",
    ]


def test_a_date_that_is_none():
    assert notices.read_text(f"2024年清单\n{LINE}\n2024年13月45日").issued is None


# --- tables -----------------------------------------------------------------------------------------------------------


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
    overlapping = '<mergeCells>x<mergeCell ref="B2:C3"/><mergeCell ref="C2:C3"/></mergeCells>'
    assert len(notices.read(xlsx(sheet + overlapping), "x.xlsx", year=2024).measures) == 1


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


# --- flattened tables -------------------------------------------------------------------------------------------------


def test_flattened_tables_with_sections_notes_and_missing_cells():
    assert read("2024年清单\n序号|工作任务|责任部门\n一、路桥\n1|修路|工程科\n说明：以上。") == [
        "一、路桥|1|修路||工程科||"
    ]
    assert read("序号|工作任务|责任部门") == []
    assert read("工作任务\n责任领导\n责任部门\n") == []
    assert read(
        "2024年清单\n工作任务\n责任领导\n责任部门\n修路\n林森\n工程科\n架桥\n林森\n工程科"
    ) == [
        "||修路|林森|工程科||",
        "||架桥|林森|工程科||",
    ]
    assert read(
        "2024年清单\n序号\n工作任务\n责任部门\n1\n修路\n工程科\n多余\n2\n架桥\n工程科\n"
    ) == [
        "|1|修路||工程科||",
        "|2|架桥||工程科||",
    ]
    assert read("序号\n工作任务\n责任部门\n甲\n") == []


def test_boxes_with_cells_over_two_rows_and_without_rules():
    box = "2024年清单\n┌──┬────┬────┐\n│序号│工作任务│责任部门│\n├──┼────┼────┤\n│1   │修路    │工程科  │\n├──┼────┤        │\n│2   │架桥    │        │\n└──┴────┴────┘\n说明"
    assert read(box) == ["|1|修路||工程科||", "|2|架桥||工程科||"]
    assert read(
        "2024年清单\n│序号│工作任务│责任部门│\n│1   │修路    │工程科  │\n│    │并划线  │        │\n│2   │架桥    │工程科  │\n说明"
    ) == ["|1|修路并划线||工程科||", "|2|架桥||工程科||"]
    assert read("│只有一行│\n说明") == []


# --- limits of the readers --------------------------------------------------------------------------------------------


def test_limits(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(office, "ELEMENTS", 3)
    with pytest.raises(BoardError, match="notice_bomb"):
        notices.read(docx(p("x")), "x.docx")
    monkeypatch.setattr(limits, "PIECES", 3)
    with pytest.raises(BoardError, match="notice_too_long"):
        notices.read(b"a,b\nc,d\ne,f", "x.csv")


def test_a_csv_with_line_ends_of_its_own():
    assert notices.read(b"a,b\rc,d", "x.csv").measures == ()


def test_html_that_the_parser_refuses(monkeypatch: pytest.MonkeyPatch):
    class Parser:
        def __init__(self, **_: object) -> None:
            pass

        def feed(self, _: bytes) -> None:
            raise etree.LxmlError("no")

    monkeypatch.setattr(etree, "HTMLParser", Parser)
    with pytest.raises(BoardError, match="notice_broken"):
        notices.read(b"<html>x", "x.html")


def test_limits_of_pdf(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pdf, "_SECONDS", -1.0)
    with pytest.raises(BoardError, match="notice_bomb"):
        notices.read(made(), "x.pdf")
    monkeypatch.setattr(pdf, "_SECONDS", 60.0)
    monkeypatch.setattr(limits, "TEXT", 20)
    with pytest.raises(BoardError, match="notice_too_long"):
        notices.read(made(), "x.pdf")


class _Text:
    """A text page whose characters are more than its text's."""

    def count_chars(self) -> int:
        return 2

    def get_text_range(self, at: int, count: int) -> str:
        return "𠮷" if count == 2 else "甲乙"[at : at + 1]

    def get_charbox(self, at: int, *, loose: bool) -> tuple[float, float, float, float]:
        return at * 10.0, 0.0, at * 10.0 + 9, 10.0


class _Page:
    def get_textpage(self) -> _Text:
        return _Text()


def test_a_pdf_with_characters_beyond_the_first_plane():
    assert [char.text for char in pdf._chars(_Page())] == ["甲", "乙"]


class _Path:
    def __init__(self, *bounds: float) -> None:
        self.bounds = bounds

    def get_bounds(self) -> tuple[float, ...]:
        return self.bounds


class _Drawn(_Page):
    def __init__(self, *paths: _Path) -> None:
        self.paths = paths

    def get_objects(self, **_: object) -> tuple[_Path, ...]:
        return self.paths


def test_frames_and_pictures_of_a_pdf_are_no_tables():
    assert pdf._grids(_Drawn(_Path(0, 0, 100, 100))) == []
    assert pdf._grids(_Drawn(*[_Path(x, 0, x + 9, 9) for x in range(900)])) == []


def test_frames_and_merged_cells_of_a_pdf():
    across = [pdf._Rule(y, 0, 100) for y in (0, 20, 40)]
    down = [pdf._Rule(x, 0, 40) for x in (0, 100)] + [pdf._Rule(50, 0, 20)]
    chars = [
        pdf._Char(text, x, y, x + 9, y + 10)
        for text, x, y in (("甲", 40, 25), ("乙", 5, 5), ("丙", 60, 5))
    ]
    assert [
        (b.text, b.row, b.column, b.across) for b in pdf._Grid(across, down).blocks(chars, 0)
    ] == [
        ("甲", 0, 0, 2),
        ("乙", 1, 0, 1),
        ("丙", 1, 1, 1),
    ]
    lying: list[pdf._Rule] = []
    standing: list[pdf._Rule] = []
    pdf._edges((0, 0, 50, 50), lying, standing)
    pdf._edges((0, 0, 1, 1), lying, standing)
    assert (len(lying), len(standing)) == (2, 2)


# --- what the fresh samples taught -------------------------------------------------------------------------------------


def dues(title: str, *phrases: str, end: str = "") -> list[str]:
    """The due day of each phrase, in a list of that title."""
    items = "\n".join(
        f"{at}. 做好第{at}件事。（责任部门：办公室；完成时限：{p}）"
        for at, p in enumerate(phrases, 1)
    )
    return [str(measure.due) for measure in notices.read_text(f"{title}\n{items}\n{end}").measures]


def test_months_of_a_school_year_without_their_year():
    title = "青枫学院2021—2022学年重点工作任务分解"
    assert dues(title, "3-5月", "11月中旬", "8月底前", "上半年", "2022年1月", "每月") == [
        "2022-05-31",
        "2021-11-20",
        "2022-08-31",
        "2022-06-30",
        "2022-01-31",
        "None",
    ]
    assert dues(title, "8月底前", "9月", "5月", end="青枫学院\n2021年8月25日") == [
        "2021-08-31",
        "2021-09-30",
        "2022-05-31",
    ]
    assert dues("冰城市2025—2026年供暖季保供清单", "3月", "10月") == ["2026-03-31", "2025-10-31"]
    assert dues("青枫学院2021年工作任务分解", "5月") == ["2021-05-31"]
    given = notices.read_text(
        f"{title}\n1. 做事。（责任部门：办公室；完成时限：5月）", year=2023
    ).measures[0]
    assert (str(given.due), given.cells["deadline"].reason) == ("2023-05-31", "label")


def test_the_table_of_a_school_year_has_the_same_days(tmp_path):
    phrases = ("9月", "全年", "5月", "3-5月", "2022年1月", "尽快", "")
    items = "\n".join(
        f"{at}. 做好第{at}件事。（责任部门：办公室；完成时限：{p}）"
        for at, p in enumerate(phrases, 1)
    )
    notice = notices.read_text(f"青枫学院2021—2022学年重点工作任务分解\n{items}")
    notices.write(notice, tmp_path / "t.csv")
    rows = measures.read(tmp_path / "t.csv").rows
    assert pa.array(rows["due"]).to_pylist() == [measure.due for measure in notice.measures]
    assert rows["deadline"].tolist()[2] == "2022年5月"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("某县办\n关于印发《2024年重点工作分工》的通知", "2024年重点工作分工"),
        ("关于印发2024年重点工作分工方案的通知", "2024年重点工作分工方案"),
        ("关于做好2024年重点工作分解的通知", "关于做好2024年重点工作分解的通知"),
        ("关于印发春天的故事的通知", "关于印发春天的故事的通知"),
        ("县应急局办公室  内部资料\n关于分解2024年任务的通知", "关于分解2024年任务的通知"),
        ("首页\n政务公开\n九龙镇2024年任务清单", "九龙镇2024年任务清单"),
        ("二〇二三至二〇二四年度计划执行表", "二〇二三至二〇二四年度计划执行表"),
    ],
)
def test_the_title_of(head: str, title: str):
    notice = notices.read_text(f"{head}\n1. 修路。（责任部门：工程科）")
    assert notice.title == title


def test_the_date_below_the_text_counts_before_that_of_a_page_s_table():
    page_ = "<html><table><tr><td>发布机构：</td><td>某区府办</td></tr><tr><td>发布日期：</td><td>2025-03-18</td></tr></table>"
    page_ += "<p>某区2025年任务分工</p><p>1.修路。（责任部门：工程科）</p><p>某区人民政府办公室</p><p>2025年3月14日</p></html>"
    notice = notices.read(page_.encode(), "x.html")
    assert (notice.title, notice.issuer, str(notice.issued)) == (
        "某区2025年任务分工",
        "某区人民政府办公室",
        "2025-03-14",
    )
    only = notices.read(page_.replace("<p>2025年3月14日</p>", "").encode(), "x.html")
    assert str(only.issued) == "2025-03-18"


def test_a_lone_first_row_is_the_title_whatever_its_last_word():
    table = "某区第三批督办清样,,,\n序号,督办事项,责任单位,完成时限\n1,修路,工程科,8月\n"
    assert notices.read(table.encode(), "x.csv").title == "某区第三批督办清样"


def test_what_nearly_all_others_have_is_missed_where_it_is_empty():
    items = [
        f"{at}. 做好第{at}件事。（责任领导：林森；责任部门：办公室；完成时限：8月）"
        for at in range(1, 6)
    ]
    text = "\n".join(["2024年清单", *items, "6. 修路。（责任部门：办公室）"])
    cells = notices.read_text(text).measures[5].cells
    assert [(cells[f].reason, cells[f].sure) for f in ("leaders", "deadline")] == [
        ("others_have", False)
    ] * 2
    assert cells["support_departments"].sure  # most have none
    few = notices.read_text(
        "\n".join(["2024年清单", *items[:2], "3. 修路。（责任部门：办公室）"])
    ).measures[2]
    assert few.cells["leaders"].sure


def test_a_date_left_in_the_names_and_a_name_unlike_one():
    odd = (
        notices.read_text("2024年清单\n1. 修路。（责任部门：工程科、路政科按期完成）")
        .measures[0]
        .cells
    )
    assert (odd["support_departments"].reason, odd["support_departments"].sure) == (
        "odd_name",
        False,
    )
    missed = (
        notices.read_text("2024年清单\n1. 修路。（责任部门：工程科、路政科6月底前抢通）")
        .measures[0]
        .cells
    )
    assert (missed["deadline"].reason, missed["deadline"].sure) == ("missed_date", False)


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


def test_measures_without_numbers_are_counted():
    table = "任务,责任单位\n修路,工程科\n架桥,工程科\n"
    notice = notices.read(("2024年任务清单,\n" + table).encode(), "x.csv")
    assert [row[0] for row in notices.to_table(notice)[0][1:]] == ["2024-1", "2024-2"]


def test_what_stands_behind_a_label_that_is_not_known_is_to_be_checked():
    text = """2024年清单
1. 修路两处，方便出行。
操盘手：王强、李静
收官节点是：8月底
责任单位：工程科
2. 建桥一座。掌舵人：王强
来龙去脉：说来话长
联系人：李静
责任单位：路政科
3. 植树。
谁来做：市林业局
责任领导：王强
"""
    doubts = [
        {
            name: cell.detail
            for name, cell in measure.cells.items()
            if cell.reason == "unknown_label"
        }
        for measure in notices.read_text(text).measures
    ]
    assert doubts == [
        {"leaders": "操盘手", "deadline": "收官节点是"},
        {"leaders": "掌舵人"},
        {"lead_departments": "谁来做"},
    ]


def test_a_measure_that_is_called_by_its_date_alone_is_to_be_checked():
    titles = [
        measure.cells["title"]
        for measure in notices.read_text(
            "值守\n7月1日 责任领导：王强\n7月2日 责任领导：李静\n修路 责任领导：李静"
        ).measures
    ]
    assert [(cell.text, cell.sure) for cell in titles] == [
        ("7月1日", False),
        ("7月2日", False),
        ("修路", True),
    ]


def test_of_a_problem_the_cure_is_the_measure():
    notice = notices.read_text(
        "一、作风方面\n1.存在问题：会议偏多。\n整改措施：压减会议三成。\n责任部门：办公室\n整改时限：2023年9月30日前\n"
    )
    assert [measure.cells["title"].text for measure in notice.measures] == ["压减会议三成"]


def test_a_section_row_is_above_a_column_of_groups():
    table = "任务,举措,责任部门,时限\n一、服务,,,\n走访,走访困难职工,办公室,8月\n走访,建立档案,办公室,9月\n二、组织,,,\n培训,培训干部,组织部,10月\n"
    notice = notices.read(table.encode(), "x.csv")
    assert [measure.cells["section"].text for measure in notice.measures] == [
        "一、服务",
        "一、服务",
        "二、组织",
    ]
