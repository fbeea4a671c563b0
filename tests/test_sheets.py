"""Files as text columns: encodings, quotes, workbooks, Parquet, and what can't be read."""

from __future__ import annotations

import contextlib
import csv
import datetime
import decimal
import io
import os
import random
import re
import zipfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet
import pytest
import xlsxwriter
from hypothesis import example, given
from hypothesis import strategies as st

from lib import files, measures
from lib.errors import BoardError
from lib.files import csv as csv_files
from lib.files import csv_edits, encodings, records, sheet
from lib.text.invisible import visible
from tests.clock import timed
from tests.workbooks import as_bytes, compound, of_rows

HEADER = ["举措", "责任领导", "时限"]
TABLE = """\
举措,责任领导,时限
宣讲,甲,8月
展览,乙、丙,全年
"""
ROWS = [["宣讲", "甲", "8月"], ["展览", "乙、丙", "全年"]]


TITLED = files.Headers({"举措": "title"}, (frozenset({"title"}),))


def rows(sheet):
    return [
        list(cells) for cells in zip(*(column.to_pylist() for column in sheet.columns), strict=True)
    ]


def codes(sheet):
    return [(problem.code, problem.line) for problem in sheet.problems]


@pytest.fixture
def read(tmp_path):
    """Write a file and read its only sheet."""

    def read_it(content, name="table.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return files.read(path, TITLED).sheet

    return read_it


@pytest.fixture
def refused(read):
    """Write a file that can't be read; gives the error."""

    def refused_it(content, name="table.csv"):
        with pytest.raises(BoardError) as raised:
            read(content, name)
        return raised.value

    return refused_it


# --- encodings -------------------------------------------------------------------------------------------------------

ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_same_table_reads_the_same_in_every_encoding(read, encoding):
    sheet = read(TABLE.encode(encoding))
    assert (sheet.header, rows(sheet), sheet.lines.tolist(), sheet.problems) == (
        HEADER,
        ROWS,
        [2, 3],
        [],
    )


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_utf_16_with_either_mark_reads(read, mark):
    text = TABLE.encode("utf-16-le" if mark == b"\xff\xfe" else "utf-16-be")
    assert rows(read(mark + text)) == ROWS


def test_excels_unicode_text_is_tab_separated_utf_16(read):
    assert (
        rows(read(TABLE.replace(",", "\t").replace("\n", "\r\n").encode("utf-16"), "table.txt"))
        == ROWS
    )


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_the_delimiter_is_the_one_under_which_there_is_a_header(read, delimiter):
    assert rows(read(TABLE.replace(",", delimiter))) == ROWS


def test_a_few_bad_bytes_are_a_problem_for_each_cell(read):
    content = (
        TABLE.encode().replace("宣讲".encode(), b"\xffxuan").replace("全年".encode(), b"quan\xfe")
    )
    sheet = read(content)
    assert [(p.code, p.line, p.column, p.value) for p in sheet.problems] == [
        ("encoding", 2, "举措", "�xuan"),
        ("encoding", 3, "时限", "quan�"),
    ]
    assert rows(sheet) == [["�xuan", "甲", "8月"], ["展览", "乙、丙", "quan�"]]


def test_a_few_bad_bytes_in_gb18030_are_a_problem_for_each_cell(read):
    content = TABLE.encode("gb18030").replace("甲".encode("gb18030"), b"\xff")
    assert codes(read(content)) == [("encoding", 2)]


def test_half_a_character_of_utf_16_is_a_problem(read):
    content = TABLE.encode("utf-16-le").replace("甲".encode("utf-16-le"), b"\x00\xd8")
    assert codes(read(content)) == [("encoding", 2)]


def test_an_english_header_over_chinese_utf_8_with_a_bad_byte_is_not_taken_for_gb18030(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes("title,leader\n开展宣讲,张\n".encode() + b"\xff,x\n")
    sheet = files.read(path, files.Headers({"title": "title"}, (frozenset({"title"}),))).sheet
    assert sheet
    assert rows(sheet) == [["开展宣讲", "张"], ["�", "x"]]


def test_a_replacement_character_that_the_file_holds_itself_is_no_problem(read):
    assert read(TABLE.replace("宣讲", '"宣\n�"')).problems == []


@pytest.mark.parametrize("encoding", ["big5", "shift_jis", "cp1252"])
def test_any_other_encoding_is_refused(tmp_path, encoding):
    text = {
        "big5": "舉措,責任領導\n宣講,甲\n",
        "shift_jis": "ソース,アイウ\n",
        "cp1252": "Maßnahme,für\n",
    }[encoding]
    path = tmp_path / "table.csv"
    path.write_bytes(text.encode(encoding))
    with pytest.raises(BoardError, match=r"undecodable|no_header"):
        measures.read(path)


def test_bytes_that_are_no_text_are_refused(refused):
    assert refused(bytes(random.Random(1).choices(range(128, 256), k=5000))).code == "undecodable"


def test_a_character_cut_by_the_first_look_is_whole(read):
    filler = "字" * 30_000  # the header stands within the look, the look ends inside a character
    for shift in range(3):
        text = f"举措,责任领导,时限\n{'x' * shift}{filler},甲,8月\n"
        assert rows(read(text)) == [["x" * shift + filler, "甲", "8月"]]


# --- where the header stands -----------------------------------------------------------------------------------------


def test_titles_and_notes_may_stand_above_the_header(read):
    text = "清单标题\n\n基准日：2020-09-15,,\n筛选：板块=二,\n" + TABLE
    sheet = read(text)
    assert (rows(sheet), sheet.lines.tolist(), sheet.problems) == (ROWS, [6, 7], [])


def test_a_header_cell_may_run_over_two_lines(read):
    sheet = read('"责任\n领导",举措\n甲,宣讲\n')
    assert (sheet.header, rows(sheet), sheet.lines.tolist()) == (
        ["责任\n领导", "举措"],
        [["甲", "宣讲"]],
        [3],
    )


def test_a_lone_return_in_a_header_cell_swallows_no_row(read):
    sheet = read('"责任\r领导",举措\n甲,宣讲\n')
    assert (rows(sheet), sheet.lines.tolist()) == ([["甲", "宣讲"]], [3])


def test_a_header_that_stands_too_low_is_none(read):
    assert read("说明\n" * 30 + TABLE) is None


def test_a_file_without_a_header_is_read_as_cells_and_names_its_first_line(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text('\n说明|"一"\n共|2\n项\n', "utf-8")
    content = files.read(path, TITLED)
    assert content.grids[0].rows == [["", ""], ["说明", "一"], ["共", "2"], ["项", ""]]
    assert content.found == '说明|"一"'


def test_a_header_alone_is_an_empty_table(read):
    for text in ("举措,责任领导,时限", "举措,责任领导,时限\n", "举措,责任领导,时限\n\n,,\n"):
        sheet = read(text)
        assert (sheet.header, rows(sheet), len(sheet.columns), len(sheet.lines)) == (
            HEADER,
            [],
            3,
            0,
        )


def test_a_table_of_one_column_reads(read):
    assert rows(read("举措\n宣讲\n\n展览\n")) == [["宣讲"], ["展览"]]
    assert rows(read('举措\n"宣\n讲"\n\n展览\n')) == [["宣\n讲"], ["展览"]]


def test_unnamed_columns_at_the_end_need_not_be_there_in_each_line(read):
    sheet = read("举措,责任领导,,\n宣讲,甲\n展览,乙,,\n演出,丙,x,\n")
    assert sheet.header == ["举措", "责任领导", "", ""]
    assert rows(sheet) == [["宣讲", "甲", "", ""], ["展览", "乙", "", ""], ["演出", "丙", "x", ""]]
    assert sheet.problems == []


# --- lines and quotes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_ends_a_line(read, end):
    sheet = read(TABLE.replace("\n", end))
    assert (rows(sheet), sheet.lines.tolist(), sheet.problems) == (ROWS, [2, 3], [])


@pytest.mark.parametrize("char", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028"])
def test_nothing_else_ends_a_line(read, char):
    assert rows(read(TABLE.replace("宣讲", f"宣{char}讲")))[0][0] == f"宣{char}讲"


def test_lines_keep_their_numbers_when_empty_ones_stand_between(read):
    sheet = read("举措,责任领导,时限\n\n宣讲,甲,8月\r\n\r\n,,\n , \t,　\n展览,乙、丙,全年\n\n")
    assert (rows(sheet), sheet.lines.tolist()) == (ROWS, [3, 7])


def test_a_cell_may_hold_commas_quotes_and_line_breaks(read):
    sheet = read('举措,责任领导,时限\n"宣讲,""一""\n二",甲,8月\n展览,乙、丙,全年\n')
    assert rows(sheet) == [['宣讲,"一"\n二', "甲", "8月"], ROWS[1]]
    assert (sheet.lines.tolist(), sheet.problems) == ([2, 4], [])


def test_a_last_cell_may_run_over_two_lines(read):
    assert rows(read('举措,责任领导,时限\n宣讲,甲,"8月\n以后"\n')) == [["宣讲", "甲", "8月\n以后"]]


@pytest.mark.parametrize(
    "written", ['宣讲,甲,"\n[,,"', '"宣讲,,\n",甲,8月', '宣讲,甲,"\n\n一,二,三"']
)
def test_a_cell_that_begins_or_ends_with_a_line_break_is_one_cell_however_many_commas_it_has(
    read, written
):
    sheet = read(f"举措,责任领导,时限\n{written}\n展览,乙、丙,全年\n")
    assert rows(sheet) == [next(csv.reader(written.splitlines(keepends=True))), ROWS[1]]
    assert sheet.problems == []


def test_a_byte_order_mark_behind_the_header_belongs_to_its_cell(read):
    assert rows(read("举措,责任领导,时限\n\ufeff宣讲,甲,8月\n"))[0][0] == "\ufeff宣讲"
    assert rows(read("举措,责任领导,时限\n\ufeff宣讲,甲,8月\n展览,乙\n"))[0][0] == "\ufeff宣讲"


def test_a_line_with_too_few_cells_is_a_problem_and_a_row(read):
    sheet = read("举措,责任领导,时限\n宣讲,甲\n展览,乙、丙,全年\n")
    assert [(p.code, p.line, p.value) for p in sheet.problems] == [("too_few_cells", 2, "宣讲,甲")]
    assert rows(sheet) == [["宣讲", "甲", ""], ROWS[1]]


def test_a_line_with_too_many_cells_is_a_problem_and_a_row(read):
    sheet = read("举措,责任领导,时限\n宣讲,演出,甲,8月\n展览,乙、丙,全年,,\n")
    assert [(p.code, p.line, p.value) for p in sheet.problems] == [
        ("too_many_cells", 2, "宣讲,演出,甲,8月")
    ]
    assert rows(sheet) == [["宣讲", "演出", "甲"], ROWS[1]]


UNCLOSED = [
    # in the middle of a file: the lines behind it are read
    ('"宣讲,甲,8月', ["宣讲", "甲", "8月"]),
    # in the last cell
    ('宣讲,甲,"8月', ["宣讲", "甲", "8月"]),
    # beside a sound one
    ('"宣,讲",甲,"8月', ["宣,讲", "甲", "8月"]),
    # text behind the closing one
    ('"宣"讲,甲,8月', ["宣讲", "甲", "8月"]),
    ('""宣讲"",甲,8月', ["宣讲", "甲", "8月"]),
]


@pytest.mark.parametrize(("line", "cells"), UNCLOSED)
def test_an_unclosed_quote_costs_its_line_only(read, line, cells):
    sheet = read(f"举措,责任领导,时限\n{line}\n展览,乙、丙,全年\n")
    assert [(p.code, p.line, p.value) for p in sheet.problems] == [("unclosed_quote", 2, line)]
    assert rows(sheet) == [cells, ROWS[1]]


def test_an_unclosed_quote_at_the_end_of_the_file_costs_its_line_only(read):
    sheet = read('举措,责任领导,时限\n展览,乙、丙,全年\n"宣讲,甲,8月')
    assert (rows(sheet), codes(sheet)) == ([ROWS[1], ROWS[0]], [("unclosed_quote", 3)])


CLOSED_LATER = [
    # by a cell's opening quote
    '展览,"乙、丙",全年',
    # by an empty cell's quotes
    '展览,"乙、丙",""',
    # by a quote at a cell's end
    '展览",乙、丙,全年',
    # by a quote at the line's end
    '展览,乙、丙,全年"',
]


@pytest.mark.parametrize("later", CLOSED_LATER)
def test_a_quote_that_another_line_closes_swallows_no_row(read, later):
    sheet = read(f'举措,责任领导,时限\n"宣讲,甲,8月\n演出,丁,9月\n{later}\n合唱,戊,5月\n')
    assert sheet.lines.tolist() == [2, 3, 4, 5]
    assert [cells[0].strip('"') for cells in rows(sheet)] == ["宣讲", "演出", "展览", "合唱"]
    assert ("unclosed_quote", 2) in codes(sheet)


def test_a_quote_that_is_not_closed_within_many_lines_is_unclosed(read):
    lines = "展览,乙、丙,全年\n" * 2000
    sheet = read(f'举措,责任领导,时限\n"宣讲,甲,8月\n{lines}演出,"丁",9月\n')
    assert (len(sheet.lines), codes(sheet)) == (2002, [("unclosed_quote", 2)])


def test_a_cell_longer_than_any_buffer_reads(read):
    long = "字" * 4_000_000
    assert rows(read(f"举措,责任领导,时限\n{long},甲,8月\n宣讲,甲\n"))[0] == [long, "甲", "8月"]
    assert rows(read(f'举措,责任领导,时限\n"{long}\n",甲,8月\n'))[0] == [f"{long}\n", "甲", "8月"]


def test_nul_bytes_are_characters(read):
    assert rows(read(TABLE.replace("宣讲", "宣\x00讲")))[0][0] == "宣\x00讲"
    assert rows(read(TABLE.replace("宣讲", '"宣\x00讲\n"')))[0][0] == "宣\x00讲\n"


def slowly(data):
    """What the slow path makes of a file that the fast one reads."""
    text, damaged, _ = encodings.decode(data)
    head = records.find_head(text, [TITLED])
    assert head
    return sheet.without_blank_rows(
        csv_files._by_lines(text[head.characters :], head, damaged=damaged)
    )


def is_ambiguous(cell):
    """A quoted cell whose lines look like rows of three cells is taken for two rows with a stray quote each."""
    first, *_, last = re.split("[,\n\r]", cell) if cell.count(",") > 1 else ("", "")
    return bool(first and last) and ("\n" in cell or "\r" in cell)


def is_seen(cell: str) -> bool:
    """Whether a cell has anything to see."""
    return visible(cell).replace("\x00", "").strip() != ""


CELLS = st.text(st.sampled_from("举措甲乙,;\t\"'\n\r =一\u3000\ufeff\x00\x1f�é"), max_size=6)
CELLS = CELLS.filter(lambda cell: not is_ambiguous(cell))


# Python 3.11 leaves \r without quotes where it is no part of the line end
STYLES = st.sampled_from(
    [("\n", csv.QUOTE_ALL), ("\r\n", csv.QUOTE_ALL), ("\r\n", csv.QUOTE_MINIMAL)]
)


@given(table=st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=8), style=STYLES)
@example(table=[["", "", ""], [" ", "\u3000", "\x1f"], ["a", "", ""]], style=("\n", csv.QUOTE_ALL))
@example(table=[['"', '""', '"""'], [",", '",', ',"']], style=("\r\n", csv.QUOTE_MINIMAL))
@example(table=[["a", "b", "\n甲,,"], [",,一\n", "c", "d"]], style=("\r\n", csv.QUOTE_MINIMAL))
@example(table=[["", "", "\ufeff"]], style=("\n", csv.QUOTE_ALL))
@example(table=[["", "", "\x00"], ["\x00甲", "", ""]], style=("\n", csv.QUOTE_ALL))
@example(table=[["\ufeff甲", "b", "c"]], style=("\r\n", csv.QUOTE_MINIMAL))
def test_any_table_reads_as_it_was_written_and_the_same_by_both_paths(
    tmp_path_factory, table, style
):
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=style[0], quoting=style[1]).writerows([HEADER, *table])
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(out.getvalue().encode())
    sheet = files.read(path, TITLED).sheet
    assert sheet
    slow = slowly(out.getvalue().encode())
    assert sheet.problems == slow.problems == []
    assert rows(sheet) == rows(slow)
    assert sheet.lines.tolist() == slow.lines.tolist()
    assert rows(sheet) == [cells for cells in table if any(map(is_seen, cells))]


@given(st.text(st.sampled_from('甲乙,"\n\r\t 8'), max_size=40))
@example('甲"乙,,\n')
@example('"甲"\n\n,"')
def test_any_text_reads_the_same_by_both_paths_and_loses_no_line(tmp_path_factory, text):
    data = ("举措,责任领导,时限\n" + text).encode()
    path = tmp_path_factory.getbasetemp() / "text.csv"
    path.write_bytes(data)
    sheet = files.read(path, TITLED).sheet
    assert sheet
    slow = slowly(data)
    assert (rows(sheet), sheet.lines.tolist(), sheet.problems) == (
        rows(slow),
        slow.lines.tolist(),
        slow.problems,
    )
    accounted = "".join(cell for cells in rows(sheet) for cell in cells) + "".join(
        p.value for p in sheet.problems
    )
    assert {char for char in text if char in "甲乙8"} <= set(accounted)


def test_the_fast_path_is_taken_for_what_spreadsheets_write(monkeypatch, read):
    monkeypatch.setattr(csv_files, "_by_lines", None)
    assert rows(read(TABLE)) == ROWS
    assert rows(read("\ufeff" + TABLE.replace("\n", "\r\n"))) == ROWS
    assert rows(read(TABLE.replace("宣讲", '"宣,""讲"""')))[0][0] == '宣,"讲"'
    assert rows(read("标题\n" + TABLE.rstrip() + "\n\n,,\n")) == ROWS


# --- files that are no table -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (b"\xff\xd8\xff\xe0....", "JPEG"),
        (b"GIF89a....", "GIF"),
        (b"%PDF-1.7....", "PDF"),
        (b"{\\rtf1....", "RTF"),
        (b"\x7fELF....", "ELF"),
        (b"MZ....", "EXE"),
    ],
)
def test_a_picture_named_csv_is_a_picture(refused, content, kind):
    error = refused(content)
    assert (error.code, error.details) == ("not_a_table", {"file": "table.csv", "kind": kind})


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"\xef\xbb\xbf", b"\xff\xfe", b" \r\n" * 5000, b"\x00" * 10]
)
def test_an_empty_file_is_said_to_be_empty(refused, content):
    assert refused(content).code == "empty"
    assert refused(content, "table.xlsx").code == "empty"
    assert refused(content, "table.parquet").code == "empty"


