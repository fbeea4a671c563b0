"""What a reader has of a table in the browser; Playwright looks into its shadow root by itself."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

# What has the focus inside a table: a head, a row, or something above it
_FOCUS = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at?.closest('thead') ? 'head' : at?.closest('tbody') ? 'row' : '';
}"""


def table(page: Page, key: str) -> Locator:
    """The table with a key."""
    return page.locator(f".st-key-{key} table")


def column(page: Page, key: str, name: str) -> list[str]:
    """The texts of a column, from top to bottom. name: of the column."""
    cells = table(page, key).locator(f'tbody [data-key="{name}"] .text')
    cells.first.wait_for(state="attached")
    return cells.all_inner_texts()


def head(page: Page, key: str, words: str) -> Locator:
    """The button in a head, which sorts."""
    return (
        table(page, key).get_by_role("columnheader").get_by_role("button", name=words, exact=True)
    )


def in_table(page: Page) -> str:
    """Which part of a table has the focus: head or row, "" for none."""
    return str(page.evaluate(_FOCUS))
