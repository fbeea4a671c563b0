"""Columns of the office's own in downloads, and what is written into those that a download adds."""

from __future__ import annotations

import csv
import io
from itertools import compress
from pathlib import Path

import numpy as np
import pytest

from lib import measures
from lib.i18n import LANGUAGES, translator
from lib.measures import schema
from tests.downloads import (
    DAY,
    MAKE,
    ROW,
    again,
    exported,
    lines_of,
    read,
    rows_of,
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MAKE)
def test_an_extra_column_called_as_one_of_ours_keeps_its_cells(
    kind: str, language: str, tmp_path: Path
) -> None:
    """A table with its own 状态, or with two columns 完成时限: neither takes the other's place."""
    extra = ("状态", "State", "Deadline", "完成时限", "牵头单位", "剩余天数", "Days left")
    table = read(
        tmp_path, [[*ROW, "进行中", "open", "soon", "9月", "财务部", "很多", "many"]], extra
    )
    read_back = again(kind, table, translator(language))
    assert read_back.rows["deadline"].tolist() == ["8月"]
    texts = {str(value) for value in read_back.rows.iloc[0]}
    assert {"进行中", "open", "soon", "9月", "很多", "many"} <= texts
    assert [list(names) for names in read_back.rows["lead_departments"]] == [
        list(names) for names in table.rows["lead_departments"]
    ]


@pytest.mark.parametrize("kind", MAKE)
@pytest.mark.parametrize("name", ["=x", "''=x", "'\t=x", "-x", "@x", "'", "="])
def test_an_extra_column_whose_name_would_run_comes_back(
    kind: str, name: str, tmp_path: Path
) -> None:
    table = read(tmp_path, [[*ROW, "甲"]], (name,))
    read_back = again(kind, table)
    assert [*read_back.rows.columns] == [*table.rows.columns]
    assert read_back.rows.iloc[0, -1] == "甲"


def test_a_second_column_of_a_name_is_numbered(tmp_path: Path) -> None:
    row = ["1", "2020", "清单", "一", "1", "甲", "张慧", "办公室", "8月"]
    table = read(tmp_path, [[*row, "进行中", "完成"]], ("状态", "状态 (2)"))
    header = lines_of(exported("csv", table))[3]
    assert header[-5:] == ["状态", "状态 (2)", "到期日", "状态 (3)", "剩余天数"]


@pytest.mark.parametrize("names", [("到期日", "状态", "剩余天数"), ("Due", "State", "Days left")])
def test_what_a_download_adds_is_of_its_day_and_is_not_kept(
    names: tuple[str, ...], tmp_path: Path
) -> None:
    """As it was written, as earlier versions numbered it, and as Excel saves it again."""
    for passed in ("已过期限", "Deadline passed"):
        for day in ("2020-08-31", "2020/8/31", "2020-08-31 00:00:00", "2020年8月31日"):
            for header in (names, names[1:], [f"{name} (2)" for name in names] + [*names]):
                cells = {names[0]: day, names[1]: passed, names[2]: "-15"}
                added = [cells[name.removesuffix(" (2)")] for name in header]
                rows = [[*ROW, *added], [*ROW, *[""] * len(header)]]
                assert [*read(tmp_path, rows, tuple(header)).rows.columns] == [*schema.ROW_COLUMNS]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        (("到期日",), ("2020-08-31",)),
        (("状态",), ("已过期限",)),
        (("剩余天数",), ("9",)),
        (("到期日", "到期日 (2)"), ("2020-08-31", "2020-09-30")),
        (("到期日", "状态"), ("2020-08-31", "进行中")),
        (("状态", "剩余天数"), ("已过期限", "约两周")),
        (("到期日", "剩余天数"), ("2020-08-31", "9")),
        (("状态", "到期日", "剩余天数"), ("进行中", "2020-08-31", "9")),
    ],
)
def test_a_column_of_the_offices_own_is_kept_though_a_download_has_one_of_that_name(
    header: tuple[str, ...], cells: tuple[str, ...], tmp_path: Path
) -> None:
    table = read(tmp_path, [[*ROW, *cells]], header)
    assert [table.rows[name].tolist() for name in header] == [[cell] for cell in cells]


