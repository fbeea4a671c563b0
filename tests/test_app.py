"""The pages as a reader meets them, without a browser: words, numbers, the URL, filters, broken
tables.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from lib import measures
from lib.i18n import LANGUAGES, translator
from lib.web import address, store
from lib.web.pages import TABLE_PAGES
from tests.drawn import Drawn, drawn, marked
from tests.pages import DAY, ROOT, opened, run, texts
from tests.tables import HEADER, THIRTY, hostile_table, many_measures, table_of, thirty_mistakes

PAGES = [page.name for page in TABLE_PAGES]
EVERY_PAGE = [(page, language) for page in PAGES for language in LANGUAGES]

PICKS = {
    "leaders": "张慧",
    "departments": "组宣部",
    "sections": "二、不断提高新时代新型职工队伍素质",
    "measures": "2020-2-2",
}

Open = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def real_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """The table of the notice, whatever the environment says."""
    monkeypatch.delenv("MEASURES", raising=False)


@pytest.fixture
def over(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Point the board at another table."""
    return lambda path: monkeypatch.setenv("MEASURES", str(path))


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


def rest(app: AppTest) -> list[tuple[int, str]]:
    """The links below the cards as (number, query)."""
    return [
        (int(label.split()[-2]), query)
        for label, query in links(app)
        if re.search(r"\d 项$", label)
    ]


def shown_options(app: AppTest, key: str) -> list[str]:
    return list(app.selectbox(key=key).options)


# --- every page, both languages -------------------------------------------------------------------


@pytest.mark.parametrize(("page", "lang"), EVERY_PAGE)
def test_every_page_draws_in_both_languages(page: str, lang: str) -> None:
    app = opened(page, lang)
    assert headline(app)
    assert not app.warning
    assert not app.error


@pytest.mark.parametrize(("page", "lang"), EVERY_PAGE)
def test_no_text_is_left_unfilled(page: str, lang: str) -> None:
    pick = PICKS.get(page, "")
    month = "2020-12" if page == "timeline" else ""
    app = opened(
        page, lang, pick=pick, month=month, section="二、不断提高新时代新型职工队伍素质", q="组宣部"
    )
    for text in texts(app):
        assert not re.search(r"\{[a-z_]*\}", text), text
        assert not re.fullmatch(r"[a-z_]+\.[a-z_.]+", text) or text.endswith(".py"), text


@pytest.mark.parametrize("page", PAGES)
def test_the_chinese_interface_has_no_english_words(page: str) -> None:
    pick = PICKS.get(page, "")
    app = with_filters(opened(page, pick=pick))
    allowed = {"English", "CSV", "Excel", "w", "PNG"}
    for kind in (
        "title",
        "subheader",
        "caption",
        "button",
        "selectbox",
        "multiselect",
        "page_link",
        "toggle",
        "number_input",
    ):
        for element in app.get(kind):
            text = " ".join(_visible(element.proto))
            assert set(re.findall(r"[A-Za-z]+", said(text))) <= allowed, text


def _body(element: Any) -> str:
    return str(element.value)


def _visible(proto: Any) -> Iterator[str]:
    names = ("body", "label", "placeholder", "help", "options")
    for field, value in proto.ListFields():
        if field.name in names:
            yield from value if field.is_repeated else [value]


@pytest.mark.parametrize("page", PAGES)
def test_the_english_interface_has_no_chinese_words_of_ours(page: str) -> None:
    chinese = set(texts(with_filters(opened(page, "zh"))))
    english = set(texts(with_filters(opened(page, "en"))))
    notice = "".join(
        (ROOT / "data" / name).read_text("utf-8-sig")
        for name in ("measures.csv", "measures.milestones.csv")
    )
    for text in english & chinese:
        for word in re.findall(r"[㐀-鿿]+", said(text)):
            assert word in notice or word == "中文", text


# --- the real list --------------------------------------------------------------------------------


def test_the_overview_says_in_one_sentence_what_the_list_holds() -> None:
    assert (
        headline(opened())
        == "10 项举措，9月到期 1 项，最多的是12月（4 项），1 项已过期限；张慧负责 8 项（80%）；"
        "组宣部牵头 8 项（80%）。"
    )


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ({"state": "passed"}, "■ 已过期限：1 项举措；张雷负责 1 项（100%）；"),
        ({"month": "2020-02"}, "2020年2月到期（含全年）：0 项举措。"),
        (
            {"state": "later", "month": "2020-12"},
            "○ 以后到期 · 2020年12月到期（含全年）：4 项举措；",
        ),
    ],
)
def test_the_headline_of_the_measures_counts_the_rows_that_are_listed(
    query: dict[str, str], text: str
) -> None:
    app = opened("measures", **query)
    assert headline(app).startswith(text)
    assert f"：{listed(app)} 项举措" in headline(app)


