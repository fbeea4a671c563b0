"""The milestones of a table: the file beside it, or a sheet of its workbook."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib import files
from lib.errors import BoardError, Problem
from lib.measures import dated_ids, identity, schema
from lib.measures.arrays import Ints
from lib.measures.cells import Cells
from lib.measures.model import EMPTY, READ, UNREADABLE, Codes
from lib.measures.paths import milestones_path
from lib.measures.sheets import milestones_of
from lib.measures.windows import (
    NO_WINDOW,
    Reading,
    note_of_number,
    note_of_slip,
    reading_of,
)
from lib.text import slips

_ORPHAN: Final = -1  # the row of a milestone whose measure the table does not have
_NUMBER_OR_NOTHING: Final = re.compile(r"(?:\d+(?:\.\d+)?)?")


class Beside(NamedTuple):
    """The milestones that stand in a file beside a table. problems: why they can't be read."""

    milestones: files.Sheet | None = None
    problems: tuple[Problem, ...] = ()


def milestones_beside(path: Path) -> Beside:
    """The milestones file of a table, if it has one that can be read. None at all is no problem."""
    beside = milestones_path(path)
    if not beside.exists():
        return Beside()
    try:
        content = files.read(beside, schema.MILESTONE_TABLE)
        sheet = milestones_of(content)
    except BoardError as error:
        problem = Problem("milestones_unread", 0, "", error.code, beside.name)
        return Beside(problems=(problem,))
    if sheet is None:
        problem = Problem("milestones_no_header", 0, "", "no_header", beside.name)
        return Beside(problems=(problem,))
    return Beside(replace(sheet, name=beside.name))


def no_milestones() -> pa.Table:
    """The columns of a table without milestones."""
    no_texts: dict[str, list[str]] = {}
    for field in schema.MILESTONE_COLUMNS:
        no_texts[field] = []
    return _milestone_table(no_texts, [], [])


def read_milestones(sheet: files.Sheet, codes: Codes) -> tuple[pa.Table, list[Problem]]:
    """Read milestones, each with its row in the table and its window in the year of that row."""
    places = schema.milestone_fields(sheet.header)
    cells = Cells(sheet, places, schema.MILESTONE_COLUMNS, source=sheet.name)
    rows = _rows_with_ids_restored(cells, codes)
    is_orphan = rows == _ORPHAN
    texts = {field: column.to_pylist() for field, column in cells.text.items()}
    ids = texts["measure_id"]
    for milestone in np.flatnonzero(~is_orphan).tolist():
        row = int(rows[milestone])
        ids[milestone] = codes.ids[row].as_py()
    phrases = texts["deadline"]
    readings = _readings(phrases, rows, codes)
    cells.report_each("milestone_orphan", "measure_id", is_orphan)
    _report_deadlines(cells, readings)
    _report_doubtful_deadlines(cells, phrases, readings, _years(rows, codes))
    _report_targets(cells, texts["target"])
    table = _milestone_table(texts, rows, readings)
    return table, cells.report.sorted()


def _report_targets(cells: Cells, targets: Sequence[str]) -> None:
    """Report the targets that are no numbers."""
    are_invalid = [not _NUMBER_OR_NOTHING.fullmatch(target) for target in targets]
    is_invalid = np.array(are_invalid, bool)
    cells.report_each("milestone_target_invalid", "target", is_invalid)


def _rows_with_ids_restored(cells: Cells, codes: Codes) -> Ints:
    """The row of each milestone, once ids that a spreadsheet took for dates are as they were."""
    rows = _rows_of(cells, codes)
    if not (rows == _ORPHAN).any():
        return rows
    restored = dated_ids.restored_among(cells.text["measure_id"], codes.ids)
    if restored is None:
        return rows
    cells.text["measure_id"] = restored.ids
    cells.report.whole("ids_were_dates", cells.header("measure_id"), restored.example)
    return _rows_of(cells, codes)


def _rows_of(cells: Cells, codes: Codes) -> Ints:
    """The row of each milestone's measure in the table."""
    positions = identity.rows_of(cells.text["measure_id"], codes.ids)
    rows: Ints = pc.fill_null(positions, _ORPHAN).to_numpy()
    return rows


def _readings(phrases: Sequence[str], rows: Ints, codes: Codes) -> list[Reading]:
    """Read the deadlines; an orphan's is not read, since nothing says its year."""
    reading = cache(reading_of)
    readings = []
    for phrase, row in zip(phrases, rows.tolist(), strict=True):
        if row == _ORPHAN:
            readings.append(Reading(NO_WINDOW, READ))
        else:
            year = int(codes.years[row])
            issued = codes.windows.issued_on(row)
            readings.append(reading(phrase, year, issued))
    return readings


def _report_deadlines(cells: Cells, readings: Sequence[Reading]) -> None:
    """Report the deadlines that are missing or can't be read."""
    if "deadline" not in cells:
        cells.report.whole("missing_column", cells.header("deadline"))
        return
    kind = np.array([reading.kind for reading in readings], np.int8)
    cells.report_each("milestone_deadline_missing", "deadline", kind == EMPTY)
    cells.report_each("milestone_deadline_unreadable", "deadline", kind == UNREADABLE)


def _years(rows: Ints, codes: Codes) -> list[int]:
    """The year of each milestone's list, 0 where it has none or is one of several years."""
    lists = codes.lists
    spans_years = np.array([*map(slips.spans_years, lists.names)], bool)
    is_of_several_years = spans_years[lists.codes]
    years = np.where(is_of_several_years, 0, codes.years)
    with_orphans = np.append(years, 0)  # the last one: an orphan's row is -1
    years_of_milestones: list[int] = with_orphans[rows].tolist()
    return years_of_milestones


def _report_doubtful_deadlines(
    cells: Cells, phrases: Sequence[str], readings: Sequence[Reading], years: Sequence[int]
) -> None:
    """Report what was read and is to be checked, as of the deadlines of the table."""
    report = cells.report
    header = cells.header("deadline")
    codes = np.arange(len(phrases), dtype=np.int32)
    windows = [reading.window for reading in readings]
    numbers = [*map(note_of_number, phrases, windows)]
    report.add_coded("day_number", header, codes, numbers)
    slips_of_year = [*map(note_of_slip, phrases, windows, years)]
    report.add_coded("deadline_year", header, codes, slips_of_year)


def _milestone_table(
    texts: dict[str, list[str]], rows: Sequence[int] | Ints, readings: Sequence[Reading]
) -> pa.Table:
    """Milestones as a table. rows: of their measures; readings: of their deadlines."""
    windows = [reading.window for reading in readings]
    starts = [window.start for window in windows]
    dues = [window.due for window in windows]
    columns: dict[str, pa.Array] = {}
    for field, cells in texts.items():
        columns[field] = pa.array(cells, pa.string())
    columns["row"] = pa.array(rows, pa.int64())
    columns["start"] = pa.array(starts, pa.date32())
    columns["due"] = pa.array(dues, pa.date32())
    return pa.table(columns)
