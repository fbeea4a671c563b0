"""What is kept: made once, for the code that makes it, and the oldest goes first."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from lib.web.kept import Kept, code_key
from tests.page_source import function

PAGE = """
LIMIT = 1

def helper():
    return "first"

def compose():
    return helper(), LIMIT
"""


# --- the cache ------------------------------------------------------------------------------------


def test_a_thing_is_made_once_for_its_key() -> None:
    kept = Kept(2)
    first, second = (kept.get("key", object) for _ in "ab")
    assert first is second


def test_the_thing_that_was_not_asked_for_the_longest_goes_first() -> None:
    kept = Kept(2)
    for key in ("a", "b", "a", "c"):
        kept.get(key, key.upper)
    assert kept.get("a", lambda: "made again") == "A"
    assert kept.get("b", lambda: "made again") == "made again"


def test_what_could_not_be_made_is_tried_again() -> None:
    kept = Kept(2)
    with pytest.raises(ZeroDivisionError):
        kept.get("key", lambda: 1 // 0)
    assert kept.get("key", lambda: "thing") == "thing"


def test_two_who_ask_at_once_wait_for_one_making() -> None:
    kept, begun, go_on = Kept(2), threading.Event(), threading.Event()

    def make() -> object:
        begun.set()
        assert go_on.wait(10)
        return object()

    answers: list[object] = []
    threads = [
        threading.Thread(target=lambda: answers.append(kept.get("key", make))) for _ in range(2)
    ]
    threads[0].start()
    assert begun.wait(10)
    threads[1].start()
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert answers[0] is answers[1]


# --- the key of code ------------------------------------------------------------------------------


def test_the_same_page_run_again_has_the_same_key() -> None:
    assert code_key(function(PAGE)) == code_key(function(PAGE))
    assert hash(code_key(function(PAGE))) == hash(code_key(function(PAGE)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"first"', '"second"'),  # in a function that the page calls
        ("LIMIT = 1", "LIMIT = 2"),  # a constant of the page
        ("helper(), LIMIT", "LIMIT, helper()"),
        ("def compose():", "def compose(n=1):"),
        ("def compose():", "def compose(*, n=1):"),
    ],
)
def test_an_edited_page_has_another_key(before: str, after: str) -> None:
    assert before in PAGE
    assert code_key(function(PAGE)) != code_key(function(PAGE.replace(before, after)))


@pytest.mark.parametrize("parameter", ["n", "*, n"])
def test_another_default_is_another_key(parameter: str) -> None:
    source = f"def compose({parameter}=1): return n"
    assert code_key(function(source)) != code_key(function(source.replace("=1", "=2")))


def test_code_of_one_name_and_place_in_another_file_has_another_key() -> None:
    assert code_key(function(PAGE)) != code_key(function(PAGE, file="other.py"))


def test_two_lambdas_of_one_line_differ() -> None:
    first, second = (lambda: 1), (lambda: 2)
    assert code_key(first) != code_key(second)


def test_code_that_is_nested_counts() -> None:
    source = "def compose(): return [name.upper() for name in names()]"
    assert code_key(function(source)) != code_key(function(source.replace("upper", "lower")))


def test_what_a_function_closes_over_counts() -> None:
    def closing_over(value: object) -> Callable[[], object]:
        return lambda: value

    assert code_key(closing_over("a")) == code_key(closing_over("a"))
    assert code_key(closing_over("a")) != code_key(closing_over("b"))
    assert code_key(closing_over(lambda: 1)) != code_key(closing_over(lambda: 2))


def test_functions_that_call_each_other_have_a_key() -> None:
    source = "def compose(): return other()\ndef other(): return compose()"
    assert code_key(function(source)) == code_key(function(source))


def test_what_a_function_closes_over_has_to_be_hashable() -> None:
    rows: list[int] = []
    with pytest.raises(TypeError, match="unhashable"):
        Kept(1).get(code_key(lambda: rows), lambda: "thing")
