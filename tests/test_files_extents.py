"""Far cells, long texts and false counts of an .xlsx or .ods are refused before they take all memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from lib.errors import BoardError
from lib.files import shared_strings
from lib.files.workbook import read_grids
from tests.clock import untraced
from tests.notices import office
from tests.workbooks import ods, ods_cell, ods_row, ods_table

FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
NEAR = '<row r="1"><c r="A1"><v>1</v></c></row>'


def code(data: bytes, name: str = "t.xlsx") -> str:
    """The code of the error with which a workbook is refused."""
    with pytest.raises(BoardError) as raised:
        read_grids(Path(name), data)
    return raised.value.code


def sheet(*rows: str) -> str:
    return f"<sheetData>{''.join(rows)}</sheetData>"


def changed(data: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """An archive with other or further parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        whole = {name: archive.read(name) for name in archive.namelist()}
    return office.packed({**whole, **parts})


@pytest.mark.parametrize(
    "far",
    [
        FAR,
        FAR.replace(" r=", "\tr="),
        FAR.replace(" r=", "\n  r = "),
        FAR.replace('"', "'"),
        FAR.replace("XFD", "xfd"),
        FAR.replace("XFD1048576", "A10000000001"),
        FAR.replace("XFD1048576", "Z1048576"),
        FAR.replace("<c r=", '<c s="1" r='),
        FAR.replace("<v>1</v>", "<f>1</f><v>1</v>"),
        '<row r="1048576">' + "<c><v>1</v></c>" * 9 + "</row>",
        '<row r="1">' + "<c/>" * 16_000 + "<c><v>1</v></c></row>" + "<row/>" * 900
        + "<row><c><v>1</v></c></row>",
        FAR.replace("<row ", "<x:row ").replace("<c ", "<x:c ").replace("/c>", "/x:c>")
        .replace("/row>", "/x:row>").replace("<x:row", '<x:row xmlns:x="urn:x"'),
    ],
)  # fmt: skip
def test_a_far_cell_is_known_however_it_is_written(far: str) -> None:
    assert code(office.xlsx(sheet(NEAR, far))) == "scattered"


@pytest.mark.parametrize("name", ["xl/other/sheet1.xml", "xl/Worksheets/Sheet1.xml", "evil/1.dat"])
def test_a_far_cell_is_known_in_whatever_part_it_stands(name: str) -> None:
    part = f"<worksheet>{sheet(FAR)}</worksheet>"
    assert code(changed(office.xlsx(sheet(NEAR)), {name: part})) == "scattered"
    assert code(changed(office.xlsx(sheet(NEAR)), {name: part.encode("utf-16")})) == "scattered"


def test_a_sheet_that_says_its_places_unusually_must_be_sound() -> None:
    data = office.xlsx(sheet(NEAR, "<row><c a='1' a='2' r='XFD9'><v>1</v></c></row>"))
    assert code(data) == "broken_workbook"


def test_pictures_and_other_bytes_are_no_sheets() -> None:
    data = changed(office.xlsx(sheet(NEAR)), {"xl/media/1.png": b"\0<c", "xl/1.bin": b"\0<c"})
    assert read_grids(Path("t.xlsx"), data).grids[0].rows == [["1"]]


def test_many_sheets_may_not_reach_far_together() -> None:
    tall = sheet(NEAR, '<row r="90000"><c r="Z90000"><v>1</v></c></row>')
    two = untraced(lambda: read_grids(Path("t.xlsx"), office.xlsx(tall, tall)))
    assert len(two.grids) == 2
    assert code(office.xlsx(*[tall] * 6)) == "scattered"


def test_many_sheets_without_far_cells_are_read() -> None:
    """Each might reach to Z99999 by the length of its numbers; how far it does is then read."""
    tall = sheet(NEAR, '<row r="10000"><c r="A10000"><v>1</v></c></row>')
    assert len(read_grids(Path("t.xlsx"), office.xlsx(*[tall] * 6)).grids) == 6


def test_a_book_may_not_announce_more_texts_than_it_has() -> None:
    data = office.xlsx(
        sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), strings=["<si><t>甲</t></si>"]
    )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        strings = archive.read("xl/sharedStrings.xml")
    assert read_grids(Path("t.xlsx"), data).grids[0].rows == [["甲"]]
    false = strings.replace(b"<sst", b'<sst uniqueCount="99999999999"', 1)
    assert code(changed(data, {"xl/sharedStrings.xml": false})) == "broken_workbook"


def test_a_long_text_may_not_stand_in_very_many_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_strings, "_CHARACTERS", 5_000)

    def rows(*texts: int) -> str:
        cells = '<c r="A{0}" t="s"><v>{1}</v></c><c r="B{0}"><v>0</v></c>'
        lines = [cells.format(line, text) for line, text in enumerate(texts, 1)]
        return sheet(*[f'<row r="{line}">{text}</row>' for line, text in enumerate(lines, 1)])

    texts = [f"<si><t>{'甲' * 400}</t><r><t>{'乙' * 600}</t></r></si>", "<si><t>丙</t></si>"]
    data = changed(office.xlsx(rows(0, 1, 1, 1, 1), strings=texts), {"xl/1.bin": b"\0"})
    assert [cells[0][:1] for cells in read_grids(Path("t.xlsx"), data).grids[0].rows] == [
        *"甲丙丙丙丙"
    ]
    assert code(office.xlsx(rows(0, 0, 0, 0, 0, 0), strings=texts)) == "too_much_text"


def test_an_ods_may_not_reach_far_either() -> None:
    wide = ods_row(ods_cell("甲", 'table:number-columns-repeated="1000"'))
    tall = ods_row(ods_cell("乙"), attributes='table:number-rows-repeated="5000"')
    assert code(ods(ods_table(wide, tall)), "t.ods") == "scattered"
    less = ods_table(wide, tall.replace("5000", "3000"))
    assert code(ods(less, less, less), "t.ods") == "scattered"
