"""No pattern takes more than linear time: each of the code, on texts made from its own form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import pytest

from lib.text import spellings
from tests.growth import LINEAR, Run, growth
from tests.patterns import Found, Made, of_the_code, texts_for

SIZES: Final = (500, 4_000)  # characters; a pattern worse than the square shows in the smaller
FLOOR: Final = 0.002  # seconds

# How patterns are called that stand in lists or are passed on; all others are read off their module
CALLED: Final = {
    "lib.notices.reading.picks._ENDING": "match",
    "lib.notices.reading.picks._FINISHED": "match",
    "lib.text.english._PATTERNS": "fullmatch",
    "lib.text.marks._PATTERNS": "match",
    "lib.text.phrases._RULES": "fullmatch",
    "lib.text.phrases._STRETCHES": "fullmatch",
}
# Characters that a text may have before one of these sees it
CAPPED: Final = {
    "lib.text.phrases._RULES": spellings.LONGEST,
    "lib.text.spellings._SAME": spellings.LONGEST,
}
# See nothing but Streamlit's own files, once at the start
OF_STREAMLIT: Final = "lib.web.streamlit_internals."


def packages() -> list[str]:
    """The packages of the code that have patterns."""
    return sorted({pattern.name.split(":")[0].rsplit(".", 2)[0] for pattern in of_the_code()})


def called(pattern: Found) -> str:
    """The way in which a pattern takes longest, of those in which it is called."""
    for name, method in CALLED.items():
        if pattern.name.startswith(name):
            return method
    if pattern.methods and pattern.methods <= {"match", "fullmatch"}:
        return "match" if "match" in pattern.methods else "fullmatch"
    return "sub"  # tries each place, to the end


def judged(pattern: re.Pattern[Any], method: str) -> Iterator[tuple[Made, float]]:
    """The texts on which a pattern takes more than linear time, and by which power that grows."""
    for hard_text in texts_for(pattern):

        def run(size: int, hard_text: Made = hard_text) -> Run:
            text: Any = hard_text.of_size(size)
            if isinstance(pattern.pattern, bytes):
                text = text.encode("utf-8")
            if method == "sub":
                return lambda: pattern.sub(lambda match: match[0], text)
            return lambda: getattr(pattern, method)(text)

        power = growth(run, SIZES, FLOOR)
        if power > LINEAR:
            yield hard_text, power


GROUPS: Final = 12  # of patterns: as many tests, for as many processors


@pytest.mark.parametrize("group", range(GROUPS))
def test_no_pattern_takes_more_than_linear_time(group: int) -> None:
    slow = {}
    for pattern in of_the_code()[group::GROUPS]:
        if pattern.name.startswith((OF_STREAMLIT, *CAPPED)):
            continue
        worst = next(judged(pattern.pattern, called(pattern)), None)
        if worst:
            slow[pattern.name] = worst
    assert slow == {}


def test_what_is_capped_is_capped_at_a_phrase() -> None:
    assert max(CAPPED.values()) <= 60


def test_every_exception_is_a_pattern() -> None:
    names = [pattern.name for pattern in of_the_code()]
    for exception in (*CALLED, *CAPPED, OF_STREAMLIT):
        assert any(name.startswith(exception) for name in names), exception


def test_all_patterns_are_found() -> None:
    """In a module, in a class, in a list of rules, behind a cache, and written in a call."""
    names = {pattern.name for pattern in of_the_code()}
    assert len(names) > 300
    assert {
        "lib.text.marks._FIRST",
        "lib.text.phrases._RULES[4][0]",
        "lib.text.spellings._SAME[5][1]",
        "lib.text.deadlines._mention",
        r"lib.notices.labels: \s",
    } <= names


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"\s+$", "sub"),
        (r"[^x]*y", "sub"),
        (r"(?:甲|乙)+$", "sub"),
        (r"a *b? *c", "match"),
        (r"(.*)(,*)", "fullmatch"),
        (r"[,;]?\s*\n", "sub"),
        (rb" r=[^<>]*>", "sub"),
        (r"。.*\w", "sub"),
        (r"(?:轮值|签到)(?:轮值|统计)*表", "sub"),
        (r"(?s)/\*.*?\*/", "sub"),
        (r"(?:a|b)*?(?:b|a)*?(?:a|b)*?c", "match"),
    ],
)
def test_a_pattern_of_the_square_is_known(pattern: str | bytes, method: str) -> None:
    assert any(judged(re.compile(pattern), method))


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"\s+", "sub"),
        (r"\s+$", "match"),
        (r"x[^x]*+", "sub"),
        (r"(?:甲|乙){0,8}丙", "sub"),
        (r"a *+b? *+c", "match"),
        (r"。[^。\w]*+\w", "sub"),
    ],
)
def test_a_linear_pattern_is_not_taken_for_one(pattern: str, method: str) -> None:
    assert not any(judged(re.compile(pattern), method))
