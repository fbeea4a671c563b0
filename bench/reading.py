"""One reading of one table in a process of its own: ``python -m bench.reading product|bare PATH WARM``.

WARM is a small table of the same kind that is read first, so that imports and thread pools are paid before the clock
starts. The peak is the process's largest resident size, imports included. Prints one line of JSON.
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


def product(path: Path) -> Any:
    from lib import measures

    return measures.read(path).rows


def bare(path: Path) -> Any:
    import pandas as pd

    return (
        pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path, engine="pyarrow")
    )


READERS: dict[str, Callable[[Path], Any]] = {"product": product, "bare": bare}


def peak_megabytes() -> float:
    """The largest resident size. VmHWM first: ``ru_maxrss`` counts the parent's too, across fork and exec."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 / 1e6
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("reader", choices=sorted(READERS))
    parser.add_argument("path", type=Path)
    parser.add_argument("warm", type=Path)
    given = parser.parse_args()
    read = READERS[given.reader]
    read(given.warm)
    begin = time.perf_counter()
    rows = len(read(given.path))
    taken = (time.perf_counter() - begin) * 1000
    print(json.dumps({"ms": taken, "peak": peak_megabytes(), "rows": rows}))


if __name__ == "__main__":
    main()
