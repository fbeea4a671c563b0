"""The words: each text that is asked for exists in every language, each that exists is used."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from lib.i18n import LANGUAGES, words

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted([*(ROOT / "lib").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"])


@cache
def keys(language: str) -> frozenset[str]:
    """The keys of a language; what has a singular and a plural is one key."""
    return frozenset(base(key, words(language)) for key in words(language))


def base(key: str, texts: dict[str, str]) -> str:
    name = re.sub(r"\.(one|other)$", "", key)
    return name if f"{name}.one" in texts else key


def pattern(node: ast.expr) -> str:
    """A string of the source as a pattern of keys: what an f-string fills in is any one word."""
    if isinstance(node, ast.JoinedStr):
        return "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[^.]+"
            for part in node.values
        )
    return (
        re.escape(str(node.value))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        else ""
    )


def strings(node: ast.AST) -> list[ast.expr]:
    """The strings inside a node, and inside what an f-string fills in.

    The pieces of an f-string are no strings by themselves.
    """
    if isinstance(node, ast.JoinedStr):
        filled = [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
        return [node, *(text for part in filled for text in strings(part))]
    if isinstance(node, ast.Constant):
        return [node]
    return [text for child in ast.iter_child_nodes(node) for text in strings(child)]


@cache
def all_strings() -> frozenset[str]:
    """Every string that could be a key: it may be handed on before it is looked up."""
    texts = {
        pattern(node) for path in SOURCES for node in strings(ast.parse(path.read_text("utf-8")))
    }
    sections = {re.escape(key.split(".")[0]) for key in keys(LANGUAGES[0])}
    return frozenset(text for text in texts if re.split(r"\\\.", text)[0] in sections)


@cache
def asked_for() -> dict[str, str]:
    """What is looked up by `t(…)` where it stands: the pattern of the key → file and line."""
    places: dict[str, str] = {}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and is_translation(node.func):
                keys_of_call = filter(None, map(pattern, outcomes(node.args[0])))
                places |= dict.fromkeys(keys_of_call, f"{path.name}:{node.lineno}")
    return places


def is_translation(function: ast.expr) -> bool:
    """Whether `t` is called, or the `t` of something."""
    if isinstance(function, ast.Attribute):
        return function.attr == "t"
    return isinstance(function, ast.Name) and function.id == "t"


def outcomes(node: ast.expr) -> list[ast.expr]:
    """What an argument may be: each arm of a condition."""
    return [node.body, node.orelse] if isinstance(node, ast.IfExp) else [node]


def test_the_sources_are_looked_at() -> None:
    assert len(asked_for()) > 100


def test_all_languages_have_the_same_texts() -> None:
    for language in LANGUAGES:
        assert keys(language) == keys(LANGUAGES[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_that_is_asked_for_exists(language: str) -> None:
    missing = {
        key: place
        for key, place in asked_for().items()
        if not any(re.fullmatch(key, name) for name in keys(language))
    }
    assert missing == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_that_exists_is_asked_for(language: str) -> None:
    used = re.compile("|".join(sorted(all_strings())))
    assert sorted(key for key in keys(language) if not used.fullmatch(key)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_singular_has_its_plural(language: str) -> None:
    texts = words(language)
    for key in texts:
        if key.endswith(".one"):
            assert key.removesuffix(".one") + ".other" in texts


def test_a_text_has_the_same_places_to_fill_in_every_language() -> None:
    """A number that one language forgets is a number that its reader is not told."""
    places: dict[str, dict[str, set[str]]] = {}
    for language in LANGUAGES:
        for key, text in words(language).items():
            if not key.endswith(".one"):
                places.setdefault(base(key, words(language)), {})[language] = (
                    set(re.findall(r"{(\w+)", text)) - BY_LANGUAGE
                )
    differing = {
        key: by_language
        for key, by_language in places.items()
        if len(set(map(frozenset, by_language.values()))) > 1
    }
    assert differing == {}


# One language writes the month as a number and the other as a word, counts by 万 or by thousands,
# all or the rest; `1` may stand for n itself.
BY_LANGUAGE = {"month", "name", "wan", "k", "n", "total"}
