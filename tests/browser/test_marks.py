"""Every number opens as many rows as it says: a crawler over all charts, their tables and the cards."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, NamedTuple

import pytest
from playwright.sync_api import Page

from tests.browser.board import serving, settle
from tests.browser.charts import click
from tests.browser.conftest import Visit
from tests.browser.reader import path
from tests.counties import county_list

DAY: Final = "2026-08-20"
PAGES: Final = ("", "leaders", "departments", "sections", "timeline")
IN_THE_GATE: Final = 25  # numbers; all of them in `make test-long`
CARDS: Final = ":is(.st-key-cards, .st-key-more_states) a >> visible=true"
AT_LEAST: Final = 600  # numbers that the pages have

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


# The cells of a chart's table with a number, and what each opens; a weighted load counts no rows
_CELLS: Final = """(rows) => [...rows].flatMap((row, place) => {
  const opens = cell => cell.querySelector('[data-name]')?.dataset.name.slice('opens '.length);
  const head = row.querySelector('th');
  return [...row.querySelectorAll('td.number.opens:not([data-key="weighted"])')].map(cell => ({
    place, key: cell.dataset.key, query: opens(cell) ?? opens(head),
    number: Number(cell.innerText.replace(/,/g, '')),
  }));
})"""
# What is no count of rows: a sum of names, a lane that opens, a measure
_NO_ROWS: Final = ("names=", "open=", "measure=")
_FIGURES: Final = """() => [...document.querySelectorAll('[class*="st-key-figure_"]')]
  .map(figure => [...figure.classList].find(name => name.startsWith('st-key-figure_')).slice(14))"""

Click = Callable[[Page], None]


class Mark(NamedTuple):
    """A number of a page, what it is, and how it is clicked."""

    page: str
    what: str
    number: int
    click: Click


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a board over a county's list."""
    with serving(county_list(tmp_path_factory.mktemp("county"))) as address:
        yield address


def marks_of(page: Page, name: str) -> list[Mark]:
    """The marks of a page's charts that open something and show a number."""
    marks: dict[str, Mark] = {}
    for mark in page.evaluate(_MARKS):
        number = number_of(mark)
        if mark["query"] and number is not None:
            chart, query = mark["key"], mark["query"]
            what = f"{chart} {query}"
            on_it = partial(click, key=chart, data=query)
            marks.setdefault(what, Mark(name, what, number, on_it))
    return [*marks.values()]


def cards_of(page: Page, name: str) -> list[Mark]:
    """The cards of the overview."""
    cards = page.locator(CARDS)
    marks: list[Mark] = []
    for place, text in enumerate(cards.all_inner_texts()):
        *_, number = re.findall(r"\d+", text.replace(",", ""))
        marks.append(Mark(name, f"card {text}", int(number), partial(_click_card, place=place)))
    return marks


def _click_card(page: Page, place: int) -> None:
    page.locator(CARDS).nth(place).click()


def open_table(page: Page, key: str) -> None:
    """Open the table of a chart, or close it."""
    page.locator(f".st-key-{key}_table button").first.click()
    settle(page)


def cells_of(page: Page, name: str, key: str) -> list[Mark]:
    """The numbers of a chart's table, which is open."""
    rows = page.locator(f".st-key-{key}_rows tbody tr")
    rows.first.wait_for()
    return [
        Mark(
            name,
            f"{key}, row {cell['place']}, {cell['key']}",
            cell["number"],
            partial(_click_cell, key=key, place=cell["place"], column=cell["key"]),
        )
        for cell in rows.evaluate_all(_CELLS)
        if cell["number"] and not cell["query"].startswith(_NO_ROWS)
    ]


def _click_cell(page: Page, key: str, place: int, column: str) -> None:
    page.locator(f".st-key-{key}_table").scroll_into_view_if_needed()  # the table moves with it
    row = page.locator(f".st-key-{key}_rows tbody tr").nth(place)
    row.locator(f'[data-key="{column}"]').click()


def number_of(mark: dict[str, object]) -> int | None:
    """The number that a mark shows, None where it shows none."""
    if not mark["seen"] or str(mark["query"]).startswith(_NO_ROWS):
        return None
    in_words = re.search(r"\d+", re.sub("<[^>]*>|,", "", str(mark["text"])))
    if in_words:
        return int(in_words[0])
    kind = re.search(r"count=(due|ongoing)", str(mark["query"]))
    if kind:
        word = {"due": "到期", "ongoing": "全年"}[kind[1]]
        in_the_hover = re.search(rf"{word} (\d+)", str(mark["hover"]))
        return int(in_the_hover[1]) if in_the_hover else None
    return round(float(str(mark["length"]))) if mark["horizontal"] else None


def opened_by(page: Page, mark: Mark) -> int:
    """How many rows a click on a mark opens."""
    mark.click(page)
    settle(page)
    if path(page) == "measures":
        captions = page.locator(".st-key-page [data-testid=stCaptionContainer]").all_inner_texts()
        return next(int(text.split()[0]) for text in captions if text[0].isdigit())
    heading = page.locator(".st-key-detail h3").inner_text()
    count = re.search(r"([\d,]+) 项举措", heading)
    assert count, heading
    return int(count[1])


def go_back(page: Page, mark: Mark) -> None:
    """Go back to the page of a mark that has led to another; on the same page the next one replaces it."""
    if path(page) != mark.page:
        page.go_back()
        settle(page)


class Crawl(NamedTuple):
    """What clicking came to: what opened another number of rows than it shows; how many were clicked;
    how many there are.
    """

    wrong: list[str]
    clicked: int
    in_all: int


def crawled(visit: Visit, county: str, every: int) -> Crawl:
    """Click every so many-th mark of the charts and cards of the pages, and as many of the tables'."""
    wrong: list[str] = []
    clicked = in_all = 0

    def click_some(page: Page, marks: list[Mark]) -> None:
        nonlocal clicked, in_all
        some = marks[in_all % every :: every]
        for mark in some:
            number = opened_by(page, mark)
            if number != mark.number:
                wrong.append(f"{mark.page}: {mark.what} shows {mark.number}, opens {number}")
            go_back(page, mark)
        clicked += len(some)
        in_all += len(marks)

    for name in PAGES:
        page = visit(name, address=county, as_of=DAY)
        click_some(page, [*marks_of(page, name), *cards_of(page, name)])
        # The overview's charts lead to other pages, and close their tables on the way
        figures = page.evaluate(_FIGURES) if name else []
        page.close()
        for key in figures:
            # A name that was picked has a row also where it is not among the first
            page = visit(name, address=county, as_of=DAY)
            open_table(page, key)
            click_some(page, cells_of(page, name, key))
            page.close()
    return Crawl(wrong, clicked, in_all)


def test_a_part_of_the_numbers_opens_as_many_rows_as_each_says(visit: Visit, county: str) -> None:
    crawl = crawled(visit, county, every=16)
    assert crawl.wrong == []
    assert crawl.clicked >= IN_THE_GATE
    assert crawl.in_all >= AT_LEAST


@pytest.mark.long
def test_every_number_opens_as_many_rows_as_it_says(visit: Visit, county: str) -> None:
    crawl = crawled(visit, county, every=1)
    assert crawl.wrong == []
    assert crawl.clicked == crawl.in_all >= AT_LEAST
