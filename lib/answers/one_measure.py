"""All that is known of one measure, in the reader's words."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from lib import workload
from lib.i18n import Translator
from lib.measures import Table, schema

DAYS_LEFT: Final = ("days_left", "workdays_left")


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
    facts = _as_issued(cells, derived, t) + _extra(cells, t)
    if not is_followed:
        facts += _by_the_day(derived, t)
    return [fact for fact in facts if fact.text]


def _as_issued(cells: pd.Series, derived: pd.Series, t: Translator) -> list[Fact]:
    """What stands in our columns, and who leads and supports."""
    facts: list[Fact] = []
    for name in schema.COLUMNS:
        if name != "title":
            facts.append(_fact(name, cells, t))
    for role in workload.ROLES:
        facts.append(_fact(role, derived, t))
    for name in schema.DATE_COLUMNS:
        if name in cells.index:
            facts.append(_fact(name, cells, t))
    return facts


def _extra(cells: pd.Series, t: Translator) -> list[Fact]:
    """What stands in the columns that are the file's own."""
    headers = [name for name in cells.index if name not in schema.OWN_COLUMNS]
    return [Fact(str(header), _text(cells[header], t)) for header in headers]


def _by_the_day(derived: pd.Series, t: Translator) -> list[Fact]:
    """When a measure falls due, its state on the day, and how many days are left."""
    due = due_in_words(derived["due"], t, is_given=derived["given"])
    state = state_in_words(derived["state"], t)
    facts = [Fact(t("field.due"), due), Fact(t("field.state"), state)]
    for name in DAYS_LEFT:
        facts.append(_fact(name, derived, t))
    return facts


def due_in_words(day: date | None, t: Translator, *, is_given: bool) -> str:
    """A due day, marked where a person has given it; "" for none."""
    if is_given:
        return t("date.given", date=day)
    if day is None:
        return ""
    return str(day)


def state_in_words(state: str, t: Translator) -> str:
    """A date state as its mark and its word."""
    word = t(f"state.{state}")
    return t("mark", mark=workload.MARKS[state], text=word)


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
