"""python -m lib import FILE …: a notice, or a folder of them, to a table or JSON."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from lib import errors, i18n
from lib.errors import BoardError, Problem
from lib.i18n import Translator
from lib.measures import milestones_path
from lib.notices import draft
from lib.notices.model import FIELDS, Cell, Measure, Milestone, Notice, Source, Unplaced
from lib.notices.output import reason, to_table, write
from lib.text.deadlines import Window

# Exit codes
READ: Final = 0
TO_CHECK: Final = 1
UNREADABLE: Final = 2

Read = Callable[[Path, int | None], Notice]  # the list's year, where it is known
KINDS: Final = frozenset(
    {".docx", ".txt", ".html", ".htm", ".csv", ".pdf", ".doc", ".wps"}
    | {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et"}
)
_NOT_DOCUMENTS: Final = ("~$", ".")  # how Word's lock files and hidden files begin


def add_parser(commands: Any, t: Translator, read: Read) -> None:
    """Add `import` to a program's commands; `run(arguments, t)` does it.

    Args:
        read: how a notice is read.
    """
    about = t("notice.cli.about")
    parser = commands.add_parser("import", help=about, description=about)
    parser.add_argument("file", metavar="FILE", type=Path, help=t("notice.cli.file"))
    parser.add_argument("-o", "--output", metavar="OUT", type=Path, help=t("notice.cli.output"))
    parser.add_argument("--milestones", metavar="OUT", type=Path, help=t("notice.cli.milestones"))
    parser.add_argument("--year", metavar="Y", type=int, help=t("notice.cli.year"))
    parser.add_argument(
        "--format", choices=("table", "json"), default="table", help=t("notice.cli.format")
    )
    parser.add_argument("--lang", choices=i18n.LANGUAGES, help=t("notice.cli.lang"))
    parser.set_defaults(run=partial(run, read))


def run(read: Read, arguments: argparse.Namespace, t: Translator) -> int:
    """Read, write or print, and say on standard error what is to be checked.

    Returns:
        The exit code of the worst file.
    """
    is_folder = arguments.file.is_dir()
    paths = _documents(arguments.file) if is_folder else [arguments.file]
    notices: list[Notice] = []
    codes = [READ]
    for path in paths:
        try:
            notice = read(path, arguments.year)
            if arguments.output:
                _write(notice, arguments, is_folder=is_folder)
        except BoardError as error:
            _say(errors.describe(error, t))
            codes.append(UNREADABLE)
            continue
        notices.append(notice)
        codes.append(_report(notice, t))
    if arguments.format == "json":
        _print_json(notices, t, several=is_folder)
    elif not arguments.output:
        _print_table(notices)
    return max(codes)


def _documents(folder: Path) -> list[Path]:
    """The documents of a folder, by name; milestones are read with the table beside them."""
    documents = [path for path in sorted(folder.iterdir()) if _is_document(path)]
    with_tables = {*map(milestones_path, documents)}
    return [path for path in documents if path not in with_tables]


def _is_document(path: Path) -> bool:
    has_its_kind = path.suffix.lower() in KINDS
    return has_its_kind and not path.name.startswith(_NOT_DOCUMENTS)


def _write(notice: Notice, arguments: argparse.Namespace, *, is_folder: bool) -> None:
    """Write a notice to OUT; for a folder OUT is a folder too, with a table for each notice."""
    if not is_folder:
        write(notice, arguments.output, arguments.milestones)
        return
    arguments.output.mkdir(parents=True, exist_ok=True)
    stem = Path(notice.name).stem
    table = arguments.output / f"{stem}.csv"
    write(notice, table, None)


# --- on standard error ----------------------------------------------------------------------------


def _say(line: str) -> None:
    print(line, file=sys.stderr)


def _report(notice: Notice, t: Translator) -> int:
    """Say what is to be checked, and a summary; give the exit code."""
    file = errors.one_line(notice.name)
    for problem in notice.problems:
        _say(f"{file}: {errors.describe(problem, t)}")
    doubts = list(_doubts(notice, t))
    for doubt in doubts:
        _say(doubt)
    counts = {
        "measures": len(notice.measures),
        "milestones": len(notice.milestones),
        "unplaced": len(notice.unplaced),
        "check": len(doubts),
    }
    _say(t("notice.cli.summary", file=file, **counts))
    return TO_CHECK if doubts or notice.problems else READ


def _doubts(notice: Notice, t: Translator) -> Iterator[str]:
    """A line for each cell that is to be checked."""
    for row, field in draft.doubts(notice):
        cells = notice.measures[row].cells
        yield t(
            "notice.cli.check",
            article=cells["article"].text,
            title=errors.one_line(cells["title"].text),
            field=t(f"field.{field}"),
            why=reason(cells[field], t),
        )


# --- on standard output ---------------------------------------------------------------------------


def _print_table(notices: Sequence[Notice]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    for notice in notices:
        rows, _ = to_table(notice)
        writer.writerows(rows)


def _print_json(notices: Sequence[Notice], t: Translator, *, several: bool) -> None:
    """Print the notices of a folder as a list, that of a file as it is, if it could be read."""
    printed = [as_json(notice, t) for notice in notices]
    if several:
        _print_indented(printed)
    elif printed:
        _print_indented(printed[0])


def _print_indented(data: object) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=2))


def as_json(notice: Notice, t: Translator) -> dict[str, object]:
    """A notice as `--format json` prints it."""
    return {
        "title": notice.title,
        "issuer": notice.issuer,
        "document_number": notice.document_number,
        "year": notice.year,
        "issued": _iso(notice.issued),
        "measures": [_measure(measure, t) for measure in notice.measures],
        "milestones": [_milestone(milestone) for milestone in notice.milestones],
        "problems": [_problem(problem, t) for problem in notice.problems],
        "unplaced": [_unplaced(leftover, t) for leftover in notice.unplaced],
    }


def _measure(measure: Measure, t: Translator) -> dict[str, object]:
    cells = measure.cells
    values = {field: _value(field, cells[field]) for field in FIELDS}
    return {
        **values,
        **_window(measure.window),
        "text": measure.text,
        "sure": {field: cell.sure for field, cell in cells.items()},
        "reasons": {field: reason(cell, t) for field, cell in cells.items()},
        "source": {field: _source(cell.source) for field, cell in cells.items()},
    }


def _window(window: Window | None) -> dict[str, object]:
    """What a deadline says; of one that can't be read, nothing."""
    if window is None:
        return {"due": None, "ongoing": False, "recurring": ""}
    return {
        "due": _iso(window.due),
        "ongoing": window.ongoing,
        "recurring": window.recurring,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _value(field: str, cell: Cell) -> object:
    """What a cell says: a list where it holds names."""
    if field.endswith(("leaders", "departments")):
        return list(cell.names)
    return cell.text


def _milestone(milestone: Milestone) -> dict[str, object]:
    return {
        "measure": milestone.measure,
        "deadline": milestone.deadline,
        "milestone": milestone.text,
        "target": float(milestone.target) if milestone.target else None,
        "unit": milestone.unit,
        "source": _source(milestone.source),
    }


def _problem(problem: Problem, t: Translator) -> dict[str, object]:
    return {
        "code": problem.code,
        "line": problem.line,
        "value": problem.value,
        "message": errors.describe(problem, t),
    }


def _unplaced(leftover: Unplaced, t: Translator) -> dict[str, object]:
    return {
        "text": leftover.text,
        "why": t(f"notice.unplaced.{leftover.why}"),
        "source": list(leftover.source),
    }


def _source(source: Source | None) -> list[int] | None:
    return list(source) if source else None
