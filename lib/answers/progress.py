"""What the ledger says, as tables in the reader's words."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from lib import workload
from lib.answers import sentences
from lib.answers.marks import opens
from lib.answers.segments import Segment
from lib.answers.text_table import Column, TextTable
from lib.i18n import Translator
from lib.ledger.progress import Progress
from lib.ledger.selection import DUE_SUPPORT, Word

LAST_PERIODS: Final = 12  # that a table of reports shows
_NO_DAY: Final = np.datetime64("NaT", "D")
COMPLETION_COLUMNS: Final = ("measures", "closed", "late", "extended", "cancelled")


def chase(
    progress: Progress, chased: pd.DataFrame, last_reports: Mapping[int, str], t: Translator
) -> TextTable:
    """Whom to chase, for what, and what was said last; a row opens its measure.

    Args:
        chased: `Progress.chased`, or its first rows.
        last_reports: the last report of each row, in a line.
    """
    rows = chased["position"].to_numpy()
    listing = workload.listing(progress.table, rows, progress.status.as_of)
    separator = t("text.separator")
    columns: dict[Column, Iterable[object]] = {
        Column("reason", t("field.reason")): [
            sentences.reasons(progress, row, t) for row in rows.tolist()
        ],
        Column("title", t("field.title")): listing["title"],
        Column("lead", t("field.lead")): [separator.join(names) for names in listing["lead"]],
        Column("leaders", t("field.leaders")): [
            separator.join(names) for names in listing["leaders"]
        ],
        Column("due", t("field.due")): [
            sentences.due_days(progress, row, t) for row in rows.tolist()
        ],
        Column("why", t("field.why")): [
            sentences.why_with_marks(progress, row, t) for row in rows.tolist()
        ],
        Column("last_report", t("field.last_report")): [
            last_reports.get(row, "") for row in rows.tolist()
        ],
    }
    return TextTable.of(columns, [opens(measure=name) for name in listing["measure_id"]])


def reports(counts: pd.DataFrame, year: int, t: Translator) -> TextTable:
    """Departments × periods: how many reports came of those asked for, how many late or missing.

    What a department supports, where that is asked for, has a line of its own below what it leads.
    The newest period stands first, where a telephone shows it too.

    Args:
        counts: `Progress.reports`. A cell opens the measures that were asked for.
        year: the one that the periods need not name.
    """
    periods = list(dict.fromkeys(counts["period"]))[-LAST_PERIODS:][::-1]
    lines = _lines(counts)
    by_cell = {(row.department, row.role, row.period): row for row in counts.itertuples()}
    columns: dict[Column, Iterable[object]] = {
        Column("department", t("field.department")): [
            _in_role(name, role, t) for name, role in lines
        ]
    }
    cells: dict[int, list[str]] = {}
    for place, period in enumerate(periods, 1):
        of_period = [by_cell.get((*line, period)) for line in lines]
        columns[Column(period, sentences.period(period, t, year))] = [
            "" if cell is None else _reports_in_words(cell, t) for cell in of_period
        ]
        cells[place] = [
            "" if cell is None else _opens_asked(*line, period)
            for line, cell in zip(lines, of_period, strict=True)
        ]
    return TextTable.of(columns, [opens(pick=name, part=role) for name, role in lines], cells)


def _lines(counts: pd.DataFrame) -> list[tuple[str, str]]:
    """The departments as they come first, each with what it leads before what it supports."""
    roles = set(zip(counts["department"], counts["role"], strict=True))
    names = dict.fromkeys(counts["department"])
    in_order = itertools.product(names, ("lead", "support"))
    return [line for line in in_order if line in roles]


def _in_role(name: str, role: str, t: Translator) -> str:
    """组宣部; of what it supports 组宣部（配合）."""
    return name if role == "lead" else t("part.in_role", name=name, role=t(f"role.{role}"))


def _opens_asked(name: str, role: str, period: str) -> str:
    """What a cell opens: the measures of which a department was asked for a report."""
    word = "due" if role == "lead" else DUE_SUPPORT
    return opens(pick=name, part=role, progress=str(Word(word, period)))


def _reports_in_words(cell: object, t: Translator) -> str:
    """`5/7 · 迟报 1 · 未报 2` of one department in one period."""
    counts = {
        name: int(getattr(cell, name)) for name in ("due", "reported", "late_report", "missing")
    }
    parts = [f"{counts['reported']}/{counts['due']}"]
    for name in ("late_report", "missing"):
        if counts[name]:
            parts.append(t(f"progress.cell.{name}", n=counts[name]))
    return t("text.dot").join(parts)


def completion(counts: pd.DataFrame, head: str, t: Translator) -> TextTable:
    """What each department or leader has done, and how much of it in time.

    Args:
        counts: `Progress.by_department` or `by_leader`.
        head: of the names' column: department or leader.
    """
    names = counts[head].tolist()
    columns: dict[Column, Iterable[object]] = {Column(head, t(f"field.{head}")): names}
    part = "lead" if head == "department" else ""
    cells: dict[int, list[str]] = {}
    for name in COMPLETION_COLUMNS:
        word = "" if name == "measures" else name
        cells[len(columns)] = [
            opens(pick=who, part=part, progress=word) if count else ""
            for who, count in zip(names, counts[name], strict=True)
        ]
        columns[Column(name, t(f"progress.column.{name}"))] = counts[name]
    shares = {
        "share": ("closed", "measures"),
        "on_first_due": ("on_first_due", "of_first_due"),
        "on_due": ("on_due", "of_due"),
    }
    for name, (counted, whole) in shares.items():
        columns[Column(name, t(f"progress.column.{name}"))] = _shares(
            counts[counted], counts[whole]
        )
    return TextTable.of(columns, [opens(pick=who, part=part) for who in names], cells)


def _shares(parts: pd.Series, wholes: pd.Series) -> list[str]:
    """`3/5（60%）`, nothing where there is nothing that it could be of."""
    texts: list[str] = []
    for part, whole in zip(parts.tolist(), wholes.tolist(), strict=True):
        texts.append(f"{part}/{whole} ({part / whole:.0%})" if whole else "")
    return texts


def with_status(
    bars: pd.DataFrame, segments: Sequence[Segment], progress: Progress
) -> pd.DataFrame:
    """The bars of a timeline as a ledger has them: what is closed ends on its day, what was extended later.

    Args:
        bars: `workload.bars`.
        segments: `segments.of_lights` of the ledger's rules.

    Returns:
        The bars with state (the name of a segment), end and due as they are now; and first_due, where
        the day was extended, and done.
    """
    rows = bars["position"].to_numpy(np.int64)
    status = progress.status
    done = status.closed_on[rows]
    is_extended = status.extended[rows]
    is_followed = status.followed[rows]
    end = _days(bars["end"])
    end = np.where(is_extended, status.due[rows], end)
    end = np.where(np.isnat(done), end, done)
    start = _days(bars["start"])
    start = np.where(start > end, end, start)  # done before it began
    due = np.where(is_followed, status.due[rows], _days(bars["due"]))
    first_due = np.where(is_extended, status.first_due[rows], _NO_DAY)
    names = np.array([segment.name for segment in segments], dtype=object)
    days = {"start": start, "end": end, "due": due, "first_due": first_due, "done": done}
    columns = {name: _dates(column) for name, column in days.items()}
    return bars.assign(state=names[progress.kind[rows]], **columns)


def _days(dates: pd.Series) -> np.ndarray:
    return np.array(dates.tolist(), "M8[D]")


def _dates(days: np.ndarray) -> pd.Series:
    return pd.Series(days.astype(object), dtype=object)


def columns(
    progress: Progress, rows: np.ndarray, last_reports: Mapping[int, str], t: Translator
) -> pd.DataFrame:
    """What a list of measures shows of the ledger, by column: light, due_words, days_left, last_report.

    Days are counted to the current day, and of what is running only.
    """
    places = rows.tolist()
    return pd.DataFrame(
        {
            "days_left": pd.array([_days_left(progress, row) for row in places], dtype="Int64"),
            "light": [sentences.status_in_words(progress, row, t) for row in places],
            "due_words": [sentences.due_days(progress, row, t) for row in places],
            "last_report": [last_reports.get(row, "") for row in places],
        }
    )


def _days_left(progress: Progress, row: int) -> int | None:
    status = progress.status
    due: date | None = status.due[row].astype(object)
    is_over = status.followed[row] and not status.is_running[row]
    return None if is_over or due is None else (due - status.as_of).days


def for_download(
    progress: Progress, rows: np.ndarray, last_reports: Mapping[int, str], t: Translator
) -> dict[str, list[str]]:
    """What a download says of the ledger, by `schema.FOLLOWED_COLUMNS`."""
    places = rows.tolist()
    current = progress.status.due[rows].astype(object).tolist()
    return {
        "light": [sentences.status_in_words(progress, row, t) for row in places],
        "current_due": ["" if day is None else day.isoformat() for day in current],
        "last_report": [last_reports.get(row, "") for row in places],
    }
