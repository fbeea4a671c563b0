"""Ledgers for tests: a table of a few measures, and what happens to them day by day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from lib import measures
from lib.ledger import acts, journal, lights, place, reporting, status, targets
from lib.ledger.acts import About
from lib.ledger.events import Asked, Cadence, Draft, Event, Month, Report, Stage, Started
from lib.ledger.periods import Period
from lib.ledger.store import Ledger
from tests.tables import table_of

LIST: Final = "2026 · 重点工作"
MONTHLY: Final = Started(Cadence.MONTH, 5, Month.NEXT, "2026-01", Asked.LEAD)
NOON_UTC: Final = 4  # o'clock, which is noon in the office's zone
ROWS: Final = """
    1,2026,重点工作,一,一（一）,建成职工书屋,张慧,组宣部、办公室,6月底前
    2,2026,重点工作,一,一（二）,开展技能竞赛,张慧,经济部,9月底前
    3,2026,重点工作,二,二（一）,走访困难职工,李强,保障部、组宣部,长期坚持
    4,2026,重点工作,二,二（二）,完成换届,李强,组宣部,12月底前
"""


class Office:
    """An office that keeps a ledger beside its table; each act stands on the day that is told."""

    def __init__(self, folder: Path, rows: str = ROWS) -> None:
        self.path = table_of(folder, rows)
        self.table = measures.read(self.path)
        self.ledger = Ledger(place.of_table(self.path))
        self.forms = 0

    def about(self, day: str, measure_id: str = "", **fields: Any) -> About:
        self.forms += 1
        fields = {"form": f"form {self.forms}", **fields}
        return About(LIST, measure_id, date.fromisoformat(day), **fields)

    def record(self, day: str, *drafts: Draft) -> list[Event]:
        """Record at noon of a day of the office."""
        moment = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)
        return self.ledger.append(drafts, int(moment.timestamp() + NOON_UTC * 3600) * 1_000_000)

    def start(self, day: str = "2026-01-05", rule: Started = MONTHLY) -> None:
        self.record(day, acts.start(self.about(day), rule))

    def report(
        self, day: str, measure_id: str, period: str, stage: Stage = Stage.UNDER_WAY, **texts: Any
    ) -> None:
        of_period = Period.of_code(period)
        self.record(
            day, acts.report(self.about(day, measure_id), of_period, Report(stage, **texts))
        )

    def close(self, day: str, measure_id: str, done_on: str = "") -> None:
        done = date.fromisoformat(done_on or day)
        self.record(day, acts.close(self.about(day, measure_id), done))

    def grant(self, day: str, measure_id: str, until: str) -> None:
        due = date(2026, 1, 1)
        about = self.about(day, measure_id)
        self.record(day, acts.grant_extension(about, due, date.fromisoformat(until)))

    def journal(self, earlier: journal.Journal | None = None) -> journal.Journal:
        return journal.load(self.ledger, place.zone(), earlier)

    def status(self, day: str) -> status.Status:
        return status.of_table(self.table, self.journal(), date.fromisoformat(day))

    def reporting(self, day: str) -> reporting.Reporting:
        return reporting.of_table(self.table, self.journal(), self.status(day))

    def facts(self, day: str) -> lights.Facts:
        on_day = self.status(day)
        behind = targets.behind(self.table, on_day, self._reached(day))
        return lights.facts(on_day, self.reporting(day), behind)

    def _reached(self, day: str) -> targets.Reached:
        of_supporters = self.reporting(day).supporters.is_said_by
        return targets.reached(self.journal(), self.status(day), of_supporters)

    def reached(self, day: str) -> dict[tuple[int, str], float]:
        """The last number of each target that has one, by row and name."""
        reached, codes = self._reached(day), self.status(day).code.tolist()
        numbers = {
            (target.row, target.name): reached.one(codes[target.row], target.name)
            for target in targets.of_table(self.table)
        }
        return {key: number for key, number in numbers.items() if number is not None}

    def lights(self, day: str, preset: str = lights.DEFAULT) -> list[str]:
        """The mark of each measure's light, a space where it has none."""
        rules = lights.read(lights.preset(preset))
        of_rows = lights.of_rows(rules, self.status(day), self.facts(day))
        return [" " if place < 0 else rules.light[place].mark for place in of_rows.tolist()]
