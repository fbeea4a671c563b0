"""How an element of an HTML page is shown, by its tag, its attributes and the page's own rules."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import Final

from lib.files.elements import Attributes

_STRUCK_TAGS: Final = ("del", "s", "strike")
_WHOLE: Final = ("html", "body")  # hidden until a script shows the page
_STRUCK: Final = re.compile(r"text-decoration(?:-line)?\s*:[^;:}]*line-through", re.I)
_UNSEEN: Final = re.compile(r"visibility\s*:\s*hidden", re.I)
_GONE: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*collapse|mso-hide\s*:\s*all", re.I)
_SHOWN: Final = re.compile(r"display\s*:\s*(?!none)[a-z]", re.I)

_COMMENT: Final = re.compile(r"/\*(?:.*?\*/|.*)|<!--|-->", re.S)
# @media print {…}: what holds elsewhere than on the screen
_CONDITION: Final = re.compile(r"@[^{};@]*\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\}")
_OF_CLASS: Final = re.compile(r"[a-z0-9]*\.[\w-]+", re.I)  # .old, td.old


class Look(IntEnum):
    """How what stands in an element is shown; the greater outdoes the smaller."""

    SEEN = 0
    STRUCK = 1
    UNSEEN = 2  # it takes its place, and is not there
    GONE = 3  # it takes no place


class Looks:
    """What a page says of the looks of its elements."""

    def __init__(self) -> None:
        self._of_class: dict[str, Look] = {}

    def learn(self, sheet: str) -> None:
        """Take in the rules for classes of a style sheet."""
        without_comments = _COMMENT.sub("", sheet)
        rules = _CONDITION.sub("", without_comments)
        for rule in rules.split("}"):
            selectors, _, declarations = rule.partition("{")
            look = _declared(declarations)
            for selector in map(str.strip, selectors.split(",")):
                if look and _OF_CLASS.fullmatch(selector):
                    self._of_class[selector] = look

    def of(self, tag: str, attributes: Attributes) -> Look:
        """How an element is shown that stands in a visible one."""
        if tag in _WHOLE:
            return Look.SEEN
        if "hidden" in attributes:
            return Look.GONE
        style = attributes.get("style", "")
        own = _declared(style)
        if tag in _STRUCK_TAGS:
            own = max(own, Look.STRUCK)
        if not self._of_class or _SHOWN.search(style):
            return own
        for name in attributes.get("class", "").split():
            for selector in (f".{name}", f"{tag}.{name}"):
                own = max(own, self._of_class.get(selector, Look.SEEN))
        return own


def _declared(declarations: str) -> Look:
    if _GONE.search(declarations):
        return Look.GONE
    if _UNSEEN.search(declarations):
        return Look.UNSEEN
    if _STRUCK.search(declarations):
        return Look.STRUCK
    return Look.SEEN
