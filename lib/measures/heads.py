"""What stands above a table: the list's name and its year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from lib import i18n
from lib.text import deadlines, numerals
from lib.text.folding import fold
from lib.text.titles import ENDING

_TITLE: Final = range(4, 91)  # characters of a list's name
_NO_TITLE: Final = re.compile(
    r"^[^:]{1,8}:|。|^(?:附件?|附表)[0-9一二三四五六七八九十]*$|^\(?单位|电话"
)
_ANNEX: Final = re.compile(r"^(?:附件|附表|附)[0-9一二三四五六七八九十]*[:：\s]+")
# The first line of the board's own downloads; those below it name a day and filters
_OWN_TITLES: Final = {i18n.translator(language)("app.title") for language in i18n.LANGUAGES}
_YEAR: Final = re.compile(rf"(?<![0-9])(20[0-9]{{2}}(?![0-9])|二[〇零][{numerals.DIGITS}零]{{2}})")
_YEAR_SIGN: Final = re.compile(rf"{_YEAR.pattern}(?= *(?:年|[-./至] *[0-9]))")


class Head(NamedTuple):
    """What the rows above a table say of it. year: 0 for none; list: "" for none."""

    year: int
    list: str


def of_rows(rows: Sequence[str], sheet_name: str) -> Head:
    """Find the year and the name of a list in the rows above its table.

    The name is the last row that ends like one, else the first that may be one. The year is the
    one in the name, else the first that stands above the table, else that of the sheet's name.
    What stands above a download of the board says nothing of its list.
    """
    if not _OWN_TITLES.isdisjoint(rows):
        return Head(0, "")
    texts = [_ANNEX.sub("", text).strip() for text in rows]
    title = _title(texts)
    words = title.split()
    year = _year(title) or _first_year(texts) or _year(sheet_name)
    return Head(year, " ".join(words))


def _title(texts: Sequence[str]) -> str:
    """The name of a list among the rows above its table, "" where none may be one."""
    candidates = [text for text in texts if _may_be_title(text)]
    if not candidates:
        return ""
    for text in reversed(candidates):
        if ENDING.search(fold(text)):
            return text
    return candidates[0]


def _may_be_title(text: str) -> bool:
    if len(text) not in _TITLE:
        return False
    return not _NO_TITLE.search(fold(text))


def _year(text: str) -> int:
    """The year in a list's name, where a bare 2026 is one too."""
    folded = fold(text)
    match = _YEAR_SIGN.search(folded) or _YEAR.search(folded)
    return _year_in(match)


def _first_year(texts: Sequence[str]) -> int:
    """The first year that stands above a table: of a line of its own, or of a date."""
    for text in texts:
        match = _YEAR_SIGN.search(fold(text))
        year = _year_in(match)
        if year:
            return year
    return 0


def _year_in(match: re.Match[str] | None) -> int:
    """The year that was matched, 0 for none or one that no list has."""
    if match is None:
        return 0
    year = numerals.read(match[1])
    return year if year in deadlines.YEARS else 0
