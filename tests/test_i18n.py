"""The words of the two languages."""

from __future__ import annotations

import string

import pytest

from lib import i18n


def keys(language):
    """The keys of a language; a plural's two texts are one."""
    return {key.removesuffix(".one").removesuffix(".other") for key in i18n.words(language)}


def test_both_languages_say_the_same_things():
    assert keys("zh") == keys("en")


def test_both_languages_fill_the_same_values_into_problems_and_errors():
    def placeholders(language):
        texts = {
            key: text
            for key, text in i18n.words(language).items()
            if key.startswith(("problem.", "error."))
        }
        return {
            key: {name for _, name, _, _ in string.Formatter().parse(text)} - {None}
            for key, text in texts.items()
        }

    assert placeholders("zh") == placeholders("en")


def test_no_text_is_empty():
    for language in i18n.LANGUAGES:
        assert all(text.strip() for text in i18n.words(language).values())


@pytest.fixture
def words(monkeypatch):
    """A language of three texts."""
    texts = {
        "plain": "{ 不是占位 }",
        "named": "你好，{name}",
        "many.one": "一项",
        "many.other": "{n} 项",
    }
    monkeypatch.setattr(i18n, "words", lambda language: texts)
    i18n.translator.cache_clear()
    yield i18n.translator("zh")
    i18n.translator.cache_clear()


def test_a_text_without_values_is_taken_as_it_stands(words):
    assert words("plain") == "{ 不是占位 }"


def test_values_are_filled_in(words):
    assert words("named", name="{n}") == "你好，{n}"


def test_one_thing_has_a_text_of_its_own(words):
    assert [words("many", n=n) for n in (0, 1, 2)] == ["0 项", "一项", "2 项"]


def test_one_thing_has_the_common_text_where_there_is_no_other(words):
    assert words("named", name="甲", n=1) == "你好，甲"


def test_a_value_may_be_called_key(words):
    assert words("named", name="甲", key="乙") == "你好，甲"


def test_a_missing_text_is_our_mistake(words):
    with pytest.raises(KeyError):
        words("nothing")


def test_a_language_without_a_file_is_our_mistake():
    with pytest.raises(FileNotFoundError):
        i18n.words("xx")
