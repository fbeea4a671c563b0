"""Documents as files: each format, each encoding, what is refused and with which sentence, and files made to harm."""

import codecs
import tracemalloc
from functools import partial
from pathlib import Path

import pytest

from lib import notices
from lib.errors import BoardError
from lib.i18n import translator
from lib.notices.formats import document, limits
from lib.notices.formats.cleaning import clean
from lib.notices.formats.numbering import shown
from lib.notices.reading import outline
from lib.notices.reading.outline import builder
from lib.notices.reading.tables import reader
from lib.notices.reading.tables.sheet import one_line
from tests.clock import timed
from tests.notices.office import cell, docx, level, numbered, p, packed, row, rows, workbook, xlsx
from tests.notices.pdf import HEADER, LINE, NOTICE, pdf


def titles(notice: notices.Notice) -> list[str]:
    return [measure.cells["title"].text for measure in notice.measures]


def texts(data: bytes, name: str = "x.docx") -> list[str]:
    return [block.text for block in document.read(data, name).blocks]


def refused(data: bytes, name: str = "x.docx") -> str:
    """The code with which a file is refused; its sentence is there in both languages and names the file."""
    with pytest.raises(BoardError) as caught:
        notices.read(data, name)
    for language in ("zh", "en"):
        sentence = translator(language)(
            f"error.{caught.value.code}", **({"file": name} | caught.value.details)
        )
        assert name in sentence
    return caught.value.code


# --- text -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_a_text_is_read_in_each_encoding(encoding: str):
    bom = {"utf-16-be": b"", "utf-16-le": b""}.get(encoding, b"")
    assert titles(notices.read(bom + NOTICE.encode(encoding), "x.txt")) == ["修缮礼堂"]


def test_a_text_that_is_pasted_reads_as_its_file(tmp_path: Path):
    path = tmp_path / "通知.txt"
    path.write_text(NOTICE, "utf-8")
    assert titles(notices.read(path)) == titles(notices.read_text(NOTICE)) == ["修缮礼堂"]
    assert notices.read(str(path)).name == "通知.txt"
    assert notices.read(path, year=2023).measures[0].due.isoformat() == "2023-08-31"  # type: ignore[union-attr]


def test_what_nobody_sees_is_left_out():
    assert clean("责\u200b任\ufeff⽂⻔") == "责任文门"


def test_html_is_known_under_any_name_and_text_under_a_name_of_html():
    page = f"<html><head><meta charset=gbk><title>x</title></head><body><p>{LINE}</p><script>x</script></body></html>"
    assert titles(notices.read(page.encode("gbk"), "x.doc")) == ["修缮礼堂"]
    assert titles(notices.read(page.encode("utf-16"), "x.html")) == ["修缮礼堂"]
    assert titles(notices.read(page.replace("gbk", "big5").encode(), "x.html")) == ["修缮礼堂"]
    assert titles(notices.read(LINE.encode(), "x.html")) == ["修缮礼堂"]


# --- refused ----------------------------------------------------------------------------------------------------------

