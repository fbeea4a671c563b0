"""What a browser gets before Streamlit: compressed files, first pages, security headers."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pyarrow
import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from streamlit import config

from lib.web import server, streamlit_internals
from lib.web.server import assets, edited, first_page, headers, warm_up
from tests.asking import SCRIPT, SCRIPT_PATH, ask


async def inner(request: Any) -> PlainTextResponse:
    return PlainTextResponse("Streamlit's own")


@pytest.fixture
def front(monkeypatch: pytest.MonkeyPatch) -> server.FrontEnd:
    """The front end of a board that has warmed up."""
    monkeypatch.setattr(warm_up.of_the_board, "status", "ok")
    return server.FrontEnd(
        Starlette(routes=[Route("/{path:path}", inner, methods=["GET", "POST"])])
    )


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
