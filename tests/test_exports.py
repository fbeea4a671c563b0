"""Downloads: nothing in them runs, what stands in them, how they look, how large they are."""

from __future__ import annotations

import io
import re
import sys
from datetime import datetime
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from lib import measures
from lib.answers import exports
from lib.i18n import translator
from tests.downloads import (
    DAY,
    LESHAN,
    MAKE,
    PREAMBLE,
    ZH,
    again,
    exported,
    lines_of,
    read,
    rows_of,
    runs,
    sheets_of,
)
from tests.tables import HEADER, table_of

# --- nothing runs ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", "=+-@＝＋－＠")
def test_a_filter_or_a_heading_that_begins_like_a_formula_does_not_run(
    sign: str, tmp_path: Path
) -> None:
    row = ["1", "2020", "清单", "一", "1", "甲", "张慧", "办公室", "8月", "x"]
    table = read(tmp_path, [row], (f"{sign}SUM(A1)",))
    data = exports.csv(table, np.arange(1), DAY, (f"{sign}1+1", f'{sign}"a",b'), ZH)
    lines = lines_of(data)
    assert not any(runs(cell) for line in lines for cell in line)
    assert lines[0] == [f"'{sign}1+1"]
    assert lines[1] == [f'\'{sign}"a",b']
    book = openpyxl.load_workbook(
        io.BytesIO(exports.xlsx(table, np.arange(1), DAY, (f"{sign}1+1",), ZH))
    )
    assert {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row} <= {
        "s",
        "n",
        "d",
    }


@pytest.mark.parametrize("text", ["-5", "-12.5", "-0.25", "-1234567"])
def test_negative_numbers_stay_numbers(text: str, tmp_path: Path) -> None:
    table = read(
        tmp_path, [["1", "2020", "清单", "一", "1", "甲", "张慧", "办公室", "1月", text]], ("金额",)
    )
    header, row = lines_of(exported("csv", table))[3:]
    assert row[header.index("金额")] == text
    assert row[header.index("剩余天数")] == "-228"
    sheet = sheets_of(exported("xlsx", table))["举措"]
    assert sheet[4][sheet[3].index("金额")] == float(text)
    assert sheet[4][sheet[3].index("剩余天数")] == -228


@pytest.mark.parametrize("text", ["-1,234.50", "-5%", "-1,234,567"])
def test_negative_numbers_with_commas_or_per_cent_have_no_apostrophe(
    text: str, tmp_path: Path
) -> None:
    table = read(
        tmp_path, [["1", "2020", "清单", "一", "1", "甲", "张慧", "办公室", "1月", text]], ("金额",)
    )
    assert text in lines_of(exported("csv", table))[4]


@pytest.mark.parametrize(
    "text", ["001", "1.10", "-0", "510702199001011234", "1e5", "0.00001", "١٢", "12."]
)
def test_what_a_number_would_spoil_stays_text(text: str, tmp_path: Path) -> None:
    table = read(
        tmp_path, [["1", "2020", "清单", "一", "1", "甲", "张慧", "办公室", "1月", text]], ("代码",)
    )
    header, row = sheets_of(exported("xlsx", table))["举措"][3:]
    assert row[header.index("代码")] == text


def test_an_article_or_a_title_that_looks_like_a_number_stays_text(tmp_path: Path) -> None:
    table = read(tmp_path, [["12", "2020", "清单", "一", "1.5", "2020", "张慧", "办公室", "8月"]])
    row = sheets_of(exported("xlsx", table))["举措"][4]
    assert (row[0], row[1], row[4], row[5]) == ("12", 2020, "1.5", "2020")


# --- what stands in it -----------------------------------------------------------------------------------------------


def test_a_csv_opens_in_excel_and_wps_with_a_mark_and_their_line_ends() -> None:
    data = exported("csv", LESHAN)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n") == 14
    assert data.endswith(b"\r\n")


@pytest.mark.parametrize("kind", MAKE)
def test_the_filters_and_the_day_stand_above_the_header(kind: str) -> None:
    data = exported(kind, LESHAN)
    lines = lines_of(data) if kind == "csv" else sheets_of(data)["举措"]
    assert [line[0] if line else None for line in lines[:4]] == [*PREAMBLE, None, "编号"]


@pytest.mark.parametrize("kind", MAKE)
def test_without_lines_on_top_the_header_is_first_in_a_workbook(kind: str) -> None:
    data = MAKE[kind](LESHAN, np.arange(10), DAY, (), ZH)
    lines = [
        line for line in (lines_of(data) if kind == "csv" else sheets_of(data)["举措"]) if line
    ]
    assert lines[0][0] == "编号"


