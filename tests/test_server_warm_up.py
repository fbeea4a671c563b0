"""Whether the board is alive and ready, and what it makes before the first reader comes."""

from __future__ import annotations

import asyncio
import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from starlette.applications import Starlette
from streamlit import cli_util, config

from lib.web import server, store
from lib.web.server import door, warm_up
from tests.asking import ask
from tests.tables import table_of

HOME = Path(__file__).resolve().parent.parent


def test_nothing_slow_is_imported_before_the_port_opens() -> None:
    slow = {"numpy", "pandas", "pyarrow"}
    code = "import sys, lib.web.server; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=HOME, capture_output=True, text=True, check=True
    )
    assert not slow & set(done.stdout.split())


@pytest.fixture
def warming(monkeypatch: pytest.MonkeyPatch) -> Iterator[server.WarmUp]:
    """The warm-up of the board, with nothing to do."""
    board = server.WarmUp(lambda: None, lambda: None, calm=0)
    monkeypatch.setattr(warm_up, "of_the_board", board)
    yield board
    gc.unfreeze()


def ask_health(path: str) -> tuple[int, dict[str, Any]]:
    answer = ask(Starlette(routes=server.routes), path)
    assert answer.headers["cache-control"] == "no-store"
    return answer.status, json.loads(answer.body)


def test_the_board_is_alive_as_soon_as_it_answers(warming: server.WarmUp) -> None:
    assert ask_health("/healthz") == (200, {"status": "alive"})


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the table of the board should be; nothing was read yet."""
    path = tmp_path / "measures.csv"
    monkeypatch.setenv("MEASURES", str(path))
    monkeypatch.setattr(store, "_STORE", store.Store())
    return path


def test_the_board_is_ready_once_the_warm_up_is_done(warming: server.WarmUp, table: Path) -> None:
    table_of(table.parent, "1,2020,清单,一,1,举措,甲,办公室,8月", table.name)
    starting = {"status": "starting", "warm_up_seconds": None, "trouble": None}
    assert ask_health("/readyz") == (503, starting)
    warming.run()
    status, body = ask_health("/readyz")
    assert (status, body["status"], body["trouble"]) == (200, "ready", None)
    assert body["warm_up_seconds"] >= 0
    assert gc.get_freeze_count() > 0


def missing(_path: Path) -> None:
    pass


def a_folder(path: Path) -> None:
    path.mkdir()


def garbage(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n")


def of_something_else(path: Path) -> None:
    path.write_text("a,b\n1,2\n", "utf-8")


UNREADABLE = (
    (missing, "not_found", "找不到文件"),
    (a_folder, "unreadable", "读不出来"),
    (garbage, "not_a_table", "不是表格"),
    (of_something_else, "no_header", "没有举措清单的表头"),
)


@pytest.mark.parametrize(("put", "code", "words"), UNREADABLE)
def test_the_board_is_not_ready_without_a_table_and_says_why(
    warming: server.WarmUp, table: Path, put: Callable[[Path], None], code: str, words: str
) -> None:
    warming.run()
    put(table)
    status, body = ask_health("/readyz")
    assert (status, body["status"], body["trouble"]["code"]) == (503, "failed", code)
    assert words in body["trouble"]["zh"]
    assert "measures.csv" in body["trouble"]["en"]


@pytest.mark.parametrize(("put", "code", "words"), UNREADABLE)
def test_what_has_become_of_the_table_is_said_while_the_last_good_one_is_shown(
    warming: server.WarmUp, table: Path, put: Callable[[Path], None], code: str, words: str
) -> None:
    table_of(table.parent, "1,2020,清单,一,1,举措,甲,办公室,8月", table.name)
    warming.run()
    assert ask_health("/readyz")[1]["status"] == "ready"
    table.unlink()
    put(table)
    status, body = ask_health("/readyz")
    assert (status, body["status"], body["trouble"]["code"]) == (200, "degraded", code)
    assert words in body["trouble"]["zh"]


def test_a_fault_of_ours_is_said_in_words_too(
    warming: server.WarmUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path) -> NoReturn:
        raise ZeroDivisionError("with a path that is nobody's business")

    warming.run()
    monkeypatch.setattr(store, "_STORE", store.Store(fail))
    status, body = ask_health("/readyz")
    assert (status, body["status"]) == (503, "failed")
    assert body["trouble"]["code"] == "reading_failed"
    assert "business" not in str(body)


def test_what_sessions_hold_is_frozen_and_walked_once_in_many_runs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Streamlit collects all generations after each run; see `warm_up.keep_settled`."""
    gc.freeze()  # what the tests hold would take half a second at each of the collections below
    done: list[str] = []
    enough = warm_up.RUNS_BETWEEN_FREEZES
    runs = iter([enough - 1, 1, *[enough] * (2 * warm_up.FREEZES_BETWEEN_WALKS)])

    def pause(_seconds: float) -> None:
        for _ in range(next(runs)):
            gc.collect()

    monkeypatch.setattr(time, "sleep", pause)
    monkeypatch.setattr(gc, "freeze", lambda: done.append("freeze"))
    monkeypatch.setattr(warm_up, "settle", lambda: done.append("walk"))
    with pytest.raises(StopIteration):  # no more runs
        warm_up.keep_settled()
    gc.unfreeze()
    between = ["freeze"] * (warm_up.FREEZES_BETWEEN_WALKS - 1)
    assert done == [*between, "walk", *between, "walk", "freeze"]


