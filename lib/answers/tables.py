"""The numbers of a chart, and measures, as tables in the reader's words.

What their rows open is said by `marks.opens`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from lib import workload
from lib.answers.marks import CellOpens, of_cell, of_lane, of_name, opens
from lib.answers.names import name_or_others
from lib.answers.segments import Segment
from lib.answers.text_table import Column, TextTable
from lib.i18n import Translator
from lib.measures import Table, schema

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
DAYS_LEFT: Final = ("days_left", "workdays_left")
MONTH_COUNTS: Final = ("due", "ongoing", "in_force")  # what is counted of a month
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


def _field(name: str, t: Translator) -> Column:
    """The column of a field, under the words for it."""
    return Column(name, t(f"field.{name}"))


# --- load -----------------------------------------------------------------------------------------


def loads(frame: pd.DataFrame, segments: Sequence[Segment], t: Translator) -> TextTable:
    """Names with their measures and the segments of these, from `workload.top`."""
    name = str(frame.columns[0])
    heads = {name: t(f"field.{name}"), "measures": t("field.measures")}
    heads |= {segment.name: segment.label for segment in segments}
    parts = {segment.name: segment.part for segment in segments}
    return _by_name(frame, heads, parts, t)


def departments(frame: pd.DataFrame, weight: float, t: Translator) -> TextTable:
    """Departments with what they lead and support, and the load at a weight, from
    `workload.top`.
    """
    heads = {"department": t("field.department")}
    for role in workload.ROLES:
        heads[role] = t(f"field.{role}")
    heads["weighted"] = t("field.weighted") + t("chart.weight", w=f"{weight:g}")
    roles: dict[str, dict[str, str]] = {role: {"part": role} for role in workload.ROLES}
    return _by_name(frame, heads, roles, t)


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
    words = [
        name_or_others(name, others, t) for name, others in zip(names, frame["others"], strict=True)
    ]
    columns: Columns = {Column(name_column, heads[name_column]): words}
    cells: dict[int, list[str]] = {}
    for place, column in enumerate(count_columns, start=1):
        columns[Column(column, heads[column])] = frame[column]
        if column in parts:
            cells[place] = _open_parts(names, frame[column], parts[column])
    return TextTable.of(columns, [of_name(name) for name in names], cells)


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
    columns: Columns = {_field("month", t): names}
    cells: dict[int, list[str]] = {}
    for place, kind in enumerate(MONTH_COUNTS, start=1):
        columns[Column(kind, heads[kind])] = frame[kind]
        cells[place] = [
            opens(month=key, count=kind) if count else ""
            for key, count in zip(keys, frame[kind], strict=True)
        ]
    return TextTable.of(columns, [opens(month=key) for key in keys], cells)


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
    down_others, across_others = counted.others
    if by_month:
        heads = [t(f"month.{month}") for month in counted.columns]
    else:
        heads = [name_or_others(name, across_others, t) for name in counted.columns]
    names = [name_or_others(name, down_others, t) for name in counted.rows]
    columns: Columns = {_field(down, t): names}
    cells: dict[int, list[str]] = {}
    for place, key in enumerate(map(str, counted.columns), start=1):
        counts = counted.counts[:, place - 1].tolist()
        columns[Column(key, heads[place - 1])] = counts
        cells[place] = _open_cells(counted.rows, key, counts, cell_opens)
    return TextTable.of(columns, [of_name(name) for name in counted.rows], cells)


def _open_cells(
    names: Sequence[str], column: str, counts: Sequence[int], cell_opens: CellOpens
) -> list[str]:
    """What the cells of a column open, row by row. names: of the rows."""
    return [
        of_cell(name, column, count, cell_opens) for name, count in zip(names, counts, strict=True)
    ]


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
        _field(lane, t): names,
        _field("measures", t): counted.measures,
    }
    cells: dict[int, list[str]] = {}
    for month, counts in zip(due.columns, due.counts.T.tolist(), strict=True):
        place = len(columns)
        columns[Column(month, t(f"month.{month}"))] = counts
        cells[place] = _open_cells(due.rows, month, counts, cell_opens)
    return TextTable.of(columns, [of_lane(name) for name in due.rows], cells)


# --- measures -------------------------------------------------------------------------------------


def measures(frame: pd.DataFrame, columns: Sequence[str], t: Translator) -> TextTable:
    """Measures as people read them, from `workload.listing`."""
    is_followed = "due_words" in frame
    due = frame["due_words"] if is_followed else _due_days(frame, t)
    table = frame.assign(state=_states(frame["state"], t), due=due)
    separator = t("text.separator")
    for column in NAME_LISTS:
        table[column] = [separator.join(names) for names in frame[column]]
    texts = {_field(name, t): table[name] for name in columns if name in table}
    return TextTable.of(texts, _open_measures(frame))


def _due_days(frame: pd.DataFrame, t: Translator) -> list[str]:
    """The due days; one that a person has given is marked."""
    days = zip(frame["due"], frame["given"], strict=True)
    return [_due(day, t, is_given=is_given) for day, is_given in days]


def _due(day: date | None, t: Translator, *, is_given: bool) -> str:
    if is_given:
        return t("date.given", date=day)
    if day is None:
        return ""
    return str(day)


def _states(states: Iterable[str], t: Translator) -> list[str]:
    return [_state(state, t) for state in states]


def _state(state: str, t: Translator) -> str:
    """A date state as its mark and its word."""
    word = t(f"state.{state}")
    return t("mark", mark=workload.MARKS[state], text=word)


def bars(frame: pd.DataFrame, segments: Sequence[Segment], t: Translator) -> TextTable:
    """The bars of a timeline, from `workload.bars` or `answers.progress.with_status`.

    segments: what their column state names.
    """
    lanes = [name_or_others(lane, 0, t) for lane in frame["lane"]]
    columns: Columns = {_field("lane", t): lanes}
    days = [name for name in ("start", "end", "first_due", "due", "done") if name in frame]
    for name in ("title", *days):
        columns[_field(name, t)] = frame[name]
    words = {segment.name: segment.words for segment in segments}
    columns[_field("state", t)] = frame["state"].map(words)
    return TextTable.of(columns, _open_measures(frame))


def _open_measures(frame: pd.DataFrame) -> list[str]:
    return [opens(measure=measure_id) for measure_id in frame["measure_id"]]


class Fact(NamedTuple):
    """One thing about a measure.

    Two may have the same heading: a column of the file may be called like one of ours.
    """

    heading: str
    text: str


def facts(
    table: Table, row: int, as_of: date, t: Translator, *, is_followed: bool = False
) -> list[Fact]:
    """Everything about one measure: as issued, the extra columns, then what is derived.

    What is empty is left out.

    Args:
        is_followed: whether the ledger says when it is due and whether it is late, so that its
            deadline alone says nothing.
    """
    cells = table.rows.iloc[row]
    listing = workload.listing(table, np.array([row]), as_of)
    derived = listing.iloc[0]
    facts = [
        *_as_issued(cells, derived, t),
        *_extra(cells, t),
        *([] if is_followed else _by_the_day(derived, t)),
    ]
    return [fact for fact in facts if fact.text]


def _as_issued(cells: pd.Series, derived: pd.Series, t: Translator) -> list[Fact]:
    """What stands in our columns, and who leads and supports."""
    facts = [_fact(name, cells, t) for name in schema.COLUMNS if name != "title"]
    facts += [_fact(role, derived, t) for role in workload.ROLES]
    facts += [_fact(name, cells, t) for name in schema.DATE_COLUMNS if name in cells.index]
    return facts


def _extra(cells: pd.Series, t: Translator) -> list[Fact]:
    """What stands in the columns that are the file's own."""
    headers = [name for name in cells.index if name not in schema.OWN_COLUMNS]
    return [Fact(str(header), _text(cells[header], t)) for header in headers]


