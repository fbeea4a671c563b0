"""The titles of a notice: the lines that end like one, with the broken lines above them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lib.measures import name_forms
from lib.notices import labels
from lib.notices.model import Line
from lib.notices.reading.claims import brackets
from lib.notices.reading.heads.page import Page
from lib.notices.reading.heads.patterns import DATE, NUMBER
from lib.text import marks
from lib.text.folding import fold
from lib.text.furniture import is_furniture, is_navigation
from lib.text.titles import ENDING

_LENGTH: Final = range(4, 91)  # characters of a title
_FIRST_LENGTH: Final = range(4, 41)  # of a first line that stands for one
_FIRST_LINES: Final = 3  # of which one may stand for a title
_PART_LENGTH: Final = range(2, 41)  # of a broken line above the last of a title
_PARTS: Final = 4  # lines above the last
_ANNEX_LENGTH: Final = 12  # characters of a line that only names an annex
_LABEL: Final = 24  # characters in which a label begins

_COVER: Final = re.compile(
    r".*?(?:印发|下发|公布|发布|转发|分解下达) *"
    r"(?:《(?P<named>[^《》]{4,80})》|(?P<bare>[^《》。,]{6,60}?))(?:的|等文件的)?通知$"
)
_SECRECY: Final = re.compile(
    r"内部(?:资料|文件)|机密|秘密|绝密|[特加急平]急$|不得?外传|征求意见稿$"
)
_ANNEX: Final = re.compile(r"(?:附件|附|抄送|主送)[0-9一二三四五六七八九十]*[:： ]?")
_TABLE: Final = re.compile(r"(?:附表|表) *[0-9一二三四五六七八九十]")
_ANNEXED: Final = re.compile(r"附件|附表")
_YEAR_FIRST: Final = re.compile(r"[\s#]*20")
_AROUND: Final = re.compile(r"^[#\s]+|^附件[0-9一二三四五六七八九十]*[:：\s]+")
_PUNCTUATION: Final = re.compile("[。;:,|]")


@dataclass(frozen=True, slots=True)
class Title:
    """A title, and the blocks that it stands in."""

    text: str = ""
    blocks: frozenset[int] = frozenset()


def find(page: Page, first: int) -> list[Title]:
    """The titles up to the block at which the measures begin.

    Without any, the first line counts if it is short and no sentence.
    """
    titles: list[Title] = []
    used: set[int] = set()
    for number, line in enumerate(page.lines[: first + 1]):
        if page.among_cells[number]:
            continue
        if not _is_title(line):
            continue
        begin = number
        if not page.in_table[number]:
            begin = _begin(page, number, used)
        blocks = range(begin, number + 1)
        text = "".join(page.lines[block].text.strip() for block in blocks)
        bare = _AROUND.sub("", text).strip()
        titles.append(Title(bare, frozenset(blocks)))
        used.update(blocks)
    return titles or _first_line(page, first)


def issued_list(title: str) -> str:
    """The list that a covering notice issues: 关于印发《…》的通知; any other title as it is."""
    folded = fold(title)  # which keeps places
    cover = _COVER.fullmatch(folded)
    if not cover:
        return title
    if cover["named"]:
        start, end = cover.span("named")
    elif ENDING.search(cover["bare"]):  # without 《》 it may be any words
        start, end = cover.span("bare")
    else:
        return title
    return title[start:end].strip()


def _first_line(page: Page, first: int) -> list[Title]:
    lines = page.lines[: first + 1]
    worded = [line for line in lines if not is_furniture(line.folded)]
    for line in worded[:_FIRST_LINES]:
        if not page.among_cells[line.block] and _may_stand_for_title(line):
            text = line.text.strip()
            return [Title(text, frozenset({line.block}))]
    return []


def _may_stand_for_title(line: Line) -> bool:
    """Whether a line is short, no sentence, no number of an item and no signature."""
    text = line.folded.strip()
    if len(text) not in _FIRST_LENGTH:
        return False
    if _PUNCTUATION.search(text):
        return False
    if marks.at(line.folded, line.text):
        return False
    if name_forms.is_department(text):
        return False
    return not NUMBER.search(text) and not DATE.search(text)


def _is_title(line: Line) -> bool:
    """Whether a line ends like a title, and is no sentence, item, label or note."""
    text = line.folded.strip().lstrip("# ")
    if len(text) not in _LENGTH:
        return False
    if text[-1] in "。;:,、" or "。" in text:
        return False
    if not ENDING.search(text) or _TABLE.match(text) or is_furniture(text):
        return False
    if len(text) < _ANNEX_LENGTH and _ANNEX.match(text):
        return False
    if marks.at(line.folded, line.text) and not _YEAR_FIRST.match(line.folded):
        return False
    has_label = labels.labels_in(text, 0, min(len(text), _LABEL))
    return not has_label and not brackets.is_note(text)


def _begin(page: Page, last: int, used: set[int]) -> int:
    """The line in which a title that runs over several lines begins.

    Args:
        used: the lines of the titles before.
    """
    begin = last
    while begin > 0 and last - begin < _PARTS:
        above = begin - 1
        is_free = above not in used and not page.in_table[above]
        if not is_free or not _is_part(page.lines[above]):
            break
        begin = above
    return begin


def _is_part(line: Line) -> bool:
    """Whether a line can be the beginning of a title that goes on in the next."""
    text = line.folded.strip()
    if len(text) not in _PART_LENGTH or text[-1] in "。;:!?)" or "," in text:
        return False
    if is_navigation(text) or is_furniture(text):
        return False
    if _ANNEXED.match(text) or _SECRECY.search(text):
        return False
    if NUMBER.search(text) or DATE.search(text) or text.endswith("文件"):
        return False
    if marks.at(line.folded, line.text) or name_forms.is_department(text):
        return False
    return not labels.labels_in(text, 0, len(text))