ALONE = [
    (
        "overview",
        {"leader": "张雷"},
        "2 项举措，9月没有到期，最多的是8月、12月（各 1 项），1 项已过期限；经济保障女工部牵头",
    ),
    (
        "leaders",
        {"leader": "张雷"},
        "张雷负责 2 项，与经济保障女工部、组宣部、市教科文卫体工会共事最多（各 2 项），到期",
    ),
    (
        "departments",
        {"department": "财务部"},
        "财务部配合 4 项，与组宣部、市教科文卫体工会、经审办共事最多（各 4 项），到期",
    ),
    (
        "departments",
        {"department": "组宣部"},
        "组宣部牵头 8 项、配合 2 项，与市教科文卫体工会共事最多（10 项），到期最集中在12月（4 项）。",
    ),
]


@pytest.mark.parametrize(("page", "query", "text"), ALONE)
def test_a_view_of_one_name_says_more_than_that_it_has_most(
    page: str, query: dict[str, str], text: str
) -> None:
    app = opened(page, **query)
    assert headline(app).startswith(text)
    (name,) = query.values()
    findings = [said(element.value) for element in app.subheader]
    assert not [text for text in findings if text.startswith(f"{name}牵头最多") or "居首" in text]


def test_what_one_leader_has_past_the_deadline_is_counted_not_compared() -> None:
    findings = [said(element.value) for element in opened("leaders", leader="张雷").subheader]
    assert findings[0] == "已过期限 1 项"
    findings = [
        said(element.value) for element in opened("departments", department="财务部").subheader
    ]
    assert findings[0] == "按“牵头 + 配合 × 0.5”计，财务部为 2"
    none = opened("leaders", leader="张雷", as_of="2020-01-15").subheader[0].value
    assert said(none) == "没有已过期限或本月到期的举措"


def test_what_a_state_means_is_said_once_on_a_page_that_shows_it() -> None:
    meant = translator("zh")("help.passed")
    for page in ("overview", "leaders", "sections", "timeline", "measures"):
        captions = [said(element.value) for element in opened(page).caption]
        assert sum(meant in caption for caption in captions) == 1, page
    assert meant not in {
        said(element.value) for element in opened("measures", state="later").caption
    }


def test_the_measures_stand_section_by_section_where_they_are_grouped() -> None:
    rows = data(opened("measures", group="section", sort="-due"), "rows")
    assert rows.heads[0] == "板块"
    assert [section[0] for section in rows.column("板块")] == [*"一" * 4, *"二" * 3, *"三" * 3]
    assert rows.column("完成时限")[-3:] == ["12月", "12月", "9月"]


def test_the_headline_says_the_same_in_english() -> None:
    text = headline(opened(lang="en"))
    for part in (
        "10 measures",
        "1 due in Sep",
        "Dec (4)",
        "张慧 carries 8 (80%)",
        "组宣部 leads 8 (80%)",
    ):
        assert part in text


def test_the_cards_count_as_of_the_day() -> None:
    counted = {label: number for label, number, _ in cards(opened())}
    assert counted == {
        "举措": 10,
        "▲ 本月到期": 1,
        "→ 未来 30 天到期": 1,
        "■ 已过期限": 1,
        "● 全年/长期": 3,
    }


@pytest.mark.parametrize("as_of", [DAY, "2020-01-01", "2020-12-01", "2020-12-31"])
def test_every_card_and_link_of_the_overview_opens_as_many_rows_as_it_says(as_of: str) -> None:
    app = opened(as_of=as_of)
    counted = [*((number, query) for _, number, query in cards(app)), *rest(app)]
    assert len(counted) >= 5
    for number, query in counted:
        assert listed(opened("measures", **dict(parse_qsl(query)))) == number, query


def test_the_states_on_the_overview_add_up_to_all_measures() -> None:
    """The next 30 days overlap them, and are not added."""
    app = opened()
    first, *others = (number for _, number, query in cards(app) if "next_30" not in query)
    assert sum(others) + sum(number for number, _ in rest(app)) == first


def test_the_leaders_page_says_who_carries_most() -> None:
    assert headline(opened("leaders")) == "2 位责任领导中，张慧负责最多（8 项，占 80%）。"


