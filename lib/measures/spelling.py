"""One spelling of a name: what only width, spaces, brackets or dots tell apart is one."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from lib.measures import name_forms
from lib.text.folding import HALF_WIDTH, fold
from lib.text.invisible import visible

CHINESE: Final = "㐀-鿿𠀀-𳎯"  # as a part of a class of characters
_OTHER_FORMS: Final = {"•・‧∙⋅･": "·", "﹙❨⦅": "（", "﹚❩⦆": "）"}
_LONGEST: Final = 200  # characters of a text that may be a name
_KEPT: Final = "（），：；"  # full-width marks that stand between Chinese characters
_NARROW: Final = str.maketrans("（）", "()")
_WIDE: Final = str.maketrans(",;", "，；")


def _half() -> dict[int, str]:
    """The half-width form of letters, digits and most marks, and one dot for all."""
    table = dict(HALF_WIDTH)
    for forms, mark in _OTHER_FORMS.items():
        for form in forms:
            table[ord(form)] = mark
    for mark in _KEPT:
        table.pop(ord(mark), None)
    return table


_HALF: Final = _half()
_HAS_CHINESE: Final = re.compile(f"[{CHINESE}]")
_NEEDLESS_SPACE: Final = re.compile(
    rf"(?<=[{CHINESE}()（）·])\s+(?=[{CHINESE}()（）·])|(?<=[A-Za-z0-9])\s+(?=[{CHINESE}(（])"
)
_POINT: Final = re.compile(rf"(?<=[{CHINESE}])\.(?=[{CHINESE}])")
_COLON: Final = re.compile(f"(?<=[{CHINESE}]):")
_SPACE: Final = re.compile(r"\s+")
_DASHES: Final = re.compile(r"[-‐‑‒–—―−─~]+")


def even(name: str) -> str:
    """A name in the spelling that it has in the table: Ａ办(一科) is A办（一科）.

    Letters and digits are half-width, brackets full-width beside Chinese characters; a space stands
    between Latin words only, and each dot in the middle is the same.
    """
    if len(name) > _LONGEST:
        return name
    half = visible(name).translate(_HALF)
    if not _HAS_CHINESE.search(half):
        return _with_single_spaces(half).translate(_NARROW)
    close = _with_single_spaces(_NEEDLESS_SPACE.sub("", half))
    with_colons = _COLON.sub("：", close)
    wide = with_colons.translate(_WIDE)
    return _POINT.sub(_dot, _with_wide_brackets(wide))


def _with_single_spaces(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _with_wide_brackets(name: str) -> str:
    """A name with full-width brackets after Chinese characters and around them."""
    signs = list(name)
    opened: list[int] = []
    for place, sign in enumerate(name):
        if sign in "(（":
            opened.append(place)
        elif sign in ")）" and opened:
            start = opened.pop()
            before = max(start - 1, 0)
            if _HAS_CHINESE.search(name, before, place):
                signs[start] = "（"
                signs[place] = "）"
    return "".join(signs)


def key(text: str) -> str:
    """By which labels and ids are one that differ in width, spaces, dashes or what nobody sees."""
    half = unicodedata.normalize("NFKC", visible(text))
    return _DASHES.sub("-", _SPACE.sub("", half))


def _dot(point: re.Match[str]) -> str:
    """阿依古丽.买买提 is written with the dot of such names; 张慧.王敏 may be two persons."""
    before = fold(point.string[: point.start()])
    after = fold(point.string[point.end() :])
    if name_forms.is_person(before) and name_forms.is_person(after):
        return point[0]
    return "·"
