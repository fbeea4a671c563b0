"""Merged departments: 组宣部 is 组织部 and 宣传部 in one, and answers to zzb and xcb."""

from __future__ import annotations

import functools
import re
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lib.search.automaton import ANYWHERE, END, Automaton
from lib.search.characters import Characters, union
from lib.search.writings import writings_of

# The words that one character stands for in the name of a merged department, by their initials.
_WORDS: Final = {
    "zz": ["组织"],
    "xc": ["宣传"],
    "tz": ["统战"],
    "jj": ["纪检", "经济"],
    "rs": ["人事"],
    "cw": ["财务"],
    "sj": ["审计"],
    "jy": ["教育"],
    "wh": ["文化"],
    "ty": ["体育"],
    "ws": ["卫生"],
    "kj": ["科技"],
    "bz": ["保障"],
    "ld": ["劳动"],
    "sc": ["生产"],
    "fl": ["法律"],
    "jc": ["监察"],
    "xx": ["信息"],
    "aq": ["安全"],
    "wl": ["网络"],
    "yj": ["研究"],
    "dy": ["调研"],
    "ll": ["联络"],
    "qn": ["青年"],
    "ng": ["女工"],
    "wq": ["维权"],
}
_UNITS: Final = {"b": "部办", "s": "室", "c": "处", "k": "科", "j": "局", "w": "委"}
# The initials of a whole department, two of the word and one of the unit: zzb.
_INITIALS: Final = re.compile("(?P<word>[a-z]{2})(?P<unit>[bsckjw])", re.ASCII | re.IGNORECASE)


def answering(term: str, names: pa.Array) -> npt.NDArray[np.bool_]:
    """Tell which names are merged departments that answer to a term.

    An exact hit wins: none answers for 组织部 where a name has 组织部 itself.
    """
    answers = np.zeros(len(names), dtype=np.bool_)
    initials = _INITIALS.fullmatch(term)
    if initials is None:
        return answers
    units = _units(initials["unit"].lower())
    for word in _WORDS.get(initials["word"].lower(), []):
        whole = _whole(word, units)
        if not whole.run(names).any():
            merged = _abbreviated(word, units)
            answers |= merged.run(names)
    return answers


def _units(initial: str) -> Characters:
    """Give the kinds of departments with an initial: b is 部 or 办."""
    return union(writings_of(name) for name in _UNITS[initial])


def _whole(word: str, units: Characters) -> Automaton:
    """Find a department of one's own: 组织部."""
    automaton = Automaton()
    written = [writings_of(character) for character in word]
    automaton.add_path(ANYWHERE, END, [*written, units])
    return automaton


def _abbreviated(word: str, units: Characters) -> Automaton:
    """Find a word's first character among abbreviations, two or more: 组宣部, 宣教部, not 组部."""
    first = writings_of(word[0])
    others = _abbreviations()
    automaton = Automaton()
    before = automaton.add_state(stay=others)
    after = automaton.add_state(stay=others)
    automaton.add_path(ANYWHERE, before, [others])
    automaton.add_path(before, END, [first, units])
    automaton.add_path(ANYWHERE, after, [first, others])
    automaton.add_path(after, END, [units])
    return automaton


@functools.cache
def _abbreviations() -> Characters:
    """Give the first characters of all the words, in each writing."""
    written = []
    for words in _WORDS.values():
        written += [writings_of(word[0]) for word in words]
    return union(written)