def _by_the_day(derived: pd.Series, t: Translator) -> list[Fact]:
    """When a measure falls due, its state on the day, and how many days are left."""
    due = _due(derived["due"], t, is_given=derived["given"])
    state = _state(derived["state"], t)
    return [
        Fact(t("field.due"), due),
        Fact(t("field.state"), state),
        *(_fact(name, derived, t) for name in DAYS_LEFT),
    ]


def _fact(name: str, cells: pd.Series, t: Translator) -> Fact:
    """A cell of a measure under the words for its column."""
    return Fact(t(f"field.{name}"), _text(cells[name], t))


def _text(value: object, t: Translator) -> str:
    """A cell of the table as text."""
    if value is None or value is pd.NA:
        return ""
    if isinstance(value, list | np.ndarray):
        return t("text.separator").join(value)
    return str(value)


# --- milestones -----------------------------------------------------------------------------------


def milestones(frame: pd.DataFrame, t: Translator) -> TextTable:
    """Milestones from `workload.milestones`: the day they stand at, the phrase, the text, the
    target with its unit.

    The measure's id stands before them where they belong to several.
    """
    columns: Columns = {}
    if frame["measure_id"].nunique() > 1:
        columns[_field("measure_id", t)] = frame["measure_id"]
    days = frame["shown"].to_numpy("datetime64[D]").astype(object)
    columns[_field("due", t)] = days
    columns[Column("deadline", t("field.milestone_deadline"))] = frame["deadline"]
    columns[_field("milestone", t)] = _milestone_texts(frame, t)
    targets = zip(frame["target"], frame["unit"], strict=True)
    columns[_field("target", t)] = [f"{number} {unit}".strip() for number, unit in targets]
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
        soonest = of_row[of_row["shown"] == first_day]
        texts[int(str(row))] = _milestones_of_a_day(soonest, t)
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