def test_the_departments_page_keeps_lead_and_support_apart() -> None:
    assert (
        headline(opened("departments"))
        == "组宣部牵头最多（8 项），市教科文卫体工会配合最多（10 项）。"
    )


def test_the_departments_page_says_that_the_weight_turns_the_ranking() -> None:
    """市教科文卫体工会 supports all ten and leads none: at w = 1 it ties with 组宣部."""
    text = " ".join(said(caption.value) for caption in opened("departments", w="0.5").caption)
    assert "权重取 1 时，市教科文卫体工会与组宣部持平" in text


def test_the_timeline_says_in_which_months_it_falls_due() -> None:
    assert headline(opened("timeline")) == "2020年到期最集中的是12月（4 项），另有 3 项全年。"


@pytest.mark.parametrize(
    ("month", "number"), [("2020-08", 1), ("2020-09", 1), ("2020-10", 1), ("2020-12", 7)]
)
def test_a_month_of_the_timeline_opens_its_rows(month: str, number: int) -> None:
    """全年 falls due on 31 December: the rows of December are the four and the three."""
    assert len(data(opened("timeline", month=month), "detail_rows").rows) == number


def test_the_sections_say_which_holds_most_and_stand_in_the_tables_order() -> None:
    app = opened("sections")
    most = "“一、持续深化习近平新时代中国特色社会主义思想学习教育”"
    assert headline(app) == f"3 个板块中，{most}举措最多（4 项，占 40%）。"
    assert [name[0] for name in shown_options(app, "pick_shown")] == ["一", "二", "三"]


def test_a_month_in_which_nothing_falls_due_opens_no_rows() -> None:
    app = opened("measures", month="2020-02")
    assert listed(app) == 0
    assert not app.warning
    timeline = opened("timeline", month="2020-02")
    assert any("2020年2月" in said(element.value) for element in timeline.subheader)
    assert "detail_rows" not in {table.key for table in drawn(timeline)}


def test_the_table_behind_a_chart_without_measures_says_so(
    over: Callable[[Path], None], tmp_path: Path
) -> None:
    over(table_of(tmp_path, "1,2020,清单,一,1,无人负责的举措,,办公室,8月\n"))
    app = opened("leaders")
    nothing = translator("zh")("chart.nothing")
    assert nothing not in {said(element.value) for element in app.caption}
    app.session_state["leaders_table"] = True
    assert nothing in {said(element.value) for element in run(app).caption}
    assert not drawn(app)


def test_where_nothing_comes_next_a_sentence_says_so_and_no_empty_table_stands_below_it() -> None:
    app = opened(as_of="2021-06-01")
    assert "基准日及以后没有到期的举措" in said(app.subheader[-1].value)
    assert not drawn(app)


def test_what_comes_next_counts_days_and_workdays() -> None:
    """From Tuesday 15 September 2020 to Wednesday the 30th: 11 weekdays and Sunday the 27th, worked
    for the feast.
    """
    coming = data(opened(), "next")
    assert coming.column("剩余天数")[0] == "15"
    assert coming.column("剩余工作日")[0] == "12"
    assert coming.column("举措")[0].startswith("组织开展全市第三届职工书画摄影作品展")


def test_what_comes_next_names_the_next_milestone() -> None:
    assert any("夹江县" in text for text in data(opened(), "next").column("下一节点"))


# --- the URL --------------------------------------------------------------------------------------


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
    assert any(
        "组宣部、市教科文卫体工会并列居首（各 10）" in said(element.value)
        for element in app.subheader
    )


def test_a_weight_of_nothing_is_a_weight() -> None:
    app = with_filters(opened("departments", w="0"))
    assert app.number_input(key="w_shown").value == 0
    assert not app.warning
    assert app.query_params["w"] == "0"


# --- the day --------------------------------------------------------------------------------------


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
    today = date.today()
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
    today = date.today()
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


TWO_YEARS = """
2019-1,2019,旧清单,一,1,旧举措,甲,办公室,8月
2021-1,2021,新清单,一,1,新举措,乙,办公室,8月
"""


@pytest.mark.parametrize("value", ["1900-01-01", "2200-01-01"])
def test_a_day_beyond_the_calendar_is_named(value: str) -> None:
    app = opened(as_of=value)
    assert f"as_of={value}" in warnings(app)


