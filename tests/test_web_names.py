"""Names that do not fit: summed up as the others, and all of them where the reader wants them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib.answers.marks import ALL_NAMES
from tests.pages import opened, run
from tests.tables import many_measures, table_of

SWITCH = "names_shown"  # the key of the switch
# Pages, and the places of figures in them
FIGURES = [("leaders", 0), ("departments", 0), ("departments", 1), ("timeline", 1)]


@pytest.fixture(autouse=True)
def _many(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A board over the measures of 40 leaders and 60 departments."""
    monkeypatch.setenv("MEASURES", str(many_measures(tmp_path, [2020])))


def queries(app: AppTest, figure: int) -> set[str]:
    """What the marks of a figure open."""
    traces = json.loads(app.get("plotly_chart")[figure].proto.spec)["data"]
    return {query for trace in traces for query in trace.get("customdata") or ()}


def switches(app: AppTest) -> list[str]:
    return [toggle.label for toggle in app.toggle if toggle.key == SWITCH]


@pytest.mark.parametrize(("page", "figure"), FIGURES)
def test_the_others_open_all_names(page: str, figure: int) -> None:
    assert ALL_NAMES in queries(opened(page), figure)
    assert ALL_NAMES not in queries(opened(page, names="all"), figure)


@pytest.mark.parametrize("page", ["leaders", "departments", "timeline"])
def test_a_switch_shows_all_names_and_the_first_again(page: str) -> None:
    app = opened(page)
    assert switches(app) == ["显示全部名称"]
    app.toggle(key=SWITCH).set_value(True)
    run(app)
    assert app.query_params["names"] in ("all", ["all"])
    app.toggle(key=SWITCH).set_value(False)
    run(app)
    assert "names" not in app.query_params


def test_no_switch_stands_where_all_names_fit(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lines = "\n".join(f"{n},2020,单,板{n},{n},事{n},领导{n},部门{n},8月" for n in range(13))
    monkeypatch.setenv("MEASURES", str(table_of(tmp_path, lines)))
    for page in ("leaders", "departments", "sections", "timeline"):
        assert switches(opened(page)) == []
        assert switches(opened(page, names="all")) == ["显示全部名称"]


def test_names_that_stand_against_names_have_the_width_of_the_page_and_are_scrolled() -> None:
    assert _wide(opened("leaders")) == set()
    assert _wide(opened("leaders", names="all")) == {"lead", "support"}


def _wide(app: AppTest) -> set[str]:
    """The figures that are scrolled where the page is narrow."""
    blocks = [app._tree, *_blocks(app._tree)]
    keys = [getattr(block.proto, "id", "") for block in blocks if hasattr(block, "proto")]
    return {key.rpartition("wide_")[2] for key in keys if "wide_" in key}


def _blocks(node: object) -> list[object]:
    children = list(getattr(node, "children", {}).values())
    return [*children, *(deeper for child in children for deeper in _blocks(child))]
