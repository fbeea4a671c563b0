"""Addresses at which there is nothing."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from lib.web import server
from tests.asking import ask


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