def test_a_page_left_open_at_today_goes_on_at_midnight(
    over: Callable[[Path], None], tmp_path: Path
) -> None:
    year = date.today().year
    over(
        table_of(
            tmp_path,
            f"1,{year},清单,一,1,举措,甲,办公室,8月\n",
        )
    )
    yesterday = date.today() - timedelta(days=1)
    app = opened(as_of="")
    app.session_state["as_of_shown"] = yesterday  # as the page of yesterday has it
    assert day(run(app)) == date.today()


# --- filters --------------------------------------------------------------------------------------


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
        "张雷：2 项举措，到期最集中在8月、12月（各 1 项）" in said(element.value)
        for element in app.subheader
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
    assert [order["words"] for order in orders][:3] == ["按清单顺序", "编号 ▲", "编号 ▼"]


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


# --- tables with mistakes -------------------------------------------------------------------------


def test_a_table_with_thirty_mistakes_gives_thirty_problems(tmp_path: Path) -> None:
    problems = measures.read(thirty_mistakes(tmp_path)).problems
    assert sorted(problem.code for problem in problems) == sorted(THIRTY)


@pytest.mark.parametrize(("page", "lang"), EVERY_PAGE)
def test_a_table_with_thirty_mistakes_is_a_working_board(
    page: str, lang: str, over: Callable[[Path], None], tmp_path: Path
) -> None:
    over(thirty_mistakes(tmp_path))
    app = opened(page, lang)
    assert headline(app)
    assert translator(lang)("problems.count", n=30) in set(texts(app))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_of_problems_is_one_click_away_and_each_is_a_sentence(
    lang: str, over: Callable[[Path], None], tmp_path: Path
) -> None:
    over(thirty_mistakes(tmp_path))
    app = opened("overview", lang)
    app.button(key="problems").click()
    components = [component.proto for component in run(app).get("bidi_component")]
    (listed_problems,) = [
        component for component in components if component.component_name == "problems"
    ]
    sentences = json.loads(listed_problems.bytes)["sentences"]
    assert len(sentences) == 30
    assert all(len(text) > 8 for text in sentences)
    assert any("待定" in text for text in sentences)
    assert not any("{" in text for text in sentences)


def test_a_good_table_counts_no_problems() -> None:
    assert not any("数据问题" in text for text in texts(opened()))


@pytest.mark.parametrize("page", PAGES)
def test_a_hostile_table_is_shown_as_written(
    page: str, over: Callable[[Path], None], tmp_path: Path
) -> None:
    path = hostile_table(tmp_path)
    over(path)
    name = measures.read(path).codes.leaders.names[0].as_py()
    app = opened(page, pick=name if page == "leaders" else "")
    for kind in ("title", "subheader", "caption", "warning"):
        for element in map(_body, app.get(kind)):
            assert not re.search(
                r"(?<!\\)(\*\*|<script|\$x|:red\[|\]\(http|:material/)", element
            ), element


LONG = 400_000  # characters


def table_of_long_cells(folder: Path) -> Path:
    """A table of which each column has a cell that no page can show, in a row of its own."""
    header = HEADER.split(",")
    rows = []
    for number in range(2 * len(header)):
        cells = [
            str(number),
            "2020",
            "清单",
            "板块",
            "条目",
            "举措",
            "张慧",
            "办公室、财务部",
            "9月",
        ]
        if number < len(header):
            cells[number] += "长" * LONG
        rows.append(",".join(cells))
    return table_of(folder, "\n".join(rows))


def weight(node: Any) -> int:
    """The bytes of all that a page sends to the browser, but for what it sends on demand."""
    proto = getattr(node, "proto", None)
    size: int = proto.ByteSize() if proto and hasattr(proto, "ByteSize") else 0
    return size + sum(map(weight, getattr(node, "children", {}).values()))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_stays_small_over_cells_that_it_cannot_show(
    page: str, over: Callable[[Path], None], tmp_path: Path
) -> None:
    """Each cell alone has 1.2 MB."""
    over(table_of_long_cells(tmp_path))
    app = opened(page, pick="5" if page == "measures" else "", lane="section")
    assert weight(app._tree) < 300_000
    app.session_state["filters_open"] = True
    app.session_state["problems_open"] = True
    assert weight(run(app)._tree) < 400_000


def test_a_name_that_no_page_can_show_is_counted_by_its_beginning_and_printed_whole(
    tmp_path: Path,
) -> None:
    table = measures.read(table_of_long_cells(tmp_path))
    long_name = "张慧" + "长" * LONG
    assert table.codes.leaders.names.to_pylist() == ["张慧", long_name[:999] + "…"]
    assert list(table.rows["leaders"][6]) == [long_name]


