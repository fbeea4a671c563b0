"""The strip of months: its numbers, names, places to click, and the line of the day."""

from datetime import date

import pytest

from lib.answers import charts, palette
from lib.answers.charts.month_axis import EARLIER, LATER
from lib.answers.marks import opens
from tests.figures import (
    BOTH,
    DAY,
    EN,
    LESHAN,
    MONTHS_GRID,
    STATE,
    ZH,
    bars_of,
    heat,
    legend_of,
    months,
    one_by_one,
    shape_of,
    texts,
)


def test_the_months_carry_their_numbers_and_what_runs_all_year_stands_apart():
    figure = charts.month_strip(LESHAN, DAY, ZH)
    *_, due = bars_of(figure, palette.DUE)
    (ongoing,) = bars_of(figure, STATE["ongoing"])
    assert [text for text in texts(figure) if text.isdigit()] == ["1", "1", "1", "4", "3"]
    assert due["customdata"] == opens(month="2020-12", count="due")
    assert ongoing["customdata"] == opens(month="2020-12", count="ongoing")
    assert (shape_of(due), shape_of(ongoing)) == ("", ".")
    assert ongoing["x"] - ongoing["width"] / 2 > due["x"] + due["width"] / 2
    assert ongoing["x"] + ongoing["width"] / 2 < figure.layout.xaxis.range[1]
    assert [word in legend_of(figure) for word in ("到期", "● 全年")] == [True, True]
    assert figure.layout.height == 150


@pytest.mark.parametrize("n", [12, 190, 1_234])
def test_a_long_number_beside_a_bar_stays_off_it_and_inside_the_figure_on_a_telephone(n):
    counts = months({12: 469}, {12: n})
    for figure in (
        charts.month_strip(counts, DAY, ZH),
        charts.month_head(counts, DAY, ZH, year=2020),
    ):
        *_, due = bars_of(figure, palette.DUE)
        (number,) = (each for each in one_by_one(figure, "text") if each["text"] == f"{n:,}")
        assert number["textposition"] == "top right"
        assert number["x"] > due["x"] + due["width"] / 2
        margin = figure.layout.margin
        month = (366 - margin.l - margin.r) / 12
        assert (number["x"] - 12.5) * month + len(f"{n:,}") * 7.5 < margin.r


def test_a_year_without_ongoing_measures_has_no_bar_for_them():
    figure = charts.month_strip(months({3: 2}), DAY, ZH)
    assert not bars_of(figure, STATE["ongoing"])
    assert "全年" not in legend_of(figure)


@pytest.mark.parametrize(("t", "first", "last"), [(ZH, "1月", "12月"), (EN, "Jan", "Dec")])
def test_months_are_named_in_the_readers_language(t, first, last):
    for figure in (
        charts.month_strip(LESHAN, DAY, t),
        charts.month_head(LESHAN, DAY, t, year=2020),
    ):
        assert {first, last} <= set(texts(figure))
    cells = heat(MONTHS_GRID, t, unit="due", columns="months")
    names = [text.replace("<br>", "") for text in cells.layout.xaxis.ticktext]
    assert (names[0], names[-1]) == (first, last)
    months = charts.config("zh" if t is ZH else "en")["locales"]
    assert next(iter(months.values()))["format"]["months"][0] == first


def test_each_month_can_be_clicked_even_an_empty_one():
    figure = charts.month_strip(LESHAN, DAY, ZH)
    places = list(figure.data[0]["customdata"])
    assert places[:12] == [opens(month=f"2020-{month:02}") for month in range(1, 13)]
    assert places[12:14] == places[:2]  # nothing is due in them: the whole month
    assert places[23] == opens(month="2020-12", count="due")
    assert places[35] == opens(month="2020-12", count="ongoing")
    assert "到期 4" in figure.data[0]["hovertext"][11]
    assert "全年 3" in figure.data[0]["hovertext"][11]
    assert "到期 0" in figure.data[0]["hovertext"][0]


@pytest.mark.parametrize(
    ("day", "x"),
    [(date(2020, 9, 15), 8.98), (date(2020, 1, 1), 0.52), (date(2020, 12, 31), 12.48)],
)
def test_the_line_of_the_day_stands_in_its_month_at_its_place(day, x):
    figure = charts.month_strip(LESHAN, day, ZH)
    (label,) = (
        each for each in one_by_one(figure, "text") if each["text"] == f"基准日 {day.isoformat()}"
    )
    assert label["x"] == pytest.approx(x, abs=0.01)
    assert f"<b>{day.month}月</b>" in texts(figure)


def test_the_line_of_the_day_does_not_cross_the_number_of_its_month():
    lines = [
        charts.month_strip(months({9: n, 12: 10}), DAY, ZH).layout.shapes[1].path
        for n in (0, 5, 10)
    ]
    ends = [float(line.split("V")[1]) for line in lines]
    assert ends == sorted(ends, reverse=True)
    assert ends[0] == 102
    assert ends[-1] == 2


def test_a_day_outside_the_year_is_named_at_its_end_of_the_axis():
    before, after = (
        charts.month_head(LESHAN, date(year, 5, 1), ZH, year=2020) for year in (2019, 2021)
    )
    assert f"{EARLIER} 基准日 2019-05-01" in texts(before)
    assert f"基准日 2021-05-01 {LATER}" in texts(after)
    assert [len(figure.layout.shapes) for figure in (before, after)] == [1, 1]


@pytest.mark.parametrize("figure", BOTH)
def test_every_word_stands_where_plotly_draws_it(figure):
    """A word whose place is outside the axes is not drawn."""
    bounds = [
        sorted(figure.layout[axis].range)
        for axis in ("xaxis", "yaxis")
        if one_by_one(figure, "text")
    ]
    for word in one_by_one(figure, "text"):
        assert all(
            low <= word[side] <= high for side, (low, high) in zip("xy", bounds, strict=True)
        ), word["text"]


def test_large_numbers_stay_short():
    figure = charts.month_strip(months({3: 83_333, 5: 9_999}), DAY, ZH)
    numbers = texts(figure)
    assert "8.33 万" in numbers
    assert "9,999" in numbers
    assert "<b>3月</b><br>到期 83,333" in figure.data[0]["hovertext"]
    assert "83.33k" in texts(charts.month_strip(months({3: 83_333}), DAY, EN))
