"""What a department has written into a row, as the ledger takes it; what is not sure is asked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from lib.ledger.events import LONGEST_TEXT, Report, Stage
from lib.ledger.forms import columns
from lib.ledger.forms.columns import PEOPLE, STAGE, TARGET, TEXTS, UNTIL, VALUE, WHY, Cells
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


def is_answered(cells: Cells) -> bool:
    """Whether something is answered; who has filled it in is no answer."""
    texts = columns.answers_in(cells)
    return any(text for field, text in texts.items() if field not in PEOPLE)


def read(cells: Cells, targets: Sequence[Target], year: int) -> Read:
    """Read a row in which something is answered.

    Args:
        cells: the tidy text of each column.
        targets: of its measure, those with a number.
        year: of a day that names none.
    """
    return _Row(cells, targets, year).read()


class _Row:
    """A row as it is read; what is not sure of it is noted as a doubt."""

    def __init__(self, cells: Cells, targets: Sequence[Target], year: int) -> None:
        self._cells = cells
        self._targets = targets
        self._year = year
        self._doubts: list[Doubt] = []

    def read(self) -> Read:
        """The answers of the row."""
        self._doubt_texts()
        values = self._values()
        choice = self._choice()
        is_done = choice == columns.CLAIM
        until = self._until(is_done)
        if self._doubts:
            return Read(None, self._doubts)
        texts = {field: self._text(field) for field in (*TEXTS, *PEOPLE)}
        stage = columns.STAGES.get(choice, Stage.UNDER_WAY)
        report = Report(stage, values=values, **texts)
        says_nothing = report == Report(Stage.UNDER_WAY)
        is_claim_alone = is_done and says_nothing
        answers = Answers(
            report=None if is_claim_alone else report,
            is_done=is_done,
            until=until,
            why=self._text(WHY),
        )
        return Read(answers, [])

    def _text(self, field: str) -> str:
        return self._cells.get(field, "")

    def _doubt(self, code: str, field: str, value: str) -> None:
        self._doubts.append(Doubt(code, field, value))

    def _doubt_texts(self) -> None:
        """Doubt texts that are too long, or an error of the table's program."""
        for field, text in columns.answers_in(self._cells).items():
            if len(text) > LONGEST_TEXT:
                self._doubt("form_text_too_long", field, str(len(text)))
            elif _ERROR.fullmatch(text):
                self._doubt("form_cell_error", field, text)

    def _choice(self) -> str:
        text = self._text(STAGE)
        choice = columns.choice_of(text)
        if not text:
            self._doubt("form_stage_missing", STAGE, "")
        elif not choice:
            self._doubt("form_stage_unread", STAGE, text)
        return choice

    # Numbers

    def _values(self) -> dict[str, float]:
        """The number of each target for which one is given."""
        values: dict[str, float] = {}
        for field, text in self._cells.items():
            if not field.startswith(VALUE) or text in _SAYS_NOTHING:
                continue
            target = self._target(field)
            if target is None:
                self._doubt("form_value_without_target", field, text)
                continue
            number = number_of(text, target.unit)
            if number is None or target.name in values:
                self._doubt("form_value_unread", field, text)
            else:
                values[target.name] = number
        return values

    def _target(self, field: str) -> Target | None:
        """The target that stands beside a number; where its name is gone, the one of its place."""
        name = self._text(field.replace(VALUE, TARGET))
        if name:
            by_words = {_close(target_in_words(target)): target for target in self._targets}
            return by_words.get(_close(name))
        is_first = field == columns.numbered(VALUE, 1)
        if is_first and len(self._targets) == 1:
            return self._targets[0]
        return None

    # Days

    def _until(self, is_done: bool) -> date | None:
        """The day until which a longer time is asked for."""
        text = self._text(UNTIL)
        why = self._text(WHY)
        has_reason = why not in _SAYS_NOTHING
        if text in _SAYS_NOTHING:
            if has_reason:
                self._doubt("form_until_missing", UNTIL, why)
            return None
        until = day_of(text, self._year)
        if until is None:
            self._doubt("form_until_unread", UNTIL, text)
        elif not has_reason:
            self._doubt("form_why_missing", WHY, why)
        elif is_done:
            self._doubt("form_done_and_extended", UNTIL, text)
        return until


def _close(text: str) -> str:
    normal = unicodedata.normalize("NFKC", visible(text))
    return _SPACE.sub("", normal)


def number_of(text: str, unit: str) -> float | None:
    """The number that a text is, alone or before its unit; None for anything else."""
    match = _NUMBER.fullmatch(_close(text))
    if match is None:
        return None
    digits, unit_written = match.groups()
    if unit_written not in ("", _close(unit)):
        return None
    return float(digits.replace(",", ""))


def day_of(text: str, year: int) -> date | None:
    """The one day that a text names."""
    window = deadlines.read(text, year)
    if window is None or window.start or window.ongoing or window.recurring:
        return None
    return window.due
