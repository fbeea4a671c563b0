"""The board from a terminal: python -m lib check FILE, python -m lib import NOTICE."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from lib import i18n, measures
from lib.errors import BoardError, Problem, describe, one_line
from lib.i18n import Translator
from lib.notices import cli

NONE, SOME, UNREAD = 0, 1, 2  # exit codes


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code, 2 for a command that isn't understood as well."""
    _speak_utf8()
    t = _translator(arguments)
    given = _parser(t).parse_args(arguments)
    try:
        code: int = given.run(given, t)
        sys.stdout.flush()
    except BrokenPipeError:  # `… | head`: whoever reads has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return SOME
    return code


def _speak_utf8() -> None:
    """A Windows console or pipe may be set to an encoding that lacks Chinese or “␊”."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _translator(arguments: Sequence[str] | None) -> Translator:
    """By --lang, which is looked for first, so that the help is in that language too, then by the system."""
    early = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    early.add_argument("--lang", choices=i18n.LANGUAGES, default=_language(os.environ))
    try:
        return i18n.translator(early.parse_known_args(arguments)[0].lang)
    except argparse.ArgumentError:  # reported by the whole parser
        return i18n.translator(_language(os.environ))


def _language(environ: Mapping[str, str]) -> str:
    """English where the system speaks it (LC_ALL, LC_MESSAGES, LANG), else Chinese."""
    spoken = next(filter(None, map(environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "en" if spoken.startswith("en") else "zh"


def _parser(t: Translator) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lib", description=t("check.about"))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser("check", help=t("check.check"), description=t("check.check"))
    check.add_argument("file", metavar="FILE", help=t("check.file"))
    check.add_argument("--format", choices=("text", "json"), default="text", help=t("check.format"))
    check.add_argument("--lang", choices=i18n.LANGUAGES, help=t("check.lang"))
    check.set_defaults(run=_check)
    cli.add_parser(commands, t)
    return parser


# --- check -----------------------------------------------------------------------------------------------------------


def _check(given: argparse.Namespace, t: Translator) -> int:
    """Print the problems of a table: 0 for none, 1 for some, 2 where it can't be read."""
    try:
        table = measures.read(given.file)
    except BoardError as error:
        found = {"code": error.code, "file": given.file, "line": 0, "column": "", "value": ""}
        message = describe(error, t)
        print(
            _as_json([found | {"message": message}]) if given.format == "json" else message,
            file=sys.stderr,
        )
        return UNREAD
    _WRITERS[given.format](given.file, table.problems, t)
    key = "check.bad" if table.problems else "check.good"
    print(t(key, file=given.file, measures=len(table), n=len(table.problems)), file=sys.stderr)
    return SOME if table.problems else NONE


def _write_text(file: str, problems: Sequence[Problem], t: Translator) -> None:
    """FILE:line: column: sentence, as compilers do and editors follow; without a line what concerns the whole file."""
    for problem in problems:
        where = f"{_place(file, problem)}:{problem.line}" if problem.line else _place(file, problem)
        column = f"{one_line(problem.column)}: " if problem.column else ""
        print(f"{where}: {column}{_sentence(problem, t)}")


def _write_json(file: str, problems: Sequence[Problem], t: Translator) -> None:
    print(
        _as_json(
            [
                {
                    "code": problem.code,
                    "file": _place(file, problem),
                    "line": problem.line,
                    "column": problem.column,
                    "value": problem.value,
                    "message": _sentence(problem, t),
                }
                for problem in problems
            ]
        )
    )


_WRITERS: Final = {"text": _write_text, "json": _write_json}


def _as_json(found: list[dict[str, object]]) -> str:
    return json.dumps(found, ensure_ascii=False, indent=2)


def _place(file: str, problem: Problem) -> str:
    """The file of a problem: the table, the milestones beside it, or a sheet of the workbook."""
    beside = measures.milestones_path(Path(file))
    if not problem.source:
        return file
    return str(beside) if problem.source == beside.name else f"{file}[{problem.source}]"


def _sentence(problem: Problem, t: Translator) -> str:
    return describe(replace(problem, source=""), t)  # the file stands before it


if __name__ == "__main__":
    sys.exit(main())