OLE = codecs.decode("d0cf11e0", "hex") + bytes(600)
UTF16 = "utf-16-le"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "x.txt", "notice_empty"),
        (b"\xff\xfe", "x.txt", "notice_empty"),
        (" \u3000\n".encode(), "x.txt", "notice_empty"),
        (b"<html><body></body></html>", "x.html", "notice_empty"),
        (OLE, "x.doc", "notice_old_word"),
        (OLE, "x.wps", "notice_old_word"),
        (OLE + "Workbook\0".encode(UTF16), "x.xls", "notice_broken"),
        (OLE + "Workbook\0".encode(UTF16), "x.et", "notice_broken"),
        (OLE + "EncryptedPackage".encode(UTF16), "x.docx", "notice_encrypted"),
        (b"\x89PNG\r\n\x1a\n", "x.docx", "notice_foreign"),
        (b"{\\rtf1", "x.doc", "notice_foreign"),
        (packed({"a.txt": "x"}), "x.docx", "notice_foreign"),
        (packed({"mimetype": "x"}), "x.docx", "notice_foreign"),
        (bytes(range(1, 256)) * 20, "x.txt", "notice_undecodable"),
        (b"a\x00\x01\x02" * 50, "x.txt", "notice_undecodable"),
        (b"PK\x03\x04 no archive", "x.docx", "notice_broken"),
        (docx(p("x"))[:-30], "x.docx", "notice_broken"),
        (packed({"word/document.xml": "<w:document><w:p>"}), "x.docx", "notice_broken"),
        (
            packed({"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}),
            "x.docx",
            "notice_entities",
        ),
        (
            packed({"word/document.xml": "<!DOCTYPE a SYSTEM 'file:///x'><a/>"}),
            "x.docx",
            "notice_entities",
        ),
        (b"%PDF-1.4 no pdf", "x.pdf", "notice_broken"),
        (pdf().replace(b"/Count 1", b"/Count 9"), "x.pdf", "notice_broken"),
        (
            packed({"word/document.xml": "<?xml version='1.0' encoding='e'?><a/>"}),
            "x.docx",
            "notice_broken",
        ),
        (LINE.encode("utf-32"), "x.txt", "notice_foreign"),
        pytest.param(
            "".join(f"{n}.做{n}（责任单位：甲局）\n" for n in range(12_001)).encode(),
            "x.txt",
            "notice_too_long",
            marks=pytest.mark.no_cover,
        ),
        (b"x" * (limits.LARGEST + 1), "x.txt", "notice_too_large"),
        (b"x" * (limits.TEXT + 1), "x.txt", "notice_too_long"),
        (b"x\n" * (limits.PIECES + 1), "x.txt", "notice_too_long"),
    ],
)
def test_what_is_no_notice_is_refused_with_its_reason(data: bytes, name: str, code: str):
    assert refused(data, name) == code


def test_files_that_are_not_there_or_not_to_be_opened_are_refused(tmp_path: Path):
    with pytest.raises(BoardError, match="notice_not_found"):
        notices.read(tmp_path / "none.docx")
    with pytest.raises(BoardError, match="notice_unreadable"):
        notices.read(tmp_path)
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(limits.LARGEST + 1)
    with pytest.raises(BoardError, match="notice_too_large"):
        notices.read(large)
    with pytest.raises(BoardError, match="notice_empty"):
        notices.read_text("  ")
    with pytest.raises(BoardError, match="notice_too_long"):
        notices.read_text("长" * (limits.TEXT + 1))


# --- made to harm -----------------------------------------------------------------------------------------------------