def test_a_file_that_begins_with_much_nothing_is_not_empty(read):
    assert rows(read("\n" * 5000 + TABLE)) == ROWS


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path):
    with pytest.raises(BoardError, match="not_found"):
        files.read(tmp_path / "none.csv", TITLED)


def test_a_folder_or_a_name_that_cant_be_one_is_unreadable(tmp_path):
    for path in (tmp_path, tmp_path / ("长" * 300)):
        with pytest.raises(BoardError, match="unreadable"):
            files.read(path, TITLED)


def test_a_file_that_excel_holds_is_locked(monkeypatch, read):
    def deny(self):
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.read_bytes", deny)
    with pytest.raises(BoardError, match="locked"):
        read(TABLE)


def test_a_file_that_changes_while_it_is_read_is_not_believed(tmp_path, monkeypatch):
    path = tmp_path / "table.csv"
    path.write_text(TABLE, "utf-8")
    read_bytes = Path.read_bytes

    def read_and_touch(self):
        data = read_bytes(self)
        os.utime(self, ns=(1, 1))
        return data

    monkeypatch.setattr(Path, "read_bytes", read_and_touch)
    with pytest.raises(BoardError, match="changed"):
        files.read(path, TITLED)


# --- .xlsx -----------------------------------------------------------------------------------------------------------


