"""One reader's view: the rows that the filters leave, and what is made of them once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
import pytest

from lib import measures
from lib.answers import charts
from lib.answers.charts.figure import Packed
from lib.i18n import translator
from lib.web import view
from lib.web.view import Board
from tests import pages
from tests.page_source import function

TABLE = Path(__file__).parent.parent / "data" / "measures.csv"


@pytest.fixture(scope="module")
def table() -> measures.Table:
    return measures.read(TABLE)


@pytest.fixture
def board(table: measures.Table, request: pytest.FixtureRequest) -> Board:
    """The whole list on a day of its year.

    Each test has a version of its own, so that they do not share what is kept.
    """
    return Board(
        table=table,
        version=(request.node.name,),
        rows=None,
        key=(),
        as_of=date(2020, 9, 15),
        language="zh",
        t=translator("zh"),
        weight=0.5,
        scope_words="",
        filter_words="",
        name="measures.csv",
        today=date(2020, 9, 15),
    )


def test_a_view_without_filters_has_all_measures(board: Board) -> None:
    assert board.total == 10


@pytest.mark.parametrize(
    ("filters", "total"),
    [
        ({"leaders": ("张雷",)}, 2),
        ({"departments": ("财务部",)}, 4),
        ({"departments": ("组宣部",), "role": "support"}, 2),
        ({"query": "zhanglei"}, 2),
        ({"leaders": ("无此人",)}, 0),
    ],
)
def test_a_view_within_a_view_has_the_rows_that_fit_both(
    board: Board, filters: dict[str, object], total: int
) -> None:
    narrowed = board.within(**filters)
    assert narrowed.total == total
    assert narrowed.within(**filters).total == total
    assert narrowed.within(leaders=("张慧",)).within(leaders=("张雷",)).total == 0


def test_a_measure_has_its_position_only_in_a_view_that_has_it(board: Board) -> None:
    position = board.position("2020-1-3")
    assert board.table.codes.ids[position].as_py() == "2020-1-3"
    assert board.position("2099-1-1") == -1
    assert replace(board, rows=np.array([position])).position("2020-1-3") == position
    assert replace(board, rows=np.array([], np.int64)).position("2020-1-3") == -1


def test_the_months_are_those_of_the_year_and_those_in_which_something_falls_due(
    board: Board,
) -> None:
    year = [f"2020-{month:02}" for month in range(1, 13)]
    assert view.months(board) == year
    assert view.months(replace(board, as_of=date(2021, 1, 1)))[:8] == [
        *("2020-08", "2020-09", "2020-10", "2020-12"),
        *("2021-01", "2021-02", "2021-03", "2021-04"),
    ]


def test_the_view_that_the_frame_opens_is_the_one_of_the_page(board: Board) -> None:
    view.open_view(board)
    assert view.board() is board


# --- what is made once ----------------------------------------------------------------------------


def test_what_a_page_makes_is_made_once_for_all_readers_of_the_same(board: Board) -> None:
    def compose(_reader: Board) -> object:
        return object()

    first, second = board.once(compose), replace(board).once(compose)
    assert first is second


@pytest.mark.no_cover
def test_a_year_of_views_of_the_overview_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    days = [f"2020-{month:02}-15" for month in range(1, 13)]
    for day in days:
        pages.opened(as_of=day)
    packed: list[object] = []
    monkeypatch.setattr(charts, "packed", packed.append)
    for day in days:
        pages.opened(as_of=day)
    assert packed == []


@pytest.mark.parametrize(
    "change",
    [
        {"version": ("another",)},
        {"key": (("query", "组宣部"),)},
        {"as_of": date(2020, 9, 16)},
        {"language": "en"},
        {"weight": 1.0},
    ],
)
def test_another_view_is_made_anew(board: Board, change: dict[str, object]) -> None:
    def itself(reader: Board) -> Board:
        return reader

    assert board.once(itself) is board
    assert replace(board, **change).once(itself) is not board  # type: ignore[arg-type]


def test_what_a_page_s_choices_add_makes_it_anew(board: Board) -> None:
    def doubled(_reader: Board, number: int) -> int:
        return number * 2

    assert [board.once(doubled, number) for number in (1, 2, 1)] == [2, 4, 2]


def test_two_lambdas_are_two_things(board: Board) -> None:
    """Both have the name `<lambda>` and stand in one file."""
    assert [board.once(lambda _reader: 1), board.once(lambda _reader: 2)] == [1, 2]


def test_a_page_that_is_edited_while_the_server_runs_gives_the_new_result(board: Board) -> None:
    for text in ("old", "new"):
        page = function(f"def compose(view): return helper()\ndef helper(): return {text!r}")
        assert board.once(page) == text


def test_figures_are_packed_wherever_they_stand_in_what_a_page_makes(board: Board) -> None:
    class Part(NamedTuple):
        title: str
        figure: go.Figure

    part = board.once(lambda _reader: Part("title", go.Figure()))
    assert part.title == "title"
    assert type(part).__name__ == "Part"
    assert isinstance(part.figure, Packed)
