"""Whom to remind of what: what each department leads that is late, due soon or not reported on, and of
what it supports the reports that it owes itself.

What waits for the office itself (a claim, an extension that is asked for) is no department's to do, and
what a department was reminded of today waits until tomorrow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Final, NamedTuple

from lib.errors import BoardError
from lib.ledger import acts, chase
from lib.ledger.acts import About
from lib.ledger.chase import Reason, Reasons
from lib.ledger.events import Draft
from lib.ledger.lists import Reminded
from lib.ledger.reporting import Reporting
from lib.ledger.states import State
from lib.ledger.status import Round, Status
from lib.measures import Table
from lib.measures.arrays import Ints

OF_LEAD: Final = (Reason.LATE, Reason.DUE_SOON, Reason.SILENT)
REMINDED_OF: Final = (*OF_LEAD, Reason.SUPPORT_SILENT)


class Duty(NamedTuple):
    """What a department is to do: of which row of the table, and why.

    Attributes:
        about: the reason and the measure, as an event keeps them.
        day: by which it was to be done.
        period: of the report that is missing, "" where it is about no report.
    """

    reason: Reason
    row: int
    about: str
    day: date
    period: str


@dataclass(frozen=True)
class Waiting:
    """What waits for a department, and when it was reminded before.

    Attributes:
        duties: of which it was not reminded today; none where it was reminded of all.
        last: the day of the last reminder, None before the first.
        this_month: how many times it was reminded in the month of the day.
    """

    department: str
    duties: tuple[Duty, ...]
    last: date | None
    this_month: int

    def of(self, reason: Reason) -> list[Duty]:
        """The duties for one reason."""
        return [duty for duty in self.duties if duty.reason is reason]


class Desk(NamedTuple):
    """What is known on a day. reasons: `chase.reasons`; reminders: those recorded by then."""

    table: Table
    status: Status
    reporting: Reporting
    reasons: Reasons
    reminders: Sequence[Reminded]


def of_departments(desk: Desk, rows: Ints) -> list[Waiting]:
    """What waits for each department that is to act on any of some rows, in their order.

    rows: to be chased, the most pressing first.
    """
    duties_of: dict[str, list[Duty]] = {}
    for department, duty in _duties(desk, rows):
        duties_of.setdefault(department, []).append(duty)
    return [_waiting(desk, department, duties) for department, duties in duties_of.items()]


def _duties(desk: Desk, rows: Ints) -> Iterator[tuple[str, Duty]]:
    """Each duty, and whose it is."""
    as_of = desk.status.as_of
    missing = chase.missing_rounds(desk.reporting, as_of)
    missing_support = chase.missing_of_support(desk.table, desk.reporting, as_of)
    is_claimed = desk.status.state[rows] == State.CLAIMED
    for row in rows[~is_claimed].tolist():
        of_lead = [*_of_lead(desk, row, missing)]
        if of_lead:
            yield from product(desk.table.codes.lead.of(row), of_lead)
        if desk.reasons[Reason.SUPPORT_SILENT][row]:
            for department, of_round in missing_support[row].items():
                duty = _of_report(desk, Reason.SUPPORT_SILENT, row, of_round)
                yield department, duty


def _of_lead(desk: Desk, row: int, missing: Mapping[int, Round]) -> Iterator[Duty]:
    for reason in OF_LEAD:
        if not desk.reasons[reason][row]:
            continue
        if reason is Reason.SILENT:
            yield _of_report(desk, reason, row, missing[row])
        else:
            about = _about(desk, reason, row)
            day = desk.status.due[row].astype(object)
            yield Duty(reason, row, about, day, period="")


def _of_report(desk: Desk, reason: Reason, row: int, of_round: Round) -> Duty:
    about = _about(desk, reason, row)
    return Duty(reason, row, about, of_round.due, of_round.period.code)


def _about(desk: Desk, reason: Reason, row: int) -> str:
    measure_id = desk.table.codes.ids[row].as_py()
    return f"{reason.name.lower()}:{measure_id}"


def _waiting(desk: Desk, department: str, duties: Sequence[Duty]) -> Waiting:
    today = desk.status.as_of
    reminders = [reminder for reminder in desk.reminders if reminder.to == department]
    days = [reminder.known for reminder in reminders]
    months = [_month(day) for day in days]
    reminded_of = said_on(reminders, department, today)
    waiting = [duty for duty in duties if duty.about not in reminded_of]
    return Waiting(
        department=department,
        duties=tuple(waiting),
        last=days[-1] if days else None,
        this_month=months.count(_month(today)),
    )


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def said_on(reminders: Sequence[Reminded], department: str, day: date) -> set[str]:
    """Of what a department was reminded on a day."""
    about: set[str] = set()
    for reminder in reminders:
        if reminder.to == department and reminder.known == day:
            about.update(reminder.about)
    return about


def draft(about: About, waiting: Waiting, text: str, reminders: Sequence[Reminded]) -> Draft:
    """The event that a department was reminded.

    Args:
        text: in which words.
        reminders: as they are known now; whoever has drawn the page may have seen fewer.

    Raises:
        BoardError: act_already_reminded where this was done meanwhile.
    """
    today, department = about.today, waiting.department
    of_what = tuple(duty.about for duty in waiting.duties)
    reminded_of = said_on(reminders, department, today)
    if not reminded_of.isdisjoint(of_what):
        day = today.isoformat()
        raise BoardError("act_already_reminded", department=department, day=day)
    return acts.remind(about, text, of_what)
