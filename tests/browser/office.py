"""What an office does on the board: opens a measure and records an act, hands forms out and takes them in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Final

from playwright.sync_api import FilePayload, Page, expect

from tests.browser.board import settle
from tests.browser.tables import table

PATIENCE: Final = (
    60_000  # milliseconds that recording, or comparing many files, may take on a busy machine
)


def open_measure(page: Page, measure_id: str) -> None:
    """Open a measure over the page."""
    page.goto(page.url.split("?")[0] + f"?lang=zh&measure={measure_id}")
    settle(page)


def act(page: Page, name: str) -> None:
    """Choose what is to be recorded."""
    page.locator(".st-key-acts").get_by_role("radio", name=name, exact=True).click()
    settle(page)


def set_day(page: Page, label: str, day: str) -> None:
    """Type a day into a box of the act that is chosen."""
    box = page.locator(".st-key-acts").get_by_role("group", name=label)
    box.get_by_role("spinbutton").first.click()
    page.keyboard.type(day.replace("-", ""))
    page.keyboard.press("Escape")  # the calendar, which covers the button
    settle(page)


def submit(page: Page) -> None:
    """Record the act that is chosen."""
    page.get_by_role("button", name="记入台账").click()
    settle(page)


def choose(page: Page, label: str, option: str) -> None:
    """Choose an option of a box."""
    box = page.get_by_role("combobox", name=label)
    box.scroll_into_view_if_needed()  # a list that is open would close while the page moves
    settle(page)
    box.click()
    page.get_by_role("option", name=option, exact=True).click()
    settle(page)


def forms_out(page: Page) -> dict[str, bytes]:
    """All forms of the period that is chosen, by the names of their files."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载全部（zip）").click()
    with zipfile.ZipFile(io.BytesIO(waiting.value.path().read_bytes())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def drop(page: Page, files: Mapping[str, bytes]) -> None:
    """Drop forms on the page, and wait for what comes of them."""
    uploads: list[FilePayload] = [
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        for name, data in files.items()
    ]
    page.locator("input[type=file]").set_input_files(uploads)
    expect(table(page, "forms_preview")).to_be_visible(timeout=PATIENCE)
    settle(page)


def rows(page: Page, key: str) -> list[list[str]]:
    """The texts of a table's cells, row by row."""
    texts: list[list[str]] = (
        table(page, key)
        .locator("tbody tr")
        .evaluate_all(
            "rows => rows.map(row => [...row.querySelectorAll('th, td')].map(cell => cell.textContent.trim()))"
        )
    )
    return texts
