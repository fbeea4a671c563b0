"""What a reader waits for, in a real browser: the first view, the answer to a click, the bytes.

Each page is opened in a Chromium process of its own with an empty profile, so nothing is in any
cache. The browser is started before the clock: its own start is the same for everybody and no part
of the page.

When is a page *fully drawn*? ``watch.js`` runs in the page from its first moment and looks at each
animation frame: Streamlit is connected and not running, no element is stale or a placeholder, every
chart's element holds a Plotly drawing with marks in it, as many as expected, every table has its
canvas. The moment counted is the last at which this became true or a chart was drawn, once nothing
has changed for 400 ms: a page that draws, runs again and draws anew is only done after the second
time.

When is a chart *redrawn*? Plotly says so itself: ``plotly_afterplot``, which every drawing emits
when its SVG stands, and a drawing that is new in the page counts too. The clock starts in the page
at the pointer's press on the thing clicked, so the driver's own time is not in it, and stops at the
last chart's event, again after 400 ms of quiet.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page, Playwright, ViewportSize

# --- the elements that are clicked: the only place to change when a page changes ---


@dataclass(frozen=True)
class Click:
    """What is pressed, one after the other.

    The last press changes every chart, and its answer is what is timed.
    """

    presses: tuple[str, ...]


OPTION = '[role="listbox"] [role="option"]'
# Drawings that must be there at the least; every other chart element must be drawn too.
CHARTS = {"floor": 4, "board": 3}
PATHS = {"floor": "/", "board": "/?lang=zh&as_of=2020-03-15&w=0.5"}
CLICKS = {
    # Each of the three lists in turn.
    "floor": [Click((".st-key-pick button", f"{OPTION} >> nth={place}")) for place in (1, 2, 0)],
    # The first section, and all again; what takes it off says so in the page's language.
    "board": [
        Click((".st-key-section button", f"{OPTION} >> nth=0")),
        Click(('.st-key-section [aria-label="清空"]',)),
    ],
}
# Pressed once before the first click.
BEFORE: dict[str, tuple[str, ...]] = {"floor": (), "board": (".st-key-filters_open label",)}

# --- the browser ---

VIEWPORT = ViewportSize(width=1366, height=768)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--mute-audio",
]
LIMIT = 90.0  # seconds for any one thing
QUIET = 400  # ms without a change before a page counts as done
PATIENCE = 4000  # ms after a click before charts that were not drawn again are given up
PRESS_LIMIT = 15_000  # ms

WATCH = Path(__file__).with_name("watch.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Answer:
    ms: float
    redrawn: int
    charts: int


@dataclass
class Traffic:
    """Bytes that came to one page: bodies and headers as sent, and the websocket's payload."""

    http: int = 0
    socket: int = 0
    requests: int = 0

    @property
    def megabytes(self) -> float:
        return (self.http + self.socket) / 1e6

    def listen(self, devtools: CDPSession) -> None:
        def finished(event: dict[str, Any]) -> None:
            self.http += int(event["encodedDataLength"])
            self.requests += 1

        def frame(event: dict[str, Any]) -> None:
            data = event["response"]["payloadData"]
            self.socket += (
                len(data) * 3 // 4 if event["response"]["opcode"] == 2 else len(data.encode())
            )

        devtools.on("Network.loadingFinished", finished)
        devtools.on("Network.webSocketFrameReceived", frame)


def chromium() -> str | None:
    """What CHROMIUM names, or the system's; without one, Playwright's own."""
    names = (
        os.environ.get("CHROMIUM", ""),
        "chromium",
        "chromium-browser",
        "google-chrome",
        "microsoft-edge",
    )
    for name in names:
        if path := shutil.which(name):
            return path
    return None


@contextmanager
def cold_page(playwright: Playwright) -> Iterator[tuple[Page, CDPSession]]:
    """An empty page of a browser that has never seen anything."""
    running = playwright.chromium.launch(executable_path=chromium(), headless=True, args=ARGUMENTS)
    try:
        page = running.new_context(
            viewport=VIEWPORT, locale="zh-CN", timezone_id="Asia/Shanghai"
        ).new_page()
        page.add_init_script(WATCH)
        page.set_default_timeout(LIMIT * 1000)
        devtools = page.context.new_cdp_session(page)
        devtools.send("Network.enable")
        page.goto("about:blank")
        yield page, devtools
    finally:
        running.close()


def slow_line(devtools: CDPSession, megabits: float = 10, latency: float = 20) -> None:
    rate = megabits * 1e6 / 8
    devtools.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": latency,
            "downloadThroughput": rate,
            "uploadThroughput": rate,
        },
    )


def open_page(page: Page, address: str, part: str) -> float:
    """Go there; the time (as of ``time.time()``) at which the page was fully drawn."""
    page.goto(address + PATHS[part], wait_until="commit")
    drawn = page.wait_for_function(
        f"() => window.__bench.settled({CHARTS[part]}, {QUIET})", polling=50
    )
    return float(drawn.json_value()) / 1000


def get_ready(page: Page, part: str) -> None:
    for target in BEFORE[part]:
        page.locator(target).first.click(timeout=PRESS_LIMIT)
    page.wait_for_timeout(1000)


def click(page: Page, part: str, turn: int) -> Answer:
    """One click, and the time until every chart has been drawn again."""
    for target in CLICKS[part][turn % len(CLICKS[part])].presses:
        page.locator(target).first.click(timeout=PRESS_LIMIT)
    page.mouse.move(2, 2)  # nothing is hovered while the charts draw
    answer = page.wait_for_function(
        f"() => window.__bench.answered({QUIET}, {PATIENCE})", polling=50
    )
    return Answer(**answer.json_value())


def traffic_of(page: Page, devtools: CDPSession, address: str, part: str) -> Traffic:
    """Everything that the first load brings, until a second after the page was drawn."""
    traffic = Traffic()
    traffic.listen(devtools)
    open_page(page, address, part)
    page.wait_for_timeout(1000)
    return traffic


def first_view(page: Page, address: str, part: str) -> float:
    """From the request to fully drawn, in ms, with the server already running."""
    begin = time.time()
    return (open_page(page, address, part) - begin) * 1000
