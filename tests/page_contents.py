"""What stands on a page: headline, words, cards, links and tables."""

from __future__ import annotations

import re
from datetime import date

from streamlit.testing.v1 import AppTest

from tests.drawn import Drawn, drawn
from tests.pages import run


def with_filters(app: AppTest) -> AppTest:
    """The same page with the switch for the filters on."""
    app.toggle(key="filters_open").set_value(True)
    return run(app)


def said(markdown: str) -> str:
    """What a reader sees of escaped Markdown."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown)


def headline(app: AppTest) -> str:
    (title,) = app.title
    return said(title.value)


def words(app: AppTest) -> str:
    """What stands in the title bar and under the headline: lists, day, filters."""
    return said("\n".join(element.value for element in (*app.markdown, *app.caption)))


def findings(app: AppTest) -> list[str]:
    """The sentences above the figures."""
    return [said(element.value) for element in app.subheader]


def day(app: AppTest) -> date:
    """The day at which the board is read."""
    chosen = app.date_input(key="as_of_shown").value
    assert isinstance(chosen, date)
    return chosen


def warnings(app: AppTest) -> str:
    return said("\n".join(element.value for element in app.warning))


def listed(app: AppTest) -> int:
    """How many measures the measures page says that it has."""
    counts = [re.match(r"(\d+) ", said(caption.value)) for caption in app.caption]
    counted = next(filter(None, counts))
    return int(counted[1])


def data(app: AppTest, key: str) -> Drawn:
    """The table with a key."""
    return next(table for table in drawn(app) if table.key == key)


def milestones(app: AppTest) -> Drawn:
    """The table of milestones."""
    return data(app, "milestones")


def links(app: AppTest) -> list[tuple[str, str]]:
    """The links of the page as (label, query)."""
    return [(said(link.proto.label), link.proto.query_string) for link in app.get("page_link")]


def cards(app: AppTest) -> list[tuple[str, int, str]]:
    """The cards of the overview as (label, number, query)."""
    cards_in_order = [
        (re.fullmatch(r"(.+) \*\*([\d,]+)\*\*", label), query) for label, query in links(app)
    ]
    return [
        (match[1], int(match[2].replace(",", "")), query)
        for match, query in cards_in_order
        if match
    ]


def links_below_the_cards(app: AppTest) -> list[tuple[int, str]]:
    """The links below the cards as (number, query)."""
    return [
        (int(label.split()[-2]), query)
        for label, query in links(app)
        if re.search(r"\d 项$", label)
    ]


def shown_options(app: AppTest, key: str) -> list[str]:
    return list(app.selectbox(key=key).options)
