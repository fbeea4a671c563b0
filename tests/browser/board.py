"""A real board on a free port of this machine, and a real Chromium to look at it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
# The first draws no window of its own, and takes a quarter less of the processor
BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    # The last of these lists counts, so Playwright's own is not in force. With RenderDocument a page that
    # a middle click opens ends Chromium 150; a page of one link is enough.
    "--disable-features=RenderDocument,PaintHolding,HttpsUpgrades,OptimizationHints,MediaRouter",
    # no other host, and a name for the board as others reach it; route() would switch the cache off
    "--host-resolver-rules=MAP board.example 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
START = 120  # seconds that a board may take until it answers
REST = 60  # seconds that a page may take until it is at rest, on a machine that is busy


def browser_path() -> str:
    """The browser that CHROMIUM names or the system has; the tests download none."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not path:
        raise RuntimeError(
            "No Chromium, Chrome or Edge found: install one, or name it in CHROMIUM."
        )
    return path


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(
    table: Path | None = None, port: int = 0, clock: Path | None = None, **settings: str
) -> Iterator[str]:
    """The address of a board over a table (the real one by default), as `streamlit run app.py`
    serves it.

    Args:
        port: a free one by default.
        clock: the file of its own clock (tests/browser/clock.py), this machine's by default.
        settings: in its environment.
    """
    port = port or free_port()
    environment = {**os.environ, **({"MEASURES": str(table)} if table else {}), **settings}
    command = [
        sys.executable,
        *(["-m", "tests.browser.clock", str(clock)] if clock else ["-m"]),
        "streamlit",
        "run",
        "app.py",
        "--server.port",
        str(port),
        "--server.headless",
        "true",
    ]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        _wait(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)
        if process.stdout:
            process.stdout.close()


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(
                f"The board ended at its start: {process.communicate()[0].decode()[-2000:]}"
            )
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=2):
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise RuntimeError("The board did not answer in time")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


SCROLLED = "() => document.querySelector('[data-testid=stMain]')?.scrollTop"
READY = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  if (!app || app.getAttribute('data-test-script-state') === 'running') return false;
  if (document.querySelector('[data-testid=stSkeleton]')) return false;
  const charts = [...document.querySelectorAll('[data-testid=stPlotlyChart]')];
  const drawn = charts.every(chart => chart.querySelector('.main-svg'));
  return Boolean(document.querySelector('h1')) && drawn;
}"""


def settle(page: Page, pause: int = 300) -> None:
    """Wait until no run goes on, every chart is drawn, nothing scrolls, and nothing has begun for a while.

    Args:
        pause: milliseconds, at least as long as a click takes to begin a run.
    """
    end = time.monotonic() + REST
    at_rest_since = time.monotonic()
    place = None
    while time.monotonic() - at_rest_since < pause / 1000:
        page.wait_for_timeout(50)
        # not wait_for_function, which would need eval: our policy forbids it
        before, place = place, page.evaluate(SCROLLED)
        if place != before or not page.evaluate(READY):
            at_rest_since = time.monotonic()
        if time.monotonic() > end:
            raise TimeoutError(f"The page does not come to rest: {page.url}")
