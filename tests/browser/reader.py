"""What a reader has of a page in the browser, and does with the draft on the desk."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.board import settle


def query(page: Page) -> dict[str, list[str]]:
    """The parameters of the address."""
    return parse_qs(urlsplit(page.url).query)


def path(page: Page) -> str:
    """The page that the address names."""
    return urlsplit(page.url).path.strip("/")


def arrive(page: Page, name: str, **named: str) -> None:
    """Wait until the address has this page and these parameters, and the page is at rest: on a busy
    machine a click takes a while to be heard.
    """

    def there(url: str) -> bool:
        address = urlsplit(url)
        parameters = parse_qs(address.query)
        return address.path.strip("/") == name and all(
            parameters.get(key) == [text] for key, text in named.items()
        )

    page.wait_for_url(there)
    settle(page)


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


def write_draft(page: Page, way: str, changes: str) -> None:
    """Write the draft on the desk into the board's table.

    Args:
        way: how it goes in, as the choice says it.
        changes: what is said of them before.
    """
    choice = page.get_by_role("combobox", name="怎样并入")
    choice.scroll_into_view_if_needed()  # a list that is open would close while the page moves
    settle(page)
    choice.click()
    page.get_by_role("option", name=way).click()
    settle(page)
    expect(page.locator(".st-key-adding")).to_contain_text(changes)
    page.get_by_role("button", name="写入 measures.csv").click()
    settle(page)


def undo_writing(page: Page) -> None:
    """Bring back the table that was there before."""
    page.get_by_role("button", name="撤销上次写入").click()
    page.get_by_role("button", name="换回").click()
    settle(page)
