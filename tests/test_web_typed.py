"""What is typed into a box of names is found as the search finds; of several the reader chooses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib.web import typed
from tests.pages import opened, run
from tests.tables import table_of

ROWS = """
1,2020,甲单,一,一,学习,单慧,县财政局、县民政局,8月
2,2020,甲单,一,二,宣讲,张慧,县民政局、县教育局,9月
3,2020,甲单,一,三,演出,张辉,县教育局、县财政局,10月
"""
DEPARTMENTS = ["县财政局", "县民政局", "县教育局"]

Show = Callable[..., AppTest]


@pytest.fixture
def show(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Show:
    """A page over the small list, with the filters in sight."""
    monkeypatch.setenv("MEASURES", str(table_of(tmp_path, ROWS)))

    def page(name: str = "overview", **query: str) -> AppTest:
        app = opened(name, **query)
        app.toggle(key="filters_open").set_value(True)
        return run(app)

    return page


def fill_in(app: AppTest, key: str, *texts: str) -> AppTest:
    app.multiselect(key=key).set_value(list(texts))
    return run(app)


def buttons(app: AppTest) -> dict[str, str]:
    """What is asked: each button's name and key."""
    return {button.label: str(button.key) for button in app.button if "_answer_" in str(button.key)}


def warnings(app: AppTest) -> str:
    return " ".join(warning.value for warning in app.warning)


@pytest.mark.parametrize(
    ("text", "kind", "names"),
    [
        ("czj", "name", ["县财政局"]),
        ("caizheng", "name", ["县财政局"]),
        ("财政", "name", ["县财政局"]),
        ("xm", "name", ["县民政局"]),
        ("zhengju", "name", ["县财政局", "县民政局"]),
        ("qqq", "name", []),
    ],
)
def test_a_text_finds_names_as_the_search_does(text: str, kind: str, names: list[str]) -> None:
    assert typed.found(text, DEPARTMENTS, kind) == names


def test_one_name_takes_the_place_of_what_was_typed(show: Show) -> None:
    app = fill_in(show(), "department", "县教育局", "czj")
    assert app.session_state["department"] == ["县教育局", "县财政局"]
    assert not buttons(app)
    assert not app.warning


def test_a_surname_is_read_as_one(show: Show) -> None:
    app = fill_in(show(), "leader", "shanhui")
    assert app.session_state["leader"] == ["单慧"]


def test_of_several_names_the_reader_chooses_and_none_is_called_unknown(show: Show) -> None:
    app = fill_in(show(), "leader", "zhanghui")
    assert app.session_state["leader"] == []
    assert [*buttons(app)] == ["张慧", "张辉"]
    assert not app.warning
    app.button(key=buttons(app)["张辉"]).click()
    app = run(app)
    assert app.session_state["leader"] == ["张辉"]
    assert not buttons(app)


def test_no_more_is_asked_once_the_filters_are_cleared(show: Show) -> None:
    app = fill_in(show(), "leader", "zhanghui")
    app.button(key="reset").click()
    assert not buttons(run(app))


def test_what_finds_no_name_stays_and_is_named(show: Show) -> None:
    app = fill_in(show(), "department", "qqq")
    assert app.session_state["department"] == ["qqq"]
    assert "qqq" in warnings(app)


def test_of_many_names_the_first_are_offered(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, show: Show
) -> None:
    rows = [f"{n},2020,甲单,一,{n},学习,张{n:02},办公室,8月" for n in range(20)]
    monkeypatch.setenv("MEASURES", str(table_of(tmp_path, "\n".join(rows), "many.csv")))
    app = fill_in(show(), "leader", "zhang")
    assert len(buttons(app)) == typed.MOST_OFFERED
    assert "还有 8 个" in [caption.value for caption in app.caption]


def pick(app: AppTest, text: str) -> AppTest:
    box = app.selectbox(key="pick_shown")
    box.options.append(text)  # AppTest itself types nothing new
    box.set_value(text)
    return run(app)


def test_a_pick_is_found_too(show: Show) -> None:
    app = pick(show("departments"), "czj")
    assert app.query_params["pick"] == "县财政局"


def test_a_pick_that_may_be_several_is_asked(show: Show) -> None:
    app = pick(show("leaders"), "zhanghui")
    assert "pick" not in app.query_params
    app.button(key=buttons(app)["张慧"]).click()
    assert run(app).query_params["pick"] == "张慧"


def test_a_pick_that_is_none_changes_nothing_and_is_said(show: Show) -> None:
    app = pick(show("leaders", pick="张慧"), "qqq")
    assert app.query_params["pick"] == "张慧"
    assert any("没有与“qqq”匹配的" in caption.value for caption in app.caption)