BOMBS = {
    "twenty million empty paragraphs": lambda: docx("<w:p/>" * 3_000_000),
    "many paragraphs": lambda: docx(
        "".join(f"<w:p>{i * 7919 % 99991}</w:p>" for i in range(130_000))
    ),
    "a million rows": lambda: xlsx(
        "<sheetData>" + "<row><c><v>1</v></c></row>" * 500_000 + "</sheetData>"
    ),
    "too many rows": lambda: xlsx(
        '<sheetData><row r="70000"><c r="A70000"><v>1</v></c></row></sheetData>'
    ),
    "many parts": lambda: packed(
        {f"x{i}": "" for i in range(5_001)} | {"word/document.xml": "<a/>"}
    ),
    "a page of a million paragraphs": lambda: b"<html>" + b"<p>x" * 130_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_time(name: str):
    data = BOMBS[name]()
    code, seconds = timed(lambda: refused(data))
    assert code in ("notice_bomb", "notice_too_long")
    assert seconds < 5


STRANGE = {
    "one line of a megabyte": "职工活动" * 90_000,
    "ten thousand brackets": "（" * 10_000 + "）" * 10_000,
    "nested labels": "（责任部门：" * 3_000,
    "numbers": "。（一）" * 20_000,
    "marks": "，、；：" * 20_000,
    "months": "8月、" * 20_000,
    "by": "由甲会同" * 20_000,
    "deep": "一、x\n（一）y\n1.z\n（1）w\n①v\n" * 1_000,
    "boxes": "│a│b│\n" * 3_000,
    "notes": "（排名第一的为牵头单位）" * 3_000,
    "labels": "责任部门：" * 20_000,
    "spaces": "1. 修路。责任部门：工程科" + " " * 20_000 + "（养护科）",
    "spaces between sentences": "1. 修路。" + " " * 100_000 + "养护",
    "cards": "序号：1 " * 20_000 + "\n" + "序号：1\n" * 3_000,
    "dates behind names": "1. 修路。（责任部门：办公室" + "，6月底前" * 10_000 + "）",
    "dates before names": "1. 修路。（" + "6月，" * 10_000 + "办公室负责）",
    "issued lists": "关于印发" * 20_000 + "的通知",
    "feet of a page": "版权所有\n" * 5_000,
    "quotes": '"' * 100_000 + ",,",
}


@pytest.mark.no_cover
@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_text_is_read_in_time_and_memory(name: str):
    read = partial(notices.read, STRANGE[name].encode(), "x.csv" if name == "quotes" else "x.txt")
    tracemalloc.start()
    notice, seconds = timed(read)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert notice.measures == () or name in (
        "nested labels",
        "labels",
        "spaces",
        "dates behind names",
    )
    assert seconds < 20  # with the memory traced, four times the usual
    assert peak < 300_000_000


def test_more_measures_than_a_notice_can_have_are_refused(monkeypatch):
    monkeypatch.setattr(builder, "MOST", 50)
    monkeypatch.setattr(reader, "MOST", 50)
    monkeypatch.setattr(outline, "MOST", 50)
    assert refused((LINE + "\n").encode() * 51, "x.txt") == "notice_too_long"
    table = "序号,工作任务,责任部门\n" + "1,修路,工程科\n" * 101
    assert refused(table.encode(), "x.csv") == "notice_too_long"
    cells = table.replace(",", "<td>").replace("\n", "<tr><td>")
    assert refused(f"<table><tr><td>{cells}</table>".encode(), "x.html") == "notice_too_long"


def test_a_text_and_a_table_together_may_not_have_more_either(monkeypatch):
    monkeypatch.setattr(outline, "MOST", 50)
    line = f"<p>{LINE}</p>"
    row = "<tr><td>1</td><td>修路</td><td>工程科</td></tr>"
    head = "<tr><td>序号</td><td>工作任务</td><td>责任部门</td></tr>"
    assert (
        refused(f"{line * 40}<table>{head}{row * 40}</table>".encode(), "x.html")
        == "notice_too_long"
    )


def test_a_workbook_of_more_cells_than_a_document_can_have_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "PIECES", 5)
    assert (
        refused(xlsx(rows(["序号", "工作任务"], ["1", "修路"], ["2", "修桥"])), "x.xlsx")
        == "notice_too_long"
    )


def test_a_break_between_chinese_characters_is_no_space_and_spaces_stay():
    assert one_line("修缮\n礼堂") == "修缮礼堂"
    assert one_line("修缮 礼堂") == "修缮 礼堂"
    assert one_line("ab\ncd") == "ab cd"
    page = "<p>修缮  礼堂\n和食堂</p>".encode()
    assert [block.text for block in document.read(page, "x.html").blocks] == ["修缮 礼堂 和食堂"]


def test_paths_in_an_archive_and_macros_are_not_touched():
    data = packed(
        {
            "../../x": "x",
            "word/vbaProject.bin": "x",
            "word/document.xml": f"<w:document>{p(LINE)}</w:document>",
        }
    )
    assert titles(notices.read(data, "x.docx")) == ["修缮礼堂"]


