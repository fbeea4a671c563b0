"""One reading of one table: ``python -m bench.reading product|bare PATH WARM``.

It runs in a process of its own. WARM is a small table of the same kind that is read first, so that
imports and thread pools are paid before the clock starts. The peak is the process's largest
resident size, imports included; the product's is that of its two processes together. Prints one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil


def product(path: Path) -> Any:
    """Read and check as the board does."""
    from lib.apart import reader

    return reader.table(path).rows


def bare(path: Path) -> Any:
    """Read with pandas and nothing else."""
    import pandas as pd

    if path.suffix == ".parquet":
        return pd.read_parquet(path)
    return pd.read_csv(path, engine="pyarrow")


READERS: dict[str, Callable[[Path], Any]] = {"product": product, "bare": bare}


def peak_megabytes() -> float:
    """Give the largest resident size, and that of a process that reads for this one with it."""
    alive = [str(child.pid) for child in psutil.Process().children()]
    return peak_of("self") + max(_ended(), *map(peak_of, alive), 0.0)


def _ended() -> float:
    """The largest resident size of the processes that have ended."""
    unit = 1 if sys.platform == "darwin" else 1024  # bytes
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit / 1e6


def peak_of(pid: str) -> float:
    """Give the largest resident size of a process.

    From VmHWM where it is: `ru_maxrss` counts the parent's too, across fork and exec.
    """
    status = Path(f"/proc/{pid}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    for line in lines:
        if line.startswith("VmHWM:"):
            _, kilobytes, _ = line.split()
            return int(kilobytes) * 1024 / 1e6
    unit = 1 if sys.platform == "darwin" else 1024  # bytes
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def main() -> None:
    """Read one table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("reader", choices=sorted(READERS))
    parser.add_argument("path", type=Path)
    parser.add_argument("warm", type=Path)
    options = parser.parse_args()
    read = READERS[options.reader]
    read(options.warm)
    begin = time.perf_counter()
    rows = len(read(options.path))
    milliseconds = (time.perf_counter() - begin) * 1000
    print(json.dumps({"ms": milliseconds, "peak": peak_megabytes(), "rows": rows}))


if __name__ == "__main__":
    main()
