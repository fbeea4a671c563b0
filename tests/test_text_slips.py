"""Which deadlines may be a slip of the year, in a list of 2026."""

import pytest

from lib.text import deadlines, slips

YEAR = 2026


@pytest.mark.parametrize(
    ("phrase", "likely"),
    [
        # of the year, and of the years after it
        ("6月底前", False),
        ("2026-06-30", False),
        ("2027年3月底前", False),
        ("2036年12月", False),
        # before it, and long after it
        ("2025年6月底前", True),
        ("2025年12月31日", True),
        ("2006-06-30", True),
        ("2037年1月", True),
        ("2062年6月底前", True),
        ("2025年三季度", True),
        ("2026年前", True),
        # it spans several years
        ("2025—2027年", False),
        ("2024年11月至2026年3月", False),
        ("2024年11月至2025年3月", False),
        ("“十四五”期间", False),
        ("“十四五”末", False),
        # it goes on, comes again, or is never due
        ("2025年全年", False),
        ("2025年底前，并长期坚持", False),
        ("每月至2025年底", False),
        ("2025年起", False),
        ("长期坚持", False),
    ],
)
def test_a_deadline_is_in_its_lists_year_or_soon_after(phrase: str, likely: bool) -> None:
    window = deadlines.read(phrase, YEAR)
    assert window
    assert slips.is_likely(phrase, window, YEAR) is likely


def test_without_a_year_of_the_list_nothing_is_a_slip() -> None:
    window = deadlines.read("2006年", None)
    assert window
    assert not slips.is_likely("2006年", window, 0)


@pytest.mark.parametrize(
    "name",
    [
        "2024—2026年重点工作清单",
        "2024年至2026年工作任务",
        "实施方案（２０２４～２０２６年）",
        "2025-26学年工作要点",
        "国企改革三年行动任务分解表",
        "污染防治5年攻坚计划",
        "“十四五”规划任务清单",
        "中长期发展规划分工",
    ],
)
def test_a_list_of_several_years_says_so_in_its_name(name: str) -> None:
    assert slips.spans_years(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "2026年重点工作清单",
        "2026 · 要点",
        "2026-12号督办清单",
        "二十大精神落实清单",
        "2026年度计划",
    ],
)
def test_a_list_of_one_year_does_not(name: str) -> None:
    assert not slips.spans_years(name)
