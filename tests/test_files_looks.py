"""Workbooks as their reader sees them: formats, strike-out, hidden rows and sheets, in each format."""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from lib.errors import BoardError, Problem
from lib.files.look import Look, grid_of
from lib.files.number_formats import Shown
from lib.files.workbook import Book, read_grids
from tests import workbooks
from tests.notices import office
from tests.workbooks import compound, ods, ods_cell, ods_row, ods_table, record, xls_stream

HEADER = ["编号", "举措", "责任领导", "时限"]
JUNE = 46174  # 1 June 2026
LAST_OF_JUNE = 46203


def read(data: bytes, name: str = "t.xlsx") -> Book:
    return read_grids(Path(name), data)


def refused(data: bytes, name: str) -> str:
    with pytest.raises(BoardError) as error:
        read_grids(Path(name), data)
    return error.value.code


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def codes(book: Book) -> list[str]:
    """The codes of all problems, those of the book first."""
    problems = [*book.problems, *(problem for grid in book.grids for problem in grid.problems)]
    return [problem.code for problem in problems]


def without(data: bytes, part: str, text: str) -> bytes:
    """An archive with another text for a part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, text if name == part else source.read(name))
    return out.getvalue()


# --- the same list in three formats ---------------------------------------------------------------


def as_xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "说明"
    sheet["A1"] = "填表说明"
    old = book.create_sheet("旧")
    old.append(["上年"])
    old.append(["清单"])
    old.sheet_state = "hidden"
    sheet = book.create_sheet("清单")
    sheet.append(HEADER)
    sheet.append(
        [1, "修路", CellRichText("赵敏", TextBlock(InlineFont(strike=True), "、王强")), JUNE]
    )
    sheet.append([0.35, "作废", "李慧", LAST_OF_JUNE])
    sheet.append([2, "种树", None, LAST_OF_JUNE + 0.75])
    sheet.append([3, "架桥", "", "6月"])
    sheet["A2"].number_format = "000"
    sheet["D2"].number_format = 'yyyy"年"m"月"'
    sheet["A3"].number_format = "0%"
    sheet["B3"].font = Font(strike=True)
    sheet["D3"].number_format = 'm"月"d"日"'
    sheet["D4"].number_format = "yyyy/m/d"
    sheet["A5"].number_format = ";;;"
    sheet.merge_cells("C3:C4")
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["D"].hidden = True
    sheet.column_dimensions["H"].hidden = True
    book.active = 2
    return saved(book)


def as_xls() -> bytes:
    formats = {164: "000", 165: 'yyyy"年"m"月"', 166: 'm"月"d"日"', 167: "yyyy/m/d", 168: ";;;"}
    texts = [*HEADER, "修路", "作废", "李慧", "种树", "架桥", "6月", "填表说明", "上年", "清单"]
    runs = struct.pack("<2H", 2, 5)  # from the third character on in the font of number 5
    rich = struct.pack("<HBH", 5, 1 | 8, 1) + "赵敏、王强".encode("utf-16-le") + runs
    phonetic = struct.pack("<HBI", 1, 1 | 4, 2) + "中".encode("utf-16-le") + b"  "
    book = b"".join(
        [
            *[workbooks.font() for _ in range(3)],
            workbooks.font(struck=True),
            workbooks.font(struck=True),  # counted as the fifth
            *[record(0x41E, struct.pack("<H", n) + workbooks.text(c)) for n, c in formats.items()],
            workbooks.style(),
            *[workbooks.style(0, number) for number in formats],
            workbooks.style(3),
            workbooks.style(0, 9),
            record(0xFC, struct.pack("<2I", 15, 15) + phonetic),
            record(0x3C, b"".join(map(workbooks.text, texts)) + rich),
        ]
    )
    where = {text: number for number, text in enumerate(texts, 1)}

    def cell(row: int, column: int, text: str, style: int = 0) -> bytes:
        return workbooks.string(row, column, where[text], style)

    cells = b"".join(
        [
            record(0x7D, struct.pack("<6H", 3, 3, 2000, 0, 1, 0)),
            record(0x7D, struct.pack("<6H", 1, 1, 2000, 0, 0, 0)),
            record(0x208, struct.pack("<6HI", 3, 0, 4, 255, 0, 0, 0x20)),
            record(0x208, struct.pack("<6HI", 2, 0, 4, 255, 0, 0, 0)),
            *[cell(0, column, text) for column, text in enumerate(HEADER)],
            record(0x27E, struct.pack("<3HI", 1, 0, 1, 1 << 2 | 2)),
            cell(1, 1, "修路"),
            workbooks.string(1, 2, 14),
            workbooks.number(1, 3, JUNE, 2),
            record(0x27E, struct.pack("<3HI", 2, 0, 7, 35 << 2 | 3)),
            cell(2, 1, "作废", 6),
            cell(2, 2, "李慧"),
            workbooks.number(2, 3, LAST_OF_JUNE, 3),
            record(0xBD, struct.pack("<2HHIHIH", 3, 0, 0, 2 << 2 | 2, 0, 7 << 2 | 2, 1)),
            cell(3, 1, "种树"),
            workbooks.number(3, 3, LAST_OF_JUNE + 0.75, 4),
            workbooks.number(4, 0, 3, 5),
            cell(4, 1, "架桥"),
            cell(4, 3, "6月"),
            record(0xE5, struct.pack("<5H", 1, 2, 3, 2, 2)),
        ]
    )
    sheets = [
        ("说明", cell(0, 0, "填表说明")),
        ("旧", cell(0, 0, "上年") + cell(1, 0, "清单")),
        ("清单", cells),
    ]
    return compound(xls_stream(book, sheets, hidden=["旧"], active=2))


def as_ods() -> bytes:
    def date(value: str, style: str, words: str) -> str:
        return ods_cell(
            words,
            f'office:value-type="date" office:date-value="{value}" table:style-name="{style}"',
        )

    styles = (
        '<number:number-style style:name="n"><number:text>第</number:text></number:number-style>'
        '<number:date-style style:name="ym"><number:year/><number:text>年</number:text>'
        "<number:month/><number:text>月</number:text></number:date-style>"
        '<number:date-style style:name="md"><number:month/><number:text>月</number:text>'
        "<number:day/></number:date-style>"
        '<style:style style:name="c1" style:data-style-name="ym"/>'
        '<number:text-style style:name="text"><number:text-content/>'
        '<style:map style:condition="value()&gt;0" style:apply-style-name="md"/>'
        "</number:text-style>"
        '<style:style style:name="c2" style:data-style-name="text">'
        '<style:map style:condition="x" style:apply-style-name="c1"/></style:style>'
        '<style:style style:name="c3"/>'
        '<style:style style:name="s"><style:text-properties '
        'style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="t"><style:table-properties table:display="false"/></style:style>'
    )
    columns = (
        '<table:table-column table:number-columns-repeated="3"/>'
        '<table:table-column table:visibility="collapse"/>'
        '<table:table-column table:number-columns-repeated="2000000"/>'
    )
    concealed = (
        '<table:table-cell office:value-type="float" office:value="3"><text:p/></table:table-cell>'
    )
    struck = '赵敏<text:span text:style-name="s">、王强</text:span>'
    rows = [
        ods_row(*HEADER),
        ods_row("001", "修路", ods_cell(struck), date("2026-06-01", "c1", "2026/06")),
        ods_row(
            "35%",
            ods_cell("作废", 'table:style-name="s"'),
            ods_cell("李慧", 'table:number-rows-spanned="2" table:number-columns-spanned="1"'),
            date("2026-06-30", "c2", "06/30"),
        ),
        ods_row(
            "2",
            "种树",
            "<table:covered-table-cell/>",
            date("2026-06-30T18:00:00", "c3", "30.06.26"),
            attributes='table:visibility="filter"',
        ),
        ods_row(concealed, "架桥", "", "6月"),
        ods_row("", attributes='table:number-rows-repeated="1048570"'),
    ]
    return ods(
        ods_table(ods_row("填表说明"), name="说明"),
        ods_table(ods_row("上年"), ods_row("清单"), name="旧", attributes='table:style-name="t"'),
        ods_table(columns, *rows),
        styles=styles,
        active="清单",
    )


@pytest.mark.parametrize(
    ("data", "name"), [(as_xlsx(), "t.xlsx"), (as_xls(), "t.et"), (as_ods(), "t.ods")]
)
def test_a_workbook_is_read_as_its_reader_sees_it_in_each_format(data: bytes, name: str) -> None:
    book = read(data, name)
    assert book.problems == [Problem("sheet_hidden", 0, "", "旧 (2)")]
    grid, notes = book.grids
    assert (grid.name, notes.name, notes.rows) == ("清单", "说明", [["填表说明"]])
    assert [row[:4] for row in grid.rows] == [
        HEADER,
        ["001", "修路", "赵敏", "2026年6月"],
        ["35%", "", "李慧", "6月30日"],
        ["2", "种树", "", "2026-06-30"],
        ["", "架桥", "", "6月"],
    ]
    assert grid.merged == {(2, 2): (2, 1)}
    assert grid.hidden == {3}
    assert grid.years == {(2, 3): 2026}
    assert grid.problems == [
        Problem("sheet_struck_out", 2, "C2", "、王强"),
        Problem("sheet_struck_out", 3, "B3", "作废"),
        Problem("sheet_concealed", 5, "A5", "3"),
        Problem("sheet_hidden_columns", 0, "", "D"),
        Problem("sheet_hidden_rows", 4, "", "1"),
    ]


# --- .xlsx ----------------------------------------------------------------------------------------


def sheet(*cells: str, before: str = "", row: str = "") -> str:
    """A sheet with one row of cells."""
    return f"{before}<sheetData><row {row}>{''.join(cells)}</row></sheetData>"


def only_grid(data: bytes, name: str = "t.xlsx") -> tuple[list[list[str]], list[str]]:
    """The rows of a book's only sheet, and the codes of all problems."""
    book = read(data, name)
    (grid,) = book.grids
    return grid.rows, codes(book)


