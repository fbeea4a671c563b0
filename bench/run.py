"""Measure the board beside the floor: ``make bench``, or ``python -m bench``.

Prints each ratio with its limit and aim, and writes them to bench/RESULTS.md. A part of the table
(``--only``), a quick look (``--quick``) or the self-test only prints, unless ``--out`` names a
file. The exit status is 1 if a limit is not kept or a row could not be measured.
"""

from __future__ import annotations

import argparse
import os
import shlex
import sys
import time
from pathlib import Path

from bench import rows
from bench.report import Line, Report
from bench.result import Measured, Row
from bench.rows import beside
from bench.setting import Setting

HERE = Path(__file__).resolve().parent
# Tables of a million rows take seconds to make, and are the same each time.
WORK = HERE / ".work"
BESIDE = ["growth", "memory", "notices"]
BUSY = 0.35  # load per core above which the machine has something else to do


def parse_arguments() -> argparse.Namespace:
    """Read the command line."""
    names = [row.name for row in rows.TABLE] + BESIDE
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--only",
        metavar="NAME",
        action="append",
        choices=names,
        help=f"one of {', '.join(names)}",
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help="few repetitions and at most 10,000 measures: a look",
    )
    parser.add_argument(
        "--self-test",
        action="store_true",
        help="the floor plays the board: every ratio is about 1",
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the results here")
    return parser.parse_args()


def measure(options: argparse.Namespace, report: Report) -> None:
    """Measure what was asked for, into the report."""
    WORK.mkdir(exist_ok=True)
    setting = Setting(WORK, options.quick, options.self_test, report.lines)
    names = options.only or [row.name for row in rows.TABLE] + BESIDE
    for row in rows.TABLE:
        if row.name in names:
            report.results.append(measure_row(row, setting))
    if "growth" in names:
        print("growth", flush=True)
        report.growth = beside.growth(setting)
    if "memory" in names:
        print("memory", flush=True)
        report.memory = beside.memory(setting)
        print_indented(report.memory)
    if "notices" in names:
        print("notices", flush=True)
        report.notices = beside.notices(setting)
        print_indented(report.notices)


def measure_row(row: Row, setting: Setting) -> Measured:
    """Measure one row; one that can't be measured must not cost the others."""
    print(f"{row.name}: {row.title}", flush=True)
    begin = time.monotonic()
    try:
        measured = Measured(row, row.measure(setting))
    except Exception as error:
        trouble = f"{type(error).__name__}: {error}".strip()
        print(f"    {trouble}", flush=True)
        measured = Measured(row, None, trouble.splitlines()[0])
    seconds = time.monotonic() - begin
    print(f"    {Line.of(measured)}  [{seconds:.0f} s]", flush=True)
    return measured


def print_indented(lines: list[str]) -> None:
    """Print lines below a heading."""
    for line in lines:
        print(f"    {line}", flush=True)


def load_of_the_machine() -> float:
    """Give the load a core in the last minute; 0 where the system does not tell."""
    if not hasattr(os, "getloadavg"):
        return 0.0
    last_minute, *_ = os.getloadavg()
    return last_minute / (os.cpu_count() or 1)


def main() -> int:
    """Run the bench; 1 if a limit is not kept."""
    options = parse_arguments()
    load = load_of_the_machine()
    report = Report(shlex.join(["python", "-m", "bench", *sys.argv[1:]]), load)
    if load > BUSY:
        report.remark(
            f"The machine was busy with something else (load {load:.2f} a core): measure again."
        )
    if options.self_test:
        report.remark("Self-test: the floor plays the board, so every ratio should be about 1.")
    if options.quick:
        report.remark("Quick: few repetitions, 10,000 measures instead of 1,000,000.")
    measure(options, report)

    is_whole = not (options.only or options.quick or options.self_test)
    out = HERE / "RESULTS.md" if is_whole else None
    if options.out:
        out = options.out
    if out:
        out.write_text(report.markdown(), encoding="utf-8")
        print(f"written: {out}")
    return 1 if report.failed and not options.self_test else 0


if __name__ == "__main__":
    sys.exit(main())
