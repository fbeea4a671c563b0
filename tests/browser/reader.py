"""What a reader has of a page in the browser: its address, its headline, a file to keep."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page


def query(page: Page) -> dict[str, list[str]]:
    """The parameters of the address."""
    return parse_qs(urlsplit(page.url).query)


def path(page: Page) -> str:
    """The page that the address names."""
    return urlsplit(page.url).path.strip("/")


def headline(page: Page) -> str:
    """The sentence on top of the page."""
    return page.locator("h1").inner_text()


def downloaded(page: Page, button: str, folder: Path) -> Path:
    """The file that comes down after a button was pressed, in a folder."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    target = folder / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target