def test_a_plain_workbook_has_nothing_to_say() -> None:
    book = openpyxl.Workbook()
    book.active.append(["编号", 8.0, 1.5, True])
    assert only_grid(saved(book)) == ([["编号", "8", "1.5", "TRUE"]], [])


def test_an_empty_sheet_is_a_grid_without_rows() -> None:
    assert only_grid(saved(openpyxl.Workbook())) == ([], [])


def test_errors_keep_their_names() -> None:
    cells = [f'<c t="e"><v>{name}</v></c>' for name in ("#N/A", "#REF!", "#DIV/0!")]
    assert only_grid(office.xlsx(sheet(*cells))) == ([["#N/A", "#REF!", "#DIV/0!"]], [])


def test_formulas_whose_value_was_never_worked_out_are_said() -> None:
    book = openpyxl.Workbook()
    book.active.append(["甲", "=1+1", "乙"])
    book.active.append(["=ROW()", 1, "=A1"])
    assert read(saved(book)).grids[0].problems == [Problem("sheet_unknown_values", 1, "B1", "3")]
    worked_out = ("<c><f>1+1</f><v>2</v></c>", '<c t="str"><f>""</f><v></v></c>')
    assert only_grid(office.xlsx(sheet(*worked_out))) == ([["2", ""]], [])


