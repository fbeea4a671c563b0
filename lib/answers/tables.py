"""The numbers of a chart, and measures, as tables in the reader's words.

What their rows open is said by `marks.opens`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from lib import workload
from lib.answers.marks import CellOpens, of_cell, of_lane, of_name, opens
from lib.answers.names import name_or_others
from lib.answers.one_measure import due_in_words, state_in_words
from lib.answers.segments import Segment
from lib.answers.text_table import Column, TextTable
from lib.i18n import Translator

# The columns of a list of measures
COLUMNS: Final = (
    "measure_id",
    "title",
    "light",
    "state",
    "deadline",
    "due",
    "days_left",
    "leaders",
    "lead",
    "support",
)
# Those that a reader may choose for it
CHOOSABLE: Final = (
    "measure_id",
    "title",
    "light",
    "state",
    "deadline",
    "due",
    "days_left",
    "workdays_left",
    "leaders",
    "lead",
    "support",
    "section",
    "list",
    "last_report",
)
# Those that only a followed list has
OF_LEDGER: Final = ("light", "last_report")
FIXED: Final = ("measure_id", "title")  # those that are always shown
NAME_LISTS: Final = ("leaders", "lead", "support")
MONTH_COUNTS: Final = ("due", "ongoing", "in_force")  # what is counted of a month
BAR_COLUMNS: Final = ("title", "start", "end", "first_due", "due", "done")
COMING_COLUMNS: Final = (
    "due",
    "title",
    "days_left",
    "workdays_left",
    "leaders",
    "lead",
    "next_milestone",
)

Columns = dict[Column, Iterable[object]]  # what stands in each, from left to right


# --- load -----------------------------------------------------------------------------------------


def loads(frame: pd.DataFrame, segments: Sequence[Segment], t: Translator) -> TextTable:
    """Names with their measures and the segments of these, from `workload.top`."""
    names = str(frame.columns[0])
    heads = {names: t(f"field.{names}"), "measures": t("field.measures")}
    parts: dict[str, Mapping[str, str]] = {}
    for segment in segments:
        heads[segment.name] = segment.label
        parts[segment.name] = segment.part
    return _by_name(frame, heads, parts, t)


def departments(frame: pd.DataFrame, weight: float, t: Translator) -> TextTable:
    """Departments with what they lead and support, and the load at a weight, from
    `workload.top`.
    """
    heads = {"department": t("field.department")}
    parts: dict[str, Mapping[str, str]] = {}
    for role in workload.ROLES:
        heads[role] = t(f"field.{role}")
        parts[role] = {"part": role}
    at_weight = t("chart.weight", w=f"{weight:g}")
    heads["weighted"] = t("field.weighted") + at_weight
    return _by_name(frame, heads, parts, t)


def _by_name(
    frame: pd.DataFrame,
    heads: Mapping[str, str],
    parts: Mapping[str, Mapping[str, str]],
    t: Translator,
) -> TextTable:
    """The columns of a load frame under their heads.

    Args:
        frame: with the names, their counts, and how many names a row stands for.
        heads: column → words, the names' first.
        parts: column → which part of what a name has its counts are, as `marks.opens` takes it.
        t: the reader's words.
    """
    name_column, *count_columns = heads
    names = frame[name_column].tolist()
    names_with_others = zip(names, frame["others"], strict=True)
    words = [name_or_others(name, others, t) for name, others in names_with_others]
    head = Column(name_column, heads[name_column])
    columns: Columns = {head: words}
    cells: dict[int, list[str]] = {}
    for place, column in enumerate(count_columns, start=1):
        counts = frame[column]
        head = Column(column, heads[column])
        columns[head] = counts
        if column in parts:
            cells[place] = _open_parts(names, counts, parts[column])
    rows_open = [of_name(name) for name in names]
    return TextTable.of(columns, rows_open, cells)


def _open_parts(names: Sequence[str], counts: Iterable[int], part: Mapping[str, str]) -> list[str]:
    """What the counts of a part of what names have open; a count of none, or of others, nothing."""
    queries: list[str] = []
    for name, count in zip(names, counts, strict=True):
        if count and name != workload.OTHERS:
            queries.append(opens(pick=name, **part))
        else:
            queries.append("")
    return queries


def months(frame: pd.DataFrame, year: int, t: Translator) -> TextTable:
    """The twelve months with due, ongoing and in_force, from `workload.by_month`."""
    heads = {
        "due": t("field.falling_due"),
        "ongoing": t("field.ongoing"),
        "in_force": t("field.in_force"),
    }
    keys = [f"{year}-{month:02}" for month in frame["month"]]
    names = [t(f"month.{month}") for month in frame["month"]]
    columns: Columns = {Column.of_field("month", t): names}
    cells: dict[int, list[str]] = {}
    for place, kind in enumerate(MONTH_COUNTS, start=1):
        counts = frame[kind]
        head = Column(kind, heads[kind])
        columns[head] = counts
        cells[place] = _open_months(keys, kind, counts)
    rows_open = [opens(month=key) for key in keys]
    return TextTable.of(columns, rows_open, cells)


def _open_months(keys: Sequence[str], kind: str, counts: Iterable[int]) -> list[str]:
    """What the counts of one kind open, month by month; a count of none nothing."""
    queries: list[str] = []
    for key, count in zip(keys, counts, strict=True):
        if count:
            queries.append(opens(month=key, count=kind))
        else:
            queries.append("")
    return queries


def grid(
    counted: workload.Grid, down: str, t: Translator, by_month: bool, cell_opens: CellOpens
) -> TextTable:
    """A grid of counts with the names down its side.

    The key of a column is what stands above it: a name, "" for the others, or 8 for August.

    Args:
        down: the field whose names stand down its side.
        by_month: the columns are months, not names.
        cell_opens: what a cell opens, by the names of its row and its column.
    """
    others_down, others_across = counted.others
    if by_month:
        heads = [t(f"month.{month}") for month in counted.columns]
    else:
        heads = [name_or_others(name, others_across, t) for name in counted.columns]
    names = [name_or_others(name, others_down, t) for name in counted.rows]
    columns: Columns = {Column.of_field(down, t): names}
    cells: dict[int, list[str]] = {}
    counts_across = counted.counts.T.tolist()
    for name, head, counts in zip(counted.columns, heads, counts_across, strict=True):
        place = len(columns)
        column = Column(str(name), head)
        columns[column] = counts
        cells[place] = _open_cells(counted.rows, column.key, counts, cell_opens)
    rows_open = [of_name(name) for name in counted.rows]
    return TextTable.of(columns, rows_open, cells)


def _open_cells(
    names: Sequence[str], column: str, counts: Sequence[int], cell_opens: CellOpens
) -> list[str]:
    """What the cells of a column open, row by row. names: of the rows."""
    cells = zip(names, counts, strict=True)
    return [of_cell(name, column, count, cell_opens) for name, count in cells]


def lanes(counted: workload.Lanes, lane: str, t: Translator, cell_opens: CellOpens) -> TextTable:
    """The lanes of a timeline with their measures, and what falls due in each month; a row
    opens its lane.

    Args:
        lane: one of `workload.LANES`.
        cell_opens: what the cell of a lane in a month opens.
    """
    due = counted.due
    lanes_summed_up, _ = due.others
    names = [name_or_others(name, lanes_summed_up, t) for name in due.rows]
    columns: Columns = {
        Column.of_field(lane, t): names,
        Column.of_field("measures", t): counted.measures,
    }
    cells: dict[int, list[str]] = {}
    counts_of_months = due.counts.T.tolist()
    for month, counts in zip(due.columns, counts_of_months, strict=True):
        place = len(columns)
        head = Column(month, t(f"month.{month}"))
        columns[head] = counts
        cells[place] = _open_cells(due.rows, month, counts, cell_opens)
    rows_open = [of_lane(name) for name in due.rows]
    return TextTable.of(columns, rows_open, cells)


# --- measures -------------------------------------------------------------------------------------


def measures(frame: pd.DataFrame, columns: Sequence[str], t: Translator) -> TextTable:
    """Measures as people read them, from `workload.listing`."""
    table = frame.copy()
    table["state"] = [state_in_words(state, t) for state in frame["state"]]
    if "due_words" in frame:
        table["due"] = frame["due_words"]  # of a list that is followed
    else:
        table["due"] = _due_days(frame, t)
    separator = t("text.separator")
    for column in NAME_LISTS:
        table[column] = frame[column].map(separator.join)
    shown = [name for name in columns if name in table]
    texts: Columns = {Column.of_field(name, t): table[name] for name in shown}
    return TextTable.of(texts, _open_measures(frame))


def _due_days(frame: pd.DataFrame, t: Translator) -> list[str]:
    """The due days; one that a person has given is marked."""
    days = zip(frame["due"], frame["given"], strict=True)
    return [due_in_words(day, t, is_given=is_given) for day, is_given in days]


def bars(frame: pd.DataFrame, segments: Sequence[Segment], t: Translator) -> TextTable:
    """The bars of a timeline, from `workload.bars` or `answers.progress.with_status`.

    segments: what their column state names.
    """
    lanes = [name_or_others(lane, 0, t) for lane in frame["lane"]]
    columns: Columns = {Column.of_field("lane", t): lanes}
    for name in BAR_COLUMNS:
        if name in frame:
            columns[Column.of_field(name, t)] = frame[name]
    words = {segment.name: segment.words for segment in segments}
    columns[Column.of_field("state", t)] = frame["state"].map(words)
    return TextTable.of(columns, _open_measures(frame))


def _open_measures(frame: pd.DataFrame) -> list[str]:
    return [opens(measure=measure_id) for measure_id in frame["measure_id"]]


# --- milestones -----------------------------------------------------------------------------------


def milestones(frame: pd.DataFrame, t: Translator) -> TextTable:
    """Milestones from `workload.milestones`: the day they stand at, the phrase, the text, the
    target with its unit.

    The measure's id stands before them where they belong to several.
    """
    columns: Columns = {}
    if frame["measure_id"].nunique() > 1:
        columns[Column.of_field("measure_id", t)] = frame["measure_id"]
    days = frame["shown"].to_numpy("datetime64[D]")
    columns[Column.of_field("due", t)] = days.astype(object)
    deadline = Column("deadline", t("field.milestone_deadline"))
    columns[deadline] = frame["deadline"]
    columns[Column.of_field("milestone", t)] = _milestone_texts(frame, t)
    targets = frame["target"] + " " + frame["unit"]
    columns[Column.of_field("target", t)] = targets.str.strip()
    return TextTable.of(columns)


def _milestone_texts(frame: pd.DataFrame, t: Translator) -> list[str]:
    """The texts of milestones, with a note at those that stand at their measure's deadline."""
    texts = []
    for text, moved in zip(frame["milestone"], frame["moved"], strict=True):
        if moved:
            texts.append(t("milestone.moved", text=text))
        else:
            texts.append(text)
    return texts


