"""One board and one browser for all tests; every page opened here is watched for errors and outside requests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, ViewportSize

from tests.browser.board import chromium, serving, settle
from tests.tables import hostile_table, many_measures

DAY = "2020-09-15"
# Streamlit's front end asks below the page's own path first, to find out where the server's root is (1.67).
PROBES = ("/_stcore/health", "/_stcore/host-config")

Visit = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a browser test."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def board() -> Iterator[str]:
    """The address of the board over the real list."""
    with serving() as address:
        yield address


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a board over a table that looks like code."""
    with serving(hostile_table(tmp_path_factory.mktemp("hostile"))) as address:
        yield address


@pytest.fixture(scope="session")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a board over 450 measures of one year, 40 leaders and 60 departments."""
    with serving(many_measures(tmp_path_factory.mktemp("long"), (2020,))) as address:
        yield address


@pytest.fixture(scope="session")
def contexts(chrome: Browser) -> Callable[..., BrowserContext]:
    """Browser contexts by their options, kept for the session: what a first visit loads stays in their cache."""

    @cache
    def context(width: int, height: int, **options: Any) -> BrowserContext:
        permissions = [*options.pop("permissions", ())]
        size: ViewportSize = {"width": width, "height": height}
        return chrome.new_context(viewport=size, permissions=permissions, **{"locale": "zh-CN", **options})

    return context


@pytest.fixture
def visit(contexts: Callable[..., BrowserContext], board: str) -> Iterator[Visit]:
    """Open a page of the board: `visit("leaders", leader="张慧")`; at the end no page may have had an error.

    A request to another host fails the test (and goes nowhere: see FLAGS).
    """
    outside: list[str] = []
    errors: list[str] = []
    pages: list[Page] = []

    def open_page(page: str = "", *, address: str = board, first: bool = False, **query: Any) -> Page:
        """first: a first visit, without day and language in the URL. query: also the options of the browser."""
        options = {name: query.pop(name) for name in [*query] if name in OPTIONS}
        opened = contexts(options.pop("width", 1366), options.pop("height", 900), **options).new_page()
        pages.append(opened)

        def asked(request: Request) -> None:
            parts = urlsplit(request.url)
            if parts.scheme not in ("data", "blob") and parts.netloc != urlsplit(address).netloc:
                outside.append(request.url)

        def heard(message: ConsoleMessage) -> None:
            if message.type == "error" and not urlsplit(message.location.get("url", "")).path.endswith(PROBES):
                errors.append(message.text)

        opened.on("request", asked)
        opened.on(
            "websocket",
            lambda socket: outside.append(socket.url) if urlsplit(address).netloc not in socket.url else None,
        )
        opened.on("console", heard)
        opened.on("pageerror", lambda error: errors.append(str(error)))
        given = query if first else {"lang": "zh", "as_of": DAY, **query}
        opened.goto(f"{address}/{page}" + (f"?{urlencode(given, doseq=True)}" if given else ""))
        settle(opened)
        return opened

    yield open_page
    for opened in pages:
        opened.close()
    assert not outside
    assert not errors


OPTIONS = ("width", "height", "color_scheme", "locale", "bypass_csp", "permissions", "timezone_id")
