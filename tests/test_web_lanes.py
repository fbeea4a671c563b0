"""What a click on the timeline does to the address."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.counties import county_list
from tests.drawn import drawn
from tests.pages import opened, run


def after(query: str) -> dict[str, object]:
    """The address after a click on a mark of the lanes, where 甲 is open."""

    def page(query: str) -> None:
        import streamlit as st

        from lib.web import lanes

        st.query_params["open"] = ["甲"]
        lanes._open_or_turn(query)

    app = AppTest.from_function(page, args=(query,))
    app.run()
    assert not app.exception
    return dict(app.query_params)


def test_a_mark_of_a_lane_opens_it_folds_it_or_opens_what_it_counts() -> None:
    assert after("open=乙") == {"open": ["甲", "乙"]}
    assert after("open=%3D") == {"open": ["甲", "="]}
    assert after("open=甲") in ({}, {"open": []})
    assert after("open=")["open"] in ("甲", ["甲"])
    assert after("pick=甲&month=2020-12")["month"] in ("2020-12", ["2020-12"])


def test_a_heading_opens_its_lane_whatever_a_browser_sends() -> None:
    def page(number: object) -> None:
        import streamlit as st

        from lib.web import lanes

        st.session_state[lanes.KEY] = {"turned": number}
        lanes._turn_clicked(["甲", "乙"])

    for number, names in ((1, {"open": ["乙"]}), (7, {}), (None, {}), ("x", {})):
        app = AppTest.from_function(page, args=(number,))
        app.run()
        assert not app.exception
        assert dict(app.query_params) in (names, {key: value[0] for key, value in names.items()})


def test_the_table_of_the_lanes_has_their_bars() -> None:
    app = opened("timeline")
    app.session_state["timeline_table"] = True
    run(app)
    (bars,) = [table for table in drawn(app) if table.key == "timeline_rows"]
    assert len(bars.rows) == 10


def test_the_table_of_folded_lanes_has_the_lanes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEASURES", str(county_list(tmp_path)))
    app = opened("timeline", as_of="2026-08-20")
    app.session_state["timeline_table"] = True
    (lanes,) = [table for table in drawn(run(app)) if table.key == "timeline_rows"]
    assert lanes.heads[1] == "举措数"