def test_line_ends_are_those_of_a_text() -> None:
    strings = ["<si><t>修路_x000D_\n架桥</t></si>", "<si><t>种_x000D_树</t></si>"]
    cells = ('<c t="s"><v>0</v></c>', '<c t="s"><v>1</v></c>')
    assert only_grid(office.xlsx(sheet(*cells), strings=strings))[0] == [["修路\n架桥", "种\n树"]]


RUNS = (
    "<r><t>赵敏</t></r><r><rPr><strike/></rPr><t>、王_x000D_强</t></r>"
    '<r><rPr><strike val="0"/></rPr><t>、李慧</t></r><rPh><t>zhao</t></rPh>'
)
STRUCK_FONT = (
    '<fonts><font/><font><strike/></font><font><strike val="false"/></font></fonts>'
    '<cellStyleXfs><xf fontId="1"/></cellStyleXfs>'
    '<cellXfs><xf/><xf fontId="1"/><xf fontId="2"/></cellXfs>'
    '<dxfs><dxf><font><strike/></font><numFmt numFmtId="0" formatCode="0%"/></dxf></dxfs>'
)


@pytest.mark.parametrize("kind", ["shared", "inline"])
@pytest.mark.parametrize(
    ("style", "left", "struck"), [(0, "赵敏、李慧", "、王\r强"), (1, "、李慧", "赵敏、王\r强")]
)
def test_of_a_text_in_several_writings_what_is_not_struck_out_is_left(
    kind: str, style: int, left: str, struck: str
) -> None:
    cell = f'<c s="{style}" t="inlineStr"><is>{RUNS}</is></c>'
    if kind == "shared":
        cell = f'<c s="{style}" t="s"><v>1</v></c>'
    strings = ["<si><t>甲</t></si>", f"<si>{RUNS}</si>"]
    (grid,) = read(office.xlsx(sheet(cell), strings=strings, styles=STRUCK_FONT)).grids
    assert grid.rows == [[left]]
    assert grid.problems == [Problem("sheet_struck_out", 1, "A1", struck)]


