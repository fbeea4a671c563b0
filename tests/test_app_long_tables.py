"""Lists of many measures: their pages, their lanes, and those who do not fit."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib.i18n import LANGUAGES
from lib.web.pages import TABLE_PAGES
from tests.page_contents import (
    data,
    findings,
    headline,
    listed,
    shown_options,
    warnings,
)
from tests.pages import opened, run
from tests.tables import many_measures, table_of

pytestmark = pytest.mark.usefixtures("real_list")

PAGES = [page.name for page in TABLE_PAGES]
EVERY_PAGE = [(page, language) for page in PAGES for language in LANGUAGES]


@pytest.fixture(scope="module")
def long_table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """450 measures of 40 leaders and 60 departments in two years."""
    return many_measures(tmp_path_factory.mktemp("long"), (2020, 2021))


def test_a_long_table_is_paged(long_table: Path, over: Callable[[Path], None]) -> None:
    over(long_table)
    first, last = opened("measures", year="all"), opened("measures", year="all", page="9")
    assert shown_options(first, "page_shown") == [f"第 {n} 页，共 9 页" for n in range(1, 10)]
    assert data(first, "rows").column("编号") == [str(n) for n in range(50)]
    assert data(last, "rows").column("编号") == [str(n) for n in range(400, 450)]
    assert listed(last) == 450


def test_the_page_chosen_stands_in_the_url(long_table: Path, over: Callable[[Path], None]) -> None:
    over(long_table)
    app = opened("measures", year="all")
    app.selectbox(key="page_shown").select("3")
    run(app)
    assert app.query_params["page"] == "3"
    assert data(app, "rows").column("编号")[0] == "100"


def test_a_page_beyond_the_filtered_rows_is_named(
    long_table: Path, over: Callable[[Path], None]
) -> None:
    over(long_table)
    assert "page=9" in warnings(opened("measures", year="all", page="9", leader="领导01"))


def windows(app: AppTest) -> list[str]:
    """The measures whose windows are drawn, each by its position."""
    figure = json.loads(app.get("plotly_chart")[1].proto.spec)
    data = figure["data"][0].get("customdata", [])
    return [query.removeprefix("measure=") for query in data if query.startswith("measure=")]


def test_lanes_start_folded_where_there_is_more_than_two_screens(
    long_table: Path, over: Callable[[Path], None]
) -> None:
    over(long_table)
    assert windows(opened("timeline")) == []
    app = opened("timeline", open=["领导02", "领导04", "领导01"])  # 领导01 has nothing in the year
    assert len(windows(app)) == 24
    assert not app.warning
    assert len(windows(opened("timeline", leader="领导02"))) == 12  # one lane, which never folds
    assert app.get("bidi_component")[-1].key == "lanes"


def test_a_long_lane_shows_first_what_is_in_force_and_goes_on_by_page(
    over: Callable[[Path], None], tmp_path: Path
) -> None:
    rows = [f"{n},2020,清单,一,{n},第 {n} 项,甲,办公室,{n % 12 + 1}月" for n in range(120)]
    over(table_of(tmp_path, "\n".join(rows)))
    first, last = opened("timeline"), opened("timeline", page="3")
    assert {int(key) % 12 for key in windows(first)} == {8, 9, 10, 11, 0}  # due from September on
    assert len(first.selectbox(key="page_shown").options) == 3
    assert len(windows(last)) == 20


def test_what_names_nobody_is_opened_by_its_lane(
    over: Callable[[Path], None], tmp_path: Path
) -> None:
    over(table_of(tmp_path, "1,2020,清单,一,1,甲,张慧,办公室,8月\n2,2020,清单,一,2,乙,,办公室,9月"))
    app = opened("timeline", pick="无", at="timeline")
    assert "（未写明）：1 项举措，9月到期 1 项" in findings(app)


def test_no_lane_is_drawn_where_nothing_touches_the_year(
    over: Callable[[Path], None], tmp_path: Path
) -> None:
    over(table_of(tmp_path, "1,2020,清单,一,1,甲,张慧,办公室,8月"))
    app = opened("timeline", year="2020", as_of="2022-05-01")
    assert "图中 0 项举措" in findings(app)[1]


def test_a_list_without_sections_says_so_and_draws_none(
    over: Callable[[Path], None], tmp_path: Path
) -> None:
    over(table_of(tmp_path, "1,2020,清单,,1,甲,张慧,办公室,8月"))
    app = opened("sections")
    assert headline(app) == "没有写明板块。"
    assert not app.get("plotly_chart")


def test_what_stands_in_no_section_is_picked_and_filtered_like_a_section(
    over: Callable[[Path], None], tmp_path: Path
) -> None:
    over(
        table_of(
            tmp_path, "1,2020,清单,一、乙,1,甲,张慧,办公室,8月\n2,2020,清单,,2,乙,张雷,办公室,9月"
        )
    )
    app = opened("sections", pick="无")
    assert "（未写明）：1 项举措，9月到期 1 项" in findings(app)
    app.button(key="pick_to_filter").click()
    run(app)
    assert app.query_params["section"] == "无"
    assert listed(opened("measures", section="无")) == 1


def test_names_beyond_the_first_are_summed_up_as_others(
    long_table: Path, over: Callable[[Path], None]
) -> None:
    over(long_table)
    app = opened(year="all")
    app.session_state["leaders_table"] = app.session_state["departments_table"] = True
    run(app)
    assert data(app, "leaders_rows").rows[-1][0] == "其他 28 个"
    assert sum(map(int, data(app, "leaders_rows").column("举措数"))) == 450
    assert len(data(app, "departments_rows").rows) == 13


@pytest.mark.parametrize(("page", "lang"), EVERY_PAGE)
def test_a_long_table_draws_on_every_page(
    page: str, lang: str, long_table: Path, over: Callable[[Path], None]
) -> None:
    over(long_table)
    assert headline(opened(page, lang))


def test_lists_of_one_name_in_two_years_are_told_apart(
    over: Callable[[Path], None], tmp_path: Path
) -> None:
    over(
        table_of(
            tmp_path,
            """
            a,2020,重点工作清单,一,1,去年的举措,甲,办公室,8月
            b,2021,重点工作清单,一,1,今年的举措,甲,办公室,8月
            """,
        )
    )
    app = opened("measures", year="all")
    names = app.multiselect(key="list").options
    assert len(names) == 2
    assert {year for year in ("2020", "2021") if any(year in name for name in names)} == {
        "2020",
        "2021",
    }
    (first, _) = names
    assert data(opened("measures", list=first), "rows").column("编号") == ["a"]
