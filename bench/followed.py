"""A table of invented measures that are followed: ``python -m bench.followed ROWS EVENTS FOLDER``.

Its lists are started at the begin of 2020; in that year its departments report, claim and ask for
later days, and the office answers. One measure in ten has a target. The same seed gives the same
events, to the byte of their hashes.
"""

from __future__ import annotations

import argparse
import csv
import json
import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from bench.table import generate
from lib import measures
from lib.ledger import acts, events
from lib.ledger.acts import About
from lib.ledger.events import Cadence, Draft, Event, Kind, Month, Report, Stage, Started
from lib.ledger.periods import Period
from lib.ledger.store import Ledger
from lib.measures import milestones_path
from lib.measures.schema import MILESTONE_COLUMNS

TABLE = "measures.csv"
LEDGER = "events.db"  # not where the board looks by itself, so that it runs with it and without
SEED = 2020

START = date(2020, 1, 5)
RULE = Started(Cadence.MONTH, 5, Month.NEXT, "2020-01")
FIRST_DAY, LAST_DAY = 30, 345  # after the start, on which something happens
NOON = 4 * 3600  # seconds in UTC
SECOND = 1_000_000  # microseconds
LATER = timedelta(days=60)  # by which a day is extended
MEASURES_A_TARGET = 10
TARGETS = ("示范点", "惠及群众", "培训人次", "办结事项", "整改问题")
TARGET = 60
NO_NEWS = 0.2  # share of reports

# How a measure's events end after its reports, and how often
ENDINGS: dict[tuple[Kind, ...], float] = {
    (): 0.45,
    (Kind.CLAIMED, Kind.CLOSED): 0.3,
    (Kind.EXTENSION_ASKED, Kind.EXTENSION_GRANTED): 0.1,
    (Kind.CLAIMED, Kind.RETURNED): 0.05,
    (Kind.CLAIMED,): 0.05,
    (Kind.PAUSED,): 0.03,
    (Kind.CANCELLED,): 0.02,
}
BYTES_OF_ID = 16
IN_WORDS = {Kind.RETURNED: acts.give_back, Kind.PAUSED: acts.pause, Kind.CANCELLED: acts.cancel}
DID = (
    "印发实施方案，召开动员会，明确时间表和责任人，建立周调度、月通报机制，逐项分解到科室和个人。",
    "完成实地调研{n}次，收集意见{n}条，已逐条回复；对梳理出的共性问题制定整改清单，明确完成时限。",
    "开展活动{n}场，参加职工{m}人次，发放宣传资料{m}份，现场解答咨询{n}件，群众满意度较上期提高。",
    "与协作单位对接，落实场地和经费，第{n}批物资到位；同步启动人员培训，累计培训{m}人次。",
    "完成阶段任务，形成小结报办公室；下一步按计划推进验收准备工作，确保年底前全面完成。",
)


class Measure(NamedTuple):
    """A measure of the table. target: what its reports give a number for, "" for none."""

    id: str
    list: str
    target: str


class Step(NamedTuple):
    """One thing that happens to a measure. chance: a number, by which its texts are chosen."""

    measure: Measure
    kind: Kind
    day: date
    chance: int


Told = tuple[date, Draft]  # and the day of it


def make(rows: int, count: int, folder: Path, seed: int = SEED) -> None:
    """Write a table, its milestones and its ledger into a folder. count: of the events."""
    folder.mkdir(parents=True)
    path = folder / TABLE
    generate.write(generate.table(rows), path)
    _write_milestones(path)
    followed = _measures(path)
    lists = sorted({measure.list for measure in followed})
    rng = np.random.default_rng(seed)
    steps = _steps(followed, count - len(lists), rng)
    told = [*_starts(lists), *((step.day, _draft(step)) for step in steps)]
    chain = list(_chain(told, rng))
    Ledger(f"sqlite:///{folder / LEDGER}").take_in(chain)


def _write_milestones(path: Path) -> None:
    """Give one measure in ten a target."""
    ids = measures.read(path).codes.ids.to_pylist()
    with milestones_path(path).open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(MILESTONE_COLUMNS.values())
        for place in range(0, len(ids), MEASURES_A_TARGET):
            name = TARGETS[place % len(TARGETS)]
            writer.writerow([ids[place], "", name, TARGET, "个"])


