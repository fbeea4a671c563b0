"""The numbers of a chart as a table, in the reader's words.

The index of each holds what a chosen row opens (`marks.opens`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from lib import workload
from lib.answers.marks import opens
from lib.i18n import Translator
from lib.measures import Table, schema
from lib.text.excerpts import excerpt

WIDEST: Final = 760  # pixels that a cell is wide at the most
WIDE_SIGN: Final = 12.4  # pixels of a Chinese character
NARROW_SIGN: Final = 7.2  # pixels of any other
MARGIN: Final = 20  # pixels beside the text
LAST_NARROW: Final = "\u2e80"  # what comes after it is as wide as a Chinese character
_WORDS: Final = re.compile(f"[!-{LAST_NARROW}]{{1,30}} ?|.")  # a Latin word, or any other sign
ZERO_WIDTH_SPACE: Final = "\u200b"

NAME_LISTS: Final = ("leaders", "lead", "support")
DAYS_LEFT: Final = ("days_left", "workdays_left")
COMING_COLUMNS: Final = (
    "due",
    "title",
    "days_left",
    "workdays_left",
    "leaders",
    "lead",
    "next_milestone",
)


# --- load -----------------------------------------------------------------------------------------


def leaders(frame: pd.DataFrame, t: Translator) -> pd.DataFrame:
    """Leaders with their measures and the date states of these, from `workload.top`."""
    return _by_state("leader", frame, t)


def sections(frame: pd.DataFrame, t: Translator) -> pd.DataFrame:
    """Sections with their measures and the date states of these, from `workload.top`."""
    return _by_state("section", frame, t)


def _by_state(name: str, frame: pd.DataFrame, t: Translator) -> pd.DataFrame:
    heads = {name: t(f"field.{name}"), "measures": t("field.measures")}
    for state in schema.STATE_ORDER:
        heads[state] = t(f"state.{state}")
    return _by_name(frame, heads, t)


def departments(frame: pd.DataFrame, weight: float, t: Translator) -> pd.DataFrame:
    """Departments with what they lead and support, and the load at a weight, from
    `workload.top`.
    """
    heads = {"department": t("field.department")}
    for role in workload.ROLES:
        heads[role] = t(f"field.{role}")
    heads["weighted"] = t("field.weighted") + t("chart.weight", w=f"{weight:g}")
    return _by_name(frame, heads, t)


def _by_name(frame: pd.DataFrame, heads: Mapping[str, str], t: Translator) -> pd.DataFrame:
    """The columns of a load frame under their heads. heads: column → words, the names' first."""
    name_column = next(iter(heads))
    names = frame[name_column]
    words = map(lambda name, others: _name_or_others(name, others, t), names, frame["others"])
    table = frame[list(heads)].assign(**{name_column: list(words)})
    return table.rename(columns=heads).set_index(names.map(_opens_name))


def _opens_name(name: str) -> str:
    return opens(pick=name) if name != workload.OTHERS else ""


def _name_or_others(name: str, others: int, t: Translator) -> str:
    """A name, or the words for what OTHERS and NOBODY stand for. others: how many names OTHERS are."""
    if name == workload.NOBODY:
        return t("chart.nobody")
    if name == workload.OTHERS:
        return t("chart.others_names", n=others)
    return name


def months(frame: pd.DataFrame, year: int, t: Translator) -> pd.DataFrame:
    """The twelve months with due, ongoing and in_force, from `workload.by_month`."""
    heads = {
        "month": t("field.month"),
        "due": t("field.falling_due"),
        "ongoing": t("field.ongoing"),
        "in_force": t("field.in_force"),
    }
    names = [t(f"month.{month}") for month in frame["month"]]
    picks = [opens(month=f"{year}-{month:02}") for month in frame["month"]]
    table = frame.assign(month=names).rename(columns=heads)
    return table.set_index(pd.Index(picks))


