"""What may be done in a ledger, each as the draft of an event: the board, forms and the terminal use these."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import msgspec

from lib.errors import BoardError
from lib.ledger.events import (
    Body,
    Draft,
    Event,
    Extension,
    Kind,
    Remark,
    Reminder,
    Renamed,
    Report,
    Rules,
    Source,
    Started,
)
from lib.ledger.periods import Period


@dataclass(frozen=True)
class About:
    """What an act is about, and where it comes from.

    Attributes:
        list: its label in the table.
        measure_id: empty where it is about the whole list.
        today: the office's day.
        on_behalf: the department for which it is written.
        form: what the form or dialogue is known by.
        after: seq of the last event of the measure that whoever acts has seen, 0 for none.
    """

    list: str
    measure_id: str
    today: date
    on_behalf: str = ""
    source: Source = Source.BOARD
    form: str = ""
    after: int = 0

    def draft(
        self, kind: Kind, body: Body, effective: date | None = None, period: str = ""
    ) -> Draft:
        """An event about it, which counts from today where no other day is said."""
        return Draft(
            kind=kind,
            list=self.list,
            measure_id=self.measure_id,
            body=body,
            effective=effective or self.today,
            period=period,
            on_behalf=self.on_behalf,
            source=self.source,
            form=self.form,
            after=self.after,
        )


def start(about: About, rule: Started) -> Draft:
    """Follow a list from today on.

    Raises:
        BoardError: act_due_day_invalid, act_first_period_invalid.
    """
    if not 1 <= rule.due_day <= 31:  # noqa: PLR2004 (days of a month)
        raise BoardError("act_due_day_invalid", n=rule.due_day)
    try:
        first = Period.of_code(rule.first_period)
    except ValueError:
        raise BoardError("act_first_period_invalid", period=rule.first_period) from None
    if first.cadence is not rule.cadence:
        raise BoardError("act_first_period_invalid", period=rule.first_period)
    return about.draft(Kind.STARTED, rule, period=first.code)


def report(about: About, period: Period, body: Report) -> Draft:
    """Report on a measure. What comes after its period counts for the period's last day.

    Raises:
        BoardError: act_value_invalid where a number is below zero or none.
    """
    for target, number in body.values.items():
        is_a_quantity = math.isfinite(number) and number >= 0
        if not is_a_quantity:
            raise BoardError("act_value_invalid", target=target, value=number)
    effective = min(about.today, period.last_day)
    kind = Kind.CORRECTED if body.corrects else Kind.REPORTED
    return about.draft(kind, body, effective, period.code)


def put_right(about: About, earlier: Event, body: Report) -> Draft:
    """Put a report right; it stays the report of its department and period.

    Raises:
        BoardError: act_nothing_put_right where both say the same; what `report` raises.
    """
    recorded = msgspec.json.decode(earlier.body, type=Report)
    right = msgspec.structs.replace(
        body,
        filled_by=recorded.filled_by,
        checked_by=recorded.checked_by,
        corrects=recorded.corrects,
    )
    if right == recorded:
        raise BoardError("act_nothing_put_right", period=earlier.period)
    of_department = dataclasses.replace(about, on_behalf=earlier.on_behalf)
    period = Period.of_code(earlier.period)
    correction = msgspec.structs.replace(right, corrects=earlier.id)
    return report(of_department, period, correction)


def claim(about: About, period: Period, done_on: date, text: str = "") -> Draft:
    """Say that a measure is done; the office then agrees or not.

    Raises:
        BoardError: act_done_in_future.
    """
    effective = _past(done_on, about)
    return about.draft(Kind.CLAIMED, Remark(text), effective, period.code)


def close(about: About, done_on: date, text: str = "") -> Draft:
    """Agree that a measure was done on a day; raises BoardError: act_done_in_future."""
    effective = _past(done_on, about)
    return about.draft(Kind.CLOSED, Remark(text), effective)


def _past(done_on: date, about: About) -> date:
    if done_on > about.today:
        raise BoardError("act_done_in_future", day=done_on.isoformat())
    return done_on


def give_back(about: About, why: str) -> Draft:
    """Return a claim; raises BoardError: act_reason_missing."""
    return about.draft(Kind.RETURNED, _reason(why))


def reopen(about: About, why: str) -> Draft:
    """Open what was closed, paused or cancelled; raises BoardError: act_reason_missing."""
    return about.draft(Kind.REOPENED, _reason(why))


def pause(about: About, why: str) -> Draft:
    """Let a measure rest; raises BoardError: act_reason_missing."""
    return about.draft(Kind.PAUSED, _reason(why))


def cancel(about: About, why: str) -> Draft:
    """Take a measure out of all shares; raises BoardError: act_reason_missing."""
    return about.draft(Kind.CANCELLED, _reason(why))


def ask_extension(about: About, due: date | None, until: date, why: str) -> Draft:
    """Ask for a later day.

    Args:
        due: the current day, None where there is none.

    Raises:
        BoardError: act_nothing_to_extend, act_extension_not_later, act_reason_missing.
    """
    reason = _reason(why)
    extension = _extension(due, until, reason.text)
    return about.draft(Kind.EXTENSION_ASKED, extension)


def grant_extension(about: About, due: date | None, until: date, text: str = "") -> Draft:
    """Give a later day; raises BoardError: act_nothing_to_extend, act_extension_not_later."""
    extension = _extension(due, until, text)
    return about.draft(Kind.EXTENSION_GRANTED, extension)


def refuse_extension(about: About, why: str) -> Draft:
    """Stay with the current day; raises BoardError: act_reason_missing."""
    return about.draft(Kind.EXTENSION_REFUSED, _reason(why))


def remind(about: About, text: str, of_what: tuple[str, ...] = ()) -> Draft:
    """Note that a department was reminded, in what words, and of what (`events.Reminder.about`)."""
    reminder = Reminder(about.on_behalf, text, of_what)
    return about.draft(Kind.REMINDED, reminder)


def change_rules(about: About, toml: str) -> Draft:
    """Note the rules of the lights that hold from today on."""
    return about.draft(Kind.RULES_CHANGED, Rules(toml))


def rename(about: About, ids: Mapping[str, str], list_was: str = "") -> Draft:
    """Say what the table calls otherwise from now on, so that what was recorded stays with it.

    Args:
        ids: the 编号 before → after.
        list_was: what the list of `about` was called, "" where it keeps its label.
    """
    renamed = Renamed(dict(ids), list_was)
    return about.draft(Kind.RENAMED, renamed)


def _extension(due: date | None, until: date, text: str) -> Extension:
    if due is None:
        raise BoardError("act_nothing_to_extend")
    if until <= due:
        raise BoardError("act_extension_not_later", until=until.isoformat(), due=due.isoformat())
    return Extension(until.isoformat(), text)


def _reason(why: str) -> Remark:
    if not why.strip():
        raise BoardError("act_reason_missing")
    return Remark(why)