def _measures(path: Path) -> list[Measure]:
    """The measures of a table that stand in a list, each number once."""
    table = measures.read(path)
    targets = dict(zip(*_columns(table, "measure_id", "milestone"), strict=True))
    labels = table.codes.lists
    by_id = dict(zip(table.codes.ids.to_pylist(), labels.codes.tolist(), strict=True))
    return [
        Measure(name, labels.names[code], targets.get(name, ""))
        for name, code in by_id.items()
        if code >= 0
    ]


def _columns(table: measures.Table, *names: str) -> list[list[str]]:
    return [table.milestone_columns[name].to_pylist() for name in names]


# --- what happens ---------------------------------------------------------------------------------


def _steps(followed: Sequence[Measure], count: int, rng: np.random.Generator) -> Iterator[Step]:
    """So many things that happen to measures by chance, day by day."""
    measure = np.sort(rng.integers(len(followed), size=count))
    day = rng.integers(FIRST_DAY, LAST_DAY, size=count)
    day = day[np.lexsort((day, measure))]  # of each measure in order
    kinds = _kinds(np.bincount(measure, minlength=len(followed)), rng)
    chance = rng.integers(2**31, size=count)
    for place in np.argsort(day, kind="stable").tolist():
        yield Step(
            followed[measure[place]],
            kinds[place],
            START + timedelta(days=int(day[place])),
            int(chance[place]),
        )


def _kinds(counts: np.ndarray, rng: np.random.Generator) -> list[Kind]:
    """The kinds of what happens to each measure: reports, then how it ends.

    Args:
        counts: how many events each measure has.
    """
    endings = list(ENDINGS)
    chosen = rng.choice(len(endings), size=len(counts), p=list(ENDINGS.values()))
    kinds: list[Kind] = []
    for count, place in zip(counts.tolist(), chosen.tolist(), strict=True):
        ending = endings[place] if len(endings[place]) <= count else ()
        kinds += [Kind.REPORTED] * (count - len(ending))
        kinds += ending
    return kinds


def _starts(lists: Sequence[str]) -> Iterator[Told]:
    for name in lists:
        yield START, acts.start(About(name, "", START, form=f"start {name}"), RULE)


def _draft(step: Step) -> Draft:
    """What happens, as the board would draft it."""
    day, text = step.day, f"第{step.chance}号"
    about = About(step.measure.list, step.measure.id, day, form=str(step.chance))
    period = Period.of_day(day.replace(day=1) - timedelta(days=1), Cadence.MONTH)
    match step.kind:
        case Kind.REPORTED:
            return acts.report(about, period, _report(step))
        case Kind.CLAIMED:
            return acts.claim(about, period, day, text)
        case Kind.CLOSED:
            return acts.close(about, day, text)
        case Kind.EXTENSION_ASKED:
            return acts.ask_extension(about, day, day + LATER, text)
        case Kind.EXTENSION_GRANTED:
            return acts.grant_extension(about, day, day + LATER, text)
        case _:
            return IN_WORDS[step.kind](about, text)


def _report(step: Step) -> Report:
    share = step.chance / 2**31
    if share < NO_NEWS:
        return Report(Stage.NO_NEWS)
    did = DID[step.chance % len(DID)].format(n=step.chance % 9 + 1, m=step.chance % 400 + 40)
    target = step.measure.target
    values = {target: float(step.chance % TARGET)} if target else {}
    return Report(Stage.UNDER_WAY, did=did, values=values)


# --- as events ------------------------------------------------------------------------------------


def _chain(told: Sequence[Told], rng: np.random.Generator) -> Iterator[Event]:
    """The events that drafts become, each chained to the one before it, with ids of the seed."""
    numbers = rng.bytes(BYTES_OF_ID * len(told))
    last: Event | None = None
    for place, (day, draft) in enumerate(told):
        made = events.of_draft(draft, last, _noon(day) + place)
        number = uuid.UUID(
            bytes=numbers[BYTES_OF_ID * place : BYTES_OF_ID * (place + 1)], version=4
        )
        named = msgspec.structs.replace(made, id=str(number))
        last = msgspec.structs.replace(named, hash=events.hash_of(named))
        yield last


def _noon(day: date) -> int:
    """Noon in the office's zone, in microseconds."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return (int(midnight.timestamp()) + NOON) * SECOND


def main() -> None:
    """Make a followed table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", type=int, metavar="ROWS")
    parser.add_argument("events", type=int, metavar="EVENTS")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="is made")
    options = parser.parse_args()
    make(options.rows, options.events, options.folder)
    print(json.dumps({"events": options.events}))


if __name__ == "__main__":
    main()