def test_of_a_title_that_no_cell_can_hold_the_beginning_is_listed_and_searched(
    tmp_path: Path,
) -> None:
    table = measures.read(table_of_long_cells(tmp_path))
    title = "举措" + "长" * LONG
    assert table.rows["title"][5] == title
    assert table.codes.titles[5].as_py() == title[:32_767]


def test_an_edit_on_disk_appears_on_the_next_run(
    over: Callable[[Path], None], tmp_path: Path
) -> None:
    path = table_of(tmp_path, "1,2020,清单,一,1,第一项,甲,办公室,8月\n")
    over(path)
    app = opened("measures")
    assert listed(app) == 1
    table_of(
        tmp_path, "1,2020,清单,一,1,第一项,甲,办公室,8月\n2,2020,清单,一,2,第二项,乙,办公室,9月\n"
    )
    assert listed(run(app)) == 2


def test_an_edit_of_the_milestones_appears_on_the_next_run(
    over: Callable[[Path], None], tmp_path: Path
) -> None:
    path = table_of(tmp_path, "1,2020,清单,一,1,第一项,甲,办公室,12月\n")
    over(path)
    app = opened("measures", pick="1")
    with pytest.raises(StopIteration):
        milestones(app)
    measures.milestones_path(path).write_text(
        "编号,节点时限,节点,目标值,单位\n1,6月,中期检查,,\n", "utf-8"
    )
    assert milestones(run(app)).column("节点") == ["中期检查"]


