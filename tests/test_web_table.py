"""What a reader does in a table, without a browser: open, sort, choose columns."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from lib.answers.marks import opens
from lib.web import table
from tests.drawn import marked
from tests.pages import opened, run
from tests.tables import many_measures

EVENTS = ("opened", "sorted", "columns")
MESSAGES: dict[str, dict[str, Any]] = {}


@pytest.fixture(autouse=True)
def _as_boxes(monkeypatch: pytest.MonkeyPatch) -> None:
    MESSAGES.clear()
    monkeypatch.setattr(table, "TABLE", as_boxes)


def as_boxes(key: str, data: bytes, **listening: Callable[[], None]) -> None:
    """A table as the browser draws it: for each thing that it may say a box to write it into."""
    MESSAGES[key] = json.loads(data)

    def say(event: str) -> None:
        st.session_state[key] = {event: st.session_state[f"{key}:{event}"]}
        listening[f"on_{event}_change"]()

    for event in EVENTS:
        st.text_input(event, key=f"{key}:{event}", on_change=say, args=(event,))


def said(app: AppTest, key: str, event: str, value: str) -> AppTest:
    """The page after its table has said something."""
    app.text_input(key=f"{key}:{event}").set_value(value)
    return run(app)


def ids(key: str = "rows") -> list[str]:
    return [row[0] for row in MESSAGES[key]["rows"]]


def test_a_row_is_opened_and_marked_and_what_no_row_opens_is_not() -> None:
    app = said(opened("measures", sort="-due"), "rows", "opened", "measure=2020-1-3")
    assert app.query_params["pick"] == "2020-1-3"
    assert app.query_params["sort"] == "-due"
    assert marked(app, "rows") == "measure=2020-1-3"
    app = said(app, "rows", "opened", "elsewhere")
    assert app.query_params["pick"] == "2020-1-3"


def test_a_head_sorts_all_rows_and_goes_to_the_first_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEASURES", str(many_measures(tmp_path, (2020,))))
    app = opened("measures", page="2", columns="due")
    app = said(app, "rows", "sorted", "-measure_id")
    assert "page" not in app.query_params
    assert (app.query_params["sort"], app.query_params["columns"]) == ("-measure_id", "due")
    assert ids()[:2] == ["449", "448"]
    app = said(app, "rows", "sorted", "")
    assert "sort" not in app.query_params
    assert ids()[:2] == ["0", "1"]


def test_what_is_no_column_sorts_nothing() -> None:
    app = said(opened("measures", sort="due"), "rows", "sorted", "size")
    assert app.query_params["sort"] == "due"


def test_columns_that_are_chosen_stand_in_the_url_until_they_are_the_usual_ones() -> None:
    usual = ",".join(column["key"] for column in _columns(opened("measures")))
    app = said(opened("measures"), "rows", "columns", "section,due,size")
    assert app.query_params["columns"] == "measure_id,title,due,section"
    assert [column["key"] for column in _columns(app)] == ["measure_id", "title", "due", "section"]
    app = said(app, "rows", "columns", usual)
    assert "columns" not in app.query_params


def _columns(_app: AppTest) -> list[dict[str, Any]]:
    columns: list[dict[str, Any]] = MESSAGES["rows"]["columns"]
    return columns


@pytest.mark.parametrize(
    ("page", "key", "query"),
    [
        ("leaders", "detail_rows", {"pick": "张慧"}),
        ("timeline", "detail_rows", {"month": "2020-12"}),
    ],
)
def test_a_list_in_a_page_is_sorted_there_and_the_url_stays(
    page: str, key: str, query: dict[str, str]
) -> None:
    app = opened(page, **query)
    assert MESSAGES[key]["sort"] == "due"
    app = said(app, key, "sorted", "-measure_id")
    assert ids(key) == sorted(ids(key), reverse=True)
    assert "sort" not in app.query_params


def test_a_table_that_is_all_there_is_is_sorted_where_it_stands() -> None:
    app = opened("leaders")
    app.session_state["leaders_table"] = True
    run(app)
    assert ids("leaders_rows") == ["张慧", "张雷"]
    app = said(app, "leaders_rows", "sorted", "1")
    assert ids("leaders_rows") == ["张雷", "张慧"]
    app = said(app, "leaders_rows", "sorted", "-1")
    assert ids("leaders_rows") == ["张慧", "张雷"]
    app = said(app, "leaders_rows", "columns", "due")  # it has none to choose
    assert "columns" not in app.query_params
    app = said(app, "leaders_rows", "opened", opens(pick="张雷"))
    assert app.query_params["pick"] == "张雷"
    assert marked(app, "leaders_rows") == opens(pick="张雷")
    app = said(app, "leaders_rows", "opened", opens(pick="张雷", state="later"))
    assert app.query_params["state"] == "later"
    assert marked(app, "leaders_rows") == opens(pick="张雷", state="later")


def test_a_table_whose_rows_open_nothing_says_so_to_the_browser() -> None:
    opened("measures", pick="2020-2-2")
    assert MESSAGES["milestones"]["opens"] == []
    assert MESSAGES["milestones"]["choices"] == []


def test_a_cell_may_open_something_else_than_its_row() -> None:
    app = AppTest.from_function(_a_page_of_cells)
    run(app)
    assert MESSAGES["cells"]["cellsOpen"] == {"1": ["state=passed", ""]}
    assert said(app, "cells", "opened", "state=passed").session_state["picked"] == "state=passed"
    assert said(app, "cells", "opened", "b").session_state["picked"] == "b"


def _a_page_of_cells() -> None:
    from dataclasses import replace
    from functools import partial

    import streamlit as st

    from lib.answers.text_table import Column, TextTable
    from lib.i18n import translator
    from lib.web import table

    rows = TextTable.of({Column("name", "甲"): ["a", "b"], Column("n", "数"): [9, 0]}, ("a", "b"))
    rows = replace(rows, cells_open={1: ("state=passed", "")})
    keep = partial(st.session_state.__setitem__, "picked")
    table.draw(rows, "cells", translator("zh"), caption="表", on_pick=keep)
