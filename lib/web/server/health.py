"""Two questions of the operator: is the board alive, and does it show the table as it is."""

from __future__ import annotations

from typing import Final, NamedTuple

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from lib import errors, i18n
from lib.errors import BoardError
from lib.web.server import warm_up

ALIVE_PATH: Final = "/healthz"
READY_PATH: Final = "/readyz"
NOT_KEPT: Final = {"Cache-Control": "no-store"}
OK: Final = 200
UNAVAILABLE: Final = 503


class Shown(NamedTuple):
    """What a reader gets to see.

    has_table: whether a table is shown, be it an earlier one.
    trouble: why it is not the table as it is now; None where it is.
    """

    has_table: bool
    trouble: BoardError | None


async def alive(_request: Request) -> Response:
    """Say that the process answers; nothing is looked at."""
    return JSONResponse({"status": "alive"}, headers=NOT_KEPT)


async def ready(_request: Request) -> Response:
    """Say whether readers get the table, and in both languages what is wrong.

    Returns:
        503 "starting" until the warm-up is done; 200 "ready"; 200 "degraded" where the table can't
        be read any more and the last good one is shown; 503 "failed" where there is none to show.
    """
    board = warm_up.of_the_board
    if board.status == "starting":
        return _answer("starting", UNAVAILABLE)
    sight = await to_thread.run_sync(_look)  # in a thread: it may read the table
    if sight.trouble is None:
        return _answer("ready", OK)
    if sight.has_table:
        return _answer("degraded", OK, sight.trouble)
    return _answer("failed", UNAVAILABLE, sight.trouble)


def _look() -> Shown:
    from lib.web import store  # not at the top: pandas, which the port does not wait for

    loaded = store.load()
    return Shown(loaded.table is not None, loaded.trouble)


def _answer(status: str, code: int, trouble: BoardError | None = None) -> Response:
    body = {
        "status": status,
        "warm_up_seconds": warm_up.of_the_board.seconds,
        "trouble": _in_words(trouble) if trouble else None,
    }
    return JSONResponse(body, code, NOT_KEPT)


def _in_words(trouble: BoardError) -> dict[str, str]:
    """The code of a trouble, and its sentence by language."""
    sentences = {
        language: errors.describe(trouble, i18n.translator(language)) for language in i18n.LANGUAGES
    }
    return {"code": trouble.code} | sentences
