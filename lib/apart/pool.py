"""The processes that read, kept warm: as many as are asked at a time, and one at least."""

from __future__ import annotations

import contextlib
import logging
import os
import subprocess
import sys
import threading
import time
from enum import Enum
from pathlib import Path
from typing import IO, Final, TypeVar, cast

import psutil

from lib.apart.limits import IDLE, MEGABYTE, Limits
from lib.apart.message import Outcome, Request
from lib.errors import BoardError

Kind = TypeVar("Kind")

LOG: Final = logging.getLogger(__name__)
ROOT: Final = Path(__file__).resolve().parents[2]
MOST_PROCESSES: Final = 3  # that read at a time; who comes later waits
LOOK: Final = 0.05  # seconds between two looks at what a reading takes
SWOLLEN: Final = 400 * MEGABYTE  # a process that holds more is replaced by a fresh one
PIPE: Final = MEGABYTE  # bytes on their way
NICENESS: Final = 15  # of 19: what a process that gives way adds to that of the board
_LOW: Final = getattr(psutil, "BELOW_NORMAL_PRIORITY_CLASS", None)  # Windows
_CLOSING: Final = 10  # seconds that a process is given to end by itself
_NO_WINDOW: Final = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows: no console pops up


class End(Enum):
    """How a reading has ended that did not end well, by the code of its error."""

    TOO_LONG = "reading_too_long"
    TOO_MUCH = "reading_too_much"
    FAILED = "reading_failed"


class EndedError(Exception):
    """A reading has ended without a result."""

    def __init__(self, how: End) -> None:
        super().__init__(how)
        self.how = how


class Process:
    """A process that reads, one request at a time. swollen: bytes at which it has grown."""

    def __init__(self, swollen: int = SWOLLEN) -> None:
        self._swollen = swollen
        paths = filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")])
        python_path = os.pathsep.join(paths)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "lib.apart"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pipesize=PIPE,
            env=os.environ | {"PYTHONPATH": python_path},
            creationflags=_NO_WINDOW,
        )
        self._watched = psutil.Process(self._process.pid)
        self._gives_way = False

    @property
    def is_fit(self) -> bool:
        """Whether it can be asked again: it lives, and has not grown."""
        if self._process.poll() is not None:
            return False
        return _memory(self._watched) <= self._swollen

    def ask(self, request: Request, kind: type[Kind], limits: Limits) -> Kind:
        """Let it read something.

        Raises:
            BoardError: what the reading raises.
            EndedError: it has ended without a result.
        """
        from lib.apart import wire  # brings Arrow: a process is begun before that is loaded

        watch = _Watch(self._watched, limits)
        try:
            with watch:
                wire.Sender(cast(IO[bytes], self._process.stdin)).send(request)
                answers = cast(IO[bytes], self._process.stdout)
                outcome = wire.receive(Outcome, answers)
                if outcome.is_good:
                    return wire.receive(kind, answers, self._process.pid)
        except (OSError, wire.StreamError):
            self.end()
            LOG.info("A process that reads has ended: %s", self._process.returncode)
            raise EndedError(watch.verdict) from None
        except BaseException:  # the rest of the answer would be taken for the next one
            self.end()
            raise
        if outcome.failure:
            LOG.error("A reading has failed:\n%s", outcome.failure)
            raise EndedError(End.FAILED)
        raise BoardError(outcome.code, **outcome.details)

    def give_way(self) -> None:
        """Let whoever clicks come first, from now on."""
        if not self._gives_way:
            self._gives_way = True
            with contextlib.suppress(psutil.NoSuchProcess):
                self._watched.nice(_LOW or self._watched.nice() + NICENESS)

    def end(self) -> None:
        """Let it end, or end it."""
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):  # what was on its way to a dead one
                cast(IO[bytes], stream).close()
        try:
            self._process.wait(_CLOSING)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class _Watch(threading.Thread):
    """Looks at what a process takes, and ends it when that is too much."""

    def __init__(self, process: psutil.Process, limits: Limits) -> None:
        super().__init__(name="watch", daemon=True)
        self.verdict = End.FAILED
        self._process = process
        self._limits = limits
        self._is_over = threading.Event()

    def __enter__(self) -> None:
        self.start()

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self.join()

    def run(self) -> None:
        """Look until the reading is over."""
        try:
            self._look_on()
        except psutil.NoSuchProcess:
            return

    def _look_on(self) -> None:
        begin = time.monotonic()
        seconds_before = _seconds(self._process)
        memory_before = max(_memory(self._process), IDLE)
        most_memory = memory_before + self._limits.memory
        while not self._is_over.wait(LOOK):
            if _memory(self._process) > most_memory:
                self._end(End.TOO_MUCH)
            seconds = _seconds(self._process) - seconds_before
            if seconds > self._limits.seconds:
                self._end(End.TOO_LONG)
            clock_seconds = time.monotonic() - begin
            if clock_seconds > self._limits.clock_seconds:
                self._end(End.TOO_LONG)

    def _end(self, verdict: End) -> None:
        self.verdict = verdict
        self._process.kill()


def _seconds(process: psutil.Process) -> float:
    """The seconds of the processor that a process has taken."""
    times = process.cpu_times()
    return cast(float, times.user + times.system)


class Pool:
    """Processes that read: each is asked again, as long as it lives and has not grown.

    Everybody waits for the first reading, which therefore gives way to nobody; all others do.
    Nobody need close it: they end when nobody holds their streams any more.
    """

    def __init__(self, most: int = MOST_PROCESSES, swollen: int = SWOLLEN) -> None:
        self._swollen = swollen
        self._idle: list[Process] = []
        self._has_begun = False
        self._lock = threading.Lock()
        self._places = threading.Semaphore(most)

    def start(self) -> None:
        """Begin a process where none is idle, so that the next reading does not wait for it."""
        with self._lock:
            if not self._idle:
                self._idle.append(self._begin())

    def ask(self, request: Request, kind: type[Kind], limits: Limits) -> Kind:
        """Read something in one of the processes.

        Raises:
            BoardError: what the reading raises.
            EndedError: it has ended without a result.
        """
        with self._places:
            process = self._take()
            try:
                return process.ask(request, kind, limits)
            finally:
                process.give_way()
                self._put_back(process)

    def close(self) -> None:
        """End all that are idle."""
        with self._lock:
            while self._idle:
                self._idle.pop().end()

    def _take(self) -> Process:
        with self._lock:
            while self._idle:
                process = self._idle.pop()
                if process.is_fit:
                    return process
                process.end()
            return self._begin()

    def _begin(self) -> Process:
        """Begin a process; to be called under the lock."""
        process = Process(self._swollen)
        if self._has_begun:
            process.give_way()
        self._has_begun = True
        return process

    def _put_back(self, process: Process) -> None:
        if process.is_fit:
            with self._lock:
                self._idle.append(process)
            return
        process.end()
        self.start()


def _memory(process: psutil.Process) -> int:
    """The bytes that a process holds in memory."""
    return cast(int, process.memory_info().rss)


of_the_board: Final = Pool()