def test_only_the_text_of_struck_cells_is_left_out() -> None:
    strings = ["<si><t>甲</t></si>", "<si><r><rPr/><t>乙</t></r></si>", "<si><t> </t></si>"]
    places = [(0, 0), (0, 1), (0, 2), (1, 1), (2, 1)]
    cells = [f'<c s="{style}" t="s"><v>{place}</v></c>' for place, style in places]
    data = office.xlsx(sheet(*cells, '<c s="1"/>'), strings=strings, styles=STRUCK_FONT)
    assert only_grid(data) == ([["甲", "", "甲", "乙", ""]], ["sheet_struck_out"])


def test_what_a_merged_cell_covers_is_not_seen() -> None:
    cells = ('<c t="str"><v>甲</v></c>', "<c><v>1</v></c>", "<c><v>2</v></c>")
    ranges = "".join(f'<mergeCell ref="{area}"/>' for area in ("A1:B9", "C1:D1", "F1:G2", "A1:C1"))
    (grid,) = read(office.xlsx(sheet(*cells) + f"<mergeCells>{ranges}</mergeCells>")).grids
    assert grid.rows == [["甲", "", "2"]]
    assert grid.merged == {(0, 0): (1, 2)}


def test_a_default_style_holds_for_cells_that_name_none() -> None:
    styles = '<cellXfs><xf numFmtId="57"/></cellXfs>'
    assert only_grid(office.xlsx(sheet(f"<c><v>{JUNE}</v></c>"), styles=styles))[0] == [
        ["2026年6月"]
    ]


def test_a_format_that_says_nothing_new_changes_no_cell() -> None:
    styles = (
        '<numFmts><numFmt numFmtId="200" formatCode="# ?/?"/></numFmts>'
        '<cellXfs><xf/><xf numFmtId="200"/><xf numFmtId="20"/></cellXfs>'
    )
    cells = ('<c s="1"><v>0.5</v></c>', '<c s="2"><v>0.5</v></c>', '<c s="1" t="str"><v>甲</v></c>')
    assert only_grid(office.xlsx(sheet(*cells, '<c s="1"/>'), styles=styles))[0] == [
        ["0.5", "12:00:00", "甲"]
    ]


def test_elements_may_have_a_prefix_and_cells_a_place() -> None:
    rows = (
        '<x:worksheet xmlns:x="m"><x:sheetData><x:row r="2" hidden="true"><x:c r="C2" t="e">'
        "<x:f>NA()</x:f><x:v>#N/A</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    data = office.workbook(
        '<sheets><sheet name="s" r:id="s"/></sheets>',
        {"s": "worksheets/s.xml"},
        {"worksheets/s.xml": rows},
    )
    (grid,) = read(data).grids
    assert grid.rows == [["", "", ""], ["", "", "#N/A"]]
    assert grid.hidden == {1}


def test_hidden_rows_and_columns_without_text_are_not_mentioned() -> None:
    columns = '<cols><col min="2" max="90000" hidden="1"/><col min="1" max="1"/></cols>'
    cells = ("<c><v>1</v></c>",)
    beyond = '<row r="9" hidden="1"/></sheetData>'
    xml = sheet(*cells, before=columns).replace("</sheetData>", beyond)
    assert only_grid(office.xlsx(xml)) == ([["1"]], [])


def test_hidden_sheets_without_text_are_not_mentioned_and_charts_are_no_sheets() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "甲"
    book.create_sheet("空").sheet_state = "veryHidden"
    book.create_chartsheet("图")
    assert only_grid(saved(book)) == ([["甲"]], [])


