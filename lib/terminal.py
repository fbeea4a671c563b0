"""The board from a terminal: python -m lib check FILE, python -m lib import NOTICE."""

from __future__ import annotations

import argparse
import io
import json
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

import pyarrow as pa

from lib import i18n, measures
from lib.apart import reader
from lib.apart.message import Source
from lib.errors import BoardError, Problem, describe, one_line
from lib.i18n import Translator
from lib.ledger import cli as ledger_cli
from lib.measures import schema
from lib.notices import cli

# Exit codes
NO_PROBLEMS: Final = 0
PROBLEMS: Final = 1
UNREADABLE: Final = 2

# What JSON says of a measure: who leads and supports stands in lists, and not as printed too
UNDERSTOOD: Final = [field for field in schema.ROW_COLUMNS if field != "departments"]

Record = dict[str, object]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: the words of the command; None takes the process's own.

    Returns:
        The exit code; a command that isn't understood leaves with 2 as well.
    """
    speak_utf8()
    logging.getLogger("lib").addHandler(logging.NullHandler())  # a log is nothing for a terminal
    t = _translator(arguments)
    options = _parser(t).parse_args(arguments)
    try:
        code: int = options.run(options, t)
        sys.stdout.flush()
    except BrokenPipeError:  # `… | head`: whoever reads has seen enough
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        return PROBLEMS
    return code


def speak_utf8() -> None:
    """Print in UTF-8: a Windows console or pipe may have an encoding without Chinese or “␊”."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def system_language(environ: Mapping[str, str]) -> str:
    """Give English where the system speaks it (LC_ALL, LC_MESSAGES, LANG), else Chinese."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        language = environ.get(name)
        if language:
            return "en" if language.startswith("en") else "zh"
    return "zh"


def _translator(arguments: Sequence[str] | None) -> Translator:
    """Take the language of --lang, so that the help is in it too, else the system's."""
    language = system_language(os.environ)
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    parser.add_argument("--lang", choices=i18n.LANGUAGES, default=language)
    try:
        options, _ = parser.parse_known_args(arguments)
    except argparse.ArgumentError:  # reported by the whole parser
        return i18n.translator(language)
    return i18n.translator(options.lang)


def _parser(t: Translator) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lib", description=t("check.about"))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser("check", help=t("check.check"), description=t("check.check"))
    check.add_argument("file", metavar="FILE", help=t("check.file"))
    check.add_argument("--format", choices=("text", "json"), default="text", help=t("check.format"))
    check.add_argument("--lang", choices=i18n.LANGUAGES, help=t("check.lang"))
    check.set_defaults(run=_check)
    cli.add_parser(commands, t, reader.notice)
    ledger_cli.add_parser(commands, t, reader.table, _first_sheet)
    ledger_cli.add_demo(commands, t)
    return parser


def _first_sheet(path: Path) -> Sequence[Sequence[str]]:
    """The cells of a workbook's first sheet."""
    (whole,) = reader.whole([Source(path.read_bytes(), path.name)])
    if whole.error:
        raise whole.error
    return whole.sheets[0].rows


# --- check ---


@dataclass(frozen=True)
class Finding:
    """A problem or an error, with the fields that JSON gives it."""

    code: str
    file: str
    line: int
    column: str
    value: str
    message: str


def _check(options: argparse.Namespace, t: Translator) -> int:
    """Print what was read of a table and its problems; the exit code says whether there are any."""
    file: str = options.file
    in_json = options.format == "json"
    try:
        table = reader.table(file)
    except BoardError as error:
        message = describe(error, t)
        if in_json:
            finding = Finding(error.code, file, 0, "", "", message)
            print(_as_json([], [finding]))
        print(message, file=sys.stderr)
        return UNREADABLE

    problems = [_finding(problem, file, t) for problem in table.problems]
    if in_json:
        print(_as_json(_understood(table), problems))
    else:
        for problem in problems:
            print(_as_line(problem))
    key = "check.bad" if problems else "check.good"
    print(t(key, file=file, measures=len(table), n=len(problems)), file=sys.stderr)
    return PROBLEMS if problems else NO_PROBLEMS


def _finding(problem: Problem, file: str, t: Translator) -> Finding:
    """Say a problem; its file stands in a field, and so not in the sentence."""
    return Finding(
        code=problem.code,
        file=_place(file, problem.source),
        line=problem.line,
        column=problem.column,
        value=problem.value,
        message=describe(replace(problem, source=""), t),
    )


def _place(file: str, source: str) -> str:
    """Name where a problem is: in the table, the milestones beside it, or a sheet of it."""
    if not source:
        return file
    milestones = measures.milestones_path(Path(file))
    if source == milestones.name:
        return str(milestones)
    return f"{file}[{source}]"


def _as_line(finding: Finding) -> str:
    """Write FILE:line: column: sentence, as compilers do and editors follow.

    What concerns the whole file has no line, what concerns a whole line no column.
    """
    place = finding.file
    if finding.line:
        place = f"{place}:{finding.line}"
    if finding.column:
        place = f"{place}: {one_line(finding.column)}"
    return f"{place}: {finding.message}"


def _understood(table: measures.Table) -> list[Record]:
    """Give each measure by field: names as lists, what is not known as None."""
    rows = pa.Table.from_pandas(table.rows[UNDERSTOOD], preserve_index=False)
    records: list[Record] = rows.to_pylist()
    return records


def _as_json(understood: Sequence[Record], findings: Sequence[Finding]) -> str:
    """Write both as one object, dates as 2026-06-30."""
    printed = {
        "measures": understood,
        "problems": [asdict(finding) for finding in findings],
    }
    return json.dumps(printed, ensure_ascii=False, indent=2, default=date.isoformat)
