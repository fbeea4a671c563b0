"""What is written about the board: it names every page, and only files that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lib.i18n import LANGUAGES, words
from lib.web.pages import PAGES

ROOT = Path(__file__).resolve().parent.parent
READMES = {"en": "README.md", "zh": "README.zh.md"}


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def without_blocks(markdown: str) -> str:
    """A page without what stands in fences: drawings and commands."""
    return re.sub(r"^```.*?^```", "", markdown, flags=re.DOTALL | re.MULTILINE)


def links(markdown: str) -> list[str]:
    """The files that a page links to."""
    targets = re.findall(r"\]\(([^)\s]+)\)", without_blocks(markdown))
    files = [target.split("#")[0] for target in targets if "://" not in target]
    return sorted({file for file in files if file})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_a_title_and_a_paragraph_in_the_readme(language, page) -> None:
    title = words(language)[f"page.{page.name}"]
    begins = re.compile(rf"^\*\*{re.escape(title)}\*\* ?—.+", re.MULTILINE)
    assert begins.search(text_of(READMES[language])), title


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_readme_has_no_paragraph_of_a_page_that_is_gone(language) -> None:
    titles = {words(language)[f"page.{page.name}"] for page in PAGES}
    named = re.findall(r"^\*\*([^*]+)\*\* ?—", text_of(READMES[language]), re.MULTILINE)
    assert set(named) == titles


PAGES_OF_TEXT = [
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", "docs/**/*.md", "tests/**/*.md", "bench/*.md")
    for path in sorted(ROOT.glob(pattern))
]


@pytest.mark.parametrize("page", PAGES_OF_TEXT)
def test_every_link_to_a_file_leads_somewhere(page) -> None:
    folder = (ROOT / page).parent
    assert [link for link in links(text_of(page)) if not (folder / link).exists()] == []
