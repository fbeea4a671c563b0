"""Word's automatic numbers: what numbering.xml says, and how a number is printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final, NamedTuple

from lib.files.elements import Attributes
from lib.notices.formats.office import number, value
from lib.text import numerals

_LEVELS: Final = 9  # that a list of Word has
_CIRCLED: Final = range(1, 21)  # numbers that have a sign of their own
_FIRST_CIRCLED: Final = "①"
_ALPHABET: Final = 26
_CHINESE: Final = (
    "chinese",
    "japaneseCounting",
    "taiwanese",
    "ideographDigital",
    "japaneseLegal",
    "ideographLegal",
)
_ROMAN: Final = (
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


class ListLevel(NamedTuple):
    """Which list a paragraph belongs to, "" for none, and on which level, from 0."""

    list_id: str
    level: int


def _circled(count: int) -> str:
    if count in _CIRCLED:
        return chr(ord(_FIRST_CIRCLED) + count - 1)
    return f"({count})"


def _roman(count: int) -> str:
    text = ""
    for size, sign in _ROMAN:
        times, count = divmod(count, size)
        text += sign * times
    return text


def _letter(first: str, count: int) -> str:
    return chr(ord(first) + (count - 1) % _ALPHABET)


_WRITE: Final[Mapping[str, Callable[[int], str]]] = {
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
    "upperLetter": partial(_letter, "A"),
    "lowerLetter": partial(_letter, "a"),
    "bullet": lambda _: "",
    "none": lambda _: "",
}


def shown(count: int, style: str) -> str:
    """A number as Word's number format writes it."""
    if not 1 <= count <= numerals.LARGEST:
        return str(count)
    if style.startswith(_CHINESE):
        return numerals.write(count)
    if style.startswith("decimalEnclosedCircle"):
        return _circled(count)
    write = _WRITE.get(style, str)
    return write(count)


@dataclass
class _Level:
    """legal: all numbers are printed as Arabic ones, those of higher levels too."""

    style: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False


@dataclass
class Numbering:
    """The lists of a document, and how far each has counted.

    abstract: definition → its levels.
    instances: list → its definition.
    starts: list and level → the number with which it begins anew.
    links, named: a definition that is another's under a style's name.
    """

    abstract: dict[str, dict[int, _Level]] = field(default_factory=lambda: defaultdict(dict))
    instances: dict[str, str] = field(default_factory=dict)
    starts: dict[ListLevel, int] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)
    _begun: set[ListLevel] = field(default_factory=set)

    def next(self, place: ListLevel) -> str:
        """The number of the next paragraph on a list's level, as Word prints it."""
        key = self._definition(place.list_id)
        levels = self.abstract.get(key, {})
        if place.level not in levels or place.level >= _LEVELS:
            return ""
        own = levels[place.level]
        self._count(key, place, own)
        if own.style == "bullet":
            return ""
        text = own.text
        for depth in range(place.level + 1):
            level = levels.get(depth, _Level())
            style = "decimal" if own.legal else level.style
            count = self._counts.get((key, depth), level.start)
            text = text.replace(f"%{depth + 1}", shown(count, style))
        return text

    def _definition(self, list_id: str) -> str:
        key = self.instances.get(list_id, "")
        return self.named.get(self.links.get(key, ""), key)

    def _count(self, key: str, place: ListLevel, level: _Level) -> None:
        """Count one more on a level; deeper ones begin anew."""
        counter = (key, place.level)
        if place in self.starts and place not in self._begun:
            self._counts[counter] = self.starts[place]
        elif counter in self._counts:
            self._counts[counter] += 1
        else:
            self._counts[counter] = level.start
        self._begun.add(place)
        for deeper in range(place.level + 1, _LEVELS):
            self._counts.pop((key, deeper), None)


class NumberingReader:
    """Reads numbering.xml."""

    def __init__(self) -> None:
        self.numbering = Numbering()
        self._key = ""  # of the definition that is being read
        self._list_id = ""  # of the list that is being read
        self._depth = 0
        self._level: _Level | None = None

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "abstractNum":
            self._key, self._list_id = value(attributes, "abstractNumId"), ""
        elif tag == "num":
            self._key, self._list_id = "", value(attributes, "numId")
        elif tag in ("lvl", "lvlOverride"):
            self._depth = number(value(attributes, "ilvl"))
            if tag == "lvl" and not self._list_id:
                levels = self.numbering.abstract[self._key]
                self._level = levels.setdefault(self._depth, _Level())
        else:
            self._detail(tag, value(attributes))

    def end(self, tag: str) -> None:
        if tag == "lvl":
            self._level = None

    def _detail(self, tag: str, text: str) -> None:
        if tag == "abstractNumId":
            self.numbering.instances[self._list_id] = text
        elif tag == "startOverride":
            self.numbering.starts[ListLevel(self._list_id, self._depth)] = number(text, 1)
        elif tag == "numStyleLink":
            self.numbering.links[self._key] = text
        elif tag == "styleLink":
            self.numbering.named[text] = self._key
        elif self._level is not None:
            _set(self._level, tag, text)


def _set(level: _Level, tag: str, text: str) -> None:
    """Set what an element says of a level."""
    if tag == "start":
        level.start = number(text, 1)
    elif tag == "numFmt":
        level.style = text
    elif tag == "lvlText":
        level.text = text
    elif tag == "isLgl":
        level.legal = text not in ("0", "false")


def with_list(place: ListLevel | None, list_id: str) -> ListLevel:
    """A place in another list, on the level that it has, else on the first."""
    return ListLevel(list_id, place.level if place else 0)


def with_level(place: ListLevel | None, level: int) -> ListLevel:
    """A place on another level of its list, if it has one."""
    return ListLevel(place.list_id if place else "", level)
