"""Text from a file or from the address is never a link, wherever it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.board import serving, settle
from tests.browser.conftest import Visit
from tests.browser.gate import in_gate
from tests.tables import ADDRESSES, table_of_addresses

ALL: Final = " ".join(ADDRESSES)
# Every element that leads somewhere, inside open shadow roots too
LINKS: Final = """() => {
  const found = [];
  const look = root => {
    for (const element of root.querySelectorAll("*")) {
      const target = element.getAttribute("href") ?? element.getAttribute("xlink:href");
      if (target !== null && element.localName !== "link") found.push(target);
      if (element.shadowRoot) look(element.shadowRoot);
    }
  };
  look(document);
  return found;
}"""


@pytest.fixture(scope="module")
def board_of_addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(table_of_addresses(tmp_path_factory.mktemp("addresses"))) as address:
        yield address


def links_elsewhere(page: Page) -> list[str]:
    """Where the page's links lead, but for the board's own pages and drawings inside the page."""
    targets: list[str] = page.evaluate(LINKS)
    board = urlsplit(page.url).netloc
    return [
        target
        for target in targets
        if (not target.startswith(("#", "url(#")) and urlsplit(target).netloc not in ("", board))
        or target.lower().startswith(("mailto:", "xmpp:", "javascript:", "data:"))
    ]


NAMES: Final = ("list", "section", "leader", "department")
PARAMETERS: Final = ("role", "w", "as_of", "lang", "state", "sort", "page", "lane", "count")
PAGES: Final = (
    # Each filter names all addresses, whether the table has them or not
    ("", {"q": ALL, **{name: list(ADDRESSES) for name in NAMES}}),
    # What fits nothing is named
    ("leaders", {"pick": ALL, **dict.fromkeys(PARAMETERS, ALL)}),
    ("departments", {"pick": "a@evil.test"}),
    ("timeline", {"month": "2020-03", "lane": "section"}),
)


@pytest.mark.parametrize(
    ("name", "query"), in_gate(2, PAGES), ids=["filters", "misfits", "names", "rows"]
)
def test_no_text_of_the_table_or_of_the_address_is_a_link(
    visit: Visit, board_of_addresses: str, name: str, query: dict[str, str | list[str]]
) -> None:
    page = visit(name, address=board_of_addresses, **query)
    page.locator(".st-key-problems button").click()
    settle(page)
    assert links_elsewhere(page) == []
    assert "evil.test" in written(page)


@pytest.mark.parametrize("text", ["www.evil.test", "a+@evil.test"])
def test_no_name_that_is_picked_is_a_link(visit: Visit, board_of_addresses: str, text: str) -> None:
    page = visit("leaders", address=board_of_addresses, pick=text)
    assert links_elsewhere(page) == []
    assert text in written(page)


def test_the_detail_of_a_measure_shows_each_address_as_it_is_written(
    visit: Visit, board_of_addresses: str
) -> None:
    page = visit("measures", address=board_of_addresses, pick="a0")
    assert links_elsewhere(page) == []
    text_of_the_detail = written(page)
    assert [text for text in ADDRESSES if seen(text) not in text_of_the_detail] == []


def test_no_text_of_a_notice_is_a_link(visit: Visit, tmp_path: Path) -> None:
    """Nor the name of its file, where it can't be read, is on the desk, or is looked at."""
    page = visit("intake")
    name = "www.evil.test a+@evil.test"
    file = page.locator("input[type=file]")
    file.set_input_files({"name": f"{name}.doc", "mimeType": "", "buffer": b"\xd0\xcf\x11\xe0"})
    expect(page.get_by_role("alert")).to_contain_text("evil.test")
    assert links_elsewhere(page) == []
    file.set_input_files(table_of_addresses(tmp_path))
    page.locator(".desk .sheet td").first.wait_for()
    settle(page)
    assert links_elsewhere(page) == []
    page.get_by_role("button", name="在看板上试看").click()
    settle(page)
    assert name in written(page)
    assert links_elsewhere(page) == []


def written(page: Page) -> str:
    """What the page says, as a reader sees it."""
    return seen(page.locator("body").inner_text())


def seen(text: str) -> str:
    """Without what takes no room, and with one space for several."""
    return " ".join(re.sub("[\u200b\u2060]", "", text).split())