def book(*grids, merged=(), **named):
    """A workbook's bytes: a grid for each sheet."""
    numbered = {f"表{number}": grid for number, grid in enumerate(grids, 1)}
    return as_bytes(of_rows(numbered | named, merged))


@pytest.fixture
def grids(tmp_path):
    """Write a workbook and read its sheets."""

    def read_them(content, name="t.xlsx"):
        path = tmp_path / name
        path.write_bytes(content)
        return files.read(path, TITLED).grids

    return read_them


def test_a_workbook_reads_whatever_it_is_called(grids):
    for name in ("table.xlsx", "table.csv", "table.XLSX"):
        (grid,) = grids(book([HEADER, *ROWS]), name)
        assert (grid.name, grid.rows) == ("表1", [HEADER, *ROWS])


CELL_VALUES = [
    (8.0, "8"),
    (1.5, "1.5"),
    (2020, "2020"),
    (datetime.date(2020, 8, 31), "2020-08-31"),
    (datetime.datetime(2020, 8, 31), "2020-08-31"),
    (datetime.datetime(2020, 8, 31, 17, 30), "2020-08-31 17:30:00"),
    (True, "TRUE"),
    (None, ""),
]


@pytest.mark.parametrize(("value", "text"), CELL_VALUES)
def test_a_cell_reads_as_a_person_would_type_it(grids, value, text):
    assert grids(book([HEADER, ["宣讲", "甲", value]]))[0].rows[1] == ["宣讲", "甲", text]