def test_what_is_unsound_beside_the_values_is_said() -> None:
    hint = '<x t="e"/>'
    cells = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    whole = office.xlsx(sheet("<c><v>1</v></c>"), styles="<a/>")
    for part, text in (
        ("xl/styles.xml", "<styleSheet>&#1;</styleSheet>"),
        ("xl/styles.xml", '<?xml version="1.0" encoding="e"?><styleSheet/>'),
        (
            "xl/worksheets/sheet0.xml",
            f"<worksheet>{hint}{cells}&#1;</worksheet>",
        ),
    ):
        assert only_grid(without(whole, part, text)) == ([["1"]], ["sheet_formats_unknown"])


def test_days_may_be_counted_from_1904() -> None:
    styles = '<cellXfs><xf/><xf numFmtId="58"/></cellXfs>'
    data = office.xlsx(
        sheet('<c s="1"><v>44741</v></c>'), styles=styles, book='<workbookPr date1904="1"/>'
    )
    (grid,) = read(data).grids
    assert (grid.rows, grid.years) == ([["6月30日"]], {(0, 0): 2026})


def test_what_is_said_of_cells_that_are_not_there_is_passed_over() -> None:
    look = Look(
        texts={(0, 5): Shown("甲"), (-1, 0): Shown("丙")}, struck={(9, 0): None}, concealed={(0, 1)}
    )
    grid = grid_of("清单", [["乙"]], [], look)
    assert (grid.rows, grid.problems) == ([["乙"]], [])


# --- .xls -----------------------------------------------------------------------------------------


def one_sheet(cells: bytes, book: bytes = b"") -> bytes:
    return xls_stream(workbooks.style() + book, [("清单", cells)])


def test_errors_of_an_old_workbook_keep_their_names() -> None:
    head = struct.pack("<3H", 0, 0, 0)
    cells = b"".join(
        [
            record(0x205, head + bytes([0x2A, 1])),
            record(0x205, struct.pack("<3H", 0, 1, 0) + bytes([1, 0])),
            record(0x06, struct.pack("<3H", 0, 2, 0) + b"\2\0\x17\0\0\0\xff\xff" + bytes(8)),
            record(0x06, struct.pack("<3H", 0, 3, 0) + b"\1\0\1\0\0\0\xff\xff" + bytes(8)),
            record(0x06, struct.pack("<3Hd", 0, 4, 0, 1.5) + bytes(8)),
            workbooks.BEGIN_SHEET,  # of a chart
            record(0x205, head + bytes([0x00, 1])),
            workbooks.ENDED,
        ]
    )
    rows, remarks = only_grid(compound(one_sheet(cells)), "t.xls")
    assert (rows, remarks) == ([["#N/A", "TRUE", "#REF!", "TRUE", "1.5"]], [])


def test_an_old_workbook_may_count_from_1904_and_write_numbers_short() -> None:
    upper = struct.unpack("<2I", struct.pack("<d", 1.5))[1]
    cells = b"".join(
        [
            workbooks.number(0, 0, 44712, 1),
            workbooks.number(0, 4, 0.5, 3),
            record(0x27E, struct.pack("<3HI", 0, 1, 0, upper)),
            record(0x27E, struct.pack("<3Hi", 0, 2, 0, -3 << 2 | 2)),
            record(0x27E, struct.pack("<3HI", 0, 3, 2, upper | 1)),
        ]
    )
    hours = record(0x41E, struct.pack("<HHB", 164, 4, 0) + b"h:mm")
    styles = [workbooks.style(0, number) for number in (57, 10, 164)]
    book = record(0x22, b"\1\0") + hours + b"".join(styles)
    assert only_grid(compound(one_sheet(cells, book)), "t.xls")[0] == [
        ["2026年6月", "1.5", "-3", "1.50%", "12:00:00"]
    ]


def test_texts_of_an_old_workbook_may_run_over_several_records() -> None:
    first = struct.pack("<HBH", 6, 8, 1) + b"abc"
    second = bytes([1]) + "张慧".encode("utf-16-le")
    last = bytes([0]) + b"d" + struct.pack("<2H", 3, 1)
    book = workbooks.font() + workbooks.font(struck=True)
    book += record(0xFC, struct.pack("<2I", 1, 1) + first) + record(0x3C, second)
    book += record(0x3C, last) + record(0x5C, b"x") + record(0x3C, b"x")
    data = compound(one_sheet(workbooks.string(0, 0, 0), book))
    (grid,) = read(data, "t.xls").grids
    assert (grid.rows, grid.problems) == (
        [["abc"]],
        [Problem("sheet_struck_out", 1, "A1", "张慧d")],
    )


