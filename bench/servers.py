"""The servers that are measured, floor and board: each a process of its own on a loopback port."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import psutil

ROOT = Path(__file__).resolve().parent.parent
FLOOR = Path(__file__).resolve().parent / "floor"
HOST = "127.0.0.1"
START_LIMIT = 120.0  # seconds; a million rows are read and checked before the first answer


@dataclass(frozen=True)
class Part:
    """One of the two that are compared: what is started, and how its pages are known.

    Args:
        name: "floor" or "board": the key to what differs, in `browser.CLICKS` and `stream.CLICKS`.
        table: what the board reads; None for the floor.
        ledger: what it follows; None for the one beside the table, where there is one.
    """

    name: str
    folder: Path
    table: Path | None = None
    ledger: Path | None = None

    def command(self, port: int, *, uvicorn: bool) -> list[str]:
        """Give the command that serves the part: as an office does, or as it stands."""
        if uvicorn:
            flags = ["--host", HOST, "--port", str(port), "--log-level", "warning"]
            return [sys.executable, "-m", "uvicorn", "app:app", *flags]
        # Headless, and no usage statistics: a page without an outside host can't do without.
        flags = [
            f"--server.port={port}",
            f"--server.address={HOST}",
            "--server.headless=true",
            "--browser.gatherUsageStats=false",
        ]
        return [sys.executable, "-m", "streamlit", "run", "app.py", *flags]

    def environment(self) -> dict[str, str]:
        """Give the environment without settings of Streamlit's, and with the table."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("STREAMLIT_") and name not in {"MEASURES", "LEDGER"}
        }
        if self.table:
            kept["MEASURES"] = str(self.table.resolve())
        if self.ledger:
            kept["LEDGER"] = f"sqlite:///{self.ledger.resolve()}"
        return kept


def floor() -> Part:
    """The plainest page with four charts."""
    return Part("floor", FLOOR)


def board(table: Path, ledger: Path | None = None) -> Part:
    """The board over a table, which follows a ledger where one is given."""
    return Part("board", ROOT, table, ledger)


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A running server; leaving the ``with`` ends it and everything that it started.

    Args:
        started: `time.time()` just before the process was made.
        healthy: seconds from there to the first answer.
        warm: seconds from there until the board says that it has loaded its table; as `healthy`
            for the floor.
        wait_until_warm: not where a visitor is measured who comes at once.
    """

    part: Part
    uvicorn: bool = False
    port: int = field(default_factory=free_port)
    started: float = 0.0
    healthy: float = 0.0
    warm: float = 0.0
    wait_until_warm: bool = True

    def __enter__(self) -> Server:
        self._log = tempfile.TemporaryFile()
        self.started = time.time()
        self._process = subprocess.Popen(
            self.part.command(self.port, uvicorn=self.uvicorn),
            cwd=self.part.folder,
            env=self.part.environment(),
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )
        try:
            self._wait("/_stcore/health", _is_ok)
            self.healthy = self.warm = time.time() - self.started
            if self.wait_until_warm and self.part.name == "board":
                self._wait("/readyz", _is_warm)
                self.warm = time.time() - self.started
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            children = psutil.Process(self._process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            children = []
        self._process.terminate()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(5)
        for child in children:
            if child.is_running():
                child.kill()
        self._log.close()

    @property
    def address(self) -> str:
        """Where its pages are."""
        return f"http://{HOST}:{self.port}"

    def memory(self) -> float:
        """Give the resident memory of the server's processes in MB."""
        server = psutil.Process(self._process.pid)
        processes = [server, *server.children(recursive=True)]
        return sum(process.memory_info().rss for process in processes) / 1e6

    def log(self) -> str:
        """Give the end of what the server has printed."""
        self._log.seek(0)
        return self._log.read().decode("utf-8", "replace")[-2000:]

    def _wait(self, path: str, good: Callable[[bytes], bool]) -> None:
        end = time.time() + START_LIMIT
        while time.time() < end:
            if self._process.poll() is not None:
                raise RuntimeError(f"{self.part.name} ended at start:\n{self.log()}")
            try:
                with urllib.request.urlopen(self.address + path, timeout=30) as answer:
                    if good(answer.read()):
                        return
            except OSError:  # not listening yet, or 503 while it warms up
                pass
            time.sleep(0.01)
        raise RuntimeError(
            f"{self.part.name} did not answer {path} within {START_LIMIT:.0f} s:\n{self.log()}"
        )


def _is_ok(body: bytes) -> bool:
    return body.strip() == b"ok"


def _is_warm(body: bytes) -> bool:
    """Tell whether the board has loaded its table.

    A path that is unknown is answered with the page, which must not pass for it.
    """
    return bool(json.loads(body)["status"] != "starting")
