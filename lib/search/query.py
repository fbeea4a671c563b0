"""A query: terms, all of which must be found; a term: its tokens, one after the other."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lib.search import departments
from lib.search.automaton import ANYWHERE, END, FIRST, LATER, Automaton
from lib.search.characters import APOSTROPHES, characters_of, passed_over, union
from lib.search.letters import Letters
from lib.search.writings import HALF_WIDTH, spellings, word_writings

LONGEST_QUERY: Final = 100  # characters; what comes after them does not count
_LETTER: Final = re.compile("[A-Za-züÜ]")
_TOKEN: Final = re.compile(
    rf"[A-Za-züÜ]+(?:[{APOSTROPHES}][A-Za-züÜ]+)*|.", re.DOTALL
)  # a run of letters, or one character


def find(query: str, texts: pa.Array, *, kind: str = "text") -> npt.NDArray[np.bool_]:
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
        candidates = np.flatnonzero(is_hit)
        if candidates.size < len(texts):
            is_hit[candidates] = _holds(term, texts.take(pa.array(candidates)), kind)
        else:
            is_hit = _holds(term, texts, kind)
    return is_hit


def _terms(query: str) -> list[str]:
    """Give the different terms of a query, in half width."""
    terms = query[:LONGEST_QUERY].translate(HALF_WIDTH).split()
    return list(dict.fromkeys(terms))


def _holds(term: str, texts: pa.Array, kind: str) -> npt.NDArray[np.bool_]:
    is_hit = _automaton(term, is_person=kind == "person").run(texts)
    if kind == "name":
        is_hit |= departments.answering(term, texts)
    return is_hit


def _automaton(term: str, *, is_person: bool) -> Automaton:
    """Make the automaton that finds a term: its tokens one after the other."""
    automaton = Automaton()
    words = word_writings(term)
    starts = [FIRST, LATER] if is_person else [ANYWHERE]
    for token in _TOKEN.finditer(term):
        end = _end_of_token(automaton, is_last=token.end() == len(term), is_person=is_person)
        for start in starts:
            if _LETTER.match(token[0]):
                surname = start == FIRST
                Letters(automaton, token[0], surname=surname).lead(start, end)
            else:
                _add_character(automaton, start, end, token, words)
        starts = [end]
    return automaton


def _end_of_token(automaton: Automaton, *, is_last: bool, is_person: bool) -> int:
    """Give the state behind a token; in the name of a person, marks may follow: 张　慧."""
    if is_last:
        return END
    return automaton.add_state(passed_over() if is_person else None)


def _add_character(
    automaton: Automaton, start: int, end: int, token: re.Match[str], words: list[str]
) -> None:
    """Lead from start to end through a character that is no letter, in each writing."""
    in_words = "".join(word[token.start()] for word in words)
    writings = union([spellings(token[0]), characters_of(in_words)])
    automaton.add_path(start, end, [writings])