def test_a_sheet_is_read_with_its_empty_rows_and_all_columns(grids):
    (grid,) = grids(book([["清单"], [], HEADER, [*ROWS[0], "另注"]]))
    assert grid.rows == [
        ["清单", "", "", ""],
        ["", "", "", ""],
        [*HEADER, ""],
        [*ROWS[0], "另注"],
    ]


def test_a_merged_range_is_known_as_far_as_cells_are_filled(grids):
    rows = [["题目"], HEADER, ["宣讲", "甲", "8月"], ["展览", None, "9月"], ["演出", None, "全年"]]
    (grid,) = grids(book(rows, merged=["A1:C1", "B3:B5", "A9:A12", "E3:F9"]))
    assert grid.merged == {(0, 0): (1, 3), (2, 1): (3, 1)}


def test_every_visible_sheet_is_read(grids):
    sheets = grids(book([["封面"]], [HEADER, ROWS[0]], [], 二=[HEADER, ROWS[1]]))
    assert [grid.name for grid in sheets] == ["表1", "表2", "表3", "二"]


def scattered(*cells, rows=1, empty=()):
    """A workbook with a header, rows below it, and single cells elsewhere: filled ones, and some only coloured."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet, colour = book.add_worksheet(), book.add_format({"bg_color": "red"})
        sheet.write_row(0, 0, HEADER)
        for row in range(1, rows + 1):
            sheet.write_row(row, 0, [f"举措{row}", "甲", "8月"])
        for cell in cells:
            sheet.write(cell, 1)
        for cell in empty:
            sheet.write_blank(cell, None, colour)
    return out.getvalue()


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("cell", "rows"), [("XFD1048576", 1), ("AZ1048576", 30_000), ("XFD5000", 10)]
)
def test_a_cell_far_from_all_others_is_refused_before_it_takes_all_memory(refused, cell, rows):
    data = scattered(cell, rows=rows)
    error, seconds = timed(lambda: refused(data, "t.xlsx"))
    assert error.code == "scattered"
    assert int(re.sub(r"\D", "", cell)) == error.details["rows"]
    assert seconds < 5


def test_a_cell_somewhat_far_is_only_a_cell(grids):
    assert grids(scattered("XFD30"))[0].rows[1][:4] == ["举措1", "甲", "8月", ""]
    assert len(grids(scattered("A110000"))[0].rows) == 110_000


def test_cells_that_are_only_coloured_are_none_however_far(grids):
    assert grids(scattered(empty=["XFD1048576"]))[0].rows[1] == ["举措1", "甲", "8月"]


def test_text_that_looks_like_a_formula_is_text(grids):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False}) as book:
        book.add_worksheet().write_row(0, 0, HEADER)
        book.worksheets()[0].write_row(1, 0, ["=1+1", "甲", "8月"])
    assert grids(out.getvalue())[0].rows[1][0] == "=1+1"


def compound_file(stream):
    """The beginning of an OLE compound file whose directory names a stream."""
    sector = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\x00")
    return sector + stream.encode("utf-16-le").ljust(64, b"\x00") + bytes(448)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("<html><table><tr><td>举措</td></tr></table></html>", "HTML"),
        ("\ufeff\r\n <!DOCTYPE HTML><HTML>", "HTML"),
        ("<table border=1>", "HTML"),
        ('<?xml version="1.0"?><Workbook>', "XML"),
    ],
)
def test_a_web_page_called_xls_is_named_as_what_it_is(refused, content, kind):
    error = refused(content, "清单.xls")
    assert (error.code, error.details["kind"]) == ("not_a_table", kind)


def test_a_title_in_angle_brackets_is_no_web_page(read):
    assert rows(read("<2026年清单>,,\n" + TABLE)) == ROWS


def test_an_encrypted_workbook_asks_for_its_password_to_be_taken_off(refused):
    assert refused(compound_file("EncryptedPackage"), "t.xlsx").code == "encrypted"


def test_a_workbook_that_the_reader_finds_encrypted_is_so(monkeypatch, refused):
    import python_calamine

    def refuse(_):
        raise python_calamine.PasswordError

    monkeypatch.setattr(python_calamine, "load_workbook", refuse)
    assert refused(book([HEADER]), "t.xlsx").code == "encrypted"


@pytest.mark.parametrize(("stream", "kind"), [("WordDocument", "Word"), ("Contents", "OLE")])
def test_a_file_of_old_word_is_no_table_whatever_it_is_called(refused, stream, kind):
    for data in (compound_file(stream), compound(bytes(9), stream)):
        error = refused(data, "t.xls")
        assert (error.code, error.details["kind"]) == ("not_a_table", kind)


def test_an_old_workbook_that_is_damaged_is_so(refused):
    assert refused(compound_file("Workbook"), "t.xls").code == "broken_workbook"


def test_a_broken_workbook_is_broken_however_it_is_broken(tmp_path):
    whole = book([HEADER, *ROWS] * 50)
    chance = random.Random(2)
    path = tmp_path / "t.xlsx"
    for cut in range(0, len(whole), 97):
        broken = bytearray(whole[: cut or None])
        for _ in range(chance.randrange(8)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        path.write_bytes(broken)
        with contextlib.suppress(BoardError):  # anything else would be a fault of ours
            files.read(path, TITLED)


def test_another_archive_is_no_workbook(refused):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert refused(out.getvalue(), "t.docx").code == "broken_workbook"


# --- .parquet --------------------------------------------------------------------------------------------------------


def parquet(columns):
    out = pa.BufferOutputStream()
    pyarrow.parquet.write_table(pa.table(columns), out)
    return out.getvalue().to_pybytes()


def test_a_parquet_file_reads_whatever_it_is_called(read):
    data = parquet(dict(zip(HEADER, zip(*ROWS, strict=True), strict=True)))
    for name in ("t.parquet", "t.csv"):
        sheet = read(data, name)
        assert (sheet.header, rows(sheet), sheet.lines.tolist()) == (HEADER, ROWS, [1, 2])


TYPED = [
    (pa.array([2020, None], pa.int16()), ["2020", ""]),
    (pa.array([2020.0, None]), ["2020", ""]),
    (pa.array(["甲", None]).dictionary_encode(), ["甲", ""]),
    (pa.array(["甲", None], pa.large_string()), ["甲", ""]),
    (pa.array([["甲", "乙"], None]), ["甲、乙", ""]),
    (pa.array([["甲", None, "乙"], []]), ["甲、乙", ""]),
    (pa.array([["甲"], ["乙"]], pa.large_list(pa.string())), ["甲", "乙"]),
    (pa.array([{"a": 1}, None]), ["{'a': 1}", ""]),
    (pa.array(["甲".encode(), b"\xff"]), ["甲", "�"]),
    (pa.array([datetime.date(2020, 8, 31), None]), ["2020-08-31", ""]),
    (pa.array([datetime.datetime(2020, 8, 31), None]), ["2020-08-31", ""]),
    (
        pa.array([datetime.datetime(2020, 8, 31, 17, 30), None], pa.timestamp("s")),
        ["2020-08-31 17:30:00", ""],
    ),
    (
        pa.array([datetime.datetime(2020, 8, 31, 17, 30, 0, 5), None]),
        ["2020-08-31 17:30:00.000005", ""],
    ),
    (pa.array([True, None]), ["true", ""]),
    (pa.array([decimal.Decimal("1.50"), None]), ["1.50", ""]),
    (pa.nulls(2), ["", ""]),
]


@pytest.mark.parametrize(("column", "texts"), TYPED, ids=range(len(TYPED)))
def test_a_typed_column_reads_as_text(read, column, texts):
    assert (
        read(parquet({"举措": ["一", "二"], "x": column}), "t.parquet").columns[1].to_pylist()
        == texts
    )


def test_a_parquet_file_of_many_groups_is_one_table(read):
    out = pa.BufferOutputStream()
    pyarrow.parquet.write_table(pa.table({"举措": list("一二三四五")}), out, row_group_size=2)
    assert rows(read(out.getvalue().to_pybytes(), "t.parquet")) == [
        ["一"],
        ["二"],
        ["三"],
        ["四"],
        ["五"],
    ]


def test_a_parquet_file_without_rows_or_without_a_header_is_told_apart(read, refused):
    assert rows(read(parquet({"举措": pa.array([], pa.string())}), "t.parquet")) == []
    error = refused(parquet({"合计": ["1"], "备注": ["2"]}), "t.parquet")
    assert (error.code, error.details["found"]) == ("no_header", "合计、备注")


def test_a_parquet_file_whose_texts_are_no_text_is_broken(refused):
    data = b"\xff\xfe"
    ends = np.array([0, len(data)], np.int32)
    title = pa.StringArray.from_buffers(1, pa.py_buffer(ends), pa.py_buffer(data))
    table = parquet({"举措": title, "责任部门": ["甲"]})
    assert refused(table, "t.parquet").code == "broken_parquet"


def test_a_broken_parquet_file_is_broken(refused):
    assert refused(b"PAR1" + bytes(100)).code == "broken_parquet"
    assert refused(TABLE, "t.parquet").code == "broken_parquet"


def test_long_values_are_cut_where_they_are_shown():
    assert files.shown("字" * 200) == "字" * 200
    assert files.shown("字" * 201) == "字" * 200 + "…"


def test_lines_are_counted_as_integers(read):
    assert read(TABLE).lines.dtype == np.int32


def test_texts_that_parquet_keeps_as_codes_stay_so_in_the_order_of_the_table(read):
    lists = pa.DictionaryArray.from_arrays(pa.array([3, 0, 2, 3]), ["甲", "不用", "", "乙"])
    sheet = read(parquet({"举措": ["一", "二", "", "四"], "清单": lists}), "t.parquet")
    assert [cells[1] for cells in rows(sheet)] == ["乙", "甲", "乙"]
    assert sheet.codes == {}  # a blank row was left out
    sheet = read(parquet({"举措": ["一", "二", "三", "四"], "清单": lists}), "t.parquet")
    assert sheet.codes[1].dictionary.to_pylist() == ["乙", "甲", ""]
    assert sheet.codes[1].indices.to_pylist() == [0, 1, 2, 0]


def test_a_parquet_file_without_any_group_of_rows_is_an_empty_table(read):
    out = pa.BufferOutputStream()
    pyarrow.parquet.ParquetWriter(out, pa.schema([("举措", pa.string())])).close()
    assert rows(read(out.getvalue().to_pybytes(), "t.parquet")) == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_text_is_its_lines_and_becomes_the_file_again(encoding):
    data = ("标题\r\n" + TABLE).encode(encoding)
    text = csv_edits.text_of(Path("t.csv"), data, TITLED)
    assert (text.header, text.encoding) == ((1, 2), encoding)
    assert "".join(text.lines).encode(text.encoding, text.errors) == data


def test_a_text_without_a_header_is_refused():
    with pytest.raises(BoardError, match="no_header"):
        csv_edits.text_of(Path("t.csv"), "说明\n".encode(), TITLED)
