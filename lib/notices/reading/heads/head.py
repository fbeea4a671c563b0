"""The head of a notice: what it says about itself, and the year that its measures are of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from lib.notices.model import Blocks, Lines
from lib.notices.reading.heads import issuing, titles
from lib.notices.reading.heads.issuing import DocumentNumber
from lib.notices.reading.heads.page import Page
from lib.notices.reading.heads.titles import Title
from lib.text import numerals
from lib.text.folding import fold

_YEAR_LINES: Final = 60  # lines at the top in which the text says its year
# The months in which the planning of a heating season and of a school year begins.
_JUNE: Final = 6
_SEPTEMBER: Final = 9

_YEAR: Final = re.compile(
    r"(?<![0-9])(20[0-9]{2})(?= *(?:年|[-至/] *(?:20)?[0-9]{2} *(?:学年|年)))"
    r"|(二〇[〇一二三四五六七八九]{2})(?=年|[-至到]二〇)"
)
_IN_TEXT: Final = re.compile(r"(?<![到至以])(20[0-9]{2})年(?:是|度|重点|工作|全市|全县|全区|我|,)")
_ANY_YEAR: Final = re.compile(r"(?<![0-9])(20[0-9]{2})(?= *[年./-])")
_CURE: Final = re.compile("整改|反馈|问题")
_OVER_NEW_YEAR: Final = re.compile(
    r"20[0-9]{2} *+(?:年|学年)?度? *+[-至到/] *+(?:20)?[0-9]{2} *+(?:年|年度)? *+"
    r"(?P<kind>学年|[一-鿿]{0,4}(?:[采供][暖热][季期]|冬春))"
)


@dataclass(frozen=True)
class Head:
    """What a notice says about itself.

    unordered: a note says that the order of departments means nothing.
    turn: where the list's time runs over a new year, the day before which a date without a year
        is one of the year after.
    blocks: where its titles stand.
    """

    title: str = ""
    issuer: str = ""
    document_number: str = ""
    year: int | None = None
    issued: date | None = None
    unordered: bool = False
    turn: date | None = None
    blocks: frozenset[int] = frozenset()


def read(blocks: Blocks, lines: Lines, first: int, notes: Sequence[str]) -> Head:
    """Read the head of a notice.

    Args:
        first: the block at which its measures begin.
        notes: what the notice says of who of a list leads.
    """
    page = Page.of(blocks, lines)
    notice_titles = titles.find(page, first)
    title = notice_titles[-1] if notice_titles else Title()
    title_texts = [any_title.text for any_title in notice_titles]
    title_blocks = [any_title.blocks for any_title in notice_titles]
    number = issuing.document_number(page)
    dated = issuing.issued(page)
    issued = dated.day if dated else None
    year = _year(title_texts, number, page, issued)
    return Head(
        title=titles.issued_list(title.text),
        issuer=issuing.issuer(page, dated, title_texts),
        document_number=number.text if number else "",
        year=year,
        issued=issued,
        unordered=_is_unordered(page, notes),
        turn=_turn(title_texts, year, issued),
        blocks=frozenset().union(*title_blocks),
    )


def _is_unordered(page: Page, notes: Sequence[str]) -> bool:
    if any("不分先后" in fold(note) for note in notes):
        return True
    return any("排名不分先后" in line.folded for line in page.lines)


def _year(
    title_texts: Sequence[str],
    number: DocumentNumber | None,
    page: Page,
    issued: date | None,
) -> int | None:
    """The year of a list.

    That of its titles, the last one first, the document number, the text, the date of issue, or the only
    one that is named.
    """
    for title in reversed(title_texts):
        year = _of_title(title, issued)
        if year:
            return year
    if number:
        return number.year
    for line in page.lines[:_YEAR_LINES]:
        match = _IN_TEXT.search(line.folded)
        if match:
            return int(match[1])
    if issued:
        return issued.year
    return _only_year(page)


def _of_title(title: str, issued: date | None) -> int | None:
    """The year in a title; what an inspection of an earlier year found is put right when issued."""
    match = _YEAR.search(fold(title))
    if not match:
        return None
    year = numerals.read(match[1] or match[2])
    if issued and issued.year > year and _CURE.search(title):
        return issued.year
    return year


def _only_year(page: Page) -> int | None:
    """The year that a text names, where it names no other."""
    years: set[str] = set()
    for line in page.lines:
        years.update(_ANY_YEAR.findall(line.folded))
    if len(years) == 1:
        return int(years.pop())
    return None


def _turn(title_texts: Sequence[str], year: int | None, issued: date | None) -> date | None:
    """The day on which a list's time begins that runs over a new year, or that of its issue."""
    kind = _over_new_year(title_texts)
    if kind is None or year is None:
        return None
    if issued and issued.year == year and issued.month >= _JUNE:
        return issued
    month = _SEPTEMBER if kind == "学年" else _JUNE
    return date(year, month, 1)


def _over_new_year(title_texts: Sequence[str]) -> str | None:
    """What kind of time runs over a new year: a school year or a heating season."""
    for title in title_texts:
        match = _OVER_NEW_YEAR.search(fold(title))
        if match:
            return match["kind"]
    return None
