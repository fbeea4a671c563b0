"""What a department is reminded of, as one text to be sent to it by whatever the office sends things by."""

from __future__ import annotations

from datetime import date
from typing import Final

from lib.answers.sentences.conditions import period
from lib.answers.sentences.phrases import day
from lib.i18n import Translator
from lib.ledger.chase import Reason
from lib.ledger.reminders import REMINDED_OF, Duty, Waiting
from lib.measures import Table
from lib.text import workdays
from lib.text.excerpts import excerpt

LISTED: Final = 20  # measures for one reason; the text says how many more there are
LONGEST_TITLE: Final = 60  # characters


def reminder(waiting: Waiting, table: Table, as_of: date, until: date, t: Translator) -> str:
    """What is late, due soon and not reported, by when, and what to send until a day."""
    department = waiting.department + t("text.colon").rstrip()
    lines = [department, t("progress.remind.opening", day=day(as_of, t))]
    for reason in REMINDED_OF:
        duties = waiting.of(reason)
        if duties:
            lines += ["", *_of_reason(reason, duties, table, as_of, t)]
    lines += ["", _what_to_send(waiting, until, t)]
    if waiting.last:
        lines.append(t("progress.remind.last", day=day(waiting.last, t)))
    return "\n".join(lines)


def _of_reason(
    reason: Reason, duties: list[Duty], table: Table, as_of: date, t: Translator
) -> list[str]:
    """How many duties there are for one reason, then each of them."""
    lines = [t(f"progress.remind.heading.{reason.name.lower()}", n=len(duties))]
    colon = t("text.colon")
    titles = table.codes.titles
    for number, duty in enumerate(duties[:LISTED], 1):
        title = titles[duty.row].as_py()
        short_title = excerpt(title, LONGEST_TITLE)
        by_when = _by_when(duty, as_of, t)
        lines.append(f"{number}. {short_title}{colon}{by_when}")
    more = len(duties) - LISTED
    if more > 0:
        lines.append(t("progress.remind.more", n=more))
    return lines


def _by_when(duty: Duty, as_of: date, t: Translator) -> str:
    due = day(duty.day, t)
    if duty.reason is Reason.LATE:
        passed = as_of - duty.day
        return t("progress.remind.late", day=due, n=passed.days)
    if duty.reason is Reason.DUE_SOON:
        left = workdays.between(as_of, duty.day)
        return t("progress.remind.due_soon", day=due, n=left)
    asked = period(duty.period, t)
    return t("progress.remind.silent", day=due, period=asked)


def _what_to_send(waiting: Waiting, until: date, t: Translator) -> str:
    asked: list[str] = []
    for reason in REMINDED_OF:
        if waiting.of(reason):
            name = reason.name.lower()
            asked.append(t(f"progress.remind.send.{name}"))
    what = t("text.semicolon").join(asked)
    return t("progress.remind.answer", day=day(until, t), what=what)
