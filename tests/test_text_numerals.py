"""Numerals: whatever prints a number is that number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.text import numerals

READABLE = [
    # digits, narrow and wide
    ("7", 7),
    ("12", 12),
    ("１２", 12),
    ("007", 7),
    # with units, and digit by digit
    ("〇", 0),
    ("十", 10),
    ("十二", 12),
    ("二十", 20),
    ("三十一", 31),
    ("一百零三", 103),
    ("一百〇三", 103),
    ("一百一十", 110),
    ("二〇二四", 2024),
    ("二零二四", 2024),
    ("二○二四", 2024),
    # shortened
    ("廿", 20),
    ("廿五", 25),
    ("卅一", 31),
    # formal, in both writings
    ("壹", 1),
    ("拾贰", 12),
    ("貳拾參", 23),
    ("陆", 6),
    ("陸", 6),
    # signs
    ("①", 1),
    ("⑳", 20),
    ("⑿", 12),
    ("⒊", 3),
    ("㈩", 10),
    ("❿", 10),
    ("➀", 1),
]


@pytest.mark.parametrize(("numeral", "number"), READABLE)
def test_a_numeral_is_a_number(numeral: str, number: int) -> None:
    assert numerals.read(numeral) == number
    assert numerals.find(f"第{numeral}条") == [number]


def test_digits_of_both_kinds_may_be_mixed() -> None:
    assert numerals.read("二0二四") == 2024


@pytest.mark.parametrize("text", ["条", "一条", "a1", "1.2"])
def test_what_holds_more_than_a_numeral_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match="not a numeric"):
        numerals.read(text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("一（二）", [1, 2]),
        ("1.2.3", [1, 2, 3]),
        ("第三条", [3]),
        ("壹、⑵", [1, 2]),
        ("附则", []),
        ("9" * 20, [999999999, 999999999, 99]),
    ],
)
def test_the_numerals_of_a_text_come_from_left_to_right(text: str, numbers: list[int]) -> None:
    assert numerals.find(text) == numbers


@given(st.integers(0, numerals.LARGEST))
def test_what_is_written_reads_as_the_same_number(number: int) -> None:
    assert numerals.read(numerals.write(number)) == number


@given(st.integers(0, 10**8))
def test_a_number_in_digits_is_that_number(number: int) -> None:
    assert numerals.find(str(number)) == [numerals.read(str(number))] == [number]


@given(st.text())
def test_any_text_has_its_numerals_or_none(text: str) -> None:
    assert all(number >= 0 for number in numerals.find(text))
