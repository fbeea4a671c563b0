"""The front door: what a browser gets before and beside Streamlit."""

from __future__ import annotations

import asyncio
import gc
import gzip
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import pyarrow
import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from streamlit import cli_util, config

from lib.web import server, store, streamlit_internals
from lib.web.server import assets, door, edited, first_page, headers, warm_up
from tests import real_board
from tests.tables import table_of

HOME = Path(__file__).resolve().parent.parent
SCRIPT = max((streamlit_internals.STATIC).rglob("index.*.js"), key=lambda file: file.stat().st_size)
SCRIPT_PATH = edited.address(SCRIPT)


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


def ask(app: Any, path: str, method: str = "GET", root_path: str = "", **headers: str) -> Answer:
    """Ask an ASGI app without a socket; `accept_encoding="br"` is the header Accept-Encoding."""
    sent: list[dict[str, Any]] = []
    name, _, query = path.partition("?")
    scope = {
        "type": "http",
        "method": method,
        "path": name,
        "root_path": root_path,
        "query_string": query.encode(),
        "headers": [
            (key.replace("_", "-").encode(), value.encode()) for key, value in headers.items()
        ],
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return Answer(
        sent[0]["status"], {key.decode(): value.decode() for key, value in sent[0]["headers"]}, body
    )


async def inner(request: Any) -> PlainTextResponse:
    return PlainTextResponse("Streamlit's own")


@pytest.fixture
def front(monkeypatch: pytest.MonkeyPatch) -> server.FrontEnd:
    """The front end of a board that has warmed up."""
    monkeypatch.setattr(warm_up.of_the_board, "status", "ok")
    return server.FrontEnd(
        Starlette(routes=[Route("/{path:path}", inner, methods=["GET", "POST"])])
    )


# ------------------------------------------------------------------------------------------------ c


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_a_script_arrives_compressed_and_whole(front: server.FrontEnd, coding: str) -> None:
    answer = ask(front, SCRIPT_PATH, accept_encoding=coding)
    plain = edited.body(SCRIPT)
    codec = assets.CODECS[coding].name
    assert (
        pyarrow.decompress(answer.body, decompressed_size=len(plain), codec=codec, asbytes=True)
        == plain
    )
    assert answer.headers["content-encoding"] == coding
    assert answer.headers["content-length"] == str(len(answer.body))
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "public, immutable, max-age=31536000"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert len(answer.body) < len(plain) / 3


def test_a_client_that_takes_no_compression_gets_none(front: server.FrontEnd) -> None:
    answer = ask(front, SCRIPT_PATH, accept_encoding="br;q=0, identity")
    assert answer.body == edited.body(SCRIPT)
    assert "content-encoding" not in answer.headers


def test_a_file_is_compressed_once(front: server.FrontEnd, monkeypatch: pytest.MonkeyPatch) -> None:
    first = ask(front, SCRIPT_PATH, accept_encoding="br")
    monkeypatch.setattr(front, "make", lambda *_: pytest.fail("compressed again"))
    assert ask(front, SCRIPT_PATH, accept_encoding="gzip;q=0.5, br") == first


def test_head_tells_the_length_and_sends_nothing(front: server.FrontEnd) -> None:
    whole = ask(front, SCRIPT_PATH, accept_encoding="br")
    head = ask(front, SCRIPT_PATH, method="HEAD", accept_encoding="br")
    assert (head.status, head.headers, head.body) == (200, whole.headers, b"")


def test_what_the_browser_holds_is_not_sent_again(front: server.FrontEnd) -> None:
    etag = ask(front, SCRIPT_PATH, accept_encoding="br").headers["etag"]
    again = ask(front, SCRIPT_PATH, accept_encoding="br", if_none_match=f'"other", W/{etag}')
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == etag
    assert "content-length" not in again.headers


def test_each_coding_has_its_own_etag(front: server.FrontEnd) -> None:
    etag = ask(front, SCRIPT_PATH, accept_encoding="br").headers["etag"]
    assert ask(front, SCRIPT_PATH, accept_encoding="gzip", if_none_match=etag).status == 200


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_files_are_compressed_quickly_while_the_board_warms_up_and_well_afterwards(
    front: server.FrontEnd, monkeypatch: pytest.MonkeyPatch, coding: str
) -> None:
    answers = []
    for status in ("starting", "ok"):
        monkeypatch.setattr(warm_up.of_the_board, "status", status)
        answers.append(ask(front, SCRIPT_PATH, accept_encoding=coding))
    early, later = answers
    assert len(later.body) < len(early.body)
    assert later.headers["etag"] != early.headers["etag"]


def test_the_style_sheet_asks_for_no_text_font_of_streamlit(front: server.FrontEnd) -> None:
    sheet = next(path for path in front.files if path.endswith(".css") and "/index." in path)
    body = ask(front, sheet).body
    assert b"Source" not in b"".join(
        part.partition(b"}")[0] for part in body.split(b"@font-face")[1:]
    )
    assert b"Material Symbols" in body


@pytest.mark.parametrize(
    "path",
    [
        "/healthz",
        "/readyz",
        "/_stcore/health",
        "/media/abc.csv",
        "/static/media/none.woff2",
        "/static/js/../../index.html",
        "/favicon.png",
        "/oauth2callback",
        "/nothing",
        "/a/b",
    ],
)
def test_everything_else_is_left_to_streamlit(front: server.FrontEnd, path: str) -> None:
    assert ask(front, path).body == b"Streamlit's own"


def test_a_post_is_left_to_streamlit(front: server.FrontEnd) -> None:
    assert ask(front, "/leaders", method="POST").body == b"Streamlit's own"


def test_the_websocket_passes_untouched() -> None:
    seen = []

    async def socket_app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["type"])
        await send({"type": "websocket.accept"})

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {}

    asyncio.run(
        server.Guard(server.FrontEnd(server.NoPage(socket_app)))(
            {"type": "websocket", "path": "/"}, receive, send
        )
    )
    assert (seen, sent) == (["websocket"], [{"type": "websocket.accept"}])