# --- Word -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "style", "text"),
    [
        (1, "chineseCounting", "一"),
        (12, "chineseCountingThousand", "十二"),
        (20, "ideographDigital", "二十"),
        (105, "japaneseCounting", "一百〇五"),
        (112, "taiwaneseCounting", "一百一十二"),
        (3, "decimal", "3"),
        (3, "decimalEnclosedCircle", "③"),
        (21, "decimalEnclosedCircleChinese", "(21)"),
        (14, "upperRoman", "XIV"),
        (9, "lowerRoman", "ix"),
        (2, "upperLetter", "B"),
        (27, "lowerLetter", "a"),
        (1, "bullet", ""),
        (0, "chineseCounting", "0"),
    ],
)
def test_numbers_are_written_as_word_writes_them(count: int, style: str, text: str):
    assert shown(count, style) == text


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "chineseCounting", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%1.%3", 3).replace("</w:lvl>", "<w:isLgl/></w:lvl>")
    + level(3, "bullet", "•")
    + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="9"/></w:lvl></w:lvlOverride></w:num>'
    '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="S"/></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="8"><w:styleLink w:val="S"/>'
    + level(0, "decimal", "%1)")
    + "</w:abstractNum>"
    '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
)
STYLES = (
    '<w:style w:styleId="A"><w:pPr><w:numPr><w:numId w:val="1"/><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style><w:style w:styleId="C"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="D"><w:basedOn w:val="D"/></w:style>'
)


def test_numbers_that_word_makes_stand_before_their_paragraphs():
    body = "".join(
        [
            numbered("甲"),
            numbered("乙", 1),
            numbered("丙", 1),
            numbered("丁", 2),
            numbered("戊", 3),
            numbered("己"),
            numbered("庚", 1),
            numbered("辛", 0, 2),
            numbered("壬", 0, 3),
            numbered("", 0),
            numbered("癸", 5),
            numbered("无", 0, 0),
            numbered("错", 0, 99),
        ]
    )
    assert texts(docx(body, numbering=NUMBERING)) == (
        [
            "一、甲",
            "（一）乙",
            "（二）丙",
            "1.3丁",
            "戊",
            "二、己",
            "（一）庚",
            "五、辛",
            "1)壬",
            "",
            "癸",
            "无",
            "错",
        ]
    )


def test_a_style_gives_its_paragraphs_a_number():
    body = (
        p("甲", '<w:pStyle w:val="B"/>')
        + p("乙", '<w:pStyle w:val="C"/>')
        + p("丙", '<w:pStyle w:val="D"/>')
        + p("丁", '<w:pStyle w:val="E"/>')
    )
    body += p("戊", '<w:pStyle w:val="A"/><w:numPr><w:ilvl w:val="0"/></w:numPr>') + p(
        "己", '<w:numPr><w:numId w:val="1"/></w:numPr>'
    )
    assert texts(docx(body, numbering=NUMBERING, styles=STYLES)) == [
        "（一）甲",
        "（二）乙",
        "丙",
        "丁",
        "一、戊",
        "二、己",
    ]


def test_runs_breaks_tabs_and_text_boxes_are_read_and_deletions_are_not():
    body = (
        "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:noBreakHyphen/>"
        "<w:br w:type='page'/></w:r><w:del><w:r><w:delText>丙</w:delText><w:t>丙</w:t></w:r></w:del></w:p>"
        "<w:p><w:r><w:t>外</w:t><w:pict><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p></w:p>"
    )
    assert texts(docx(body.replace("</w:p></w:p>", "</w:p>"))) == ["甲", "乙\t-", "框", "外"]