def test_what_somebody_writes_into_the_states_of_a_download_is_the_offices_own(
    tmp_path: Path,
) -> None:
    """One word, by a replacement in the whole file, is no column of the office's own."""
    header = ("到期日", "状态", "剩余天数")
    states = [["", word, ""] for word in ("9月/长期", "全年/长期", "全年/长期")]
    table = read(tmp_path, [[*ROW, *cells] for cells in states], header)
    assert [*table.rows.columns] == [*schema.ROW_COLUMNS]
    states = [["2020-08-31", word, "9"] for word in ("办理中", "已办结", "")]
    table = read(tmp_path, [[*ROW, *cells] for cells in states], header)
    assert [*table.rows.columns] == [*schema.ROW_COLUMNS, "状态"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MAKE)
def test_the_offices_own_state_stands_beside_the_boards_in_each_download(
    kind: str, language: str, tmp_path: Path
) -> None:
    t = translator(language)
    state = t("field.state")
    table = read(tmp_path, [[*ROW, "进行中"]], (state,))
    read_back = again(kind, again(kind, table, t), t)
    assert [*read_back.rows.columns.drop([*schema.ROW_COLUMNS])] == [state]
    assert lines_of(exported("csv", read_back, t))[3][-4:] == [
        state,
        t("field.due"),
        f"{state} (2)",
        t("field.days_left"),
    ]


@pytest.mark.parametrize("kind", MAKE)
def test_a_column_without_a_name_keeps_the_one_that_it_gets(kind: str, tmp_path: Path) -> None:
    read_back = again(kind, read(tmp_path, [[*ROW, "甲"]], ("",)))
    assert read_back.rows["(10)"].tolist() == ["甲"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MAKE)
def test_the_lines_above_a_download_are_neither_its_list_nor_its_year(
    kind: str, language: str, tmp_path: Path
) -> None:
    t = translator(language)
    table = read(tmp_path, [["1", "", "", "", "", "甲", "张慧", "办公室", "8月"]])
    preamble = (t("app.title"), "基准日 2021年7月1日 · 清单：2022年民生实事清单")
    path = tmp_path / f"again.{kind}"
    path.write_bytes(MAKE[kind](table, np.arange(1), DAY, preamble, t))
    assert rows_of(measures.read(path)) == rows_of(table)
    if kind == "csv":
        path.write_bytes(_without_columns(path.read_bytes(), {t("field.year"), t("field.list")}))
        assert rows_of(measures.read(path)) == rows_of(table)


def _without_columns(data: bytes, names: set[str]) -> bytes:
    """A download in which somebody has deleted columns."""
    *above, header, row = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    kept = [name not in names for name in header]
    text = io.StringIO()
    csv.writer(text).writerows([*above, *([*compress(cells, kept)] for cells in (header, row))])
    return text.getvalue().encode()


def test_a_department_that_was_written_into_a_download_is_asked_about(tmp_path: Path) -> None:
    """It stands in 责任部门 alone, beside the columns of who leads and supports, which win."""
    table = read(tmp_path, [ROW, ["2", *ROW[1:7], "财务部", "9月"]])
    data = exported("csv", table).decode().replace('"办公室","8月"', '"工程科","8月"')
    path = tmp_path / "again.csv"
    path.write_text(data, "utf-8")
    edited = measures.read(path)
    assert [(problem.code, problem.line, problem.value) for problem in edited.problems] == [
        ("departments_edited", 5, "工程科")
    ]
    header = "编号,举措,责任部门,牵头部门,配合部门"  # no download: 责任部门 may name others
    path.write_text(f"{header}\n1,修路,工程科,办公室,\n", "utf-8")
    assert "departments_edited" not in {problem.code for problem in measures.read(path).problems}
