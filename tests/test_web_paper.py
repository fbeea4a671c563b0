"""A page on paper: a whole list, and the sheet of a leader or a department."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib.i18n import LANGUAGES, translator
from lib.web import paper
from tests.drawn import Drawn, drawn
from tests.pages import opened, texts
from tests.tables import many_measures, table_of


def said(app: AppTest) -> str:
    return "\n".join(text.replace("\\", "") for text in texts(app))


def keys(app: AppTest) -> list[str]:
    return [table.key for table in drawn(app)]


def only(app: AppTest) -> Drawn:
    (table,) = drawn(app)
    return table


@pytest.fixture
def long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """450 measures, and no more than 400 on paper."""
    monkeypatch.setenv("MEASURES", str(many_measures(tmp_path, (2020,))))
    monkeypatch.setattr(paper, "MOST_ROWS", 400)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_list_on_paper_has_all_its_rows_below_the_list_the_day_and_the_filters(lang: str) -> None:
    app = opened("measures", lang, paper="1", leader="张慧", state="later", sort="-measure_id")
    t = translator(lang)
    table = only(app)
    assert table.key == "paper_rows"
    assert table.column(t("field.measure_id"))[0] > table.column(t("field.measure_id"))[-1]
    assert table.message["opens"] == []
    assert {column["sort"] for column in table.message["columns"]} == {""}
    sheet = said(app)
    for part in (
        "主题宣传教育活动的工作举措清单",
        "2020",
        "张慧",
        t("state.later"),
        t("paper.rows", n=4),
    ):
        assert part in sheet


def test_rows_beyond_what_is_printed_are_counted(long: None) -> None:
    app = opened("measures", paper="1")
    assert len(only(app).rows) == 400
    assert translator("zh")("paper.left_out", n=400, left=50) in said(app)
    assert "没有印出" not in said(opened("measures", paper="1", leader="领导01"))


def test_the_buttons_lead_to_the_paper(long: None) -> None:
    app = opened("measures", page="2")
    app.button(key="paper_open").click()
    app.run()
    assert app.query_params["paper"] == "1"
    assert len(only(app).rows) == 400


def test_a_leader_s_sheet_says_what_is_late_what_is_next_and_with_whom() -> None:
    app = opened("leaders", paper="1", pick="张慧")
    assert keys(app) == ["paper_next", "paper_rest"]
    assert "张慧：8 项举措" in said(app)
    late, next_ones = drawn(opened("leaders", paper="1", pick="张雷"))
    assert (late.key, len(late.rows)) == ("paper_late", 1)
    assert late.heads == ["举措", "完成时限", "到期日", "剩余天数", "牵头"]
    assert len(next_ones.rows) == 1
    assert "牵头：组宣部 8" in said(app)
    assert "配合：市教科文卫体工会 8" in said(app)


def test_a_department_s_sheet_says_in_which_role_and_leaves_itself_out() -> None:
    app = opened("departments", paper="1", pick="财务部")
    assert {table.heads[0] for table in drawn(app)} == {"角色"}
    assert "牵头：组宣部" in said(app)
    assert "财务部 " not in said(app).partition("与谁共事")[2]
    assert "责任领导：张慧 4" in said(app)


def test_what_does_not_fit_a_sheet_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "\n".join(f"{n},2020,清单,一,1,举措{n},甲,办公室,12月" for n in range(20))
    monkeypatch.setenv("MEASURES", str(table_of(tmp_path, lines)))
    app = opened("leaders", paper="1", pick="甲")
    assert len(only(app).rows) == 12
    assert "另 8 项" in said(app)


@pytest.mark.parametrize("pick", ["", "无此人"])
def test_without_somebody_to_print_the_page_stays(pick: str) -> None:
    app = opened("leaders", paper="1", pick=pick)
    assert app.get("plotly_chart")
    assert not keys(app)


def test_a_section_has_a_sheet_too() -> None:
    app = opened("sections", paper="1", pick="三、开展内容丰富的职工文化活动")
    assert sum(len(table.rows) for table in drawn(app)) == 3
    assert not app.get("plotly_chart")


@pytest.mark.parametrize("page", ["leaders", "timeline"])
def test_the_sheet_is_printed_from_wherever_a_name_is_opened(page: str) -> None:
    figure = "timeline" if page == "timeline" else ""
    app = opened(page, pick="张雷", month="2020-12", at=figure)
    app.button(key="paper_open").click()
    app.run()
    assert {name: app.query_params[name] for name in ("pick", "paper")} == {
        "pick": "张雷",
        "paper": "1",
    }
    assert drawn(app)[0].key == "paper_late"


def test_the_way_back_from_the_paper_keeps_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    import streamlit as st

    def as_button(key: str, data: dict[str, str], on_back_change: object) -> None:
        st.button(data["back"], key=key, on_click=on_back_change)  # type: ignore[arg-type]

    monkeypatch.setattr(paper, "BAR", as_button)
    app = opened("leaders", paper="1", pick="张慧")
    app.button(key="paper_bar").click()
    app.run()
    assert "paper" not in app.query_params
    assert app.query_params["pick"] == "张慧"
    assert app.get("plotly_chart")
