"""Words at the end of a text are found as the pattern (?:甲|乙)+$ would find them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from lib.text.endings import start_of_last_words

WORDS = ("不超过", "超过", "约", "、")


@given(st.lists(st.sampled_from([*WORDS, "不", "过", "书屋"])).map("".join))
def test_the_last_words_begin_where_a_pattern_finds_them(text: str) -> None:
    match = re.search(f"(?:{'|'.join(WORDS)})+$", text)
    assert start_of_last_words(text, WORDS) == (match.start() if match else len(text))
