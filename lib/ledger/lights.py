"""Lights: what a declared rule says of a measure on a day.

The rules are data, <table>.lights.toml beside the table, else a preset; what they may ask is `FIELDS`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Final

import msgspec
import numpy as np
import pandas as pd

from lib.errors import BoardError
from lib.ledger.coded import Numbers
from lib.ledger.journal import Journal
from lib.ledger.reporting import Reporting
from lib.ledger.states import State
from lib.ledger.status import Status
from lib.measures.arrays import Bools, Ints
from lib.text import workdays

DEFAULT: Final = "default"
PRESETS: Final = (DEFAULT, "days")
MOST_LIGHTS: Final = 20
NO_LIGHT: Final = -1  # of what is not followed, or cancelled
PERCENT: Final = 100
_FOLDER: Final = Path(__file__).with_name("presets")


Colour = Annotated[str, msgspec.Meta(pattern=r"^#[0-9A-Fa-f]{6}$")]


class Name(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a light is called in each language."""

    zh: str
    en: str


class Is(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a field that is true or false has to be."""

    value: bool = msgspec.field(name="is")


class Range(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From where to where a number may lie, both included; None for no end."""

    min: float | None = None
    max: float | None = None


class When(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The condition of a light: all that is asked must hold. A number that isn't known never does."""

    closed: Is | None = None
    claimed: Is | None = None
    extended: Is | None = None
    paused: Is | None = None
    days_to_due: Range | None = None
    days_late: Range | None = None
    behind: Range | None = None
    silent: Range | None = None

    def asked(self) -> dict[str, Is | Range]:
        """What is asked, by field."""
        asked: dict[str, Is | Range] = {}
        for field in FIELDS:
            condition = getattr(self, field)
            if condition is not None:
                asked[field] = condition
        return asked


FIELDS: Final = When.__struct_fields__


class Light(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One light: its name, a mark that differs by shape, a colour, and when it is shown."""

    name: Name
    mark: str
    colour: Colour
    when: When = When()


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lights in order: the first that fits counts."""

    light: tuple[Light, ...]


@cache
def preset(name: str) -> str:
    """The text of a preset."""
    return (_FOLDER / f"{name}.toml").read_text(encoding="utf-8")


def path_beside(table: Path) -> Path:
    """Where the rules of a table stand: <table>.lights.toml."""
    return table.with_name(f"{table.stem}.lights.toml")


@cache
def read(toml: str, file: str = "") -> Rules:
    """The rules that a text says.

    Args:
        file: where the text stands, for the error.

    Raises:
        BoardError: lights_unreadable, with what is wrong; too_many_lights; same_marks, where one mark
            stands for two lights.
    """
    try:
        rules = msgspec.toml.decode(toml, type=Rules)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise BoardError("lights_unreadable", file=file, reason=str(error)) from error
    count = len(rules.light)
    if not 1 <= count <= MOST_LIGHTS:
        raise BoardError("too_many_lights", file=file, n=count, most=MOST_LIGHTS)
    marks = Counter(light.mark for light in rules.light)
    for mark, count in marks.items():
        if count > 1:
            raise BoardError("same_marks", file=file, mark=mark)
    return rules


def in_force(journal: Journal, as_of: date, of_file: str = "") -> str:
    """The rules that hold on a day: those recorded last by then, else the file's, else the default.

    of_file: what <table>.lights.toml says, "" where there is none.
    """
    recorded = [change for change in journal.rules if change.known <= as_of]
    if recorded:
        return recorded[-1].toml
    return of_file or preset(DEFAULT)


@dataclass(frozen=True)
class Facts:
    """What a rule may ask of each row: truth values, and numbers that are NaN where nobody knows."""

    values: Mapping[str, np.ndarray]


def facts(status: Status, reporting: Reporting, behind: Numbers) -> Facts:
    """What is known of each row.

    Args:
        behind: points of the share that is reached behind the share of the time (`targets.behind`).
    """
    running = status.is_running
    has_due = running & ~np.isnat(status.due)
    days_to_due = _workdays_to(status)
    days_late = (status.today - status.due).astype(float)
    return Facts(
        {
            "closed": status.state == State.CLOSED,
            "claimed": status.state == State.CLAIMED,
            "extended": status.extended,
            "paused": status.state == State.PAUSED,
            "days_to_due": np.where(has_due, days_to_due, np.nan),
            "days_late": np.where(has_due, days_late, np.nan),
            "behind": np.where(running, behind, np.nan),
            "silent": np.where(running, reporting.silent, np.nan),
        }
    )


def _workdays_to(status: Status) -> Numbers:
    """Workdays to each row's current day, counted once for each distinct day."""
    days_as_numbers = status.due.view(np.int64)
    places, distinct = pd.factorize(days_as_numbers)
    due = distinct.view("M8[D]")
    has_due = ~np.isnat(due)
    days = np.full(len(due), np.nan)
    days[has_due] = workdays.between_each(status.as_of, due[has_due])
    return days[places]


def of_rows(rules: Rules, status: Status, known: Facts) -> Ints:
    """The light of each row, as an index into the rules, NO_LIGHT where it has none."""
    lights = np.full(len(status.state), NO_LIGHT, np.int8)
    for place, light in reversed([*enumerate(rules.light)]):  # the first that fits is set last
        fits = _fits(light.when, known, len(lights))
        lights[fits] = place
    lights[~status.counted] = NO_LIGHT
    return lights


def _fits(when: When, known: Facts, rows: int) -> Bools:
    fits = np.ones(rows, bool)
    for field, condition in when.asked().items():
        values = known.values[field]
        if isinstance(condition, Is):
            fits &= values == condition.value
            continue
        fits &= ~np.isnan(values)
        if condition.min is not None:
            fits &= values >= condition.min
        if condition.max is not None:
            fits &= values <= condition.max
    return fits
