"""One board and one browser for all tests; every page opened here is watched for errors and outside
requests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize

from lib.web.pages import TABLE_PAGES
from tests.browser.board import chromium, serving, settle
from tests.tables import hostile_table, many_measures

DAY = "2020-09-15"
PAGES: Final = tuple(page.path for page in TABLE_PAGES)
# Each page with everything open that can be, for tests that only look.
OPEN: Final[dict[str, dict[str, str]]] = {
    "": {"q": "组宣部"},
    "leaders": {"pick": "张慧"},
    "departments": {"pick": "财务部"},
    "sections": {"pick": "二、不断提高新时代新型职工队伍素质"},
    "timeline": {"month": "2020-12"},
    "measures": {"pick": "2020-2-2"},
    "progress": {},
}
# Streamlit's front end asks below the page's own path first, to find out where the server's root is
# (1.67).
PROBES = ("/_stcore/health", "/_stcore/host-config")

Visit = Callable[..., Page]
Look = Callable[..., Page]


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
    """Browser contexts by their options, kept for the session: what a first visit loads stays in
    their cache.
    """

    @cache
    def context(width: int, height: int, **options: Any) -> BrowserContext:
        permissions = [*options.pop("permissions", ())]
        size: ViewportSize = {"width": width, "height": height}
        return chrome.new_context(
            viewport=size, permissions=permissions, **{"locale": "zh-CN", **options}
        )

    return context


class Watch:
    """What went wrong on the pages that it watches: requests to another host, errors in the
    console.
    """

    def __init__(self, host: str) -> None:
        self.host = host
        self.found: list[str] = []

    def over(self, page: Page) -> None:
        page.on("request", lambda request: self._asked(request.url))
        page.on("websocket", lambda socket: self._asked(socket.url))
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.found.append(str(error)))

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self.host:
            self.found.append(url)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not urlsplit(message.location.get("url", "")).path.endswith(
            PROBES
        ):
            self.found.append(message.text)


@pytest.fixture
def visit(contexts: Callable[..., BrowserContext], board: str) -> Iterator[Visit]:
    """Open a page of the board: `visit("leaders", leader="张慧")`; at the end no page may have had an
    error.

    A request to another host fails the test (and goes nowhere: see FLAGS).
    """
    watches: list[Watch] = []
    pages: list[Page] = []

    def open_page(
        page: str = "", /, *, address: str = board, first: bool = False, **query: Any
    ) -> Page:
        """first: a first visit, without day and language in the URL. query: also the options of the
        browser.
        """
        options = {name: query.pop(name) for name in [*query] if name in OPTIONS}
        opened = contexts(
            options.pop("width", 1366), options.pop("height", 900), **options
        ).new_page()
        pages.append(opened)
        watches.append(Watch(urlsplit(address).netloc))
        watches[-1].over(opened)
        asked = query if first else {"lang": "zh", "as_of": DAY, **query}
        opened.goto(f"{address}/{page}" + (f"?{urlencode(asked, doseq=True)}" if asked else ""))
        settle(opened)
        return opened

    yield open_page
    for opened in pages:
        if not opened.is_closed():
            forget_what_it_stored(opened)
            opened.close()
    assert [failure for watch in watches for failure in watch.found] == []


def forget_what_it_stored(page: Page) -> None:
    """The next test finds a browser without drafts."""
    parts = urlsplit(page.url)
    origin = {
        "origin": f"{parts.scheme}://{parts.netloc}",
        "storageTypes": "indexeddb,local_storage",
    }
    page.context.new_cdp_session(page).send("Storage.clearDataForOrigin", origin)


@pytest.fixture(scope="session")
def looks(contexts: Callable[..., BrowserContext], board: str) -> Callable[..., tuple[Page, Watch]]:
    @cache
    def open_page(page: str, lang: str, theme: str) -> tuple[Page, Watch]:
        opened = contexts(1366, 900, color_scheme=theme, bypass_csp=True).new_page()
        watch = Watch(urlsplit(board).netloc)
        watch.over(opened)
        opened.goto(f"{board}/{page}?{urlencode({'lang': lang, 'as_of': DAY, **OPEN[page]})}")
        settle(opened)
        opened.locator(".st-key-filters_open label").click()
        settle(opened)
        return opened, watch

    return open_page


@pytest.fixture
def look(looks: Callable[..., tuple[Page, Watch]]) -> Iterator[Look]:
    """A page with everything open, `look("leaders", "en", "dark")`: opened once for all tests, who
    only look at it.
    """
    watches: list[Watch] = []

    def opened(page: str, lang: str = "zh", theme: str = "light") -> Page:
        tab, watch = looks(page, lang, theme)
        watches.append(watch)
        return tab

    yield opened
    assert [failure for watch in watches for failure in watch.found] == []


OPTIONS = (
    "width",
    "height",
    "color_scheme",
    "locale",
    "bypass_csp",
    "permissions",
    "timezone_id",
    "has_touch",
)
