"""Corners of single formats, each in the smallest file that has it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from lib import notices
from lib.errors import BoardError
from lib.files import csv_edits
from lib.measures import schema
from lib.notices.formats import characters, document, limits, office, pdf, ruled
from lib.notices.formats.numbering import shown
from lib.notices.model import Block
from lib.notices.reading import outline
from tests.notices.office import docx, level, p, xlsx
from tests.notices.pdf import pdf as made


def texts(data: bytes, name: str) -> list[str]:
    return [block.text for block in document.read(data, name).blocks]


@pytest.mark.parametrize(("count", "sign"), [(20, "⑳"), (21, "(21)")])
def test_numbers_in_circles_go_to_twenty(count: int, sign: str) -> None:
    assert shown(count, "decimalEnclosedCircleChinese") == sign


@pytest.mark.parametrize("charset", ["utf-8", "x-unknown"])
def test_a_page_that_names_another_encoding_is_read_by_its_bytes(charset: str) -> None:
    page = f"<html><meta charset={charset}><p>修缮</p></html>"
    assert texts(page.encode(), "x.html") == ["修缮"]


def test_a_list_that_begins_with_no_number_begins_with_one() -> None:
    page = "<html><ol start=x><li>甲<li>乙</ol><ul><li>丙</ul></html>"
    assert texts(page.encode(), "x.html") == ["1.甲", "2.乙", "丙"]


def test_a_paragraph_says_on_which_level_of_its_styles_list_it_stands() -> None:
    levels = level(0, "chineseCounting", "%1、") + level(1, "decimal", "%2.")
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    styles = (
        '<w:style w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    named = '<w:pStyle w:val="a"/>'
    below = '<w:pStyle w:val="a"/><w:numPr><w:ilvl w:val="1"/></w:numPr>'
    data = docx(p("甲", named) + p("乙", below), numbering=numbering, styles=styles)
    assert texts(data, "x.docx") == ["一、甲", "1.乙"]


def test_a_workbook_without_a_string_that_it_names_is_damaged() -> None:
    sheet = (
        '<sheetData><row r="1"><c r="A1" t="s"><v>7</v></c>'
        '<c r="B1" t="s"><v>0</v></c></row></sheetData>'
    )
    with pytest.raises(BoardError, match="notice_broken"):
        notices.read(xlsx(sheet, strings=["<si><t>甲</t></si>"]), "x.xlsx")


def test_a_table_that_goes_on_on_the_next_page_is_one_and_a_second_one_is_another() -> None:
    before = [Block("甲", table=0, row=0)]
    page = [Block("乙", table=0, row=0), Block("说明"), Block("丙", table=1, row=0)]
    read = pdf._going_on(before, page)
    assert [(block.text, block.table, block.row) for block in read] == [
        ("乙", 0, 1),
        ("说明", -1, 0),
        ("丙", 1, 0),
    ]


def test_a_new_line_stands_under_a_last_one_without_an_end() -> None:
    data = "举措,责任人\n甲,乙".encode()
    text = csv_edits.text_of(Path("t.csv"), data, schema.MEASURE_TABLE)
    edits = csv_edits.Edits(added={0: [["丙", "丁"]]})
    assert csv_edits.apply(text, [2], edits).decode("utf-8-sig") == "举措,责任人\n甲,乙\n丙,丁\n"


def test_what_stands_in_the_navigation_of_a_page_is_skipped_to_its_end() -> None:
    page = "<html><nav><a>首页</a><b>导航</b></nav><p>修缮</p></html>"
    assert texts(page.encode(), "x.html") == ["修缮"]


def test_only_characters_inside_a_ruled_table_of_a_pdf_are_of_its_cells() -> None:
    across = [ruled.Rule(y, 0, 100) for y in (0, 40)]
    down = [ruled.Rule(x, 0, 40) for x in (0, 100)]
    grid = ruled.Grid(across, down)

    def char(x: float, y: float) -> characters.Char:
        return characters.Char("甲", x, y, x + 9, y + 10)

    assert grid.holds(char(40, 20))
    assert not grid.holds(char(140, 20))
    assert not grid.holds(char(40, 80))


def test_a_ruled_table_of_a_pdf_has_no_more_cells_than_a_document() -> None:
    across = [ruled.Rule(place * 4.0, 0, 4_000) for place in range(1_000)]
    with pytest.raises(BoardError, match="notice_too_long"):
        ruled.Grid(across, across).blocks([], 0)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20))), st.integers(-3, 25))
def test_a_ruled_line_is_drawn_where_one_of_its_pieces_is(
    ends: list[tuple[int, int]], along: int
) -> None:
    rules = [ruled.Rule(place % 2, *sorted(piece)) for place, piece in enumerate(ends)]
    expected = any(rule.low - 1 <= along <= rule.high + 1 for rule in rules)
    assert ruled._drawn_at(rules, 1).reaches(along) == expected


def test_short_lines_in_a_cell_of_a_pdf_stay_lines() -> None:
    chars = [characters.Char(text, 5, y, 14, y + 10) for text, y in (("甲", 25), ("乙", 5))]
    assert ruled._cell_text(chars, width=100) == "甲\n乙"


def test_a_document_beyond_a_limit_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(office, "ELEMENTS", 3)
    with pytest.raises(BoardError, match="notice_bomb"):
        notices.read(docx(p("x")), "x.docx")
    monkeypatch.setattr(limits, "UNPACKED", 500)
    with pytest.raises(BoardError, match="notice_bomb"):
        notices.read(xlsx("<sheetData/>"), "x.xlsx")
    monkeypatch.setattr(limits, "PIECES", 3)
    with pytest.raises(BoardError, match="notice_too_long"):
        notices.read(b"a,b\nc,d\ne,f", "x.csv")


def test_a_document_of_too_many_paragraphs_or_parts_is_refused(monkeypatch: pytest.MonkeyPatch):
    data = docx(p("x") * 5)
    with monkeypatch.context() as paragraphs:
        paragraphs.setattr(limits, "PIECES", 3)
        with pytest.raises(BoardError, match="notice_bomb"):
            notices.read(data, "x.docx")
    monkeypatch.setattr(document, "_PARTS", 0)
    with pytest.raises(BoardError, match="notice_bomb"):
        notices.read(data, "x.docx")


def test_a_csv_may_have_line_ends_of_its_own():
    assert notices.read(b"a,b\rc,d", "x.csv").measures == ()


def test_html_that_the_parser_refuses_is_broken(monkeypatch: pytest.MonkeyPatch):
    class Parser:
        def __init__(self, **_: object) -> None:
            pass

        def feed(self, _: bytes) -> None:
            raise etree.LxmlError("no")

    monkeypatch.setattr(etree, "HTMLParser", Parser)
    with pytest.raises(BoardError, match="notice_broken"):
        notices.read(b"<html>x", "x.html")


def test_a_pdf_beyond_a_limit_is_refused(monkeypatch: pytest.MonkeyPatch):
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

    def get_text_range(self, begin: int, count: int) -> str:
        return "𠮷" if count == 2 else "甲乙"[begin : begin + 1]

    def get_charbox(self, place: int, *, loose: bool) -> tuple[float, float, float, float]:
        return place * 10.0, 0.0, place * 10.0 + 9, 10.0


class _Page:
    def get_textpage(self) -> _Text:
        return _Text()


def test_a_pdf_may_have_characters_beyond_the_first_plane():
    assert [char.text for char in characters.chars_of(_Page())] == ["甲", "乙"]


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
    assert ruled.tables(_Drawn(_Path(0, 0, 100, 100))) == []
    assert ruled.tables(_Drawn(*[_Path(x, 0, x + 9, 9) for x in range(900)])) == []


def test_merged_cells_of_a_pdf_reach_across_their_columns():
    across = [ruled.Rule(y, 0, 100) for y in (0, 20, 40)]
    down = [ruled.Rule(x, 0, 40) for x in (0, 100)] + [ruled.Rule(50, 0, 20)]
    chars = [
        characters.Char(text, x, y, x + 9, y + 10)
        for text, x, y in (("甲", 40, 25), ("乙", 5, 5), ("丙", 60, 5))
    ]
    assert [
        (b.text, b.row, b.column, b.across) for b in ruled.Grid(across, down).blocks(chars, 0)
    ] == [
        ("甲", 0, 0, 2),
        ("乙", 1, 0, 1),
        ("丙", 1, 1, 1),
    ]
    rules = ruled.Rules([], [])
    ruled._add_edges((0, 0, 50, 50), rules)
    ruled._add_edges((0, 0, 1, 1), rules)
    assert (len(rules.across), len(rules.down)) == (2, 2)


def test_the_measures_of_text_and_tables_together_are_limited(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Besides the limits of each, which stop the reading earlier."""
    text = "1.做事（责任单位：甲局）"
    assert len(notices.read_text(text).measures) == 1
    monkeypatch.setattr(outline, "MOST", 0)
    with pytest.raises(BoardError, match="notice_too_long"):
        notices.read_text(text)


def test_a_sheet_of_empty_cells_is_refused_before_they_are_made() -> None:
    rows = "".join(
        f'<row r="{row}"><c r="A{row}"><v>1</v></c><c r="GR{row}"><v>1</v></c></row>'
        for row in range(1, 700)
    )
    with pytest.raises(BoardError, match="notice_too_long"):
        notices.read(xlsx(f"<sheetData>{rows}</sheetData>"), "x.xlsx")
