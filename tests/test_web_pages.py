"""The table of pages: each has its file, its title in each language, and its path."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lib.i18n import LANGUAGES, translator
from lib.web.markdown import plain
from lib.web.pages import PAGES, TABLE_PAGES
from lib.web.server import first_page

ROOT = Path(__file__).parent.parent


def test_every_file_of_a_page_is_in_the_table_and_every_page_has_its_file() -> None:
    files = {file.stem for file in (ROOT / "pages").glob("*.py")} - {"frame"}
    assert {page.name for page in PAGES} == files


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_a_title(language: str) -> None:
    t = translator(language)
    titles = [t(f"page.{page.name}") for page in PAGES]
    assert len(set(titles)) == len(PAGES)


def test_the_first_page_opens_the_board_and_the_others_stand_below_it() -> None:
    assert [page.path for page in PAGES] == ["", *(page.name for page in PAGES[1:])]


def test_only_the_desk_needs_no_table() -> None:
    assert {page.name for page in PAGES} - {page.name for page in TABLE_PAGES} == {"intake"}


def test_of_a_text_that_no_cell_can_hold_the_beginning_is_shown() -> None:
    assert plain("长" * 32_767) == "长" * 32_767
    assert plain("长" * 1_000_000) == "长" * 32_766 + "…"


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("组宣部", "组宣部"),
        ("**甲**", r"\*\*甲\*\*"),
        ("[甲](http://x.y)", "\\[甲\\]\\(http\\:\\/\\/\u2060x\\.y\\)"),
        ("WWW.x.y", "WWW\u2060\\.x\\.y"),
        ("wwww", "wwww"),
        ("a@b", "a\\@\u2060b"),
        ("a+@b", "a\\+\\@\u2060b"),
        ("$x$ :red[y] :material/add:", r"\$x\$ \:red\[y\] \:material\/add\:"),
        ("两\n行  空格", "两 行 空格"),
    ],
)
def test_text_from_the_data_is_shown_as_written(text: str, markdown: str) -> None:
    assert plain(text) == markdown


def test_no_rule_looks_at_the_whole_page_for_what_stands_on_it() -> None:
    """Chromium answers it anew at each change of the page: on Leaders 0.6 s of a load, 0.2 s of a click."""
    rules = re.sub(r"/\*.*?\*/", "", first_page.style(), flags=re.DOTALL)
    assert (
        re.findall(r"(?:html|:root|body|\.stMainBlockContainer|\.st-key-page)[^ >{]*:has\(", rules)
        == []
    )


def test_no_rule_asks_every_element_of_the_page_what_stands_in_it() -> None:
    """Chromium begins at the end of a selector, so that a `:has` without more is asked of all."""
    rules = re.sub(r"/\*.*?\*/", "", first_page.style(), flags=re.DOTALL)
    assert re.findall(r"(?:^|[\s>,]):has\([^)]*\)", rules) == []
