"""What a department has written into a row, as the ledger takes it; what is not sure is asked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from lib.ledger.events import LONGEST_TEXT, Report, Stage
from lib.ledger.forms import columns
from lib.ledger.forms.columns import PEOPLE, STAGE, TARGET, TEXTS, UNTIL, VALUE, WHY
from lib.ledger.forms.form import target_in_words
from lib.ledger.targets import Target
from lib.text import deadlines
from lib.text.invisible import visible

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ERROR: Final = re.compile(
    r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA|名称\?)|Err:\d+"
)
_NUMBER: Final = re.compile(r"((?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.\d{1,20})?)(.{0,30})")
_SPACE: Final = re.compile(r"\s+")
_SAYS_NOTHING: Final = frozenset({"", "—", "-", "/", "无"})  # in a cell for a number or a day


class Doubt(NamedTuple):
    """What is asked about a cell. code: of a Problem; field: its column."""

    code: str
    field: str
    value: str


@dataclass(frozen=True)
class Answers:
    """What a row says.

    report: None where nothing but a claim is said; is_done: whether it asks to be closed.
    until, why: of an extension that is asked for, None and "" where there is none.
    """

    report: Report | None
    is_done: bool = False
    until: date | None = None
    why: str = ""


class Read(NamedTuple):
    """The answers of a row; None where something is in doubt."""

    answers: Answers | None
    doubts: list[Doubt]


def tidy(text: str) -> str:
    """A text as it is kept: without control characters and what nobody sees at its ends."""
    if not visible(text).strip():
        return ""
    return _CONTROL.sub("", text).strip()


def is_answered(cells: Mapping[str, str]) -> bool:
    """Whether something is answered; who has filled it in is no answer."""
    return any(
        text for field, text in cells.items() if columns.is_answer(field) and field not in PEOPLE
    )


def read(cells: Mapping[str, str], targets: Sequence[Target], year: int) -> Read:
    """Read a row in which something is answered.

    Args:
        cells: the tidy text of each column.
        targets: of its measure, those with a number.
        year: of a day that names none.
    """
    doubts = [*_unfit_texts(cells)]
    values = _values(cells, targets, doubts)
    choice = _choice(cells, doubts)
    until = _until(cells, choice, year, doubts)
    if doubts:
        return Read(None, doubts)
    report = Report(
        stage=columns.STAGES.get(choice, Stage.UNDER_WAY),
        values=values,
        **{field: cells.get(field, "") for field in (*TEXTS, *PEOPLE)},
    )
    is_done = choice == columns.CLAIM
    says_more = report != Report(Stage.UNDER_WAY)
    kept = report if says_more or not is_done else None
    return Read(Answers(kept, is_done, until, cells.get(WHY, "")), [])


def _unfit_texts(cells: Mapping[str, str]) -> list[Doubt]:
    """Doubts about texts that are too long, or an error of the table's program."""
    doubts: list[Doubt] = []
    for field, text in cells.items():
        if not columns.is_answer(field):
            continue
        if len(text) > LONGEST_TEXT:
            doubts.append(Doubt("form_text_too_long", field, str(len(text))))
        elif _ERROR.fullmatch(text):
            doubts.append(Doubt("form_cell_error", field, text))
    return doubts


def _choice(cells: Mapping[str, str], doubts: list[Doubt]) -> str:
    text = cells.get(STAGE, "")
    choice = columns.choice_of(text)
    if not text:
        doubts.append(Doubt("form_stage_missing", STAGE, ""))
    elif not choice:
        doubts.append(Doubt("form_stage_unread", STAGE, text))
    return choice


# --- numbers --------------------------------------------------------------------------------------


def _values(
    cells: Mapping[str, str], targets: Sequence[Target], doubts: list[Doubt]
) -> dict[str, float]:
    """The number of each target for which one is given."""
    values: dict[str, float] = {}
    for field, text in cells.items():
        if not field.startswith(VALUE) or text in _SAYS_NOTHING:
            continue
        target = _target(cells, field, targets)
        number = number_of(text, target.unit) if target else None
        if target is None:
            doubts.append(Doubt("form_value_without_target", field, text))
        elif number is None or target.name in values:
            doubts.append(Doubt("form_value_unread", field, text))
        else:
            values[target.name] = number
    return values


def _target(cells: Mapping[str, str], field: str, targets: Sequence[Target]) -> Target | None:
    """The target that stands beside a number; where its name is gone, the one of its place."""
    name = cells.get(field.replace(VALUE, TARGET), "")
    if name:
        by_words = {_close(target_in_words(target)): target for target in targets}
        return by_words.get(_close(name))
    is_the_only_one = len(targets) == 1 and field == columns.numbered(VALUE, 1)
    return targets[0] if is_the_only_one else None


def _close(text: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", visible(text)))


def number_of(text: str, unit: str) -> float | None:
    """The number that a text is, alone or before its unit; None for anything else."""
    match = _NUMBER.fullmatch(_close(text))
    if match is None or match[2] not in ("", _close(unit)):
        return None
    return float(match[1].replace(",", ""))


# --- days -----------------------------------------------------------------------------------------


def _until(cells: Mapping[str, str], choice: str, year: int, doubts: list[Doubt]) -> date | None:
    """The day until which a longer time is asked for."""
    text, why = cells.get(UNTIL, ""), cells.get(WHY, "")
    if text in _SAYS_NOTHING:
        if why not in _SAYS_NOTHING:
            doubts.append(Doubt("form_until_missing", UNTIL, why))
        return None
    until = day_of(text, year)
    if until is None:
        doubts.append(Doubt("form_until_unread", UNTIL, text))
    elif why in _SAYS_NOTHING:
        doubts.append(Doubt("form_why_missing", WHY, why))
    elif choice == columns.CLAIM:
        doubts.append(Doubt("form_done_and_extended", UNTIL, text))
    return until


def day_of(text: str, year: int) -> date | None:
    """The one day that a text names."""
    window = deadlines.read(text, year)
    if window is None or window.start or window.ongoing or window.recurring:
        return None
    return window.due