def coming(frame: pd.DataFrame, of_measures: pd.DataFrame, as_of: date, t: Translator) -> TextTable:
    """What comes next, each measure with its next milestone.

    Args:
        frame: `workload.next_due`.
        of_measures: `workload.milestones` of these measures.
    """
    texts = _next_milestones(of_measures, as_of, t)
    next_milestones = [texts.get(row, "") for row in frame["position"]]
    with_milestones = frame.assign(next_milestone=next_milestones)
    return measures(with_milestones, COMING_COLUMNS, t)


def _next_milestones(frame: pd.DataFrame, as_of: date, t: Translator) -> dict[int, str]:
    """The next milestone of each row on or after a day, as `10月31日 text`, and how many more that
    day has.

    One that stands at its measure's deadline has its own phrase instead of the day: `下半年 text`.
    """
    today = np.datetime64(as_of, "D")
    days = frame["shown"].to_numpy("datetime64[D]")
    waiting = frame[days >= today]
    texts: dict[int, str] = {}
    for row, of_row in waiting.groupby("row"):
        first_day = of_row["shown"].min()
        is_soonest = of_row["shown"] == first_day
        place = int(str(row))
        texts[place] = _milestones_of_a_day(of_row[is_soonest], t)
    return texts


def _milestones_of_a_day(frame: pd.DataFrame, t: Translator) -> str:
    """The first of some milestones as text, and how many there are."""
    first = frame.iloc[0]
    when = first["deadline"]
    if not first["moved"]:
        when = _day(first["shown"], t)
    text = f"{when} {first['milestone']}"
    if len(frame) > 1:
        return t("milestone.and_more", text=text, n=len(frame))
    return text


def _day(value: date, t: Translator) -> str:
    name = t(f"month.{value.month}")
    return t("date.short", month=value.month, day=value.day, name=name)