def test_a_text_in_several_fonts_need_not_be_struck_out() -> None:
    runs = struct.pack("<HBH", 2, 8, 1) + b"ab" + struct.pack("<2H", 1, 0)
    book = workbooks.font() + workbooks.font(struck=True) + workbooks.strings(runs)
    data = compound(one_sheet(workbooks.string(0, 0, 0), book))
    assert only_grid(data, "t.xls") == ([["ab"]], [])


def test_text_that_is_struck_out_and_concealed_is_said_once() -> None:
    runs = struct.pack("<HBH", 2, 1 | 8, 1) + "赵敏".encode("utf-16-le") + struct.pack("<2H", 1, 1)
    book = workbooks.font() + workbooks.font(struck=True)
    book += record(0x41E, struct.pack("<H", 164) + workbooks.text(";;;")) + workbooks.style(0, 164)
    book += workbooks.strings(runs, workbooks.text("甲"))
    cells = workbooks.string(0, 0, 0, 1) + workbooks.string(0, 1, 1, 1)
    assert only_grid(compound(one_sheet(cells, book)), "t.xls") == ([["", ""]], ["sheet_concealed"])


def test_an_old_workbook_with_a_password_is_refused() -> None:
    stream = xls_stream(record(0x2F, bytes(6)), [("清单", b"")])
    assert refused(compound(stream), "t.xls") == "encrypted"


def test_an_old_workbook_whose_cells_stand_far_apart_is_refused() -> None:
    cells = workbooks.number(0, 0, 1) + workbooks.number(65_535, 255, 1)
    assert refused(compound(one_sheet(cells)), "t.xls") == "scattered"


def test_of_a_workbook_of_excel_95_the_looks_are_not_known() -> None:
    stream = one_sheet(workbooks.number(0, 0, 1)).replace(b"\x00\x06\x05\x00", b"\x00\x05\x05\x00")
    assert codes(read(compound(stream + bytes(4096)), "t.xls")) == ["sheet_formats_unknown"]


def test_a_large_old_workbook_stands_in_a_chain_of_sectors() -> None:
    data = compound(one_sheet(workbooks.number(0, 0, 1.5)) + bytes(4096))
    assert only_grid(data, "t.xls") == ([["1.5"]], [])