def grid(counted: workload.Grid, corner: str, t: Translator, by_month: bool) -> pd.DataFrame:
    """A grid of counts with the names down its side.

    Args:
        corner: the heading of the names.
        by_month: the columns are months, not names.
    """
    down_others, across_others = counted.others
    if by_month:
        columns = [t(f"month.{month}") for month in counted.columns]
    else:
        columns = [_name_or_others(name, across_others, t) for name in counted.columns]
    if corner in columns:
        corner += ZERO_WIDTH_SPACE  # the browser's table has each heading once
    names = [_name_or_others(name, down_others, t) for name in counted.rows]
    picks = pd.Index(counted.rows).map(_opens_name)
    table = pd.DataFrame(counted.counts, columns=columns, index=picks)
    table.insert(0, corner, names)
    return table


def lanes(counted: workload.Lanes, corner: str, t: Translator) -> pd.DataFrame:
    """The lanes of a timeline with their measures, and what falls due in each month; a row
    opens its lane.
    """
    table = grid(counted.due, corner, t, by_month=True)
    table.insert(1, t("field.measures"), counted.measures)
    return table.set_index(pd.Index([opens(open=name) for name in counted.due.rows]))


# --- measures -------------------------------------------------------------------------------------


def measures(frame: pd.DataFrame, columns: Sequence[str], t: Translator) -> pd.DataFrame:
    """Measures as people read them, from `workload.listing`."""
    table = frame.assign(state=_states(frame["state"], t), due=_due_days(frame, t))
    separator = t("text.separator")
    for column in NAME_LISTS:
        table[column] = [separator.join(names) for names in frame[column]]
    if "section" in columns:
        table["section"] = [_name_or_others(name, 0, t) for name in frame["section"]]
    heads = {name: t(f"field.{name}") for name in columns}
    table = table[list(columns)].rename(columns=heads)
    return table.set_index(frame["measure_id"].map(_opens_measure))


def _due_days(frame: pd.DataFrame, t: Translator) -> list[Any]:
    """The due days; where a person has given one all are texts, and that one is marked."""
    if not frame["given"].any():
        return frame["due"].tolist()
    days = zip(frame["due"], frame["given"], strict=True)
    return [_due(day, t, is_given=is_given) for day, is_given in days]


def _due(day: date | None, t: Translator, *, is_given: bool) -> str:
    if is_given:
        return t("date.given", date=day)
    return "" if day is None else str(day)


def _states(states: Iterable[str], t: Translator) -> list[str]:
    return [_state(state, t) for state in states]


def _state(state: str, t: Translator) -> str:
    """A date state as its mark and its word."""
    word = t(f"state.{state}")
    return t("mark", mark=workload.MARKS[state], text=word)


def bars(frame: pd.DataFrame, t: Translator) -> pd.DataFrame:
    """The bars of a timeline, from `workload.bars`."""
    columns: dict[str, Iterable[object]] = {
        t("field.lane"): [_name_or_others(lane, 0, t) for lane in frame["lane"]],
    }
    for name in ("title", "start", "end", "due"):
        columns[t(f"field.{name}")] = frame[name]
    columns[t("field.state")] = _states(frame["state"], t)
    return pd.DataFrame(columns).set_index(frame["measure_id"].map(_opens_measure))


def _opens_measure(measure_id: str) -> str:
    return opens(measure=measure_id)


class Fact(NamedTuple):
    """One thing about a measure.

    Two may have the same heading: a column of the file may be called like one of ours.
    """

    heading: str
    text: str


def facts(table: Table, row: int, as_of: date, t: Translator) -> list[Fact]:
    """Everything about one measure: as issued, the extra columns, then what is derived.

    What is empty is left out.
    """
    cells = table.rows.iloc[row]
    derived = workload.listing(table, np.array([row]), as_of).iloc[0]
    facts = [_fact(name, cells, t) for name in schema.COLUMNS if name != "title"]
    facts += [_fact(role, derived, t) for role in workload.ROLES]
    facts += [_fact(name, cells, t) for name in schema.DATE_COLUMNS if name in cells.index]
    for name in cells.index:
        if name not in schema.OWN_COLUMNS:
            facts.append(Fact(str(name), _text(cells[name], t)))
    facts.append(Fact(t("field.due"), _due(derived["due"], t, is_given=derived["given"])))
    facts.append(Fact(t("field.state"), _state(derived["state"], t)))
    facts += [_fact(name, derived, t) for name in DAYS_LEFT]
    return [fact for fact in facts if fact.text]


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


