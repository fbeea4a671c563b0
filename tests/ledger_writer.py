"""A program that writes to a ledger, for tests that end it: `ledger_writer.py ADDRESS NAME COUNT [STOP]`.

It prints the seq of each event that the ledger has acknowledged. With STOP it kills itself at that many
statements of its own, wherever that is: before a lock, between insert and commit, in the migration.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import date

from sqlalchemy import event
from sqlalchemy.engine import Engine

from lib.ledger import acts
from lib.ledger.acts import About
from lib.ledger.events import Report, Stage
from lib.ledger.periods import Period
from lib.ledger.store import Ledger


def main(address: str, name: str, count: int, stop: int) -> None:
    if stop:
        _kill_after(stop)
    ledger = Ledger(address)
    for number in range(count):
        about = About("清单", f"{name}-{number}", date(2026, 1, 31), form=f"{name} {number}")
        report = acts.report(
            about, Period.of_code("2026-01"), Report(Stage.UNDER_WAY, did="做" * 50)
        )
        (recorded,) = ledger.append([report])
        sys.stdout.write(f"{recorded.seq}\n")
        sys.stdout.flush()


def _kill_after(statements: int) -> None:
    left = [statements]

    def count(*_: object) -> None:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", count)
    event.listen(Engine, "commit", count)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int([*sys.argv, "0"][4]))
