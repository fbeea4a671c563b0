"""The day, the year and the lists that a page is read at, and the title bar that names them."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

import pytest

from tests.office_day import office_day
from tests.page_contents import (
    day,
    links,
    listed,
    warnings,
    words,
)
from tests.pages import opened, run
from tests.tables import table_of

pytestmark = pytest.mark.usefixtures("real_list")

TWO_YEARS = """
2019-1,2019,旧清单,一,1,旧举措,甲,办公室,8月
2021-1,2021,新清单,一,1,新举措,乙,办公室,8月
"""


def test_today_outside_the_years_of_the_list_becomes_the_nearest_day_and_the_page_says_so() -> None:
    app = opened(as_of="")
    assert day(app) == date(2020, 12, 31)
    assert "清单年度是2020年，今天不在其中：基准日取最近的一天，2020年12月31日" in words(app)
    assert "回到" not in {button.label for button in app.button}


def test_a_day_that_the_link_names_stays_and_the_page_says_that_it_is_not_today() -> None:
    app = opened(as_of="2020-03-01")
    assert day(app) == date(2020, 3, 1)
    assert "基准日不是今天：2020年3月1日" in words(app)
    app.button(key="back_to_today").click()
    assert day(run(app)) == date(2020, 12, 31)
    assert "as_of" not in app.query_params


def test_a_chosen_day_stands_in_the_url_and_the_nearest_one_does_not() -> None:
    app = opened(as_of="")
    app.date_input(key="as_of_shown").set_value(date(2020, 5, 4))
    assert day(run(app)) == date(2020, 5, 4)
    assert app.query_params["as_of"] == "2020-05-04"
    app.date_input(key="as_of_shown").set_value(date(2020, 12, 31))
    assert "as_of" not in run(app).query_params


def test_a_day_outside_the_years_of_the_chosen_list_stays_and_the_page_says_so(
    over: Callable[[Path], None], tmp_path: Path
) -> None:
    over(table_of(tmp_path, TWO_YEARS))
    app = opened(as_of="2020-03-01", list="2019 · 旧清单")
    assert day(app) == date(2020, 3, 1)
    assert "不在清单年度（2019）内" in words(app)
    assert "不在清单年度（2019、2021）内" in words(opened(as_of="2020-03-01", year="all"))
    assert "也不在清单年度" not in words(opened(as_of="2021-03-01"))


def test_the_nearest_day_is_that_of_the_chosen_list(
    over: Callable[[Path], None], tmp_path: Path
) -> None:
    over(table_of(tmp_path, TWO_YEARS))
    assert day(opened(as_of="", list="2019 · 旧清单")) == date(2019, 12, 31)
    assert day(opened(as_of="")) == date(2021, 12, 31)
    assert day(opened(as_of="", year="2019")) == date(2019, 12, 31)


def test_today_between_the_years_of_the_lists_becomes_the_nearest_day_too(
    over: Callable[[Path], None], tmp_path: Path
) -> None:
    today = office_day()
    over(
        table_of(
            tmp_path,
            TWO_YEARS.replace("2019", str(today.year - 1)).replace("2021", str(today.year + 1)),
        )
    )
    before, after = date(today.year - 1, 12, 31), date(today.year + 1, 1, 1)
    nearest = before if today - before <= after - today else after
    assert day(opened(as_of="", year="all")) == nearest


def test_the_newest_year_that_has_begun_is_shown_first_and_no_other_is_summed_with_it(
    over: Callable[[Path], None], tmp_path: Path
) -> None:
    over(table_of(tmp_path, TWO_YEARS))
    app = opened("measures", as_of="")
    assert listed(app) == 1
    assert "2021 · 新清单" in words(app)
    switch = app.button_group(key="year_shown")
    assert (switch.value, switch.options) == (
        "2021",
        ["2021", "2019", "全部年度"],
    )
    assert listed(opened("measures", as_of="", year="all")) == 2
    assert "2 份清单，2019、2021年" in words(opened(as_of="", year="all"))


def test_the_title_bar_names_the_product_the_unit_the_list_and_the_time_of_the_file(
    over: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARD_UNIT", " 青石县 *总工会* ")
    path = table_of(tmp_path, TWO_YEARS)
    written = datetime(2026, 3, 4, 5, 6).astimezone()
    os.utime(path, (written.timestamp(), written.timestamp()))
    over(path)
    (title, *_) = words(opened(as_of="2021-09-15")).splitlines()
    assert title.startswith("**举措看板** · 青石县 *总工会* · 2021 · 新清单 · 文件更新于 2026-03-0")


def test_the_list_that_ships_with_the_board_says_so_and_how_to_bring_one_s_own(
    over: Callable[[Path], None], tmp_path: Path
) -> None:
    invitation = "换成自己的清单"
    app = opened()
    assert "**举措看板** · 示例" in words(app)
    assert invitation in {label for label, _ in links(app)}
    over(table_of(tmp_path, TWO_YEARS))
    assert "示例" not in words(opened())
    assert invitation not in {label for label, _ in links(opened())}


def test_every_link_keeps_the_day_the_year_and_the_filters(
    over: Callable[[Path], None], tmp_path: Path
) -> None:
    over(table_of(tmp_path, TWO_YEARS))
    kept = {"as_of": "2021-03-01", "year": "2021", "leader": "乙", "to": "2021-12-31", "w": "0.25"}
    app = opened(**kept)
    assert len(links(app)) >= 6
    for label, query in links(app):
        assert {**dict(parse_qsl(query)), **kept} == dict(parse_qsl(query)), label


def test_a_copied_link_gets_the_day_and_the_year_that_the_address_leaves_out(
    over: Callable[[Path], None], tmp_path: Path
) -> None:
    over(table_of(tmp_path, TWO_YEARS))
    scripts = [component.proto for component in opened(as_of="").get("bidi_component")]
    (page,) = [proto for proto in scripts if proto.component_name == "page"]
    assert '"fixed": {"as_of": "2021-12-31", "year": "2021"}' in str(page.json)


def test_next_year_s_list_does_not_hide_this_year_s(
    over: Callable[[Path], None], tmp_path: Path
) -> None:
    today = office_day()
    rows = TWO_YEARS.replace("2019", str(today.year)).replace("2021", str(today.year + 1))
    over(table_of(tmp_path, rows))
    app = opened(as_of="")
    assert day(app) == today
    assert f"{today.year} · 旧清单" in words(app)


def test_a_row_without_a_year_belongs_to_each(over: Callable[[Path], None], tmp_path: Path) -> None:
    over(table_of(tmp_path, TWO_YEARS + "9,,无年度清单,一,1,举措,丙,办公室,8月\n"))
    assert listed(opened("measures", year="2019")) == 2
    assert listed(opened("measures", year="2021")) == 2
    assert listed(opened("measures", year="all")) == 3


def test_the_lists_of_a_year_are_chosen_in_the_title_bar(
    over: Callable[[Path], None], tmp_path: Path
) -> None:
    over(table_of(tmp_path, TWO_YEARS + "2021-2,2021,又一份,一,2,举措,丙,办公室,8月\n"))
    app = opened("measures", as_of="2021-09-15")
    assert "2 份清单，2021年" in words(app)
    assert app.multiselect(key="list").options == ["2021 · 新清单", "2021 · 又一份"]
    app.multiselect(key="list").select("2021 · 又一份")
    assert listed(run(app)) == 1
    app.button_group(key="year_shown").set_value("2019")
    assert listed(run(app)) == 1
    assert "list" not in app.query_params


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])  # 25 hours apart
def test_today_is_the_office_s_day_wherever_the_reader_is(
    zone: str, over: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARD_ZONE", zone)
    today = datetime.now(ZoneInfo(zone)).date()
    over(table_of(tmp_path, TWO_YEARS.replace("2021", str(today.year))))
    assert day(opened(as_of="")) == today


def test_a_time_zone_that_there_is_not_is_named_and_the_day_is_that_of_china(
    over: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = office_day()
    over(table_of(tmp_path, TWO_YEARS.replace("2021", str(today.year))))
    monkeypatch.setenv("BOARD_ZONE", "Chengdu")
    app = opened(as_of="")
    assert "BOARD_ZONE=Chengdu 不是时区名，基准日按 Asia/Shanghai 的日期" in warnings(app)
    assert day(app) == today


@pytest.mark.parametrize("value", ["1900-01-01", "2200-01-01"])
def test_a_day_beyond_the_calendar_is_named(value: str) -> None:
    app = opened(as_of=value)
    assert f"as_of={value}" in warnings(app)


def test_a_page_left_open_at_today_goes_on_at_midnight(
    over: Callable[[Path], None], tmp_path: Path
) -> None:
    year = office_day().year
    over(
        table_of(
            tmp_path,
            f"1,{year},清单,一,1,举措,甲,办公室,8月\n",
        )
    )
    yesterday = office_day() - timedelta(days=1)
    app = opened(as_of="")
    app.session_state["as_of_shown"] = yesterday  # as the page of yesterday has it
    assert day(run(app)) == office_day()
