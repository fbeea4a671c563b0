"""What the address of a page says: what fits, and what fits nothing."""

from __future__ import annotations

from typing import Any

import pytest

from lib import measures
from lib.web import address
from lib.web.pages import TABLE_PAGES
from tests.page_contents import (
    findings,
    headline,
    listed,
    said,
    warnings,
    with_filters,
    words,
)
from tests.pages import ROOT, opened

pytestmark = pytest.mark.usefixtures("real_list")

PAGES = [page.name for page in TABLE_PAGES]


def test_a_first_visit_puts_language_and_weight_into_the_url_and_neither_day_nor_year() -> None:
    app = opened(lang="", as_of="")
    assert {key: app.query_params[key] for key in ("lang", "w")} == {"lang": "zh", "w": "0.5"}
    assert not {"as_of", "year"} & set(app.query_params)


UNFIT = [
    ("overview", "lang", "fr"),
    ("overview", "as_of", "2020-13-45"),
    ("overview", "as_of", "yesterday"),
    ("overview", "as_of", "20200915"),
    ("overview", "year", "1999"),
    ("overview", "year", "last"),
    ("overview", "from", "2020-02-30"),
    ("overview", "to", "soon"),
    ("overview", "measure", "2099-1-1"),
    ("overview", "list", "无此清单"),
    ("overview", "section", "无此板块"),
    ("overview", "leader", "无此人"),
    ("overview", "department", "无此部门"),
    ("overview", "role", "boss"),
    ("overview", "w", "7"),
    ("overview", "w", "much"),
    ("overview", "w", "nan"),
    ("measures", "state", "done"),
    ("measures", "progress", "late"),
    ("measures", "month", "2020-13"),
    ("measures", "month", "August"),
    ("measures", "sort", "size"),
    ("measures", "columns", "title,size"),
    ("measures", "paper", "yes"),
    ("measures", "page", "99"),
    ("leaders", "names", "some"),
    ("measures", "pick", "2099-1-1"),
    ("timeline", "lane", "room"),
    ("timeline", "open", "无此人"),
    ("measures", "group", "month"),
    ("sections", "pick", "无此板块"),
    ("timeline", "month", "2021-08"),
    ("timeline", "page", "2"),
    ("departments", "sort", "size"),
    ("departments", "pick", "无此部门"),
    ("departments", "count", "all"),
    ("leaders", "pick", "无此人"),
    ("leaders", "count", "all"),
    ("leaders", "state", "done"),
    ("leaders", "month", "2020-13"),
    ("leaders", "part", "boss"),
    ("leaders", "beside", "无此部门"),
    ("leaders", "at", "nowhere"),
]


def test_every_parameter_of_the_url_is_tried_with_a_value_that_fits_nothing() -> None:
    """All but the text that is searched for: any fits."""
    tried = {key for _page, key, _value in UNFIT}
    assert tried == {parameter.name for parameter in address.PARAMETERS} - {"q"}


@pytest.mark.no_cover
@pytest.mark.parametrize(("page", "key", "value"), UNFIT)
def test_what_fits_nothing_in_the_url_is_named(page: str, key: str, value: str) -> None:
    app = opened(page, **{key: value})
    assert f"{key}={value}" in warnings(app)
    applied = key in (
        "list",
        "section",
        "leader",
        "department",
        "beside",
    )  # fits no row then; any other choice is left out
    assert ("没有生效" in warnings(app)) is not applied


OF_A_PAGE = sorted({parameter.name for parameter in address.PARAMETERS} - {*address.FRAME})


@pytest.mark.parametrize("page", [*PAGES, "intake"])
def test_what_fits_nothing_or_has_no_use_is_named_on_every_page_once(page: str) -> None:
    values = {name: f"无此{name}" for name in OF_A_PAGE}
    app = opened(page, **values)
    said_of_all = warnings(app) + "".join(said(caption.value) for caption in app.caption)
    for name, value in values.items():
        assert said_of_all.count(f"{name}={value}") == 1, name


def test_what_a_page_has_a_use_for_is_not_said_to_have_none() -> None:
    for page, query in (
        ("leaders", {"pick": "张慧", "month": "2020-12"}),
        ("measures", {"state": "ongoing", "sort": "due", "page": "1"}),
        ("timeline", {"month": "2020-12", "lane": "lead"}),
    ):
        app = opened(page, **query)
        assert not any("用不上" in caption.value for caption in app.caption), page


@pytest.mark.parametrize(("page", "key", "value"), UNFIT)
def test_what_fits_nothing_in_the_url_does_not_widen_the_view(
    page: str, key: str, value: str
) -> None:
    """Other filters stay in force; a name that the table does not have fits no row."""
    app = opened(
        "measures" if page == "overview" else page,
        **{"section": "三、开展内容丰富的职工文化活动", key: value},
    )
    if key in ("list", "leader", "department"):
        assert headline(app) == "没有符合筛选条件的举措。"
    elif key == "section":
        assert "三、" not in words(app)
        assert headline(app) == "没有符合筛选条件的举措。"
    else:
        assert "板块：三、开展内容丰富的职工文化活动" in words(app)
        if page in ("overview", "measures"):
            assert listed(app) == 3


@pytest.mark.parametrize("values", [["ongoing", "done"], ["done", "ongoing"]])
def test_a_choice_that_fits_is_taken_wherever_one_that_does_not_stands_beside_it(
    values: list[str],
) -> None:
    app = opened("measures", state=values)
    assert listed(app) == 3
    assert "state=done" in warnings(app)


@pytest.mark.parametrize("key", ["list", "leader", "department", "section"])
def test_a_value_that_fits_beside_one_that_does_not_keeps_its_rows(key: str) -> None:
    known = {
        "leader": "张雷",
        "department": "财务部",
        "section": "三、开展内容丰富的职工文化活动",
        "list": "",
    }[key]
    known = known or measures.read(ROOT / "data" / "measures.csv").codes.lists.names[0]
    query: dict[str, Any] = {key: [known, "另一个"]}
    app = opened("measures", **query)
    assert listed(app) == {"leader": 2, "department": 4, "section": 3, "list": 10}[key]
    assert f"{key}=另一个" in warnings(app)


def test_a_weight_in_the_url_counts() -> None:
    app = with_filters(opened("departments", w="1"))
    assert app.number_input(key="w_shown").value == 1
    assert any("组宣部、市教科文卫体工会并列居首（各 10）" in finding for finding in findings(app))


def test_a_weight_of_nothing_is_a_weight() -> None:
    app = with_filters(opened("departments", w="0"))
    assert app.number_input(key="w_shown").value == 0
    assert not app.warning
    assert app.query_params["w"] == "0"