def milestones(frame: pd.DataFrame, t: Translator) -> pd.DataFrame:
    """Milestones from `workload.milestones`: the day they stand at, the phrase, the text, the
    target with its unit.

    The measure's id stands before them where they belong to several.
    """
    columns: dict[str, object] = {}
    if frame["measure_id"].nunique() > 1:
        columns[t("field.measure_id")] = frame["measure_id"]
    columns[t("field.due")] = frame["shown"].to_numpy("datetime64[D]").astype(object)
    columns[t("field.milestone_deadline")] = frame["deadline"]
    columns[t("field.milestone")] = _milestone_texts(frame, t)
    targets = zip(frame["target"], frame["unit"], strict=True)
    columns[t("field.target")] = [f"{target} {unit}".strip() for target, unit in targets]
    return pd.DataFrame(columns)


def _milestone_texts(frame: pd.DataFrame, t: Translator) -> list[str]:
    """The texts of milestones, with a note at those that stand at their measure's deadline."""
    texts = []
    for text, moved in zip(frame["milestone"], frame["moved"], strict=True):
        if moved:
            texts.append(t("milestone.moved", text=text))
        else:
            texts.append(text)
    return texts


def coming(
    frame: pd.DataFrame, of_measures: pd.DataFrame, as_of: date, t: Translator
) -> pd.DataFrame:
    """What comes next, each measure with its next milestone.

    Args:
        frame: `workload.next_due`.
        of_measures: `workload.milestones` of these measures.
    """
    texts = _next_milestones(of_measures, as_of, t)
    next_ones = [texts.get(row, "") for row in frame["position"]]
    return measures(frame.assign(next_milestone=next_ones), COMING_COLUMNS, t)


def _next_milestones(frame: pd.DataFrame, as_of: date, t: Translator) -> dict[int, str]:
    """The next milestone of each row on or after a day, as `10月31日 text`, and how many more that
    day has.

    One that stands at its measure's deadline has its own phrase instead of the day: `下半年 text`.
    """
    today = np.datetime64(as_of, "D")
    waiting = frame[frame["shown"].to_numpy("datetime64[D]") >= today]
    texts: dict[int, str] = {}
    for row, of_row in waiting.groupby("row"):
        soonest = of_row[of_row["shown"] == of_row["shown"].min()]
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


# --- in the browser -------------------------------------------------------------------------------


class Fitted(NamedTuple):
    """A table as it is drawn: long texts broken into lines, each column's width in pixels, the
    tallest row's lines.

    table: in the form in which it goes to the browser; picks: what each row picks.
    """

    table: pa.Table
    widths: dict[str, int]
    lines: int
    picks: list[object]


def fitted(table: pd.DataFrame, widest: int = WIDEST) -> Fitted:
    """A table made ready to be drawn.

    Chinese text has no spaces at which the browser's table would break it: it would be cut.

    Args:
        widest: pixels that a cell is wide at the most.
    """
    broken = table.copy()
    widths: dict[str, int] = {}
    tallest = 1
    for name, column in table.items():
        cells = [_lines(cell, widest) for cell in column]
        lines = [str(name), *chain.from_iterable(cells)]
        widths[str(name)] = int(max(map(_pixels, lines))) + MARGIN
        most = max(map(len, cells), default=0)
        if most > 1:
            broken[name] = ["\n".join(cell) for cell in cells]
        tallest = max(tallest, most)
    drawn = pa.Table.from_pandas(broken, preserve_index=False)
    return Fitted(drawn, widths, tallest, table.index.tolist())


def _lines(cell: object, widest: int) -> list[str]:
    """A cell in lines, of a long text the beginning; only text is broken, and no Latin word."""
    if not isinstance(cell, str):
        return [str(cell)]
    lines = [""]
    used = 0.0
    for word in _WORDS.findall(" ".join(excerpt(cell).split())):
        width = _pixels(word)
        if used + width > widest:
            lines.append("")
            used = 0.0
        lines[-1] += word
        used += width
    return lines


def _pixels(text: str) -> float:
    width = 0.0
    for sign in text:
        width += WIDE_SIGN if sign > LAST_NARROW else NARROW_SIGN
    return width
