"""Every number opens as many rows as it says: a crawler over the marks of all charts and cards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

import pytest
from playwright.sync_api import Page, expect

from tests.browser.board import serving, settle
from tests.browser.charts import click
from tests.browser.conftest import Visit
from tests.browser.reader import path
from tests.counties import county_list

DAY: Final = "2026-08-20"
PAGES: Final = ("", "leaders", "departments", "sections", "timeline")
IN_THE_GATE: Final = 40  # marks; all of them in `make test-long`
AT_LEAST: Final = 300  # marks that the pages have

# What each chart of the page opens, and the number that the reader sees there; names and months
# without a number of their own say it on hover.
_MARKS: Final = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
  const figure = plot.closest('[class*="st-key-figure_"]');
  const key = [...figure.classList].find(name => name.startsWith('st-key-figure_')).slice(14);
  const many = (value, at) => Array.isArray(value) ? value[at] : value;
  return plot.data.flatMap(trace => (trace.customdata || []).map((query, at) => ({
    key, query, type: trace.type, horizontal: trace.orientation === 'h',
    text: String(many(trace.text, at) ?? ''), length: many(trace.x, at),
    hover: String(many(trace.hovertext, at) ?? ''),
    seen: many(trace.marker.line?.width, at) !== 0 || Boolean(trace.text),
  })));
})"""


class Mark(NamedTuple):
    """A mark of a chart: the page and the chart, what it opens, and the number that it shows."""

    page: str
    chart: str
    query: str
    number: int


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a board over a county's list."""
    with serving(county_list(tmp_path_factory.mktemp("county"))) as address:
        yield address


def marks_of(page: Page, name: str) -> list[Mark]:
    """The marks of a page's charts that open something and show a number."""
    marks: dict[str, Mark] = {}
    for found in page.evaluate(_MARKS):
        number = number_of(found)
        if found["query"] and number is not None:
            key = f"{found['key']} {found['query']}"
            marks.setdefault(key, Mark(name, found["key"], found["query"], number))
    return [*marks.values()]


def number_of(found: dict[str, object]) -> int | None:
    """The number that a mark shows, None where it shows none."""
    if not found["seen"] or "measure=" in str(found["query"]):
        return None
    in_words = re.search(r"\d+", re.sub("<[^>]*>|,", "", str(found["text"])))
    if in_words:
        return int(in_words[0])
    kind = re.search(r"count=(due|ongoing)", str(found["query"]))
    if kind:
        word = {"due": "到期", "ongoing": "全年"}[kind[1]]
        said = re.search(rf"{word} (\d+)", str(found["hover"]))
        return int(said[1]) if said else None
    return round(float(str(found["length"]))) if found["horizontal"] else None


def opened_by(page: Page, mark: Mark) -> int:
    """How many rows a click on a mark opens."""
    click(page, mark.chart, mark.query)
    settle(page)
    if path(page) == "measures":
        captions = page.locator(".st-key-page [data-testid=stCaptionContainer]").all_inner_texts()
        return next(int(text.split()[0]) for text in captions if text[0].isdigit())
    heading = page.locator(".st-key-detail h3").inner_text()
    said = re.search(r"([\d,]+) 项举措", heading)
    assert said, heading
    return int(said[1])


def close(page: Page, mark: Mark, address: str) -> None:
    """Go back to the page as it was: a second click closes what the first has opened."""
    if path(page) == mark.page:
        click(page, mark.chart, mark.query)
    else:
        page.goto(address)
    settle(page)
    expect(page.locator(".st-key-detail"), str(mark)).to_have_count(0)


def wrong_ones(visit: Visit, county: str, every: int) -> tuple[list[tuple[Mark, int]], int, int]:
    """Click every so many-th mark of the pages.

    Returns:
        Those that opened another number of rows than they show, with that number; how many were
        clicked; how many there are.
    """
    wrong: list[tuple[Mark, int]] = []
    clicked = in_all = 0
    for name in PAGES:
        page = visit(name, address=county, as_of=DAY)
        address = page.url
        marks = marks_of(page, name)
        for mark in marks[::every]:
            number = opened_by(page, mark)
            if number != mark.number:
                wrong.append((mark, number))
            close(page, mark, address)
        clicked += len(marks[::every])
        in_all += len(marks)
        page.close()
    return wrong, clicked, in_all


def test_a_part_of_the_marks_opens_as_many_rows_as_each_says(visit: Visit, county: str) -> None:
    wrong, clicked, in_all = wrong_ones(visit, county, every=9)
    assert wrong == []
    assert clicked >= IN_THE_GATE
    assert in_all >= AT_LEAST


@pytest.mark.long
def test_every_mark_opens_as_many_rows_as_it_says(visit: Visit, county: str) -> None:
    wrong, clicked, in_all = wrong_ones(visit, county, every=1)
    assert wrong == []
    assert clicked == in_all >= AT_LEAST
