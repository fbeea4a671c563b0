"""A board with a clock of its own, which a test sets while the board runs.

`python -m tests.browser.clock FILE …` stands for `python -m …`: the clock begins at the moment that
the file says and goes on. A file that is written later sets it anew, and is taken away when it is set.
Only what asks for the day is moved, not what waits: sessions and time limits go on as they are.
libfaketime, which needs no program of ours, lets no Python after 3.10 sleep (0.9.10).
"""

from __future__ import annotations

import runpy
import sys
import time
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import Final
from zoneinfo import ZoneInfo

import time_machine

OFFICE: Final = ZoneInfo("Asia/Shanghai")
LOOK_EVERY: Final = 0.02  # seconds
PATIENCE: Final = 20  # seconds that a board may take to set its clock


class Clock:
    """The clock of a board. file: by which it is set."""

    def __init__(self, file: Path, moment: str) -> None:
        self.file = file
        self._write(moment)

    def set(self, moment: str) -> None:
        """Set it to a moment in the office's zone: 2026-02-03 09:00."""
        self._write(moment)
        end = time.monotonic() + PATIENCE
        while self.file.exists():
            if time.monotonic() > end:
                raise TimeoutError("The board does not set its clock")
            time.sleep(LOOK_EVERY)

    def _write(self, moment: str) -> None:
        begun = self.file.with_suffix(".new")
        begun.write_text(moment, "utf-8")
        begun.replace(self.file)


def _read(file: Path) -> datetime:
    return datetime.fromisoformat(file.read_text("utf-8")).replace(tzinfo=OFFICE)


def _follow(file: Path, traveller: time_machine.Traveller) -> None:
    while True:
        if file.exists():
            traveller.move_to(_read(file), tick=True)
            file.unlink()
        time.sleep(LOOK_EVERY)


def main() -> None:
    _, file, module, *arguments = sys.argv
    clock = Path(file)
    with time_machine.travel(_read(clock), tick=True) as traveller:
        clock.unlink()
        Thread(target=_follow, args=(clock, traveller), daemon=True).start()
        sys.argv = [module, *arguments]
        runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
