"""A query: terms, all of which must be found; a term: its tokens, one after the other."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import pyarrow as pa

from lib.search import departments
from lib.search.automaton import ANYWHERE, END, FIRST, LATER, Automaton, Bools
from lib.search.characters import (
    APOSTROPHES,
    NO_CHARACTERS,
    PASSED_OVER,
    Characters,
    characters_of,
    union,
)
from lib.search.letters import Letters
from lib.search.writings import word_writings, writings_of
from lib.text.folding import HALF_WIDTH

LONGEST_QUERY: Final = 100  # characters; what comes after them does not count
_LETTER: Final = re.compile("[A-Za-züÜ]")
# A run of letters, perhaps with apostrophes between syllables, or one character.
_TOKEN: Final = re.compile(rf"[A-Za-züÜ]+(?:[{APOSTROPHES}][A-Za-züÜ]+)*|.", re.DOTALL)


def find(query: str, texts: pa.Array, *, kind: str = "text") -> Bools:
    """Tell which of the texts a query finds.

    Spaces separate terms that must all be found, in any order. A term is found where its
    characters stand one after the other: a Chinese character in either writing, letters as they
    stand (either case and width), as initials, or as pinyin from the beginning of a syllable
    (`zuzhib`, `zhangh`; ü is v or u; letters that begin no syllable are initials: `zhangsj`). A
    character with several readings is found by each. Nothing else is fuzzy: `zzb` does not find
    资产部. Readings are pypinyin's, writings OpenCC's.

    Args:
        query: of a long one the first 100 characters count.
        texts: strings of Arrow, perhaps as a dictionary.
        kind: "text"; "person", whose first character reads as a surname only (单 is shan, not
            dan); or "name", of a department or a section. A name of a merged department also
            answers to the initials of each department merged in it: `zzb` and `xcb` find 组宣部,
            which is 组织部 and 宣传部 in one, unless one of the texts has 组织部 itself.

    Returns:
        One boolean for each text; a null is found only by the blank query, which finds everything.
    """
    is_hit = np.ones(len(texts), dtype=np.bool_)
    for term in _terms(query):
        if is_hit.all():
            is_hit = _holds(term, texts, kind)
            continue
        candidates = np.flatnonzero(is_hit)
        part = texts.take(pa.array(candidates))
        is_hit[candidates] = _holds(term, part, kind)
    return is_hit


def counted(query: str) -> str:
    """Give what counts of a query, its first 100 characters: each term is looked for everywhere."""
    return query.strip()[:LONGEST_QUERY].rstrip()


def _terms(query: str) -> list[str]:
    """Give the different terms of a query, in half width."""
    terms = counted(query).translate(HALF_WIDTH).split()
    return list(dict.fromkeys(terms))


def _holds(term: str, texts: pa.Array, kind: str) -> Bools:
    automaton = _automaton(term, is_person=kind == "person")
    is_hit = automaton.run(texts)
    if kind == "name":
        is_hit |= departments.answering(term, texts)
    return is_hit


def _automaton(term: str, *, is_person: bool) -> Automaton:
    """Make the automaton that finds a term: its tokens one after the other."""
    automaton = Automaton()
    words = word_writings(term)
    starts = [FIRST, LATER] if is_person else [ANYWHERE]
    between = PASSED_OVER if is_person else NO_CHARACTERS  # 张慧 is also written 张　慧
    for token in _TOKEN.finditer(term):
        is_last = token.end() == len(term)
        end = END if is_last else automaton.add_state(between)
        for start in starts:
            if _LETTER.match(token[0]):
                _add_letters(automaton, token[0], start, end)
            else:
                characters = _writings(token, words)
                automaton.add_path(start, end, [characters])
        starts = [end]
    return automaton


def _add_letters(automaton: Automaton, run: str, start: int, end: int) -> None:
    letters = Letters(automaton, run, surname=start == FIRST)
    letters.lead(start, end)


def _writings(token: re.Match[str], words: list[str]) -> Characters:
    """Give a character of a term in each writing, also as the words around it are written."""
    place = token.start()
    in_words = [word[place] for word in words]
    return union([writings_of(token[0]), characters_of(in_words)])
