"""Words at the end of a text: a pattern such as (?:甲|乙)+$ would try each place, to the end each time."""

from __future__ import annotations

from collections.abc import Sequence


def start_of_last_words(text: str, words: Sequence[str]) -> int:
    """Where the words begin that a text ends with; its length where it ends with none.

    words: one that ends with another stands before it: 不超过, 超过.
    """
    end = len(text)
    while word := _last_word(text, end, words):
        end -= len(word)
    return end


def _last_word(text: str, end: int, words: Sequence[str]) -> str:
    for word in words:
        if text.endswith(word, 0, end):
            return word
    return ""