@pytest.mark.parametrize(
    "damage", ["picture", "folder", "gone", "empty", "no header", "broken workbook"]
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_table_that_can_no_longer_be_read_leaves_the_last_good_one_and_says_so(
    damage: str, lang: str, over: Callable[[Path], None], tmp_path: Path
) -> None:
    path = table_of(tmp_path, "1,2020,清单,一,1,第一项,甲,办公室,8月\n")
    over(path)
    app = opened("measures", lang)
    break_table(path, damage)
    assert listed(run(app)) == 1
    stale = translator(lang)("note.stale", why="").strip()
    assert stale in warnings(app)
    assert len(warnings(app)) > len(stale) + 8
    if path.is_dir():
        path.rmdir()
    time.sleep(0.01)
    table_of(
        tmp_path, "1,2020,清单,一,1,第一项,甲,办公室,8月\n2,2020,清单,一,2,第二项,乙,办公室,9月\n"
    )
    assert listed(run(app)) == 2
    assert not app.warning


@pytest.mark.parametrize(
    "error",
    [PermissionError(), OSError(errno.EIO, "the disk"), OSError(errno.ETIMEDOUT, "the net")],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_table_that_could_not_be_read_for_a_moment_is_read_again_though_it_did_not_change(
    error: OSError,
    lang: str,
    over: Callable[[Path], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = table_of(tmp_path, "1,2020,清单,一,1,第一项,甲,办公室,8月\n")
    over(path)
    with monkeypatch.context() as held:
        hold(held, path, error)
        app = opened("measures", lang)
        assert app.error
    assert listed(run(app)) == 1
    assert not app.error


def test_milestones_that_excel_held_appear_when_it_has_let_them_go(
    over: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = table_of(tmp_path, "1,2020,清单,一,1,第一项,甲,办公室,12月\n")
    measures.milestones_path(path).write_text(
        "编号,节点时限,节点,目标值,单位\n1,6月,中期检查,,\n", "utf-8"
    )
    over(path)
    with monkeypatch.context() as held:
        hold(held, measures.milestones_path(path), PermissionError())
        app = opened("measures", pick="1")
        assert "数据问题 1" in set(texts(app))
    assert milestones(run(app)).column("节点") == ["中期检查"]
    assert "数据问题 1" not in set(texts(app))


def hold(monkeypatch: pytest.MonkeyPatch, held: Path, error: OSError) -> None:
    """Keep a file from being read, which is read in this process for it."""
    monkeypatch.setattr(store, "_STORE", store.Store(measures.read))
    read_bytes = Path.read_bytes

    def read(path: Path) -> bytes:
        if path == held:
            raise error
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", read)


def break_table(path: Path, damage: str) -> None:
    """Make a table unreadable, each in its own way."""
    if damage in ("folder", "gone"):
        path.unlink()
    if damage == "folder":
        path.mkdir()
    contents = {
        "picture": b"\x89PNG\r\n\x1a\n" + bytes(100),
        "empty": b"",
        "no header": "第一行,第二列\n甲,乙\n".encode(),
        "broken workbook": b"PK\x03\x04" + bytes(100),
    }
    if damage in contents:
        path.write_bytes(contents[damage])


@pytest.mark.parametrize(
    "damage", ["picture", "folder", "gone", "empty", "no header", "broken workbook"]
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_there_is_no_table_at_all_a_sentence_says_what_to_do(
    damage: str, lang: str, over: Callable[[Path], None], tmp_path: Path
) -> None:
    path = table_of(tmp_path, "")
    break_table(path, damage)
    over(path)
    app = opened(lang=lang)
    (error,) = app.error
    assert len(said(error.value)) > 15
    assert path.name in said(error.value)
    assert re.search("请|要有" if lang == "zh" else "check|save|fill in|needs", said(error.value))


def test_an_old_good_table_is_not_shown_for_another_file(
    over: Callable[[Path], None], tmp_path: Path
) -> None:
    assert headline(opened()).startswith("10 项举措")
    over(tmp_path / "none.csv")
    assert opened().error


def test_a_header_without_rows_is_said_to_have_none_and_how_to_bring_some(
    over: Callable[[Path], None], tmp_path: Path
) -> None:
    over(table_of(tmp_path, ""))
    for page, lang in EVERY_PAGE:
        app = opened(page, lang)
        assert headline(app) == translator(lang)("headline.no_rows")
        assert "table.csv" in said(app.info[0].value)
        assert translator(lang)("intake.instead") in dict(links(app))
        assert "reset_here" not in {button.key for button in app.button}


def test_a_table_without_any_year_keeps_today(over: Callable[[Path], None], tmp_path: Path) -> None:
    over(table_of(tmp_path, "1,,清单,一,1,第一项,甲,办公室,全年\n"))
    assert day(opened(as_of="")) == date.today()


@pytest.mark.parametrize("page", PAGES)
def test_measures_without_leader_department_or_date_are_shown(
    page: str, over: Callable[[Path], None], tmp_path: Path
) -> None:
    over(table_of(tmp_path, "1,2020,清单,一,1,无人负责的举措,,,\n"))
    assert headline(opened(page))


@pytest.mark.parametrize(
    ("lang", "start"),
    [("zh", "这一页没能显示出来（ZeroDivisionError）"), ("en", "This page could not be drawn")],
)
def test_a_mistake_of_ours_is_said_in_the_reader_s_language(lang: str, start: str) -> None:
    def page() -> None:
        from lib.web import server

        server.unexpected(ZeroDivisionError("division by zero"))

    app = AppTest.from_function(page)
    app.query_params["lang"] = lang
    (error,) = run(app).error
    assert said(error.value).startswith(start)
    assert "on_script_error=server.unexpected" in (ROOT / "app.py").read_text("utf-8")


# --- long tables ----------------------------------------------------------------------------------


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
    assert "（未写明）：1 项举措，9月到期 1 项" in [
        said(element.value) for element in app.subheader
    ]


def test_no_lane_is_drawn_where_nothing_touches_the_year(
    over: Callable[[Path], None], tmp_path: Path
) -> None:
    over(table_of(tmp_path, "1,2020,清单,一,1,甲,张慧,办公室,8月"))
    app = opened("timeline", year="2020", as_of="2022-05-01")
    assert "图中 0 项举措" in said(app.subheader[1].value)


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
    assert "（未写明）：1 项举措，9月到期 1 项" in [
        said(element.value) for element in app.subheader
    ]
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


def test_a_million_is_not_needed_to_copy_a_table(
    tmp_path: Path, over: Callable[[Path], None]
) -> None:
    """The board over a copy of the real list under another name says the same."""
    for name in ("measures.csv", "measures.milestones.csv"):
        shutil.copy(ROOT / "data" / name, tmp_path / name.replace("measures", "副本", 1))
    over(tmp_path / "副本.csv")
    assert headline(opened()).startswith("10 项举措")
    assert any("夹江县" in text for text in data(opened(), "next").column("下一节点"))


def test_the_environment_may_name_the_table_by_a_home_folder(
    tmp_path: Path, over: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    table_of(tmp_path, "1,2020,清单,一,1,第一项,甲,办公室,8月\n")
    monkeypatch.setenv("HOME" if os.name == "posix" else "USERPROFILE", str(tmp_path))
    over(Path("~") / "table.csv")
    assert listed(opened("measures")) == 1
