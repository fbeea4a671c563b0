"""python -m lib ledger verify | export | import | start: the ledger from a terminal."""

from __future__ import annotations

import argparse
import sys
import uuid
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from lib import i18n
from lib.errors import BoardError, describe
from lib.i18n import Translator
from lib.ledger import acts, demo, exchange, place
from lib.ledger.acts import About
from lib.ledger.events import Asked, Cadence, Event, Month, Source, Started
from lib.ledger.periods import Period
from lib.ledger.store import Ledger, check_chain, microseconds_now
from lib.measures import Table

DONE: Final = 0
FAILED: Final = 2
WORKBOOK: Final = ".xlsx"
USUAL_DAY: Final = 5

ReadTable = Callable[[Path], Table]
ReadRows = Callable[[Path], Sequence[Sequence[str]]]  # the cells of a workbook's first sheet


def add_parser(commands: Any, t: Translator, table: ReadTable, rows: ReadRows) -> None:
    """Add `ledger` to a program's commands; `run(options, t)` does it.

    Args:
        table, rows: how a table, and an exported workbook, are read.
    """
    parser = _parser(commands, "ledger", t("ledger.about"))
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    _add(actions, "verify", _verify, t)
    export = _add(actions, "export", _export, t)
    export.add_argument("output", metavar="OUT", type=Path, help=t("ledger.output"))
    import_rows = partial(_import, rows)
    import_ = _add(actions, "import", import_rows, t)
    import_.add_argument("input", metavar="IN", type=Path, help=t("ledger.input"))
    start = _add(actions, "start", partial(_start, table), t)
    _add_rule(start, t)


def _add_rule(start: argparse.ArgumentParser, t: Translator) -> None:
    """Add how a list is followed."""
    add = start.add_argument
    add("--list", metavar="NAME", help=t("ledger.list"))
    add("--cadence", choices=list(Cadence), default=Cadence.MONTH)
    add("--day", type=int, default=USUAL_DAY, help=t("ledger.day"))
    add("--due", choices=list(Month), default=Month.NEXT, help=t("ledger.due"))
    add("--first", metavar="PERIOD", help=t("ledger.first"))
    add("--asked", choices=list(Asked), default=Asked.LEAD, help=t("ledger.asked"))


def add_demo(commands: Any, t: Translator) -> None:
    """Add `demo` to a program's commands: a made list with its ledger."""
    parser = _parser(commands, "demo", t("ledger.demo"))
    parser.add_argument("folder", metavar="FOLDER", type=Path, help=t("ledger.folder"))
    parser.add_argument("--lang", choices=i18n.LANGUAGES, help=t("check.lang"))
    parser.set_defaults(run=partial(_saying_errors, _demo))


def _demo(options: argparse.Namespace, t: Translator) -> int:
    folder: Path = options.folder
    if folder.exists() and any(folder.iterdir()):
        print(t("ledger.demo_there", folder=folder))
        return DONE
    path = demo.make(folder, _today())
    print(t("ledger.demo_made", file=path))
    return DONE


def _today() -> date:
    return place.day_of(microseconds_now())


def _add(
    actions: Any, name: str, run: Callable[..., int], t: Translator
) -> argparse.ArgumentParser:
    parser = _parser(actions, name, t(f"ledger.{name}"))
    parser.add_argument("table", metavar="TABLE", type=Path, help=t("ledger.table"))
    parser.add_argument("--lang", choices=i18n.LANGUAGES, help=t("check.lang"))
    parser.set_defaults(run=partial(_saying_errors, run))
    return parser


def _parser(commands: Any, name: str, about: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about)
    return parser


def _saying_errors(run: Callable[..., int], options: argparse.Namespace, t: Translator) -> int:
    try:
        return run(options, t)
    except BoardError as error:
        print(describe(error, t), file=sys.stderr)
        return FAILED


def _ledger(options: argparse.Namespace) -> Ledger:
    return Ledger(place.of_table(options.table))


def _verify(options: argparse.Namespace, t: Translator) -> int:
    ledger = _ledger(options)
    chain = ledger.events()
    check_chain(chain)
    head = ledger.head()
    print(t("ledger.good", file=ledger.name, n=len(chain), hash=head.hash))
    return DONE


def _export(options: argparse.Namespace, t: Translator) -> int:
    chain = _ledger(options).events()
    path: Path = options.output
    write = exchange.as_workbook if _is_workbook(path) else exchange.as_lines
    path.write_bytes(write(chain))
    print(t("ledger.exported", file=path.name, n=len(chain)))
    return DONE


def _import(rows: ReadRows, options: argparse.Namespace, t: Translator) -> int:
    path: Path = options.input
    ledger = _ledger(options)
    chain = _events(path, rows)
    ledger.take_in(chain)
    print(t("ledger.imported", file=ledger.name, n=len(chain)))
    return DONE


def _events(path: Path, rows: ReadRows) -> list[Event]:
    if _is_workbook(path):
        return exchange.of_rows(rows(path), path.name)
    return exchange.of_lines(path.read_bytes(), path.name)


def _is_workbook(path: Path) -> bool:
    return path.suffix.lower() == WORKBOOK


def _start(table: ReadTable, options: argparse.Namespace, t: Translator) -> int:
    lists = table(options.table).codes.lists.names
    name = options.list or lists[0]
    if name not in lists:
        known = t("text.separator").join(lists)
        raise BoardError("act_list_unknown", list=name, lists=known)
    today = _today()
    rule = _rule(options, today)
    about = About(
        list=name,
        measure_id="",
        today=today,
        source=Source.TERMINAL,
        form=uuid.uuid4().hex,
    )
    draft = acts.start(about, rule)
    _ledger(options).append([draft])
    print(t("ledger.started", list=name, first=rule.first_period))
    return DONE


def _rule(options: argparse.Namespace, today: date) -> Started:
    cadence = Cadence(options.cadence)
    this_period = Period.of_day(today, cadence)
    return Started(
        cadence=cadence,
        due_day=options.day,
        due_month=Month(options.due),
        first_period=options.first or this_period.code,
        asked=Asked(options.asked),
    )
