"""What a click on a mark does to the address."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest


def after(query: str, figure: str, before: dict[str, str]) -> dict[str, str]:
    """The address after a click on what a mark opens. before: the address."""

    def page(query: str, figure: str) -> None:
        from lib.web import opened

        opened.here(figure)(query)

    app = AppTest.from_function(page, args=(query, figure))
    for name, text in before.items():
        app.query_params[name] = text
    app.run()
    assert not app.exception
    return {name: app.query_params[name] for name in app.query_params}


MONTH = "pick=张慧&month=2020-12&count=due"
OPENED = {"pick": "张慧", "month": "2020-12", "count": "due", "at": "months"}


@pytest.mark.parametrize(
    ("query", "figure", "before", "expected"),
    [
        ("pick=张慧", "", {}, {"pick": "张慧"}),
        (MONTH, "months", {}, OPENED),
        (MONTH, "months", {"lang": "zh", "state": "later"}, {"lang": "zh", **OPENED}),
        # a second click closes it; what the grids count stays
        (MONTH, "months", OPENED, {"count": "due"}),
        ("pick=张慧", "", {"pick": "张慧", "count": "in_force"}, {"count": "in_force"}),
        # another mark of the same name opens that, and a month says what of it counts
        ("pick=张慧&state=passed", "", {"pick": "张慧"}, {"pick": "张慧", "state": "passed"}),
        ("pick=张雷", "", OPENED, {"pick": "张雷", "count": "due"}),
        ("month=2020-12", "", {"count": "due", "month": "2020-11"}, {"month": "2020-12"}),
        # the sum of others becomes their names, beside what is open
        ("names=all", "months", OPENED, {**OPENED, "names": "all"}),
        # a measure is opened over the page, which stays as it is
        ("measure=1", "months", OPENED, {**OPENED, "measure": "1"}),
    ],
)
def test_a_click_opens_what_a_mark_counts_and_a_second_one_closes_it(
    query: str, figure: str, before: dict[str, str], expected: dict[str, str]
) -> None:
    assert after(query, figure, before) == expected
