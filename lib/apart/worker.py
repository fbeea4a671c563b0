"""What the process that reads does: one request after another, until nobody asks any more."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Final

import msgspec

from lib.apart import confinement, wire
from lib.apart.message import Draft, Outcome, Request, Source, Told
from lib.errors import BoardError
from lib.measures import reading


def _table(path: str) -> object:
    return reading.read(path)


# What reads notices is loaded when the first one comes: a board starts without it.


def _notice(path: str, year: int | None) -> object:
    from lib import notices

    return notices.read(path, year=year)


def _draft(source: dict[str, Any], told: dict[str, Any]) -> object:
    from lib.apart import drafts

    notice = drafts.read(msgspec.convert(source, Source), msgspec.convert(told, Told))
    return drafts.pack(notice)


def _drawn(draft: dict[str, Any], language: str) -> object:
    from lib.apart import drafts

    return drafts.draw(msgspec.convert(draft, Draft), language)


def _tried(draft: dict[str, Any]) -> object:
    from lib.apart import drafts

    rows, milestones = drafts.to_table(msgspec.convert(draft, Draft))
    return reading.of_rows(rows, milestones)


def _file(draft: dict[str, Any], kind: str) -> object:
    from lib.apart import drafts

    return drafts.file(msgspec.convert(draft, Draft), kind)


def _plan(path: str, draft: dict[str, Any], issued: str | None, **arguments: Any) -> object:
    from lib import revisions
    from lib.apart import drafts

    rows, milestones = drafts.to_table(msgspec.convert(draft, Draft))
    workbook = Path(issued) if issued else None
    return revisions.plan(Path(path), rows, milestones, issued=workbook, **arguments)


def _row(path: str, line: int, source: str, issued: str | None) -> object:
    from lib import revisions

    workbook = Path(issued) if issued else None
    return revisions.row_of(Path(path), line, source, workbook)


def _mend(row: dict[str, Any], cells: dict[str, str]) -> object:
    from lib import revisions

    as_read = msgspec.convert(row, revisions.Row, dec_hook=_of_text)
    return revisions.mend(as_read, cells)


def _whole(source: dict[str, Any]) -> object:
    from lib.files import whole

    brought = msgspec.convert(source, Source)
    return whole.read(brought.name, brought.data)


def _of_text(kind: type[Any], value: Any) -> object:
    """A value that is no plain data, a path, from its text."""
    return kind(value)


TASKS: Final[dict[str, Callable[..., object]]] = {
    "table": _table,
    "notice": _notice,
    "draft": _draft,
    "drawn": _drawn,
    "tried": _tried,
    "file": _file,
    "plan": _plan,
    "row": _row,
    "mend": _mend,
    "whole": _whole,
}


def main() -> None:
    """Serve the process that has begun this one, over its standard streams."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())  # what a library prints is no answer
    serve(sys.stdin.buffer, answers)


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer requests until there are no more."""
    sender = wire.Sender(answers)
    while True:
        try:
            request = wire.receive(Request, requests)
        except wire.StreamError:
            return
        confinement.allow(request.seconds)
        _answer(request, sender)


def _answer(request: Request, sender: wire.Sender) -> None:
    try:
        value = TASKS[request.task](**request.arguments)
    except BoardError as error:
        sender.send(Outcome(error.code, error.details))
    except Exception:  # whatever a file has made of a reader: this process may be asked again
        sender.send(Outcome(failure=traceback.format_exc()))
    else:
        sender.send(Outcome())
        sender.send(value)
