"""The grammar of a cell of names: where it is split, and who of them leads."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

SEPARATORS: Final = ",，、；;/／|｜\n\r\t"
OPEN: Final = r"[（(〔\[【]"
CLOSE: Final = r"[）)〕\]】]"
INSIDE: Final = rf"[^{OPEN[1:-1]}{CLOSE[1:-1]}]"
ROLE: Final = "牵头|主办|主责|配合|协办|协同|会办|参与"
_LEADING: Final = frozenset({"牵头", "主办", "主责"})

# A name runs to the next separator outside brackets, of which two may stand one in the other.
# A bracket that is never closed is a character like others.
_IN_BRACKETS: Final = f"{OPEN}(?:{INSIDE}|{OPEN}{INSIDE}*{CLOSE})*{CLOSE}"
_NAME: Final = re.compile(f"(?:{_IN_BRACKETS}|[^{SEPARATORS}])+")
# 牵头单位：组宣部
_ROLE_BEFORE: Final = re.compile(
    rf"({ROLE}|责任)(?:部门|单位|部室|科室|股室|处室|领导|人)?\s*[:：]\s*"
)
# 组宣部（牵头）, 组宣部负责牵头
_ROLE_AFTER: Final = re.compile(
    rf"(?<!\s)\s*(?:[（(]({ROLE})(?:部门|单位)?[)）]|(?:负责)?(牵头|配合))$"
)


class LedNames(NamedTuple):
    """The names of a cell, those that lead first, and how many do."""

    names: list[str]
    leading: int


def split_names(cell: str) -> list[tuple[str, str]]:
    """Split a cell into its names, each with the role that is noted at it or before it.

    Only separators outside brackets split; 张 慧 is one name.

        组宣部，市文广旅局（市体育局）       two names without notes
        办公室、组宣部（牵头）               牵头 at the second
        牵头：组宣部；配合：机关党委、办公室   牵头 once, 配合 twice
    """
    names: list[tuple[str, str]] = []
    role = ""
    for piece in _NAME.findall(cell):
        name = piece.strip()
        if before := _ROLE_BEFORE.match(name):
            name = name[before.end() :]
            role = before[1].replace("责任", "")
        note = role
        after = _ROLE_AFTER.search(name)
        if after and after.start():
            name = name[: after.start()]
            note = after[1] or after[2]
        names += [(part, note) for part in _spaced(name) if part]
    return names


def _spaced(piece: str) -> list[str]:
    """Part Chinese names at spaces; 张 慧 is one name set wide, Latin names keep spaces."""
    words = piece.split()
    if not all("㐀" <= word[0] <= "鿿" for word in words):
        return [piece]
    if all(len(word) == 1 for word in words):
        return ["".join(words)]
    return words


def led_first(cell: str) -> LedNames:
    """The names of a cell, the noted leaders first; without notes the first leads."""
    noted = split_names(cell)
    leading = [name for name, note in noted if note in _LEADING]
    unnoted = [name for name, note in noted if not note]
    supporting = [name for name, note in noted if note and note not in _LEADING]
    return LedNames(leading + unnoted + supporting, len(leading) or min(len(unnoted), 1))
