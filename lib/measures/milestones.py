"""The milestones of a table: the file beside it, or a sheet of its workbook."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from lib import files
from lib.errors import BoardError, Problem
from lib.measures import schema
from lib.measures.cleaning import clean
from lib.measures.columns import blank
from lib.measures.model import EMPTY, READ, UNREADABLE, Codes
from lib.measures.report import Report
from lib.measures.windows import window_of
from lib.text import deadlines

_NUMBER: Final = re.compile(r"(?:\d+(?:\.\d+)?)?")


def milestones_path(path: Path) -> Path:
    """Where the milestones of a table stand: <stem>.milestones.csv beside it (DESIGN.md §4)."""
    return path.with_name(f"{path.stem}.milestones.csv")


def milestones_beside(path: Path) -> tuple[files.Sheet | None, list[Problem]]:
    """The milestones file of a table, if it has one that can be read. None at all is no problem."""
    beside = milestones_path(path)
    if not beside.exists():
        return None, []
    try:
        (found,) = files.read(beside, schema.MILESTONE_TABLE)
    except BoardError as error:
        code = "milestones_no_header" if error.code == "no_header" else "milestones_unread"
        return None, [Problem(code, 0, "", error.code, beside.name)]
    return replace(found, name=beside.name), []


def milestone_frame(
    text: dict[str, list[str]], windows: list[deadlines.Window], row: Sequence[int] = ()
) -> pd.DataFrame:
    columns: dict[str, object] = {field: text.get(field, []) for field in schema.MILESTONE_COLUMNS}
    start, due = ([getattr(window, name) for window in windows] for name in ("start", "due"))
    return pd.DataFrame(columns | {"row": np.array(row, np.int64), "start": start, "due": due})


def read_milestones(sheet: files.Sheet, codes: Codes) -> tuple[pd.DataFrame, list[Problem]]:
    found = schema.milestone_fields(sheet.header)
    report = Report(sheet, sheet.name)
    header = {
        field: sheet.header[found[field]] if field in found else name
        for field, name in schema.MILESTONE_COLUMNS.items()
    }
    text = {
        field: clean(sheet.columns[found[field]], header[field], report)
        if field in found
        else blank(len(sheet.lines))
        for field in schema.MILESTONE_COLUMNS
    }
    row = pc.fill_null(pc.index_in(text["measure_id"], value_set=codes.ids), -1).to_numpy()
    window = cache(window_of)
    windows = [
        window(phrase, int(codes.years[at])) if at >= 0 else (deadlines.Window(None, None), READ)
        for phrase, at in zip(text["deadline"].to_pylist(), row.tolist(), strict=True)
    ]
    report.add("milestone_orphan", header["measure_id"], row < 0, text["measure_id"])
    if "deadline" in found:
        kind = np.array([kind for _, kind in windows], np.int8)
        report.add("milestone_deadline_missing", header["deadline"], kind == EMPTY)
        report.add(
            "milestone_deadline_unreadable",
            header["deadline"],
            kind == UNREADABLE,
            text["deadline"],
        )
    else:
        report.whole("missing_column", header["deadline"])
    no_number = [not _NUMBER.fullmatch(target) for target in text["target"].to_pylist()]
    report.add(
        "milestone_target_invalid", header["target"], np.array(no_number, bool), text["target"]
    )
    lists = {field: column.to_pylist() for field, column in text.items()}
    return milestone_frame(lists, [window for window, _ in windows], row), report.sorted()
