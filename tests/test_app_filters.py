"""Filters, what a pick opens, and the order and columns of a list."""

from __future__ import annotations

import pytest

from lib.web.pages import TABLE_PAGES
from tests.drawn import drawn, marked
from tests.page_contents import (
    data,
    findings,
    headline,
    listed,
    milestones,
    said,
    shown_options,
    words,
)
from tests.pages import opened, run

pytestmark = pytest.mark.usefixtures("real_list")

PAGES = [page.name for page in TABLE_PAGES]


def test_the_filters_in_force_stand_in_words_under_the_headline() -> None:
    app = opened(leader=["张慧", "张雷"], department="财务部", role="support", q="zzb")
    assert "责任领导：张慧 或 张雷；责任部门：财务部（配合）；搜索：zzb" in words(app).splitlines()


@pytest.mark.parametrize(
    ("filters", "number"),
    [
        ({"leader": "张雷"}, 2),
        ({"department": "组宣部"}, 10),
        ({"department": "组宣部", "role": "lead"}, 8),
        ({"department": "组宣部", "role": "support"}, 2),
        ({"section": "二、不断提高新时代新型职工队伍素质"}, 3),
        ({"q": "组宣部"}, 10),
        ({"q": "zzb"}, 10),
        ({"q": "zhanglei"}, 2),
        ({"q": "勞模"}, 1),
        ({"leader": "张雷", "q": "劳模"}, 1),
    ],
)
def test_filters_leave_the_rows_that_fit(filters: dict[str, str], number: int) -> None:
    assert listed(opened("measures", **filters)) == number


def test_reset_takes_every_filter_off() -> None:
    app = opened("measures", leader="张雷", department="财务部", role="lead", q="无", w="1")
    assert headline(app) == "没有符合筛选条件的举措。"
    app.button(key="reset").click()
    assert listed(run(app)) == 10
    assert app.query_params["w"] == "0.5"
    assert "role" not in app.query_params


def test_where_nothing_matches_the_page_shows_the_way_back() -> None:
    app = opened("measures", leader="张雷", department="财务部")
    assert headline(app) == "没有符合筛选条件的举措。"
    assert app.info
    assert not drawn(app)
    app.button(key="reset_here").click()
    assert listed(run(app)) == 10


@pytest.mark.parametrize("page", PAGES)
def test_where_nothing_matches_no_chart_is_drawn(page: str) -> None:
    app = opened(page, q="没有这样的举措")
    assert headline(app) == "没有符合筛选条件的举措。"
    assert not app.get("plotly_chart")


def test_what_does_not_count_of_a_long_search_is_said() -> None:
    app = opened(q="办公室 " * 200)
    counted = " ".join(["办公室"] * 25)
    assert [said(warning.value) for warning in app.warning] == [
        f"搜索的文字太长，只用了前 100 个字符：“{counted}”。"
    ]
    assert f"搜索：{counted}" in said(app.caption[0].value)
    assert not opened(q="办公室").warning


def test_the_language_switch_changes_the_words_and_the_url() -> None:
    app = opened()
    app.segmented_control(key="lang_shown").set_value("en")
    run(app)
    run(app)
    assert headline(app).startswith("10 measures")


@pytest.mark.parametrize(
    ("page", "field", "name", "number"),
    [("leaders", "leader", "张雷", 2), ("departments", "department", "财务部", 4)],
)
def test_a_pick_opens_the_detail_and_becomes_a_filter(
    page: str, field: str, name: str, number: int
) -> None:
    app = opened(page)
    assert not any(table.key == "detail_rows" for table in drawn(app))
    app.selectbox(key="pick_shown").select(name)
    assert len(data(run(app), "detail_rows").rows) == number
    assert app.query_params["pick"] == name
    assert len(app.get("plotly_chart")) == len(opened(page).get("plotly_chart"))
    app.button(key="pick_to_filter").click()
    run(app)
    assert app.session_state[field] == [name]
    assert f"：{name}" in words(app)
    assert "pick" not in app.query_params


def test_a_department_s_detail_says_in_which_role() -> None:
    rows = data(opened("departments", pick="组宣部"), "detail_rows")
    assert rows.column("角色").count("牵头") == 8
    assert rows.column("角色").count("配合") == 2


def test_a_leader_s_detail_names_the_peak_month_and_the_milestones() -> None:
    app = opened("leaders", pick="张雷")
    assert any(
        "张雷：2 项举措，到期最集中在8月、12月（各 1 项）" in finding for finding in findings(app)
    )
    assert any("劳模、工匠宣传月" in text for text in milestones(app).column("节点"))


def test_a_measure_s_detail_says_where_it_stands_in_the_notice() -> None:
    app = opened("measures", pick="2020-2-2")
    text = said("\n".join(element.value for element in app.markdown))
    for part in (
        "二、不断提高新时代新型职工队伍素质",
        "二（二）",
        "张慧",
        "组宣部",
        "市教科文卫体工会、财务部、经审办",
        "12月",
        "2020-12-31",
    ):
        assert part in text
    assert milestones(app).column("目标值") == ["2 个", "4 个", "3 个", "15 个"]


def test_a_milestone_whose_window_passes_the_deadline_stands_at_the_deadline_and_says_so() -> None:
    table = milestones(opened("measures", pick="2020-3-2"))
    assert set(table.column("到期日")) == {"2020-09-30"}
    assert all("时段超出完成时限" in text for text in table.column("节点"))


def test_lanes_and_orders_are_offered_in_words() -> None:
    assert shown_options(opened("timeline"), "lane_shown") == ["按责任领导", "按牵头部门", "按板块"]
    orders = data(opened("measures"), "rows").message["orders"]
    assert [order["words"] for order in orders][:3] == ["默认顺序", "编号 ▲", "编号 ▼"]


@pytest.mark.parametrize(
    ("sort", "first"),
    [("due", "2020-1-3"), ("-due", "2020-1-1"), ("state", "2020-1-3"), ("lead", "2020-1-3"),
     ("-measure_id", "2020-3-3"), ("-section", "2020-3-1"), ("-leader", "2020-1-3"), ("", "2020-1-1")],
)  # fmt: skip
def test_the_measures_are_sorted_as_the_url_says(sort: str, first: str) -> None:
    table = data(opened("measures", sort=sort), "rows")
    assert table.message["sort"] == sort
    assert table.column("编号")[0] == first
    assert sorted(table.column("编号")) == [
        f"2020-{section}-{n}"
        for section, last in ((1, 4), (2, 3), (3, 3))
        for n in range(1, last + 1)
    ]


def test_the_columns_are_those_that_the_url_says_and_always_id_and_title() -> None:
    app = opened("measures", columns="section,leaders", pick="2020-1-3")
    table = data(app, "rows")
    assert table.heads == ["编号", "举措", "责任领导", "板块"]
    assert marked(app, "rows") == "measure=2020-1-3"
    assert [c["key"] for c in table.message["choices"] if c["isFixed"]] == ["measure_id", "title"]
    detail = data(opened("departments", columns="due", pick="组宣部"), "detail_rows")
    assert detail.heads == ["角色", "编号", "举措", "到期日"]
