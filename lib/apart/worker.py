"""What the process that reads does: one request after another, until nobody asks any more."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Final

from lib.apart import confinement, wire
from lib.apart.message import Outcome, Request
from lib.errors import BoardError
from lib.measures import reading


def _table(path: str) -> object:
    return reading.read(path)


def _rows(rows: list[list[str]], milestones: list[list[str]]) -> object:
    return reading.of_rows(rows, milestones)


# What reads notices is loaded when the first one comes: a board starts without it.


def _notice(path: str, year: int | None) -> object:
    from lib import notices

    return notices.read(path, year=year)


def _notice_of(data: bytes, name: str, year: int | None) -> object:
    from lib import notices

    return notices.read(data, name, year)


def _text(pasted: str, name: str, year: int | None) -> object:
    from lib import notices

    return notices.read_text(pasted, name, year)


def _plan(path: str, **arguments: Any) -> object:
    from lib import revisions

    return revisions.plan(Path(path), **arguments)


TASKS: Final[dict[str, Callable[..., object]]] = {
    "table": _table,
    "rows": _rows,
    "notice": _notice,
    "notice_of": _notice_of,
    "text": _text,
    "plan": _plan,
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
    is_first = True
    while True:
        try:
            request = wire.receive(Request, requests)
        except wire.StreamError:
            return
        confinement.allow(request.seconds)
        _answer(request, sender)
        if is_first:
            confinement.give_way()
            is_first = False


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
