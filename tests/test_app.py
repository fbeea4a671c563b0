"""The pages over the real list, in both languages: the words and the numbers of each."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from lib.i18n import LANGUAGES, translator
from lib.web.pages import TABLE_PAGES
from tests.drawn import drawn
from tests.page_contents import (
    cards,
    data,
    findings,
    headline,
    links_below_the_cards,
    listed,
    said,
    shown_options,
    with_filters,
)
from tests.pages import DAY, ROOT, opened, run, texts
from tests.tables import table_of

pytestmark = pytest.mark.usefixtures("real_list")

PAGES = [page.name for page in TABLE_PAGES]
EVERY_PAGE = [(page, language) for page in PAGES for language in LANGUAGES]


PICKS = {
    "leaders": "张慧",
    "departments": "组宣部",
    "sections": "二、不断提高新时代新型职工队伍素质",
    "measures": "2020-2-2",
}


@pytest.mark.no_cover
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


@pytest.mark.no_cover
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


def _visible(proto: Any) -> Iterator[str]:
    names = ("body", "label", "placeholder", "help", "options")
    for field, value in proto.ListFields():
        if field.name in names:
            yield from value if field.is_repeated else [value]


@pytest.mark.no_cover
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
    sentences = findings(app)
    assert not [text for text in sentences if text.startswith(f"{name}牵头最多") or "居首" in text]


def test_what_one_leader_has_past_the_deadline_is_counted_not_compared() -> None:
    assert findings(opened("leaders", leader="张雷"))[0] == "已过期限 1 项"
    assert (
        findings(opened("departments", department="财务部"))[0]
        == "按“牵头 + 配合 × 0.5”计，财务部为 2"
    )
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


@pytest.mark.no_cover
@pytest.mark.parametrize("as_of", [DAY, "2020-01-01", "2020-12-01", "2020-12-31"])
def test_every_card_and_link_of_the_overview_opens_as_many_rows_as_it_says(as_of: str) -> None:
    app = opened(as_of=as_of)
    counted = [*((number, query) for _, number, query in cards(app)), *links_below_the_cards(app)]
    assert len(counted) >= 5
    for number, query in counted:
        assert listed(opened("measures", **dict(parse_qsl(query)))) == number, query


def test_the_states_on_the_overview_add_up_to_all_measures() -> None:
    """The next 30 days overlap them, and are not added."""
    app = opened()
    first, *others = (number for _, number, query in cards(app) if "next_30" not in query)
    assert sum(others) + sum(number for number, _ in links_below_the_cards(app)) == first


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
    assert any("2020年2月" in finding for finding in findings(timeline))
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
    assert "基准日及以后没有到期的举措" in findings(app)[-1]
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


def test_a_copy_of_the_list_under_another_name_says_the_same(
    tmp_path: Path, over: Callable[[Path], None]
) -> None:
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
