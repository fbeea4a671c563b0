"""What number formats show: the formats of office lists, and those that are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.files import number_formats
from lib.files.number_formats import CALENDAR_1904, Shown, shown

JUNE = 46174  # 1 June 2026
LAST_OF_JUNE = 46203
ACCOUNTING = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '

DATES = [
    ('yyyy"年"m"月"', JUNE, "2026年6月"),
    ("yyyy\\-mm", JUNE, "2026年6月"),
    ("yyyy.m", JUNE, "2026年6月"),
    ("mmm-yy", JUNE, "2026年6月"),
    ('e"年"m"月"', JUNE, "2026年6月"),
    ('[DBNum1][$-804]yyyy"年"m"月";@', JUNE, "2026年6月"),
    ('yyyy"年"', JUNE, "2026年"),
    ("yyyy", JUNE, "2026"),
    ("yyyy/m/d", LAST_OF_JUNE, "2026-06-30"),
    ('[$-804]yyyy"年"m"月"d"日"', LAST_OF_JUNE, "2026-06-30"),
    ("mm/dd/yy", LAST_OF_JUNE, "2026-06-30"),
    ("[$-804]aaaa yyyy-mm-dd", LAST_OF_JUNE, "2026-06-30"),
    # a time that is not shown is none, and one to the fraction of a second is one to the second
    ("yyyy/m/d", LAST_OF_JUNE + 0.99999999, "2026-06-30"),
    ("yyyy/m/d h:mm", LAST_OF_JUNE + 0.75000001, "2026-06-30 18:00:00"),
    ("yyyy/m/d h:mm", LAST_OF_JUNE, "2026-06-30"),
    ("yyyy-m-d AM/PM h:mm:ss.00", LAST_OF_JUNE + 0.5, "2026-06-30 12:00:00"),
]


@pytest.mark.parametrize(("code", "value", "text"), DATES)
def test_a_date_means_what_its_format_shows(code: str, value: float, text: str) -> None:
    assert shown(value, code) == Shown(text)


def test_the_formats_that_have_only_a_number_are_those_of_chinese_excel() -> None:
    assert shown(LAST_OF_JUNE, number_formats.BUILT_IN[14]) == Shown("2026-06-30")
    assert shown(LAST_OF_JUNE, number_formats.BUILT_IN[57]) == Shown("2026年6月")
    assert shown(LAST_OF_JUNE, number_formats.BUILT_IN[58]) == Shown("6月30日", 2026)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ('m"月"d"日"', "6月30日"),
        ("d-mmm", "6月30日"),
        ("m/d h:mm", "6月30日"),
        ('m"月"', "6月"),
        ('d"日"', "30日"),
    ],
)
def test_a_day_without_its_year_keeps_the_year_that_is_stored(code: str, text: str) -> None:
    assert shown(LAST_OF_JUNE, code) == Shown(text, 2026)


def test_minutes_are_no_months() -> None:
    for code in ("h:mm", "mm:ss", "[h]:mm", "[mm]:ss", '上午/下午h"时"mm"分"', "dddd", "aaaa"):
        assert shown(LAST_OF_JUNE + 0.5, code) is None


def test_the_calendar_of_1904_begins_later() -> None:
    assert shown(44741, "yyyy-m-d", CALENDAR_1904) == Shown("2026-06-30")
    assert shown(0, "yyyy-m-d", CALENDAR_1904) == Shown("1904-01-01")


@pytest.mark.parametrize("value", [-1, 0, 3, 2_958_466, 1e300, float("nan"), float("inf")])
def test_a_number_that_is_no_day_is_shown_as_none(value: float) -> None:
    assert shown(value, "yyyy-m-d") is None


NUMBERS = [
    ("000", 1, "001"),
    ("0", 8.4, "8"),
    ("0_ ", 12, "12"),
    ("0.00", 8, "8.00"),
    ("0.0##", 1.25, "1.25"),
    ("#.##", 0.5, ".5"),
    ("#,##0", 1234567.5, "1,234,568"),
    ("#,##0", 999, "999"),
    ("0%", 0.35, "35%"),
    ("0%", 0.355, "36%"),
    ("0.0%", -0.5, "-50.0%"),
    ('0"项"', 3, "3项"),
    ('General"KM"', 3.5, "3.5KM"),
    ("[$¥-804]#,##0.00", 1234.5, "¥1,234.50"),
    ("[Red]0", 7, "7"),
    ('0,"千元"', 5_000_000, "5000千元"),
    ("#,##0.00;(#,##0.00)", -1234.5, "(1,234.50)"),
    (ACCOUNTING, 1234.5, "1,234.50"),
    (ACCOUNTING, -1234.5, "-1,234.50"),
    (ACCOUNTING, 0, "-"),
    ("0", -5, "-5"),
    ("0", -0.2, "0"),
    ('"已完成"', 1, "已完成"),
    ("0\\级", 3, "3级"),
    ('0.00"', 1, "1.00"),
]


@pytest.mark.parametrize(("code", "value", "text"), NUMBERS)
def test_a_number_is_written_as_excel_shows_it(code: str, value: float, text: str) -> None:
    assert shown(value, code) == Shown(text)


@pytest.mark.parametrize(
    "code",
    ["# ?/?", "0.00E+00", '[>3]"大";"小"', "000-0000-0000", "0.0.0", "@", "0" + "%" * 30],
)
def test_a_format_that_no_office_list_has_leaves_the_number_as_it_is(code: str) -> None:
    assert shown(5, code) is None


@given(st.floats(), st.text('ymdhse0#?,.%;"\\[]_*@年-/ E+AGeneral', max_size=20))
def test_any_format_shows_a_text_or_nothing(value: float, code: str) -> None:
    result = shown(value, code)
    assert result is None or isinstance(result.text, str)
