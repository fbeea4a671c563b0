"""What a ledger costs beside the pages: ``python -m bench.following TABLE LEDGER``.

It works in a copy of the ledger: loads its journal, folds it on a day, folds it on days that nobody
has asked for, appends events one by one, and takes in what was added. Prints one line of JSON, ms and ms
of the processor for each time that something was done.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from lib import measures
from lib.ledger import acts, journal, lights, place, progress
from lib.ledger.acts import About
from lib.ledger.events import Draft
from lib.ledger.journal import Journal
from lib.ledger.store import Ledger
from lib.measures import Table

DAY = date(2020, 12, 15)
NEW_DAYS = 15  # days before it
APPENDS = 200  # for a p95
LATER = 10  # events

T = TypeVar("T")


class Cost(NamedTuple):
    """How long something took, and how much of it was work of the processor, in ms."""

    wall: float
    processor: float


def costs(path: Path, ledger: Ledger) -> dict[str, list[Cost]]:
    """Load, fold and later once, days and append several times; the costs of each."""
    table = measures.read(path)
    rules = lights.read(lights.preset(lights.DEFAULT))
    known, load = timed(partial(journal.load, ledger, place.zone()))
    _, fold = timed(partial(progress.of_table, table, known, DAY, rules))
    days = [DAY - timedelta(days=number) for number in range(1, NEW_DAYS + 1)]
    folds = [timed(partial(progress.of_table, table, known, day, rules)) for day in days]
    drafts = list(_reminders(table, known))
    appends = [timed(partial(ledger.append, [draft])) for draft in drafts]
    before = journal.load(ledger, place.zone(), known)
    ledger.append(list(_reminders(table, before))[:LATER])
    after, later = timed(partial(journal.load, ledger, place.zone(), before))
    if len(after) != len(before) + LATER:
        raise RuntimeError(f"{len(after) - len(before)} later events")
    return {
        "load": [load],
        "fold": [fold],
        "days": [cost for _, cost in folds],
        "append": [cost for _, cost in appends],
        "later": [later],
    }


def timed(work: Callable[[], T]) -> tuple[T, Cost]:
    """What some work gives, and what it costs."""
    begin, of_processor = time.perf_counter(), time.process_time()
    outcome = work()
    processor = time.process_time() - of_processor
    return outcome, Cost((time.perf_counter() - begin) * 1000, processor * 1000)


def _reminders(table: Table, known: Journal) -> Iterator[Draft]:
    """Events that may happen to any measure, to as many measures as there are appends."""
    labels = table.codes.lists
    for row in range(APPENDS):
        measure_id = str(table.codes.ids[row])
        about = About(
            labels.names[labels.codes[row]],
            measure_id,
            DAY,
            on_behalf="办公室",
            form=f"bench {known.head.seq}",
        )
        yield acts.remind(about, "请于本月25日前报送进展。")


def main() -> None:
    """Measure one ledger."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("table", type=Path)
    parser.add_argument("ledger", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.ledger.parent) as folder:
        copied = shutil.copy(options.ledger, folder)
        print(json.dumps(costs(options.table, Ledger(f"sqlite:///{copied}"))))


if __name__ == "__main__":
    main()
