"""One run of the bench: its tables, how often things are repeated, who plays the board."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import followed, servers
from bench.table import generate

NOTICE = servers.ROOT / "data" / "measures.csv"
TEN = 10
MILLION = 1_000_000
QUICK = 10_000  # measures, the most of a quick look
PROCESS_LIMIT = 1800  # seconds


@dataclass
class Setting:
    """One run of the bench.

    Args:
        folder: where the generated tables are kept.
        quick: few repetitions and at most 10,000 measures.
        self_test: the floor plays the board; polars and pandas play the product.
        lines: what is worth knowing beside the ratios.
    """

    folder: Path
    quick: bool = False
    self_test: bool = False
    lines: list[str] = field(default_factory=list)

    @property
    def largest(self) -> int:
        """The number of measures of a large table."""
        return QUICK if self.quick else MILLION

    @property
    def product(self) -> str:
        """Who reads a table as the product: see `bench.reading`."""
        return "bare" if self.self_test else "product"

    @property
    def flags(self) -> list[str]:
        """What a process of its own is told of this run."""
        return ["--self-test"] if self.self_test else []

    def times(self, usual: int, quick: int) -> int:
        """Give the number of repetitions."""
        return quick if self.quick else usual

    def table(self, rows: int, ending: str = "csv") -> Path:
        """Give a generated table, made once, and made anew when the generator has changed."""
        path = self.folder / f"{rows}-{_version_of_the_generator():08x}.{ending}"
        if not path.exists():
            generate.write(generate.table(rows), path)
        return path

    def followed(self, rows: int, events: int) -> Path:
        """Give the folder of a generated table with a ledger, made once; see `bench.followed`."""
        version = zlib.crc32(Path(followed.__file__).read_bytes(), _version_of_the_generator())
        folder = self.folder / f"followed-{rows}-{events}-{version:08x}"
        if not folder.exists():
            half_made = folder.with_suffix(".part")
            shutil.rmtree(half_made, ignore_errors=True)
            in_process("followed", rows, events, half_made)
            half_made.rename(folder)
        return folder

    def board(self, rows: int = TEN) -> servers.Part:
        """Give the board over so many measures.

        Ten are the notice's own list, so that the charts are full; more are a generated table.
        """
        if self.self_test:
            return servers.floor()
        if rows == TEN and NOTICE.exists():
            return servers.board(NOTICE)
        return servers.board(self.table(rows))

    def serve(self, rows: int = TEN) -> servers.Server:
        """Give the board as an office serves it, for the rows on sessions."""
        return servers.Server(self.board(rows), uvicorn=not self.self_test)

    def note(self, line: str) -> None:
        """Print a line, and keep it for the results."""
        self.lines.append(line)
        print(f"    {line}", flush=True)


def in_process(module: str, *arguments: object) -> dict[str, Any]:
    """Run one of our modules by itself, so that memory, threads and caches are its own.

    Returns:
        What it printed as JSON on its last line.

    Raises:
        RuntimeError: the module failed.
    """
    words = list(map(str, arguments))
    done = subprocess.run(
        [sys.executable, "-m", f"bench.{module}", *words],
        cwd=servers.ROOT,
        capture_output=True,
        text=True,
        timeout=PROCESS_LIMIT,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"bench.{module} {' '.join(words)}:\n{done.stderr[-1500:]}")
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def _version_of_the_generator() -> int:
    """Give a checksum of the modules that make a table."""
    folder = Path(generate.__file__).parent
    checksum = 0
    for path in sorted(folder.glob("*.py")):
        checksum = zlib.crc32(path.read_bytes(), checksum)
    return checksum
