"""The grammar of a cell of names: where it is split, and who of them leads."""

from __future__ import annotations

import re
from typing import Final

SEPARATORS: Final = ",，、；;/／|｜\n\r\t"
OPEN, CLOSE = r"[（(〔\[【]", r"[）)〕\]】]"
INSIDE: Final = rf"[^{OPEN[1:-1]}{CLOSE[1:-1]}]"
# A name runs to the next separator outside brackets; a bracket that is never closed is a character like others.
_NAME: Final = re.compile(
    rf"(?:{OPEN}(?:{INSIDE}|{OPEN}{INSIDE}*{CLOSE})*{CLOSE}|[^{SEPARATORS}])+"
)
ROLE: Final = "牵头|主办|主责|配合|协办|协同|会办|参与"
_ROLE_BEFORE: Final = re.compile(
    rf"({ROLE}|责任)(?:部门|单位|部室|科室|股室|处室|领导|人)?\s*[:：]\s*"
)
_ROLE_BEHIND: Final = re.compile(
    rf"(?<!\s)\s*(?:[（(]({ROLE})(?:部门|单位)?[)）]|(?:负责)?(牵头|配合))$"
)
_LEADING: Final = frozenset({"牵头", "主办", "主责"})


def split_names(cell: str) -> list[tuple[str, str]]:
    """The names of a cell and each one's role note: split outside brackets, `张 慧` is one name, （牵头） is a note.

    `组宣部，机关党委、市文广旅局（市体育局）` gives three names without notes; `办公室、组宣部（牵头）` notes 牵头 at
    the second; `牵头单位：组宣部；配合单位：机关党委、办公室` notes 牵头 once and 配合 twice.
    """
    names, role = [], ""
    for piece in _NAME.findall(cell):
        name = piece.strip()
        if before := _ROLE_BEFORE.match(name):
            name, role = name[before.end() :], before[1].replace("责任", "")
        behind = _ROLE_BEHIND.search(name)
        if behind and behind.start():
            note = behind[1] or behind[2]
            name = name[: behind.start()]
        else:
            note = role
        names += [(one, note) for one in _spaced(name) if one]
    return names


def _spaced(piece: str) -> list[str]:
    """Spaces part Chinese names, but `张 慧` is one name set wide, and names in Latin letters keep their spaces."""
    words = piece.split()
    if not all("㐀" <= word[0] <= "鿿" for word in words):
        return [piece]
    return ["".join(words)] if all(len(word) == 1 for word in words) else words


def led_first(cell: str) -> tuple[list[str], int]:
    """The names of a cell, the noted leaders first, and how many lead: without notes, the first."""
    names = split_names(cell)
    leading = [name for name, note in names if note in _LEADING]
    unnoted = [name for name, note in names if not note]
    supporting = [name for name, note in names if note and note not in _LEADING]
    return leading + unnoted + supporting, len(leading) or min(len(unnoted), 1)