def test_merged_cells_nested_tables_and_rows_that_begin_later_keep_their_places():
    body = (
        "<w:tbl>"
        + row(cell("甲", '<w:gridSpan w:val="2"/>'), cell("乙", '<w:vMerge w:val="restart"/>'))
        + row("丙", "丁", cell("", "<w:vMerge/>"))
        + "<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>"
        + "<w:tc><w:tbl>"
        + row("内")
        + "</w:tbl><w:p/></w:tc></w:tr>"
        + row(cell("", "<w:vMerge/>"))
        + "</w:tbl><w:tc/><w:tr/><w:gridSpan/><w:gridBefore/><w:vMerge/></w:tr></w:tc>".replace(
            "<w:tc/><w:tr/><w:gridSpan/><w:gridBefore/><w:vMerge/></w:tr></w:tc>", ""
        )
        + "<w:tr><w:tc><w:gridSpan/><w:gridBefore/><w:vMerge/></w:tc></w:tr>"
    )
    cells = [
        (b.text, b.row, b.column, b.down, b.across)
        for b in document.read(docx(body), "x.docx").blocks
    ]
    assert cells[:5] == [
        ("甲", 0, 0, 1, 2),
        ("乙", 0, 2, 2, 1),
        ("丙", 1, 0, 2 + 1, 1),
        ("丁", 1, 1, 1, 1),
        ("内", 2, 1, 1, 1),
    ]


# --- Excel ------------------------------------------------------------------------------------------------------------


