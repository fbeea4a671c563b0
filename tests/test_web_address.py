"""The URL: what fits a parameter, what does not, and the day that a link without one gets."""

from __future__ import annotations

from datetime import date

import pytest

from lib.i18n import LANGUAGES, translator
from lib.web import address
from lib.web.address import Parameter

A, B = Parameter("choice", codes=("a", "b")), Parameter("free")


@pytest.mark.parametrize(
    ("parameter", "texts", "fitting", "misfits"),
    [
        (A, [], "", []),
        (A, ["a"], "a", []),
        (A, ["c"], "", ["c"]),
        (A, ["a", "c"], "a", ["c"]),
        (A, ["c", "a"], "a", ["c"]),
        (A, ["a", "b"], "b", []),  # the last counts, as in Streamlit
        (B, ["anything"], "anything", []),
        (B.among(["x"]), ["x", "y"], "x", ["y"]),
        (B.among([]), ["x"], "", ["x"]),
        (A.among(["c"]), ["a", "c"], "c", ["a"]),
        (address.LANGUAGE, ["en", "fr"], "en", ["fr"]),
        (address.ROLE, ["boss"], "", ["boss"]),
        (address.SORT, ["-due"], "-due", []),
        (address.SORT, ["weighted"], "", ["weighted"]),
        (address.SORT_LOADS, ["weighted"], "weighted", []),
        (address.COUNT, ["in_force"], "in_force", []),
    ],
)
def test_the_texts_of_the_url_are_sorted_into_what_fits_and_what_does_not(
    parameter: Parameter, texts: list[str], fitting: str, misfits: list[str]
) -> None:
    assert parameter.read(texts) == (fitting, misfits)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-09-15", date(2020, 9, 15)),
        ("1949-01-01", date(1949, 1, 1)),
        ("2100-12-31", date(2100, 12, 31)),
        ("1948-12-31", None),
        ("2101-01-01", None),
        ("20200915", None),
        ("2020-W38-2", None),
        ("2020-13-45", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_the_widget_writes_it(text: str, day: date | None) -> None:
    assert address.parse_day(text) == day
    assert address.AS_OF.fits(text) is (day is not None)


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("0", 0.0),
        ("0.5", 0.5),
        ("1", 1.0),
        ("1.01", None),
        ("-0.1", None),
        ("nan", None),
        ("inf", None),
        ("much", None),
        ("", None),
    ],
)
def test_a_weight_lies_between_nothing_and_all(text: str, weight: float | None) -> None:
    assert address.parse_weight(text) == weight
    assert address.WEIGHT.fits(text) is (weight is not None)


def test_each_default_fits_its_parameter() -> None:
    for parameter in address.PARAMETERS:
        assert not parameter.default or parameter.fits(parameter.default)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_code_has_a_word_in_each_language(language: str) -> None:
    t = translator(language)
    for parameter in address.PARAMETERS:
        words = [parameter.word(code, t) for code in parameter.codes]
        assert all(words)
        assert len(set(words)) == len(parameter.codes)


def test_a_code_without_a_word_is_shown_as_it_is() -> None:
    assert B.word("甲", translator("zh")) == "甲"


def test_the_words_of_codes_that_the_table_decides_may_be_given_with_them() -> None:
    months = address.MONTH.among(["2020-08"])
    assert months.word("2020-08", translator("zh")) == "2020年8月"
    numbers = address.PAGE.among(["1"], lambda number, _t: f"page {number}")
    assert numbers.word("1", translator("en")) == "page 1"


# --- the day --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "years", "nearest"),
    [
        (date(2026, 5, 1), (), date(2026, 5, 1)),
        (date(2026, 5, 1), (2026,), date(2026, 5, 1)),
        (date(2026, 5, 1), (2020,), date(2020, 12, 31)),
        (date(2018, 5, 1), (2020,), date(2020, 1, 1)),
        (date(2020, 6, 1), (2019, 2021), date(2019, 12, 31)),
        (date(2020, 8, 1), (2019, 2021), date(2021, 1, 1)),
    ],
)
def test_a_day_outside_the_lists_years_becomes_the_nearest_inside(
    day: date, years: tuple[int, ...], nearest: date
) -> None:
    assert address.nearest_day(day, years) == nearest


@pytest.mark.parametrize(
    ("month", "months", "moved"),
    [
        ("2020-09", -1, "2020-08"),
        ("2020-09", 1, "2020-10"),
        ("2020-12", 1, "2021-01"),
        ("2020-01", -1, "2019-12"),
        ("2020-01", 0, "2020-01"),
    ],
)
def test_a_month_moves_across_the_years(month: str, months: int, moved: str) -> None:
    assert address.month_moved(month, months) == moved


@pytest.mark.parametrize(
    ("text", "year"),
    [("2020", 2020), ("all", 0), ("20", None), ("２０２０", None), ("", None), ("year", None)],
)
def test_a_year_has_four_digits(text: str, year: int | None) -> None:
    assert address.parse_year(text) == year
