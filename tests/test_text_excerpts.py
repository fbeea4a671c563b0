"""The beginning of a text, where it can't be shown whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.text.excerpts import DRAWN, excerpt


@pytest.mark.parametrize(
    ("text", "longest", "beginning"),
    [
        ("", 5, ""),
        ("建设职工书屋", 6, "建设职工书屋"),
        ("建设职工书屋", 5, "建设职工…"),
        ("one two three", 5, "one…"),
    ],
)
def test_a_text_that_is_too_long_ends_with_an_ellipsis(
    text: str, longest: int, beginning: str
) -> None:
    assert excerpt(text, longest) == beginning


@given(st.text(max_size=30), st.integers(1, 20))
def test_an_excerpt_is_the_text_or_its_beginning(text: str, longest: int) -> None:
    beginning = excerpt(text, longest)
    assert len(beginning) <= longest or beginning == text
    assert text.startswith(beginning.removesuffix("…")) or beginning == text


def test_what_no_office_writes_is_what_is_not_drawn_whole() -> None:
    assert excerpt("长" * DRAWN) == "长" * DRAWN
    assert len(excerpt("长" * (DRAWN + 1))) == DRAWN
