"""Figures keep their places while what stands above them comes and goes: else they are made anew."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests import pages

FIGURE = "figure_"
LEADER = "张雷"
DEPARTMENT = "财务部"

Place = tuple[int, ...]


def figures(app: AppTest) -> dict[str, Place]:
    """Where each figure of a page stands: the number of each block on the way."""
    places: dict[str, Place] = {}

    def look(node: object, way: Place) -> None:
        key = getattr(node, "key", None) or ""
        if key.startswith(FIGURE):
            places[key] = way
        for number, child in getattr(node, "children", {}).items():
            look(child, (*way, number))

    look(app.main, ())
    return places


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("overview", {"leader": LEADER}),
        ("overview", {"q": "职工"}),
        ("overview", {"nothing": "known"}),
        ("leaders", {"pick": LEADER}),
        ("leaders", {"pick": LEADER, "at": "months"}),
        ("leaders", {"department": DEPARTMENT}),
        ("departments", {"pick": DEPARTMENT}),
        ("departments", {"pick": DEPARTMENT, "at": "together"}),
        ("departments", {"w": "1", "sort": "total"}),
        ("sections", {"state": "ongoing"}),
        ("sections", {"leader": LEADER}),
        ("timeline", {"month": "2020-12"}),
        ("timeline", {"leader": LEADER}),
    ],
)
def test_a_figure_keeps_its_place_whatever_is_opened_or_filtered(
    page: str, query: dict[str, str]
) -> None:
    bare, opened_figures = figures(pages.opened(page)), figures(pages.opened(page, **query))
    assert bare
    assert {key: opened_figures.get(key) for key in bare} == bare


def test_a_figure_keeps_its_place_when_the_filters_are_shown() -> None:
    app = pages.opened()
    before = figures(app)
    app.toggle(key="filters_open").set_value(True)
    pages.run(app)
    assert figures(app) == before
