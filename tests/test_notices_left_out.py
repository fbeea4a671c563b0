"""What a document has and its reader does not see: struck out or hidden, in Word and in HTML."""

import pytest

from lib import notices
from lib.errors import Problem, describe
from lib.i18n import LANGUAGES, translator
from lib.notices.formats import document
from tests.clock import timed
from tests.notices.office import cell, docx, level, numbered, p, row

STYLES = (
    '<w:style w:styleId="Old"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:styleId="Older"><w:basedOn w:val="Old"/></w:style>'
    '<w:style w:styleId="Kept"><w:basedOn w:val="Old"/><w:rPr><w:strike w:val="0"/></w:rPr></w:style>'
    '<w:style w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:styleId="Round"><w:basedOn w:val="Round"/></w:style>'
)


def r(text: str, properties: str = "") -> str:
    """A run of Word."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def read(data: bytes, name: str) -> tuple[list[str], list[Problem]]:
    contents = document.read(data, name)
    return [block.text for block in contents.blocks], list(contents.problems)


def struck(places: int, words: str) -> Problem:
    return Problem("notice_struck_out", 0, str(places), words)


def hidden(places: int, words: str) -> Problem:
    return Problem("notice_hidden", 0, str(places), words)


# --- Word -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("properties", "problems"),
    [
        ("", []),
        ("<w:vanish/>", [hidden(1, "周全")]),
        ('<w:vanish w:val="1"/>', [hidden(1, "周全")]),
        ('<w:vanish w:val="false"/>', []),
        ("<w:strike/>", [struck(1, "周全")]),
        ("<w:dstrike/>", [struck(1, "周全")]),
        ('<w:strike w:val="0"/>', []),
        # hidden and struck out is hidden
        ("<w:strike/><w:vanish/>", [hidden(1, "周全")]),
        # as it was before somebody changed it
        ("<w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>", []),
        ('<w:rStyle w:val="Old"/>', [struck(1, "周全")]),
        ('<w:rStyle w:val="Older"/>', [struck(1, "周全")]),
        ('<w:rStyle w:val="Kept"/>', []),
        ('<w:rStyle w:val="Secret"/>', [hidden(1, "周全")]),
        ('<w:rStyle w:val="Secret"/><w:vanish w:val="0"/>', []),
        ('<w:rStyle w:val="Round"/>', []),
        ('<w:rStyle w:val="Nothing"/>', []),
    ],
)
def test_a_run_of_word_is_left_out_by_its_look(properties: str, problems: list[Problem]) -> None:
    body = paragraph(r("责任领导："), r("周全", properties), r("沈静"))
    who = "" if problems else "周全"
    assert read(docx(body, styles=STYLES), "x.docx") == ([f"责任领导：{who}沈静"], problems)


def test_the_style_of_a_paragraph_strikes_out_what_the_style_of_a_run_does_not_take_back() -> None:
    body = paragraph(
        r("旧"), r("新", '<w:rStyle w:val="Old"/>'), properties='<w:pStyle w:val="Old"/>'
    )
    assert read(docx(body, styles=STYLES), "x.docx") == (["新"], [struck(1, "旧")])


def test_the_look_of_a_paragraphs_mark_is_not_that_of_its_text() -> None:
    body = paragraph(r("甲"), properties="<w:rPr><w:vanish/><w:rStyle w:val='Old'/></w:rPr>")
    assert read(docx(body, styles=STYLES), "x.docx") == (["甲"], [])


def test_breaks_tabs_and_dashes_of_hidden_text_are_hidden_too() -> None:
    marks = "<w:r><w:rPr><w:vanish/></w:rPr><w:br/><w:tab/><w:noBreakHyphen/></w:r>"
    assert read(docx(paragraph(r("甲"), marks, r("乙"))), "x.docx") == (["甲乙"], [hidden(1, "-")])


def test_hidden_white_space_is_not_worth_a_word() -> None:
    assert read(docx(paragraph(r("甲"), r(" ", "<w:vanish/>"))), "x.docx") == (["甲"], [])


def test_runs_that_follow_on_each_other_are_one_place_and_paragraphs_are_two() -> None:
    name = r("周", "<w:strike/>") + r("全", "<w:strike/>")
    body = paragraph(name, r("沈静"), name) + paragraph(name) + p("甲")
    assert read(docx(body), "x.docx")[1] == [struck(3, "周全、周全、周全")]


def test_many_and_long_places_are_shortened() -> None:
    long = paragraph(r("很长的一段文字" * 40, "<w:strike/>"), r("完", "<w:strike/>"))
    short = "".join(paragraph(r(f"第{n}处", "<w:strike/>")) for n in range(1, 10))
    _, problems = read(docx(long + short + p("甲")), "x.docx")
    assert problems == [
        struck(10, "很长的一段文字很长的一段文字很长的一段文…、第1处、第2处、第3处、第4处、…")
    ]


def test_a_hidden_row_of_a_table_is_no_row() -> None:
    away = "<w:trPr><w:hidden/></w:trPr>"
    not_hidden = '<w:trPr><w:hidden w:val="0"/><w:trPrChange><w:trPr><w:hidden/></w:trPr></w:trPrChange></w:trPr>'
    body = (
        "<w:tbl>"
        + row("事项", "时限")
        + row("旧事", "3月").replace("<w:tr>", f"<w:tr>{away}")
        + row("新事", "6月").replace("<w:tr>", f"<w:tr>{not_hidden}")
        + "</w:tbl>"
    )
    contents = document.read(docx(body), "x.docx")
    assert [(block.text, block.row) for block in contents.blocks] == [
        ("事项", 0),
        ("时限", 0),
        ("新事", 1),
        ("6月", 1),
    ]
    assert contents.problems == [hidden(2, "旧事、3月")]


def test_a_table_in_a_cell_of_a_hidden_row_is_hidden() -> None:
    inner = f"<w:tc><w:tbl>{row('内')}</w:tbl><w:p/></w:tc>"
    outer = row(inner).replace("<w:tr>", "<w:tr><w:trPr><w:hidden/></w:trPr>", 1)
    assert read(docx(f"<w:tbl>{outer}{row('外')}</w:tbl>"), "x.docx") == (["外"], [hidden(1, "内")])


def test_a_cell_whose_text_is_struck_out_stays_in_its_column() -> None:
    old = f"<w:tc>{paragraph(r('3月', '<w:strike/>'))}</w:tc>"
    body = f"<w:tbl>{row('修路', old, cell('工程科'))}</w:tbl>"
    assert read(docx(body), "x.docx") == (["修路", "", "工程科"], [struck(1, "3月")])


def test_a_numbered_paragraph_that_is_struck_out_counts_and_a_hidden_one_does_not() -> None:
    lists = (
        f'<w:abstractNum w:abstractNumId="0">{level(0, "decimal", "%1.")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    look = "<w:r><w:rPr><w:{}/></w:rPr>"
    body = (
        numbered("甲")
        + numbered("乙").replace("<w:r>", look.format("strike"))
        + numbered("丙").replace("<w:r>", look.format("vanish"))
        + numbered("丁")
    )
    assert read(docx(body, numbering=lists), "x.docx")[0] == ["1.甲", "", "", "3.丁"]


# --- HTML -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("element", "problems"),
    [
        ("<b>周全</b>", []),
        ("<del>周全</del>", [struck(1, "周全")]),
        ("<s><b>周</b>全</s>", [struck(1, "周全")]),
        ("<strike>周全</strike>", [struck(1, "周全")]),
        ('<span style="color:red;TEXT-DECORATION: line-through">周全</span>', [struck(1, "周全")]),
        (
            '<span style="text-decoration-line:underline line-through">周全</span>',
            [struck(1, "周全")],
        ),
        ('<span style="text-decoration:underline">周全</span>', []),
        # what strikes out cannot be taken back inside
        ('<s><span style="text-decoration:none">周全</span></s>', [struck(1, "周全")]),
        ('<span style="display : none">周全</span>', [hidden(1, "周全")]),
        ('<span style="display:none"><s>周全</s></span>', [hidden(1, "周全")]),
        ('<span style="mso-hide:all">周全</span>', [hidden(1, "周全")]),
        ('<span style="visibility:hidden">周全</span>', [hidden(1, "周全")]),
        ("<span hidden>周全</span>", [hidden(1, "周全")]),
        ('<span aria-hidden="true">周全</span>', []),
        ('<span class="a old">周全</span>', [struck(1, "周全")]),
        ('<span class="off">周全</span>', [hidden(1, "周全")]),
        ('<b class="off">周全</b>', [hidden(1, "周全")]),
        ('<span class="off" style="display:inline">周全</span>', []),
        ('<span class="tag">周全</span>', [hidden(1, "周全")]),
        ('<b class="tag">周全</b>', []),
        ('<span class="paper">周全</span>', []),
        ('<span class="remark">周全</span>', []),
        ("<ruby>周全<rp>(</rp><rt>zhōu</rt><rp>)</rp></ruby>", []),
    ],
)
def test_an_element_of_a_page_is_left_out_by_its_look(
    element: str, problems: list[Problem]
) -> None:
    sheet = """<style><!-- .old, p.x:hover { text-decoration: line-through }
    /* .remark { display: none } */ @media print { .paper { display: none } }
    .off{display:none} span.tag{visibility:hidden} .open{text-decoration:line-through --></style>"""
    page = f"<html><head>{sheet}</head><p>责任领导：{element}沈静</p></html>"
    who = "" if problems else "周全"
    assert read(page.encode(), "x.html") == ([f"责任领导：{who}沈静"], problems)


def test_rows_and_cells_of_a_page_that_are_hidden_are_not_there() -> None:
    page = """<html><table><tr><td>事项<td style="display:none">内部<td>时限</tr>
    <tr style="display:none"><td>旧事<td><td>3月</tr>
    <tr style="visibility:collapse"><td>老事<td><td>1月</tr>
    <tr><td>新事<td hidden>无<td style="visibility:hidden">6月</tr></table></html>"""
    contents = document.read(page.encode(), "x.html")
    assert [(block.text, block.row, block.column) for block in contents.blocks] == [
        ("事项", 0, 0),
        ("时限", 0, 1),
        ("新事", 1, 0),
        ("", 1, 1),
    ]
    assert contents.problems == [hidden(7, "内部、旧事、3月、老事、1月、…")]


def test_a_cell_of_no_rows_reaches_down_to_the_end_of_its_table() -> None:
    page = "<html><table><tr><td rowspan=0>甲<td>乙<tr><td>丙<tr><td>丁</table></html>"
    blocks = document.read(page.encode(), "x.html").blocks
    assert [(block.text, block.row, block.column) for block in blocks] == [
        ("甲", 0, 0),
        ("乙", 0, 1),
        ("丙", 1, 1),
        ("丁", 2, 1),
    ]


def test_a_page_that_a_script_shows_is_read() -> None:
    page = "<html hidden><body style='display:none'><p>甲</p></body></html>"
    assert read(page.encode(), "x.html") == (["甲"], [])


def test_a_struck_out_row_keeps_its_place() -> None:
    page = "<html><table><tr><td>甲<tr style='text-decoration:line-through'><td>乙<tr><td>丙</table></html>"
    assert read(page.encode(), "x.html") == (["甲", "", "丙"], [struck(1, "乙")])


def test_paragraphs_inside_what_is_struck_out_are_places_of_their_own() -> None:
    page = "<html><p>甲</p><del><p>乙</p><p>丙</p></del></html>"
    assert read(page.encode(), "x.html") == (["甲"], [struck(2, "乙、丙")])


def test_wide_spaces_between_names_reach_the_names() -> None:
    page = "<html><table><tr><td>赵&emsp;敏&ensp;&nbsp;王小明</table></html>"
    assert read(page.encode(), "x.html")[0] == ["赵\u2003敏\u2002 王小明"]


@pytest.mark.parametrize(
    "sheet",
    ["/*" * 100_000, "@" * 100_000, "@{a{}" * 50_000, "a," * 100_000, "text-decoration:" * 9_999],
)
def test_a_style_sheet_made_to_harm_takes_no_time(sheet: str) -> None:
    page = f"<html><style>{sheet}</style><p style='{sheet}'>甲</p></html>"
    reading = timed(lambda: read(page.encode(), "x.html"))
    assert reading.result[0] == ["甲"]
    assert reading.seconds < 1


# --- the notice -----------------------------------------------------------------------------------


def test_a_notice_says_once_what_was_left_out() -> None:
    body = (
        p("2026年重点工作清单")
        + paragraph(
            r("（一）修缮礼堂。责任领导："),
            r("周全、", "<w:strike/>"),
            r("沈静；责任部门：工程科；完成时限：6月底前"),
        )
        + paragraph(r("内部资料", "<w:vanish/>"))
    )
    notice = notices.read(docx(body), "x.docx")
    assert notice.measures[0].cells["leaders"].names == ("沈静",)
    assert list(notice.problems) == [struck(1, "周全、"), hidden(1, "内部资料")]
    for language in LANGUAGES:
        sentence = describe(notice.problems[0], translator(language))
        assert "周全" in sentence
        assert "1" in sentence


def test_a_notice_without_measures_says_so_beside_what_was_left_out() -> None:
    notice = notices.read(docx(p("甲") + paragraph(r("乙", "<w:vanish/>"))), "x.docx")
    assert [problem.code for problem in notice.problems] == ["notice_hidden", "notice_no_measures"]