def test_a_row_says_what_was_issued_and_what_the_day_makes_of_it() -> None:
    lines = lines_of(exported("csv", LESHAN))
    assert lines[3] == [*HEADER.split(","), "牵头部门", "配合部门", "到期日", "状态", "剩余天数"]
    assert lines[6][6:] == [
        "张雷",
        "经济保障女工部，机关党委、市教科文卫体工会、组宣部、办公室",
        "8月",
        "经济保障女工部",
        "机关党委、市教科文卫体工会、组宣部、办公室",
        "2020-08-31",
        "已过期限",
        "-15",
    ]


def test_headings_and_states_are_in_the_readers_language_and_the_data_is_not() -> None:
    lines = lines_of(exported("csv", LESHAN, translator("en")))
    assert lines[3][-5:] == ["Lead", "Support", "Due", "State", "Days left"]
    assert lines[6][-2:] == ["Deadline passed", "-15"]
    assert lines[6][6] == "张雷"


def test_in_a_workbook_dates_are_dates_and_what_has_none_is_empty(tmp_path: Path) -> None:
    rows = [
        [str(n), "", "清单", "一", "1", "甲", "张慧", "办公室", text]
        for n, text in enumerate(("2020年8月", "待定"))
    ]
    dated, undated = sheets_of(exported("xlsx", read(tmp_path, rows)))["举措"][4:]
    assert (dated[1], dated[11], dated[13]) == (None, datetime(2020, 8, 31), -15)
    assert (undated[11], undated[12], undated[13]) == (None, "时限不可读", None)


def test_a_cell_too_long_for_excel_ends_in_an_ellipsis_and_is_whole_in_csv(tmp_path: Path) -> None:
    """Excel holds 32,767 characters; a longer text would be left out without a word."""
    title = "长" * 32_768
    table = read(tmp_path, [["1", "2020", "清单", "一", "1", title, "张慧", "办公室", "8月"]])
    assert sheets_of(exported("xlsx", table))["举措"][4][5] == "长" * 32_766 + "…"
    assert lines_of(exported("csv", table))[4][5] == title


def test_a_workbook_is_ready_to_print_and_to_filter() -> None:
    book = openpyxl.load_workbook(io.BytesIO(exported("xlsx", LESHAN)))
    sheet = book["举措"]
    assert sheet.auto_filter.ref == "A4:N14"
    assert sheet.freeze_panes == "A5"
    assert (
        sheet.page_setup.orientation,
        sheet.page_setup.paperSize,
        sheet.page_setup.fitToHeight,
    ) == (
        "landscape",
        9,
        0,
    )
    assert [sheet.column_dimensions[name].width > 40 for name in "AF"] == [False, True]


@pytest.mark.parametrize("kind", MAKE)
def test_the_same_rows_give_the_same_bytes_each_time(kind: str) -> None:
    """Nothing asks for today."""
    assert exported(kind, LESHAN) == exported(kind, LESHAN)


# --- size ------------------------------------------------------------------------------------------------------------


def test_a_csv_costs_no_python_call_per_row(tmp_path: Path) -> None:
    """As many calls for thousands of rows as for ten: a million rows take seconds."""

    def calls(rows: int) -> int:
        text = "\n".join(
            f"{n},2020,清单,一,{n},=第 {n} 项,张慧、张雷,办公室、财务部,{n % 12 + 1}月"
            for n in range(rows)
        )
        table = measures.read(table_of(tmp_path, text, f"{rows}.csv"))
        exported("csv", table)  # what is made once is made
        events: list[str] = []
        sys.setprofile(
            lambda _frame, event, _: events.append(event) if event in ("call", "c_call") else None
        )
        try:
            exported("csv", table)
        finally:
            sys.setprofile(None)
        return len(events)

    assert calls(5_000) < calls(10) * 1.5


def test_rows_beyond_one_batch_are_written_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "BATCH", 3)
    assert rows_of(again("xlsx", LESHAN)) == rows_of(LESHAN)


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (["measures"], "measures-2020-09-15.csv"),
        (["清单", "责任领导：张慧"], "清单-责任领导 张慧-2020-09-15.csv"),
        (['a\\b/c:d*e?f"g<h>i|j'], "a b c d e f g h i j-2020-09-15.csv"),
        (["长" * 200], "长" * 65 + "-2020-09-15.csv"),
        (["x" * 64 + " ."], "x" * 64 + "-2020-09-15.csv"),
        ([""], "-2020-09-15.csv"),
    ],
)
def test_a_file_is_named_by_what_is_in_it_as_every_system_takes_it(
    parts: list[str], name: str
) -> None:
    assert exports.file_name(parts, DAY, "csv") == name
    assert len(name) <= 80


def test_a_workbook_holds_no_address_that_opens_something() -> None:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(exported("xlsx", LESHAN))) as book:
        links = [
            name
            for name in book.namelist()
            if re.search("hyperlink|externalLink|connections", name)
        ]
        text = b"".join(book.read(name) for name in book.namelist())
    assert links == []
    assert b"<f>" not in text
