"""All that the ledger says of a table on a day, at one door: status, reports, lights."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from lib.ledger import chase, completion, lights, reminders, reporting, selection, targets
from lib.ledger import status as statuses
from lib.ledger.chase import Reason
from lib.ledger.journal import Journal
from lib.ledger.lights import NO_LIGHT, Facts, Light, Rules
from lib.ledger.lists import Reminded
from lib.ledger.reminders import Desk, Waiting
from lib.ledger.reporting import Reporting
from lib.ledger.selection import LIGHT, Word
from lib.ledger.status import Status
from lib.ledger.store import Head
from lib.ledger.targets import Reached, Target
from lib.measures import Table
from lib.measures.arrays import Bools, Ints

# What has no light, in the order of `Progress.kind`
WITHOUT_LIGHT: Final = ("cancelled", "unfollowed")


@dataclass(frozen=True)
class Progress:
    """What is known of a table's measures on a day.

    reached: the last number of each target that has one.
    reminders: those that were recorded by the day.
    light: of each row, as an index into the rules.
    """

    table: Table
    head: Head
    status: Status
    reporting: Reporting
    facts: Facts
    reached: Reached
    reminders: tuple[Reminded, ...]
    rules: Rules
    light: Ints

    def rows(self, word: Word, rows: Ints | None) -> Ints:
        """The positions among some rows that a word means; None for all rows."""
        fits = self._fits(word)
        if rows is None:
            return np.flatnonzero(fits)
        is_meant = fits[rows]
        return rows[is_meant]

    def _fits(self, word: Word) -> Bools:
        """For each row of the table whether a word means it."""
        if word.name != LIGHT:
            return selection.rows_of(word, self.status, self.reporting, self.reasons)
        marks = [light.mark for light in self.rules.light]
        if word.about not in marks:
            return np.zeros(len(self.light), bool)
        fits: Bools = self.light == marks.index(word.about)
        return fits

    @cached_property
    def kind(self) -> Ints:
        """What each row is counted as: the place of its light, after the lights `WITHOUT_LIGHT`."""
        cancelled = len(self.rules.light)
        without = np.where(self.status.followed, cancelled, cancelled + 1)
        return np.where(self.light == NO_LIGHT, without, self.light)

    def count(self, word: Word, rows: Ints | None) -> int:
        """How many of some rows a word means."""
        return len(self.rows(word, rows))

    def light_of(self, row: int) -> Light | None:
        """The light of a row, None where it has none."""
        place = int(self.light[row])
        if place == NO_LIGHT:
            return None
        return self.rules.light[place]

    @cached_property
    def targets(self) -> dict[int, list[Target]]:
        """The targets of each row that has any: `targets.by_row`."""
        return targets.by_row(self.table)

    def number(self, row: int, target: str) -> float | None:
        """The last number that was reported for a target of a row, by its name; None for none."""
        code = int(self.status.code[row])
        return self.reached.one(code, target)

    @cached_property
    def reasons(self) -> chase.Reasons:
        """For each row whether there is each reason to chase it: `chase.reasons`."""
        return chase.reasons(self.status, self.reporting, self.facts)

    def reasons_of(self, row: int) -> list[Reason]:
        """The reasons to chase one row, the most pressing first."""
        return [reason for reason, holds in self.reasons.items() if holds[row]]

    @cached_property
    def silent_support(self) -> dict[int, list[str]]:
        """For each row the supporting departments whose last report is missing."""
        missing = chase.missing_of_support(self.table, self.reporting, self.status.as_of)
        return {row: list(departments) for row, departments in missing.items()}

    def chased(self, rows: Ints | None) -> pd.DataFrame:
        """Whom to chase among some rows: `chase.listing`."""
        return chase.listing(self.reasons, self.status.due, rows)

    def waiting(self, rows: Ints | None) -> list[Waiting]:
        """What waits for each department that is to act on any of some rows: `reminders.of_departments`."""
        desk = Desk(self.table, self.status, self.reporting, self.reasons, self.reminders)
        positions = self.chased(rows)["position"]
        return reminders.of_departments(desk, positions.to_numpy())

    def totals(self, rows: Ints | None) -> dict[str, int]:
        """How much of some rows is done: `completion.total`."""
        return completion.total(self.status, rows)

    def by_department(self, rows: Ints | None) -> pd.DataFrame:
        """How much each leading department has done: `completion.by_department`."""
        return completion.by_department(self.table, rows, self.status)

    def by_leader(self, rows: Ints | None) -> pd.DataFrame:
        """How much is done of what each leader carries: `completion.by_leader`."""
        return completion.by_leader(self.table, rows, self.status)

    def reports(self, rows: Ints | None) -> pd.DataFrame:
        """Who reported in which period: `reporting.by_department`."""
        return reporting.by_department(self.table, rows, self.reporting)


def of_table(
    table: Table, journal: Journal, as_of: date, rules: Rules, codes: Ints | None = None
) -> Progress:
    """What a ledger says of a table on a day.

    Args:
        rules: of the lights.
        codes: of `status.measure_codes`, where they are at hand.
    """
    status = statuses.of_table(table, journal, as_of, codes)
    reports = reporting.of_table(table, journal, status)
    reached = targets.reached(journal, status, reports.supporters.is_said_by)
    behind = targets.behind(table, status, reached)
    facts = lights.facts(status, reports, behind)
    known_reminders = [reminder for reminder in journal.reminders if reminder.known <= as_of]
    return Progress(
        table=table,
        head=journal.head,
        status=status,
        reporting=reports,
        facts=facts,
        reached=reached,
        reminders=tuple(known_reminders),
        rules=rules,
        light=lights.of_rows(rules, status, facts),
    )
