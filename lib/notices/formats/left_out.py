"""Text that a file has and its reader does not see: what is struck out, and what is hidden."""

from __future__ import annotations

from typing import Final

from lib.errors import Problem
from lib.notices.formats.cleaning import clean

STRUCK: Final = "notice_struck_out"
HIDDEN: Final = "notice_hidden"
_NAMED: Final = 5  # places whose words are said
_LONGEST: Final = 20  # characters that are said of a place
_KEPT: Final = 200  # characters of a place: white space and marks may come before its words


class LeftOut:
    """The places of a document that are left out."""

    def __init__(self) -> None:
        self._places: dict[str, list[str]] = {STRUCK: [], HIDDEN: []}
        self._open = ""  # the code of the place that may go on

    def add(self, code: str, text: str) -> None:
        """Leave out a text, STRUCK or HIDDEN; what follows on one of the same kind is one place."""
        places = self._places[code]
        if self._open != code:
            places.append("")
        if len(places[-1]) < _KEPT:
            places[-1] += text[:_KEPT]
        self._open = code

    def end_place(self) -> None:
        """What is left out next stands in another place."""
        self._open = ""

    def problems(self) -> list[Problem]:
        """One problem for each kind: in how many places, and the first words."""
        problems = []
        for code, places in self._places.items():
            words = list(filter(None, map(_words, places)))
            if words:
                count = str(len(words))
                problem = Problem(code, 0, count, _first(words))
                problems.append(problem)
        return problems


def _words(place: str) -> str:
    return " ".join(clean(place).split())


def _first(words: list[str]) -> str:
    """The first words, each and all of them cut to what a sentence can hold."""
    named = []
    for text in words[:_NAMED]:
        is_long = len(text) > _LONGEST
        cut = text[:_LONGEST]
        named.append(f"{cut}…" if is_long else text)
    if len(words) > _NAMED:
        named.append("…")
    return "、".join(named)