# --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "accept", "language"),
    [
        ("/", "", "zh-CN"),
        ("/", "zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"),
        ("/", "en-GB,en;q=0.9", "en"),
        ("/", "en;q=0.3, zh;q=0.9", "zh-CN"),
        ("/", "fr, en;q=0.5", "en"),
        ("/", "fr", "zh-CN"),
        ("/", "zh;q=0, en;q=nonsense", "en"),
        ("/leaders?lang=en&w=0.5", "zh-CN", "en"),
        ("/timeline?lang=zh", "en", "zh-CN"),
        ("/measures?lang=klingon", "en", "en"),
    ],
)
def test_each_page_has_its_language_before_javascript(
    front: server.FrontEnd, path: str, accept: str, language: str
) -> None:
    answer = ask(front, path, accept_language=accept)
    assert f'<html lang="{language}">' in answer.body.decode()
    assert answer.headers["vary"] == "Accept-Encoding, Accept-Language"
    assert answer.headers["cache-control"] == "no-cache"


def test_the_first_page_has_our_words_and_no_font(front: server.FrontEnd) -> None:
    page = ask(front, "/").body.decode()
    assert "<title>举措看板 · Measure Board</title>" in page
    assert "启用 JavaScript" in page
    assert "Please enable JavaScript" in page
    assert "You need to enable" not in page
    assert 'as="font"' not in page
    assert page.index('id="root"') < page.index(".st-key-cards") < page.index("</style></body>")
    assert SCRIPT_PATH in page
    assert page.count(f'rel="modulepreload" crossorigin href=".{edited.EDITED}js/PlotlyChart.') == 1


def test_streamlit_s_own_words_are_ours_in_each_language(front: server.FrontEnd) -> None:
    page = ask(front, "/").body.decode()
    table = page.partition('type="application/json">')[2].partition("</script>")[0]
    assert json.loads(table)["zh-CN"]["Press Enter to {}"] == "按回车生效"
    assert json.loads(table)["en"]["Press Enter to {}"] == "Press Enter to apply"
    script = next(path for path in front.files if "/InputInstructions." in path)
    assert b"boardWord`Press Enter to ${" in ask(front, script).body


def test_a_script_that_says_nothing_is_sent_as_it_is(front: server.FrontEnd) -> None:
    path = next(path for path in front.files if "/protobuf." in path)
    assert ask(front, path).body == front.files[path].read_bytes()


def test_a_literal_means_the_same_wherever_it_stands() -> None:
    keys: dict[str, str] = {}
    for literals in streamlit_internals.LITERALS.values():
        for literal, key in literals.items():
            assert keys.setdefault(literal, key) == key


