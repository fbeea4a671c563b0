"""Measure the board beside the floor: ``make bench``, or ``python -m bench``.

Prints each ratio with its limit and aim, and writes them to bench/RESULTS.md. A part of the table (``--only``), a quick
look (``--quick``) or the self-test only prints, unless ``--out`` names a file. The exit status is 1 if a limit is not
kept or a row could not be measured.
"""

from __future__ import annotations

import argparse
import os
import shlex
import sys
import time
from pathlib import Path

from . import rows
from .report import Report, cells

HERE = Path(__file__).resolve().parent
BESIDE = ["growth", "memory", "notices"]
BUSY = 0.35  # load per core above which the machine has something else to do


def arguments() -> argparse.Namespace:
    names = [row.name for row in rows.TABLE] + BESIDE
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--only", metavar="NAME", action="append", choices=names, help=f"one of {', '.join(names)}"
    )
    parser.add_argument(
        "--quick", action="store_true", help="few repetitions and at most 10,000 measures: a look"
    )
    parser.add_argument(
        "--self-test", action="store_true", help="the floor plays the board: every ratio is about 1"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the results here")
    return parser.parse_args()


def measure(given: argparse.Namespace, report: Report) -> None:
    work = (
        HERE / ".work"
    )  # tables of a million rows take seconds to make, and are the same each time
    work.mkdir(exist_ok=True)
    setting = rows.Setting(work, given.quick, given.self_test, report.lines)
    wanted = given.only or [row.name for row in rows.TABLE] + BESIDE
    for row in rows.TABLE:
        if row.name not in wanted:
            continue
        print(f"{row.name}: {row.title}", flush=True)
        begin = time.monotonic()
        result, trouble = None, ""
        try:
            result = row.measure(setting)
        except Exception as error:  # a row that can't be measured must not cost the others
            trouble = f"{type(error).__name__}: {error}".strip()
            print(f"    {trouble}", flush=True)
            trouble = trouble.splitlines()[0]
        report.results.append((row, result, trouble))
        _, _, ours, theirs, ratio, limit, aim, words = cells(row, result, trouble)
        print(
            f"    {ratio}  ({ours} ÷ {theirs}; limit {limit}, aim {aim})  {words}",
            end="",
            flush=True,
        )
        print(f"  [{time.monotonic() - begin:.0f} s]", flush=True)
    if "growth" in wanted:
        print("growth", flush=True)
        report.growth = rows.growth(setting)
    if "memory" in wanted:
        print("memory", flush=True)
        report.memory = rows.memory(setting)
        print("\n".join(f"    {line}" for line in report.memory), flush=True)

    if "notices" in wanted:
        print("notices", flush=True)
        report.notices = rows.notices(setting)
        print("\n".join(f"    {line}" for line in report.notices), flush=True)


def main() -> int:
    given = arguments()
    load = os.getloadavg()[0] / (os.cpu_count() or 1) if hasattr(os, "getloadavg") else 0.0
    report = Report(shlex.join(["python", "-m", "bench", *sys.argv[1:]]), load)
    if load > BUSY:
        report.remarks.append(
            f"The machine was busy with something else (load {load:.2f} a core): measure again."
        )
        print(report.remarks[-1], flush=True)
    if given.self_test:
        report.remarks.append(
            "Self-test: the floor plays the board, so every ratio should be about 1."
        )
    if given.quick:
        report.remarks.append("Quick: few repetitions, 10,000 measures instead of 1,000,000.")
    measure(given, report)
    whole = not (given.only or given.quick or given.self_test)
    out = given.out or (HERE / "RESULTS.md" if whole else None)
    if out:
        out.write_text(report.markdown(), encoding="utf-8")
        print(f"written: {out}")
    return 1 if report.failed and not given.self_test else 0


if __name__ == "__main__":
    sys.exit(main())