def test_a_warm_up_that_fails_says_why_and_the_board_goes_on(warming: server.WarmUp) -> None:
    def broken() -> None:
        raise ValueError("no table")

    warming.work = broken
    with pytest.raises(ValueError, match="no table"):
        warming.run()
    assert warming.status == "failed"
    assert ask_health("/readyz")[1]["status"] == "ready"


def test_the_warm_up_loads_the_table_and_later_what_a_search_needs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls: list[str] = []
    monkeypatch.setattr(store, "warm", lambda: calls.append("warm"))
    monkeypatch.setattr(store, "warm_search", lambda: calls.append("search"))
    warm_up.load()
    assert calls == ["warm"]
    warm_up.load_rest()
    assert calls == ["warm", "search"]


def test_the_rest_comes_when_the_board_has_long_been_answering(warming: server.WarmUp) -> None:
    seen: list[str] = []
    warming.rest = lambda: seen.append(warming.status)
    warming.run()
    assert seen == ["ok"]


def test_the_port_is_open_while_the_warm_up_runs(warming: server.WarmUp) -> None:
    async def live() -> str:
        async with server.lifespan(None):
            return "listening"

    assert asyncio.run(live()) == "listening"
    for _ in range(500):
        if warming.status == "ok":
            break
        time.sleep(0.01)
    assert warming.status == "ok"


@pytest.mark.parametrize(
    ("mode", "headless", "address", "expected"),
    [
        ("starlette-app", False, "127.0.0.1", ["http://127.0.0.1:8501"]),
        ("starlette-app", False, "0.0.0.0", ["http://localhost:8501"]),
        ("starlette-app", False, None, ["http://localhost:8501"]),
        ("starlette-app", True, "127.0.0.1", []),
        ("asgi-server", False, "127.0.0.1", []),
    ],
)
def test_the_browser_opens_where_a_person_started_the_board(
    monkeypatch: pytest.MonkeyPatch,
    mode: str,
    headless: bool,
    address: str | None,
    expected: list[str],
) -> None:
    opened: list[str] = []
    options = {"server.headless": headless, "server.address": address, "server.baseUrlPath": ""}
    monkeypatch.setattr(config, "_server_mode", mode)
    monkeypatch.setattr(config, "get_option", {**options, "browser.serverPort": 8501}.get)
    monkeypatch.setattr(cli_util, "open_browser", opened.append)
    door.announce()
    assert opened == expected


def test_the_settings_belong_to_the_folder_of_the_app(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(config, "_main_script_path", None)
    server.anchor(str(tmp_path / "app.py"))
    server.anchor("elsewhere/app.py")  # `streamlit run` comes first and stays
    assert config._main_script_path == str((tmp_path / "app.py").resolve())