def test_calendars_have_the_language_of_the_page(front: server.FrontEnd) -> None:
    script = ask(front, SCRIPT_PATH).body.decode()
    assert streamlit_internals.PAGE_LOCALE in script
    assert streamlit_internals.BROWSER_LOCALE not in script


def test_files_that_are_not_edited_are_found_below_the_edition() -> None:
    async def path(request: Any) -> PlainTextResponse:
        return PlainTextResponse(request.url.path)

    front = server.FrontEnd(Starlette(routes=[Route("/{path:path}", path)]))
    assert ask(front, f"{edited.EDITED}media/icons.woff2").body == b"/static/media/icons.woff2"


def test_a_prefix_of_streamlit_or_of_a_proxy_is_taken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "get_option", {"server.baseUrlPath": "/board/"}.get)
    front = server.FrontEnd(Starlette(routes=[Route("/{path:path}", inner)]))
    assert b"<html" in ask(front, "/board").body
    assert b"<html" in ask(front, "/board/leaders").body
    assert b"<html" in ask(front, "/office/board/leaders", root_path="/office").body
    assert (
        ask(front, f"/board{SCRIPT_PATH}", accept_encoding="br").headers["content-encoding"] == "br"
    )
    assert ask(front, "/boardroom").body == b"Streamlit's own"


# --------------------------------------------------------------------------------------------------


def test_every_answer_carries_the_security_headers() -> None:
    async def framed(request: Any) -> HTMLResponse:
        return HTMLResponse("", headers={"X-Frame-Options": "DENY"})

    headers = ask(server.Guard(Starlette(routes=[Route("/", framed)])), "/").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY", "what an answer sets itself stays"
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    assert "permissions-policy" in headers


def test_the_policy_names_no_outside_host_and_no_eval() -> None:
    policy = headers.HEADERS["Content-Security-Policy"]
    assert "//" not in policy.replace("sha256-", "").split("sha256")[0]
    assert "http" not in policy
    assert "*" not in policy
    assert "unsafe-eval" not in policy
    assert policy.count("'sha256-") == first_page.first_page("zh").count("<script>")


# --- addresses at which there is nothing ----------------------------------------------------------


@pytest.fixture
def nowhere() -> server.NoPage:
    """What stands in front of Streamlit, which sends its page to whatever it does not know."""

    async def answer(request: Any) -> Response:
        path = request.url.path
        known = path.startswith("/media")
        return PlainTextResponse("a file") if known else HTMLResponse("Streamlit's page")

    return server.NoPage(Starlette(routes=[Route("/{path:path}", answer)]))


@pytest.mark.parametrize(
    ("path", "home"),
    [("/nothing", "./"), ("/nothing?lang=zh", "./"), ("/a/b/", "../../"), ("/leaders.html", "./")],
)
def test_an_unknown_address_says_so_and_leads_to_the_pages_that_there_are(
    nowhere: server.NoPage, path: str, home: str
) -> None:
    answer = ask(nowhere, path, accept_language="zh-CN")
    page = answer.body.decode()
    assert answer.status == 404
    assert answer.headers["cache-control"] == "no-cache"
    assert '<html lang="zh-CN">' in page
    assert path.partition("?")[0] in page
    assert f'<a href="{home}?lang=zh">总览</a>' in page
    assert f'<a href="{home}leaders?lang=zh">责任领导</a>' in page


def test_an_unknown_address_is_answered_in_the_reader_s_language(nowhere: server.NoPage) -> None:
    assert b'<html lang="en">' in ask(nowhere, "/nothing", accept_language="en").body
    assert b'<html lang="en">' in ask(nowhere, "/nothing?lang=en", accept_language="zh").body


def test_an_unknown_address_is_text_and_not_too_long(nowhere: server.NoPage) -> None:
    page = ask(nowhere, "/<script>" + "x" * 1000).body.decode()
    assert "/&lt;script&gt;xxx" in page
    assert "x" * 200 not in page


def test_what_is_no_page_passes(nowhere: server.NoPage) -> None:
    answer = ask(nowhere, "/media/file.csv")
    assert (answer.status, answer.body) == (200, b"a file")


# ----------------------------------------------------------------------------------------- warm-up


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


