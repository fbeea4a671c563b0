"""What the ledger says, as tables in the reader's words."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

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
SHARES: Final = (  # a column, and the counts of which one is shown as a share of the other
    ("share", "closed", "measures"),
    ("on_first_due", "on_first_due", "of_first_due"),
    ("on_due", "on_due", "of_due"),
)

Columns = dict[Column, Iterable[object]]  # what stands in each, from left to right


def chase(
    progress: Progress, chased: pd.DataFrame, last_reports: Mapping[int, str], t: Translator
) -> TextTable:
    """Whom to chase, for what, and what was said last; a row opens its measure.

    Args:
        chased: `Progress.chased`, or its first rows.
        last_reports: the last report of each row, in a line.
    """
    positions = chased["position"].to_numpy()
    rows = positions.tolist()
    listing = workload.listing(progress.table, positions, progress.status.as_of)
    separator = t("text.separator")
    texts: dict[str, Iterable[object]] = {
        "reason": [sentences.reasons(progress, row, t) for row in rows],
        "title": listing["title"],
        "lead": listing["lead"].map(separator.join),
        "leaders": listing["leaders"].map(separator.join),
        "due": [sentences.due_days(progress, row, t) for row in rows],
        "why": [sentences.why_with_marks(progress, row, t) for row in rows],
        "last_report": [last_reports.get(row, "") for row in rows],
    }
    columns: Columns = {}
    for name, cells in texts.items():
        columns[Column.of_field(name, t)] = cells
    rows_open = [opens(measure=name) for name in listing["measure_id"]]
    return TextTable.of(columns, rows_open)


def reports(counts: pd.DataFrame, year: int, t: Translator) -> TextTable:
    """Departments × periods: how many reports came of those asked for, how many late or missing.

    What a department supports, where that is asked for, has a line of its own below what it leads.
    The newest period stands first, where a telephone shows it too.

    Args:
        counts: `Progress.reports`. A cell opens the measures that were asked for.
        year: the one that the periods need not name.
    """
    periods = counts["period"].unique()
    last_periods = periods[-LAST_PERIODS:]
    lines = _lines(counts)
    names = [_in_role(line, t) for line in lines]
    columns: Columns = {Column.of_field("department", t): names}
    cells: dict[int, list[str]] = {}
    for place, period in enumerate(reversed(last_periods), 1):
        is_of_period = counts["period"] == period
        texts = _texts_of_lines(counts[is_of_period], t)
        head = Column(period, sentences.period(period, t, year))
        columns[head] = [texts.get(line, "") for line in lines]
        cells[place] = [_opens_asked(line, period) if line in texts else "" for line in lines]
    rows_open = [opens(pick=line.department, part=line.role) for line in lines]
    return TextTable.of(columns, rows_open, cells)


class _Line(NamedTuple):
    """A department in one role: lead or support."""

    department: str
    role: str


def _lines(counts: pd.DataFrame) -> list[_Line]:
    """The departments as they come first, each with what it leads before what it supports."""
    lines = set(map(_Line, counts["department"], counts["role"]))
    in_order: list[_Line] = []
    for name in counts["department"].unique():
        for role in workload.ROLES:
            line = _Line(name, role)
            if line in lines:
                in_order.append(line)
    return in_order


def _texts_of_lines(counts: pd.DataFrame, t: Translator) -> dict[_Line, str]:
    """What the cells of one period say, of each line that was asked for reports."""
    texts: dict[_Line, str] = {}
    for cell in counts.to_dict("records"):
        line = _Line(cell["department"], cell["role"])
        texts[line] = _reports_in_words(cell, t)
    return texts


def _in_role(line: _Line, t: Translator) -> str:
    """组宣部; of what it supports 组宣部（配合）."""
    if line.role == "lead":
        return line.department
    return t("part.in_role", name=line.department, role=t(f"role.{line.role}"))


def _opens_asked(line: _Line, period: str) -> str:
    """What a cell opens: the measures of which a department was asked for a report."""
    name = "due" if line.role == "lead" else DUE_SUPPORT
    word = Word(name, period)
    return opens(pick=line.department, part=line.role, progress=str(word))


def _reports_in_words(counts: Mapping[Hashable, int], t: Translator) -> str:
    """`5/7 · 迟报 1 · 未报 2` of one department in one period."""
    parts = [f"{counts['reported']}/{counts['due']}"]
    for name in ("late_report", "missing"):
        count = counts[name]
        if count:
            parts.append(t(f"progress.cell.{name}", n=count))
    return t("text.dot").join(parts)


def completion(counts: pd.DataFrame, head: str, t: Translator) -> TextTable:
    """What each department or leader has done, and how much of it in time.

    Args:
        counts: `Progress.by_department` or `by_leader`.
        head: of the names' column: department or leader.
    """
    names = counts[head].tolist()
    columns: Columns = {Column.of_field(head, t): names}
    part = "lead" if head == "department" else ""
    cells: dict[int, list[str]] = {}
    for place, name in enumerate(COMPLETION_COLUMNS, 1):
        column = Column(name, t(f"progress.column.{name}"))
        columns[column] = counts[name]
        cells[place] = _open_counted(names, counts[name], part, name)
    for name, counted, whole in SHARES:
        column = Column(name, t(f"progress.column.{name}"))
        columns[column] = _shares(counts[counted], counts[whole])
    rows_open = [opens(pick=name, part=part) for name in names]
    return TextTable.of(columns, rows_open, cells)


def _open_counted(names: list[str], counts: pd.Series, part: str, counted: str) -> list[str]:
    """What the counts of some names open, a count of none nothing.

    Args:
        part: of what a name has.
        counted: of which column.
    """
    word = "" if counted == "measures" else counted
    queries: list[str] = []
    for name, count in zip(names, counts, strict=True):
        if count:
            queries.append(opens(pick=name, part=part, progress=word))
        else:
            queries.append("")
    return queries


def _shares(parts: pd.Series, wholes: pd.Series) -> list[str]:
    """`3/5（60%）`, nothing where there is nothing that it could be of."""
    texts: list[str] = []
    for part, whole in zip(parts.tolist(), wholes.tolist(), strict=True):
        if whole:
            share = part / whole
            texts.append(f"{part}/{whole} ({share:.0%})")
        else:
            texts.append("")
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
    current_due = status.due[rows]
    is_extended = status.extended[rows]
    is_followed = status.followed[rows]
    is_open = np.isnat(done)
    end = np.where(is_extended, current_due, _days(bars["end"]))
    end = np.where(is_open, end, done)
    start = _days(bars["start"])
    start = np.where(start > end, end, start)  # done before it began
    due = np.where(is_followed, current_due, _days(bars["due"]))
    first_due = np.where(is_extended, status.first_due[rows], _NO_DAY)
    names = np.array([segment.name for segment in segments], dtype=object)
    kinds = progress.kind[rows]
    return bars.assign(
        state=names[kinds],
        start=_dates(start),
        end=_dates(end),
        due=_dates(due),
        first_due=_dates(first_due),
        done=_dates(done),
    )


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
    days_left = [_days_left(progress, row) for row in places]
    frame = pd.DataFrame()
    frame["days_left"] = pd.array(days_left, dtype="Int64")
    frame["light"] = [sentences.status_in_words(progress, row, t) for row in places]
    frame["due_words"] = [sentences.due_days(progress, row, t) for row in places]
    frame["last_report"] = [last_reports.get(row, "") for row in places]
    return frame


def _days_left(progress: Progress, row: int) -> int | None:
    status = progress.status
    due: date | None = status.due[row].astype(object)
    is_over = status.followed[row] and not status.is_running[row]
    if is_over or due is None:
        return None
    left = due - status.as_of
    return left.days


def for_download(
    progress: Progress, rows: np.ndarray, last_reports: Mapping[int, str], t: Translator
) -> dict[str, list[str]]:
    """What a download says of the ledger, by `schema.FOLLOWED_COLUMNS`."""
    places = rows.tolist()
    due_days: list[date | None] = progress.status.due[rows].astype(object).tolist()
    return {
        "light": [sentences.status_in_words(progress, row, t) for row in places],
        "current_due": [str(day or "") for day in due_days],
        "last_report": [last_reports.get(row, "") for row in places],
    }
