"""What is written about the board: it names every page, and only files that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lib.i18n import LANGUAGES, words
from lib.web.pages import PAGES

ROOT = Path(__file__).resolve().parent.parent
READMES = {"en": "README.md", "zh": "README.zh.md"}
GUIDES = ["AGENTS.md", "docs/design.md"]
DECISIONS = ROOT / "docs" / "decisions"

# `lib/measures/schema.py`, `locales/*.toml`, `docs/decisions/`; no command, no address, no `.csv`
PATH = re.compile(
    r"(?!/)(?=[\w./*-]*(?:/|\w\.(?:py|toml|md|js|css|html|svg)\b))[\w./*-]+", re.ASCII
)
MADE_LATER = {"shots/"}  # by `make shots`


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def without_blocks(markdown: str) -> str:
    """A page without what stands in fences: drawings and commands."""
    return re.sub(r"^```.*?^```", "", markdown, flags=re.DOTALL | re.MULTILINE)


def paths(markdown: str) -> list[str]:
    """The paths in backticks."""
    quoted = re.findall(r"`([^`\n]+)`", without_blocks(markdown))
    return sorted({text for text in quoted if PATH.fullmatch(text)} - MADE_LATER)


def exists(path: str) -> bool:
    """Whether a path from the root or from lib leads somewhere; a mere name, from any room."""
    pattern = path.rstrip("/")
    if "/" not in pattern:
        pattern = f"**/{pattern}"
    return any(ROOT.glob(path.rstrip("/"))) or any((ROOT / "lib").glob(pattern))


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


@pytest.mark.parametrize("guide", GUIDES)
def test_every_path_that_a_guide_names_exists(guide) -> None:
    named = paths(text_of(guide))
    assert named
    assert [path for path in named if not exists(path)] == []


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("`lib/files/guard.py` and `make test`", ["lib/files/guard.py"]),
        ("`board.css`, `locales/*.toml`", ["board.css", "locales/*.toml"]),
        ("`docs/decisions/`", ["docs/decisions/"]),
        (
            "`.csv`, `/healthz`, `st-key-*`, `measures.read`, `bench/RESULTS.md`",
            ["bench/RESULTS.md"],
        ),
        ("`<stem>.milestones.csv`, `主管部门/办结期限`, `view.once(…)`", []),
    ],
)
def test_what_is_a_path_in_a_guide(text, path) -> None:
    assert paths(text) == path


PAGES_OF_TEXT = [
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", "docs/**/*.md", "tests/**/*.md", "bench/*.md")
    for path in sorted(ROOT.glob(pattern))
]


@pytest.mark.parametrize("page", PAGES_OF_TEXT)
def test_every_link_to_a_file_leads_somewhere(page) -> None:
    folder = (ROOT / page).parent
    assert [link for link in links(text_of(page)) if not (folder / link).exists()] == []


def test_the_list_of_decisions_has_each_of_them_in_order() -> None:
    decisions = sorted(path.name for path in DECISIONS.glob("[0-9]*.md"))
    linked = re.findall(r"\]\((\d[^)]*\.md)\)", (DECISIONS / "README.md").read_text("utf-8"))
    assert linked == decisions
