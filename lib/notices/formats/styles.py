"""Word's styles.xml: which styles number their paragraphs, strike text out or hide it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lib.files.elements import Attributes
from lib.notices.formats.numbering import ListLevel, with_level, with_list
from lib.notices.formats.office import number, value

# What a run or a style may say of its text. The first says that it is hidden, the others that it
# is struck out.
VANISH: Final = "vanish"
STRIKES: Final = ("strike", "dstrike")
EFFECTS: Final = (VANISH, *STRIKES)
_BASED_ON: Final = 10  # styles that one may be based on
_OFF: Final = ("0", "false", "off")


def is_on(attributes: Attributes) -> bool:
    """Whether an element that is there says yes: <w:strike/> does, <w:strike w:val="0"/> doesn't."""
    return value(attributes) not in _OFF


@dataclass
class _Style:
    """A style. effects: those of EFFECTS that it says something of."""

    list_level: ListLevel | None = None
    base: str = ""
    effects: dict[str, bool] = field(default_factory=dict)


class Styles:
    """Reads styles.xml."""

    def __init__(self) -> None:
        self._styles: dict[str, _Style] = {}
        self._style = _Style()
        self._effects: set[str] = set()  # those that any style says something of

    def start(self, tag: str, attributes: Attributes) -> None:
        style = self._style
        if tag == "style":
            self._style = self._styles.setdefault(value(attributes, "styleId"), _Style())
        elif tag == "basedOn":
            style.base = value(attributes)
        elif tag == "numId":
            style.list_level = with_list(style.list_level, value(attributes))
        elif tag == "ilvl":
            style.list_level = with_level(style.list_level, number(value(attributes)))
        elif tag in EFFECTS:
            style.effects[tag] = is_on(attributes)
            self._effects.add(tag)

    def numbering(self, name: str) -> ListLevel | None:
        """The list of a paragraph style: its own, or that of the style on which it is based."""
        for style in self._line_of(name):
            if style.list_level:
                return style.list_level
        return None

    def has(self, effect: str, paragraph: str, run: str) -> bool:
        """Whether the styles of a paragraph and of a run in it have an effect.

        Word turns it over: what both of them strike out is not struck out.
        """
        if effect not in self._effects:
            return False
        return self._says(effect, paragraph) != self._says(effect, run)

    def _says(self, effect: str, name: str) -> bool:
        for style in self._line_of(name):
            if effect in style.effects:
                return style.effects[effect]
        return False

    def _line_of(self, name: str) -> Iterator[_Style]:
        """A style, and those on which it is based, one after the other."""
        for _ in range(_BASED_ON):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = style.base
