"""Folding: one character for one, so that a place in the folded text is a place in the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from lib.text.folding import _table, fold

PIECES = st.sampled_from("責任領導：林森；（一）〔2020〕【附】○零〇～—―\u3000\t•號發乾後里着")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("責任領導", "责任领导"),
        ("\uff21１：；（）", "A1:;()"),
        ("〔２０２０〕", "[2020]"),
        ("3～5月", "3-5月"),
        ("二○二零年", "二〇二〇年"),
        ("责 任\u3000人", "责 任 人"),
        ("責任領導：林森；完成時限︰８月〔2020〕○", "责任领导:林森;完成时限:8月[2020]〇"),
    ],
)
def test_width_and_both_writings_become_one(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text() | st.lists(PIECES).map("".join))
def test_folding_moves_nothing(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text() | st.lists(PIECES).map("".join))
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_the_simplified_forms_are_those_of_opencc() -> None:
    simplified = OpenCC("t2s").convert
    characters = [chr(code) for code in range(0x3400, 0xA000) if chr(code) != "零"]
    # Twice: 薴 becomes 苧, which is itself the traditional form of 苎.
    forms = simplified(simplified("\n".join(characters))).split("\n")
    for character, form in zip(characters, forms, strict=True):
        assert fold(character) == (form if len(form) == 1 else character)


def test_every_folded_form_is_a_folded_text() -> None:
    forms = "".join(_table().values())
    assert fold(forms) == forms
