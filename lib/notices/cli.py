"""python -m lib import FILE …: a notice, or a folder of them, to a measure table or JSON, without a browser."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from lib import errors, i18n, notices
from lib.errors import BoardError
from lib.i18n import Translator
from lib.notices import draft as edits
from lib.notices.model import FIELDS, Measure, Milestone, Notice, Source
from lib.notices.output import reason, to_table, write

READ, TO_CHECK, UNREADABLE = 0, 1, 2  # exit codes
KINDS: Final = frozenset(
    {".docx", ".txt", ".html", ".htm", ".xlsx", ".csv", ".pdf", ".doc", ".wps", ".xls"}
)


def add_parser(commands: Any, t: Translator) -> None:
    """Add `import` to a program's commands; `run(given, t)` does it."""
    parser = commands.add_parser(
        "import", help=t("notice.cli.about"), description=t("notice.cli.about")
    )
    parser.add_argument("file", metavar="FILE", type=Path, help=t("notice.cli.file"))
    parser.add_argument("-o", "--output", metavar="OUT", type=Path, help=t("notice.cli.output"))
    parser.add_argument("--milestones", metavar="OUT", type=Path, help=t("notice.cli.milestones"))
    parser.add_argument("--year", metavar="Y", type=int, help=t("notice.cli.year"))
    parser.add_argument(
        "--format", choices=("table", "json"), default="table", help=t("notice.cli.format")
    )
    parser.add_argument("--lang", choices=i18n.LANGUAGES, help=t("notice.cli.lang"))
    parser.set_defaults(run=run)


def run(given: argparse.Namespace, t: Translator) -> int:
    """Read, write or print, and say on standard error what is to be checked; the worst file decides the exit code."""
    folder = given.file.is_dir()
    found: list[Notice] = []
    codes = [READ]
    for path in _files(given.file) if folder else [given.file]:
        try:
            notice = notices.read(path, year=given.year)
            if given.output:
                _write(notice, given, folder=folder)
        except BoardError as error:
            print(errors.describe(error, t), file=sys.stderr)
            codes.append(UNREADABLE)
            continue
        found.append(notice)
        codes.append(_report(notice, t))
    if not given.output or given.format == "json":
        _print(found, given.format, t, several=folder)
    return max(codes)


def _files(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in KINDS and not path.name.startswith(("~$", "."))
    )


def _write(notice: Notice, given: argparse.Namespace, *, folder: bool) -> None:
    """To OUT; for a folder OUT is a folder too, with a table for each notice."""
    out, milestones = given.output, given.milestones
    if folder:
        out.mkdir(parents=True, exist_ok=True)
        out, milestones = out / f"{Path(notice.name).stem}.csv", None
    write(notice, out, milestones)


def _report(notice: Notice, t: Translator) -> int:
    """What is to be checked, and a summary."""
    for problem in notice.problems:
        print(f"{errors.one_line(notice.name)}: {errors.describe(problem, t)}", file=sys.stderr)
    doubts = list(_doubts(notice, t))
    print(*doubts, sep="\n", end="\n" * bool(doubts), file=sys.stderr)
    summary = {
        "measures": len(notice.measures),
        "milestones": len(notice.milestones),
        "unplaced": len(notice.unplaced),
    }
    print(
        t("notice.cli.summary", file=errors.one_line(notice.name), check=len(doubts), **summary),
        file=sys.stderr,
    )
    return TO_CHECK if doubts or notice.problems else READ


def _doubts(notice: Notice, t: Translator) -> Iterable[str]:
    for row, field in edits.doubts(notice):
        cells = notice.measures[row].cells
        named = {"article": cells["article"].text, "title": errors.one_line(cells["title"].text)}
        yield t("notice.cli.check", field=t(f"field.{field}"), why=reason(cells[field], t), **named)


def _print(found: Sequence[Notice], kind: str, t: Translator, *, several: bool) -> None:
    if kind == "json":
        data = [as_json(notice, t) for notice in found]
        if several or data:
            print(json.dumps(data if several else data[0], ensure_ascii=False, indent=2))
        return
    writer = csv.writer(sys.stdout, lineterminator="\n")
    for notice in found:
        writer.writerows(to_table(notice)[0])


# --- JSON -------------------------------------------------------------------------------------------------------------


def as_json(notice: Notice, t: Translator) -> dict[str, object]:
    """A notice as `--format json` prints it."""
    return {
        "title": notice.title,
        "issuer": notice.issuer,
        "document_number": notice.document_number,
        "year": notice.year,
        "issued": notice.issued.isoformat() if notice.issued else None,
        "measures": [_measure(measure, t) for measure in notice.measures],
        "milestones": [_milestone(milestone) for milestone in notice.milestones],
        "problems": [
            {
                "code": problem.code,
                "line": problem.line,
                "value": problem.value,
                "message": errors.describe(problem, t),
            }
            for problem in notice.problems
        ],
        "unplaced": [
            {
                "text": item.text,
                "why": t(f"notice.unplaced.{item.why}"),
                "source": list(item.source),
            }
            for item in notice.unplaced
        ],
    }


def _measure(measure: Measure, t: Translator) -> dict[str, object]:
    cells, window = measure.cells, measure.window
    values: dict[str, object] = {
        field: list(cells[field].names)
        if field.endswith(("leaders", "departments"))
        else cells[field].text
        for field in FIELDS
    }
    return values | {
        "due": window.due.isoformat() if window and window.due else None,
        "ongoing": bool(window and window.ongoing),
        "recurring": window.recurring if window else "",
        "text": measure.text,
        "sure": {field: cell.sure for field, cell in cells.items()},
        "reasons": {field: reason(cell, t) for field, cell in cells.items()},
        "source": {field: _source(cell.source) for field, cell in cells.items()},
    }


def _milestone(milestone: Milestone) -> dict[str, object]:
    return {
        "measure": milestone.measure,
        "deadline": milestone.deadline,
        "milestone": milestone.text,
        "target": float(milestone.target) if milestone.target else None,
        "unit": milestone.unit,
        "source": _source(milestone.source),
    }


def _source(source: Source | None) -> list[int] | None:
    return list(source) if source else None