# -------------------------------------------------------------------------------------------------

FRAME = "import streamlit as st\nfrom lib.web import store\nst.title(store.TITLE)\n"
STORE = """
class Loaded:
    table, trouble = "a table", None

TITLE = "stub"
load = Loaded

def warm(): pass
def warm_search(): pass
"""
STUBS = {
    "pages/frame.py": FRAME,
    "lib/web/store.py": STORE,
    "lib/web/frame.py": "",
    "lib/web/details.py": "",
}
COPIED = (
    "app.py",
    "lib/__init__.py",
    "lib/errors.py",
    "lib/i18n.py",
    "lib/answers/__init__.py",
    "lib/answers/palette.py",
    "lib/web/__init__.py",
    "lib/web/hosts.py",
    "lib/web/pages.py",
    "lib/web/components.py",
    "lib/web/streamlit_internals.py",
)
WAYS = {
    "streamlit": ["streamlit", "run", "app.py", "--server.headless=true", "--server.port={port}"],
    "uvicorn": ["uvicorn", "--app-dir", "{home}", "app:app", "--port", "{port}"],
}


@pytest.fixture(scope="module", params=WAYS)
def board(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[int]:
    """The real front door before a page of our own; `streamlit run` in its folder, uvicorn from
    another.
    """
    home = tmp_path_factory.mktemp(request.param)
    for folder in ("lib/apart", "lib/web/server", "lib/web/assets", "locales"):
        shutil.copytree(HOME / folder, home / folder)
    for name in COPIED:
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(HOME / name, home / name)
    for name, text in STUBS.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
    shutil.copytree(HOME / ".streamlit", home / ".streamlit")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [part.format(port=port, home=home) for part in WAYS[request.param]]
    where = home if request.param == "streamlit" else tmp_path_factory.mktemp("elsewhere")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("COV")}
    process = subprocess.Popen([sys.executable, "-m", *command], cwd=where, env=environment)
    try:
        for _ in range(600):
            assert process.poll() is None, "the server ended"
            try:
                if get(port, "/readyz").status == 200:
                    break
            except OSError:
                pass
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def get(port: int, path: str, method: str = "GET", **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(
            method, path, headers={key.replace("_", "-"): value for key, value in headers.items()}
        )
        response = connection.getresponse()
        return Answer(
            response.status,
            {key.lower(): value for key, value in response.getheaders()},
            response.read(),
        )
    finally:
        connection.close()


def test_the_real_board_answers_as_promised(board: int) -> None:
    health = get(board, "/healthz")
    assert json.loads(health.body)["status"] == "alive"
    assert json.loads(get(board, "/readyz").body)["status"] == "ready"
    assert health.headers["x-content-type-options"] == "nosniff"

    script = get(board, SCRIPT_PATH, Accept_Encoding="gzip")
    assert gzip.decompress(script.body) == edited.body(SCRIPT)
    assert (
        get(board, SCRIPT_PATH, Accept_Encoding="gzip", If_None_Match=script.headers["etag"]).status
        == 304
    )
    head = get(board, SCRIPT_PATH, method="HEAD", Accept_Encoding="gzip")
    assert (head.body, head.headers["content-length"]) == (b"", str(len(script.body)))

    page = get(board, "/leaders?lang=en")
    assert b'<html lang="en">' in page.body
    assert "举措看板".encode() in page.body
    assert "content-security-policy" in page.headers

    assert get(board, "/_stcore/health").body == b"ok"
    assert get(board, "/favicon.png").headers["content-type"] == "image/png"
    assert get(board, "/static/../../app.py").status in {400, 404}
    assert get(board, "/nothing").status == get(board, "/a/b").status == 404


def test_no_page_around_the_board_may_steer_it(board: int) -> None:
    assert json.loads(get(board, "/_stcore/host-config").body)["allowedOrigins"] == []


def test_the_real_board_runs_its_page_with_its_settings(board: int) -> None:
    """The page imports `lib`, and config.toml counts from any working directory."""
    from websockets.sync.client import connect
    from websockets.typing import Subprotocol

    with connect(
        f"ws://127.0.0.1:{board}/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
        proxy=None,
    ) as stream:
        text = real_board.of_one_run(stream)
    assert 'body: "stub"' in text
    assert "YaHei" in text
    assert "ModuleNotFoundError" not in text