def test_a_workbook_is_read_with_its_dates_and_formulas_without_phonetics_and_hidden_sheets():
    styles = (
        '<numFmts><numFmt numFmtId="200" formatCode="yyyy/m/d"/><numFmt numFmtId="201" formatCode="&quot;m&quot;0.0"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="200"/><xf numFmtId="201"/></cellXfs><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    )
    strings = ["<si><t>修</t><r><t>路</t></r><rPh><t>xiu</t></rPh></si>"]
    sheet = (
        '<sheetData><row><c><v>45535</v></c><c s="1"><v>45535</v></c><c s="2"><v>45535.5</v></c><c s="3"><v>1.5</v></c><c t="s"><v>0</v></c>'
        '<c/><c t="str"><v>甲</v></c><c t="e"><v>#N/A</v></c><c><v>7</v></c><c s="1"><v>61</v></c><c/></row></sheetData>'
    )
    data = xlsx(sheet, rows(("藏",)), strings=strings, styles=styles, state='state="hidden"')
    assert texts(data, "x.xlsx") == [
        "45535",
        "2024-08-31",
        "2024-08-31",
        "m1.5",
        "修路",
        "",
        "甲",
        "#N/A",
        "7",
        "1900-03-01",
    ]
    old = xlsx(
        '<sheetData><row><c s="1"><v>44073</v></c></row></sheetData>',
        styles=styles,
        book='<workbookPr date1904="1"/>',
    )
    assert texts(old, "x.xlsx") == ["2024-08-31"]


def test_a_workbook_of_several_sheets_is_read_with_its_merged_cells():
    sheet = rows(HEADER, ("1", "修路", "林森", "工程科", "8月"), ("2", "架桥", "", "工程科", "9月"))
    merged = '<mergeCells><mergeCell ref="C2:C3"/><mergeCell ref="A9:B9"/><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    data = xlsx(sheet + merged, "<sheetData/>", rows(HEADER, ("1", "种树", "", "园林科", "3月")))
    notice = notices.read(data, "x.xlsx", year=2024)
    assert titles(notice) == ["修路", "架桥", "种树"]
    assert [measure.cells["leaders"].names for measure in notice.measures] == [
        ("林森",),
        ("林森",),
        (),
    ]


def test_pictures_and_merged_blank_rows_of_a_workbook_are_no_blocks():
    sheet = rows(("甲", "乙"), ("", ""), ("丙", "丁"))
    merged = '<mergeCells><mergeCell ref="A2:B2"/><mergeCell ref="A3:B3"/></mergeCells>'
    data = workbook(
        '<sheets><sheet name="s" r:id="a"/></sheets>',
        {"a": "worksheets/s.xml"},
        {"worksheets/s.xml": f"<worksheet>{sheet}{merged}</worksheet>", "media/1.png": "x"},
    )
    blocks = document.read(data, "x.xlsx").blocks
    assert [(block.text, block.row, block.across) for block in blocks] == [
        ("甲", 0, 1),
        ("乙", 0, 1),
        ("丙", 1, 2),
    ]


def test_a_cell_of_word_that_is_as_wide_as_no_number_is_one_column_wide():
    table = "<w:tbl>" + row(cell("甲", '<w:gridSpan w:val="x"/>'), "乙") + "</w:tbl>"
    blocks = document.read(docx(table), "x.docx").blocks
    assert [(block.text, block.column) for block in blocks] == [("甲", 0), ("乙", 1)]


def test_targets_of_sheets_may_begin_at_the_root():
    book = '<sheets><sheet name="s" r:id="a"/></sheets>'
    sheet = f'<worksheet><cols><col min="1" max="1" hidden="1"/></cols>{rows(("甲",))}</worksheet>'
    data = workbook(book, {"a": "/xl/worksheets/s.xml"}, {"worksheets/s.xml": sheet})
    assert [problem.code for problem in document.read(data, "x.xlsx").problems] == [
        "sheet_hidden_columns"
    ]
    assert texts(data, "x.xlsx") == ["甲"]


# --- HTML, CSV, PDF ---------------------------------------------------------------------------------------------------


def test_lists_and_tables_of_html_are_read_though_the_markup_is_broken():
    page = """<html><body><!-- x --><ol start=3><li>甲<li>乙</ol><ul><li>丙</ul><p>一<br>二</p>
    <td>外</td><tr></tr><table><td rowspan=2 colspan=x>子<p>丑</p></td><td>寅<table><tr><td>内</td></tr></table></td><tr><td colspan=999>卯</table><table><tr><td>末"""
    blocks = document.read(page.encode(), "x.html").blocks
    assert [block.text for block in blocks] == [
        "3.甲",
        "4.乙",
        "丙",
        "一",
        "二",
        "外",
        "子\n丑",
        "寅\n内",
        "卯",
        "末",
    ]
    assert [(block.down, block.across) for block in blocks if block.table == 0] == [
        (2, 1),
        (1, 1),
        (1, 64),
    ]


def test_html_wider_than_any_table_is_cut():
    wide = "<table><tr>" + "<td>x</td>" * 300 + "</tr></table>"
    assert len(document.read(f"<html>{wide}</html>".encode(), "x.html").blocks) == 200


def test_a_csv_is_parted_by_comma_or_tab_and_a_text_of_that_name_is_a_text():
    assert titles(notices.read("序号,工作任务,责任部门\n1,修路,工程科".encode(), "x.csv")) == [
        "修路"
    ]
    assert titles(
        notices.read("序号\t工作任务\t责任部门\n1\t修路\t工程科".encode("utf-16"), "x.csv")
    ) == ["修路"]
    assert titles(notices.read(LINE.encode(), "x.csv")) == ["修缮礼堂"]


def test_a_pdf_is_read_by_its_lines_and_by_its_ruled_tables_over_pages():
    assert titles(notices.read(pdf(), "x.pdf")) == ["修缮礼堂"]
    assert titles(notices.read(pdf(2, draw="table"), "x.pdf")) == ["修缮礼堂并整理周边", "架桥"]


def test_a_pdf_that_is_scanned_locked_or_too_long_is_refused():
    assert refused(pdf(draw="blank"), "x.pdf") == "notice_scanned"
    assert refused(pdf(draw="locked"), "x.pdf") == "notice_encrypted"
    assert refused(pdf(301, draw="blank"), "x.pdf") == "notice_too_long"


def test_a_list_of_word_has_nine_levels() -> None:
    """A number on a level far beyond would be looked for on all levels before it."""
    far = 9_999_999
    numbering = f'<w:abstractNum w:abstractNumId="0">{level(far, "decimal", "%1.")}</w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    body = "".join(numbered(f"做{place}", far) for place in range(2_000))
    read = document.read(docx(body, numbering=numbering), "x.docx")
    assert read.blocks[1].text == "做1"