@given(st.data())
def test_a_damaged_old_workbook_is_refused_or_read(data: st.DataObject) -> None:
    broken = bytearray(as_xls())
    for _ in range(data.draw(st.integers(1, 6))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(BoardError):  # anything else would be a fault of ours
        read(bytes(broken), "t.xls")


# --- .ods -----------------------------------------------------------------------------------------


def test_a_cell_of_an_open_document_has_paragraphs_spaces_and_comments() -> None:
    words = (
        "一&#13;一<text:s/>二<text:tab/>三<text:line-break/>四<text:s text:c='3'/>五</text:p><text:p>六"
        "<text:ruby><text:ruby-base>重</text:ruby-base><text:ruby-text>zhòng</text:ruby-text>"
        "</text:ruby>"
    )
    comment = "<office:annotation><text:p>注</text:p></office:annotation>"
    cell = ods_cell(words).replace("<text:p>", comment + "<text:p>", 1)
    assert only_grid(ods(ods_table(ods_row(cell))), "t.ods")[0] == [["一\n一 二 三\n四   五\n六重"]]


def test_cells_and_rows_of_an_open_document_may_stand_for_several() -> None:
    rows = [
        ods_row("", attributes='table:number-rows-repeated="2"'),
        ods_row("", ods_cell("甲", 'table:number-columns-repeated="2"')),
        ods_row("乙", attributes='table:number-rows-repeated="2" table:visibility="collapse"'),
        ods_row(ods_cell("", 'office:value-type="float" office:value="1.5"')),
    ]
    (grid,) = read(ods(ods_table(*rows)), "t.ods").grids
    blank = ["", "", ""]
    assert grid.rows == [
        blank,
        blank,
        ["", "甲", "甲"],
        ["乙", "", ""],
        ["乙", "", ""],
        ["1.5", "", ""],
    ]
    assert grid.hidden == {3, 4}


def test_rows_that_stand_for_several_look_the_same() -> None:
    styles = (
        '<style:style style:name="s"><style:text-properties style:text-line-through-style="solid"/></style:style>'
        '<number:date-style style:name="n"><number:year/></number:date-style>'
        '<style:style style:name="d" style:data-style-name="n"/>'
    )
    row = ods_row(
        ods_cell("旧", 'table:style-name="s"'),
        ods_cell(
            "2026", 'office:value-type="date" office:date-value="2026-06-01" table:style-name="d"'
        ),
        "新",
        '<table:table-cell office:value-type="float" office:value="7"><text:p/></table:table-cell>',
        attributes='table:number-rows-repeated="3"',
    )
    (grid,) = read(ods(ods_table(row), styles=styles), "t.ods").grids
    assert grid.rows == [["", "2026", "新", ""]] * 3


def test_styles_of_an_open_document_pass_on_what_they_say() -> None:
    line = "<style:text-properties style:text-line-through-{}/>"
    styles = (
        f'<style:style style:name="a">{line.format("type=@single@")}</style:style>'
        '<style:style style:name="b" style:parent-style-name="a"/>'
        f'<style:style style:name="c" style:parent-style-name="a">{line.format("style=@none@")}'
        "</style:style>"
        f'<style:style style:name="d">{line.format("x=@y@")}</style:style>'
        '<number:date-style style:name="n"><number:year/><number:hours/></number:date-style>'
        '<style:style style:name="e" style:data-style-name="n"/>'
        '<style:style style:name="f" style:parent-style-name="e"/>'
    ).replace("@", '"')
    date = 'office:value-type="date" office:date-value="{}" table:style-name="f"'
    row = ods_row(
        *[ods_cell(name, f'table:style-name="{name}"') for name in "abcd"],
        ods_cell("1/6/26", date.format("2026-06-01T08:00:00")),
        ods_cell("不日", date.format("soon")),
        ods_cell("早", date.format("2026-06-01T08:00:00Z")),
        "末",
    )
    column = '<table:table-column table:number-columns-repeated="7"/>'
    column += '<table:table-column table:default-cell-style-name="a"/>'
    (grid,) = read(ods(ods_table(column, row), styles=styles), "t.ods").grids
    assert grid.rows == [["", "", "c", "d", "2026", "不日", "早", ""]]
    assert [problem.column for problem in grid.problems] == ["A1", "B1", "H1"]


def test_an_open_document_that_is_encrypted_damaged_or_without_end_is_refused() -> None:
    locked = {"META-INF/manifest.xml": "<m><encryption-data/></m>"}
    assert refused(ods(extra=locked), "t.ods") == "encrypted"
    assert refused(ods("<table:table>"), "t.ods") == "broken_workbook"
    row = ods_row(*["甲"] * 5, attributes='table:number-rows-repeated="1048576"')
    assert refused(ods(ods_table(row)), "t.ods") == "scattered"
    wide = ods_cell("甲", 'table:number-columns-repeated="9999999"')
    assert len(read(ods(ods_table(ods_row(wide))), "t.ods").grids[0].rows[0]) == 16_384


# --- .xlsb ----------------------------------------------------------------------------------------


def test_a_binary_workbook_is_read_and_said_to_show_no_formats() -> None:
    data = workbooks.xlsb((0, 0, "举措"), (1, 1, "修路" * 60))
    assert only_grid(data, "t.xlsb") == (
        [["举措", ""], ["", "修路" * 60]],
        ["sheet_formats_unknown"],
    )


def test_a_binary_workbook_that_refers_to_nothing_is_refused() -> None:
    data = workbooks.xlsb((0, 0, "甲"))
    assert (
        refused(without(data, "xl/_rels/workbook.bin.rels", "<r/>"), "t.xlsb") == "broken_workbook"
    )


def test_a_binary_workbook_whose_cells_stand_far_apart_is_refused() -> None:
    data = workbooks.xlsb((0, 0, "甲"), (1_048_575, 16_383, "乙"))
    assert refused(data, "t.xlsb") == "scattered"
