"""The servers that are measured, each a process of its own on a loopback port: the floor and the board."""

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
    """One of the two that are compared: what is started, and how its pages are known."""

    name: str  # "floor" or "board": the key to everything that differs, see browser.CLICKS and stream.CLICKS
    folder: Path
    table: Path | None = None

    def command(self, port: int, uvicorn: bool) -> list[str]:
        if uvicorn:
            served = [
                "uvicorn",
                "app:app",
                "--host",
                HOST,
                "--port",
                str(port),
                "--log-level",
                "warning",
            ]
            return [sys.executable, "-m", *served]
        # Headless, and no usage statistics: the one setting that a page without an outside host can't do without.
        options = {"server.port": port, "server.address": HOST, "server.headless": "true"}
        flags = [f"--{key}={value}" for key, value in options.items()]
        return [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            "app.py",
            *flags,
            "--browser.gatherUsageStats=false",
        ]

    def environment(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("STREAMLIT_")}
        kept.pop("MEASURES", None)
        return kept | ({"MEASURES": str(self.table.resolve())} if self.table else {})


def floor() -> Part:
    return Part("floor", FLOOR)


def board(table: Path) -> Part:
    return Part("board", ROOT, table)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A running server; leaving the ``with`` ends it and everything that it started."""

    part: Part
    uvicorn: bool = False
    port: int = field(default_factory=free_port)
    started: float = 0.0  # time.time() just before the process was made
    healthy: float = 0.0  # seconds from there to the first answer
    warm: float = 0.0  # seconds from there until the board has loaded its table and says so; `healthy` for the floor
    wait_until_warm: bool = True  # not where a visitor is measured who comes at once

    def __enter__(self) -> Server:
        self._log = tempfile.TemporaryFile()
        self.started = time.time()
        self._process = subprocess.Popen(
            self.part.command(self.port, self.uvicorn),
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
                self._wait("/healthz", _is_warm)
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
            family = [*psutil.Process(self._process.pid).children(recursive=True)]
        except psutil.NoSuchProcess:
            family = []
        self._process.terminate()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(5)
        for child in family:
            if child.is_running():
                child.kill()
        self._log.close()

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    def memory(self) -> float:
        """Resident memory of the server's processes in MB."""
        whole = psutil.Process(self._process.pid)
        return sum(p.memory_info().rss for p in [whole, *whole.children(recursive=True)]) / 1e6

    def log(self) -> str:
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
    """The board's own health; a path that is unknown is answered with the page, which must not pass for it."""
    return bool(json.loads(body)["status"] != "starting")
