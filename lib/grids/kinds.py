"""What the rows below a header are: measures, headings over them, or sums and notes."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from lib.grids.cells import NONE, Cells, Row, cell
from lib.text import marks
from lib.text.furniture import is_furniture

_FIRST: Final = 2  # cells of a row of which one says that it is a sum
_LONGEST: Final = 60  # characters of a heading
_WIDE: Final = 2  # columns; a single cell that covers more is a heading

_SUM: Final = re.compile(
    r"(?:本页|全[省市县区])?(?:合 *计|总 *计|小 *计|共 *计)(?:$|[ :(\d]|[共为]? *\d)"
)
_NOTE: Final = re.compile(r"^(?:注|备注|说明|附注|填表|填报|制表|审核|联系人|单位[:(])")
_SIGNED: Final = re.compile(
    r"(?:填表|填报|制表|建表|编制|审核|复核|审批|签发|经办|联系|负责|报送|印发)"
    r"(?:人员?|单位|部门|科室|日期|时间|电话)?(?:\(.{0,8}\))? *:"
    r"|(?:注|备注|说明|附注|作者|电话|抄送) *[:1一]"
)
_FIGURE: Final = re.compile(r"[约¥]? *[0-9.,]+ *(?:[%个项件条户]|[万亿]?元)?|[-/—]+|〇")
_TALLY: Final = re.compile(  # the number of a section in its own cell
    r"[一二三四五六七八九十]{1,3}|\([一二三四五六七八九十]{1,3}\)|[壹贰叁参肆伍陆柒捌玖拾]{1,3}"
    r"|[A-Z]|[IVX]{1,4}|[\u2160-\u216b]|第[一二三四五六七八九十]{1,3}[类部章]分?"
)
_TALLY_EDGES: Final = " 、.．"
COUNT: Final = re.compile(  # （3项） at the end of a heading
    r"\([共计合]* *[0-9一二三四五六七八九十]{1,4} *[个项件条类][^()]{0,6}\)$"
)


class Places(NamedTuple):
    """Which columns of a table are what; NONE where it has no such column.

    duties: the columns that say who answers, or by when.
    """

    title: int = NONE
    serial: int = NONE
    duties: Collection[int] = ()


class SectionRow(NamedTuple):
    """A row that says one thing. cell: where; number: the cell of its number, NONE for none."""

    cell: int
    number: int


def is_sum(cells: Cells, filled: Sequence[int]) -> bool:
    """Whether a row is a sum of others: 合计, 小计：12 项.

    Args:
        filled: the cells of the row that say something.
    """
    texts = [cells.folded(number).strip() for number in filled[:_FIRST]]
    return any(map(_SUM.match, texts))


def is_note(folded: str) -> bool:
    """Whether the only words of a row are a note below all rows, or of the page around them."""
    if len(folded) > _LONGEST or is_furniture(folded):
        return True
    return _NOTE.match(folded) is not None


def begins_note(folded: str) -> bool:
    """Whether a text below the rows begins as a note or a signature: 备注：…, 填表人：…"""
    begin = _NOTE.match(folded) or _SIGNED.match(folded)
    return begin is not None


def is_signed(cells: Cells, filled: Sequence[int]) -> bool:
    """Whether a row begins with who filled in a table or whom to ask: 填表人：… 审核人：…"""
    first = cells.folded(filled[0]).strip()
    return _SIGNED.match(first) is not None


def find_section(
    cells: Cells, row: Row, filled: Sequence[int], places: Places
) -> SectionRow | None:
    """Tell a row that says one thing, with a number and sums beside it.

    Args:
        filled: the cells of the row that say something.
    """
    number = cell(row, places.serial)
    title = cell(row, places.title)
    if number not in filled or number == title:
        number = NONE
    words = [word for word in filled if word != number and not _is_figure(cells, word)]
    if not words and number != NONE:
        words = [number]
        number = NONE
    if len(words) != 1 or len(row) == 1:
        return None
    section = SectionRow(words[0], number)
    alone = len(filled) == 1
    if not _is_heading(cells, row, section, places, alone=alone):
        return None
    return section


def _is_figure(cells: Cells, number: int) -> bool:
    text = cells.folded(number).strip()
    return _FIGURE.fullmatch(text) is not None


def _is_heading(
    cells: Cells, row: Row, section: SectionRow, places: Places, *, alone: bool
) -> bool:
    """Whether the only words of a row are a heading: by width, by number or by what they count."""
    across = list(row).count(section.cell)
    if across > _WIDE:
        return True
    if section.number != NONE:
        return _TALLY.fullmatch(tally(cells, section)) is not None
    if across > 1:
        return True
    column = row.index(section.cell)
    if column in places.duties or cells.is_merged(section.cell):
        return False
    if section.cell != cell(row, places.title):
        return True
    folded = cells.folded(section.cell).strip()
    is_numbered = alone and marks.at(folded, folded) is not None
    return is_numbered or COUNT.search(folded) is not None


def tally(cells: Cells, section: SectionRow) -> str:
    """The number of a section row, folded: 一, (二)."""
    return cells.folded(section.number).strip(_TALLY_EDGES)


def with_number(cells: Cells, section: SectionRow, words: str) -> str:
    """The words of a section row after its number: 一、学习教育."""
    if section.number == NONE:
        return words
    number = cells.text(section.number).strip(_TALLY_EDGES)
    has_mark = not words or words.startswith(("、", "."))
    between = "" if has_mark else "、"
    return f"{number}{between}{words}"
