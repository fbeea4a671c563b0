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
from lib.measures.cells import Cells
from lib.measures.model import EMPTY, READ, UNREADABLE, Codes
from lib.measures.paths import milestones_path
from lib.measures.sheets import milestones_of
from lib.measures.windows import (
    NO_WINDOW,
    Reading,
    reading_of,
    said_of_number,
    said_of_slip,
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
        sheet = milestones_of(files.read(beside, schema.MILESTONE_TABLE))
    except BoardError as error:
        return Beside(problems=(Problem("milestones_unread", 0, "", error.code, beside.name),))
    if sheet is None:
        problem = Problem("milestones_no_header", 0, "", "no_header", beside.name)
        return Beside(problems=(problem,))
    return Beside(replace(sheet, name=beside.name))


def no_milestones() -> pa.Table:
    """The columns of a table without milestones."""
    return _columns({field: [] for field in schema.MILESTONE_COLUMNS}, [], [])


def read_milestones(sheet: files.Sheet, codes: Codes) -> tuple[pa.Table, list[Problem]]:
    """Read milestones, each with its row in the table and its window in the year of that row."""
    cells = Cells(
        sheet,
        schema.milestone_fields(sheet.header),
        schema.MILESTONE_COLUMNS,
        source=sheet.name,
    )
    rows = _rows_of(cells, codes)
    if (rows == _ORPHAN).any():
        restored = dated_ids.restored_among(cells.text["measure_id"], codes.ids)
        if restored:
            cells.text["measure_id"] = restored.ids
            cells.report.whole("ids_were_dates", cells.header("measure_id"), restored.example)
            rows = _rows_of(cells, codes)
    texts = {field: column.to_pylist() for field, column in cells.text.items()}
    for milestone in np.flatnonzero(rows != _ORPHAN).tolist():
        texts["measure_id"][milestone] = codes.ids[int(rows[milestone])].as_py()
    readings = _readings(texts["deadline"], rows, codes)
    cells.report_each("milestone_orphan", "measure_id", rows == _ORPHAN)
    _report_deadlines(cells, readings)
    _report_doubts(cells, texts["deadline"], readings, _years(rows, codes))
    is_invalid = [not _NUMBER_OR_NOTHING.fullmatch(target) for target in texts["target"]]
    cells.report_each("milestone_target_invalid", "target", np.array(is_invalid, bool))
    return _columns(texts, rows, readings), cells.report.sorted()


def _rows_of(cells: Cells, codes: Codes) -> np.ndarray:
    """The row of each milestone's measure in the table."""
    positions = identity.rows_of(cells.text["measure_id"], codes.ids)
    rows: np.ndarray = pc.fill_null(positions, _ORPHAN).to_numpy()
    return rows


def _readings(phrases: Sequence[str], rows: np.ndarray, codes: Codes) -> list[Reading]:
    """Read the deadlines; an orphan's is not read, since nothing says its year."""
    reading = cache(reading_of)
    readings = []
    for phrase, row in zip(phrases, rows.tolist(), strict=True):
        if row == _ORPHAN:
            readings.append(Reading(NO_WINDOW, READ))
        else:
            issued = codes.windows.issued_on(row)
            readings.append(reading(phrase, int(codes.years[row]), issued))
    return readings


def _report_deadlines(cells: Cells, readings: Sequence[Reading]) -> None:
    if "deadline" not in cells:
        cells.report.whole("missing_column", cells.header("deadline"))
        return
    kind = np.array([reading.kind for reading in readings], np.int8)
    cells.report_each("milestone_deadline_missing", "deadline", kind == EMPTY)
    cells.report_each("milestone_deadline_unreadable", "deadline", kind == UNREADABLE)


def _years(rows: np.ndarray, codes: Codes) -> list[int]:
    """The year of each milestone's list, 0 where it has none or is one of several years."""
    spans = list(map(slips.spans_years, codes.lists.names))
    years = np.where(np.array(spans, bool)[codes.lists.codes], 0, codes.years)
    years_of_rows: list[int] = np.append(years, 0)[rows].tolist()  # the last for orphans
    return years_of_rows


def _report_doubts(
    cells: Cells, phrases: Sequence[str], readings: Sequence[Reading], years: Sequence[int]
) -> None:
    """Report what was read and is to be checked, as of the deadlines of the table."""
    windows = [reading.window for reading in readings]
    header, codes = cells.header("deadline"), np.arange(len(phrases), dtype=np.int32)
    numbers = list(map(said_of_number, phrases, windows))
    cells.report.add_coded("day_number", header, codes, numbers)
    said = list(map(said_of_slip, phrases, windows, years))
    cells.report.add_coded("deadline_year", header, codes, said)


def _columns(
    texts: dict[str, list[str]], rows: Sequence[int] | np.ndarray, readings: Sequence[Reading]
) -> pa.Table:
    columns = {field: pa.array(cells, pa.string()) for field, cells in texts.items()}
    columns["row"] = pa.array(rows, pa.int64())
    columns["start"] = pa.array([reading.window.start for reading in readings], pa.date32())
    columns["due"] = pa.array([reading.window.due for reading in readings], pa.date32())
    return pa.table(columns)
