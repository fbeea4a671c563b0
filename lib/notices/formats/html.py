"""An HTML page → blocks: paragraphs and tables with their spans.

Scripts, styles and navigation are left out, and what is hidden or struck out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from lib.errors import BoardError
from lib.files.elements import Attributes
from lib.files.grid import Extent
from lib.notices.formats import limits, plain
from lib.notices.formats.cleaning import clean
from lib.notices.formats.left_out import HIDDEN, STRUCK, LeftOut
from lib.notices.formats.looks import Look, Looks
from lib.notices.model import Block, Document

# fmt: off
_SKIPPED: Final = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "select", "button", "nav", "iframe",
    "object", "title", "textarea", "rt", "rp",
})
_PARAGRAPHS: Final = frozenset({
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "section", "article", "header",
    "footer", "blockquote", "pre", "dd", "dt", "dl", "center", "hr", "body", "form", "main", "caption",
})
# fmt: on
_LISTS: Final = ("ol", "ul")
_CELLS: Final = ("td", "th")
_WIDEST: Final = 200  # columns that are read
_WIDEST_CELL: Final = 64  # columns that one cell may cover
_HIGHEST_CELL: Final = 1_000  # rows
_LAST_NUMBER: Final = 9_999  # with which a list may begin
_START: Final = 4096  # bytes in which a page names its encoding
_META: Final = re.compile(
    rb"""<meta[^>]{0,200}charset\s*+=\s*+["']?\s*+([A-Za-z0-9_-]{1,30})""", re.I
)
# As the page names it, and by which it is read: GB18030 holds the older two
_ENCODINGS: Final = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5"}
_DECLARATION: Final = re.compile(r"<\?xml[^>]{0,200}\?>")
_SPACING: Final = re.compile(r"[ \t\r\n]+")
_SPACES: Final = re.compile("[ \t\xa0]+")


def read(data: bytes, name: str) -> Document:
    """Read a page, in the encoding that it names or that it can be read in."""
    from lxml import etree

    text = plain.decode(_declared(data), name)
    target: Any = _Target(name)
    parser = etree.HTMLParser(
        target=target, encoding="utf-8", huge_tree=True, recover=True, no_network=True
    )
    try:
        parser.feed(_DECLARATION.sub("", text, count=1).encode())
        document: Document = parser.close()
    except etree.LxmlError as error:
        raise BoardError("notice_broken", file=name, why=str(error)) from error
    limits.capped(document.blocks)
    return document


def _declared(data: bytes) -> bytes:
    """In UTF-8 where the page says that it is in one of China's or Taiwan's own encodings."""
    match = _META.search(data[:_START])
    if match is None:
        return data
    encoding = _ENCODINGS.get(match[1].decode().lower())
    if encoding is None:
        return data
    try:
        return data.decode(encoding).encode()
    except UnicodeDecodeError:
        return data


def _span(text: str, low: int, high: int) -> int:
    """A number of an attribute within its limits, 1 where it is none."""
    match = re.match(r"\s*([0-9]{1,6})", text)
    if match is None:
        return 1
    return min(max(int(match[1]), low), high)


def _without_break(spacing: re.Match[str]) -> str:
    """A space for spaces among which a line ends; else the same spaces."""
    spaces = spacing[0]
    if "\n" in spaces or "\r" in spaces:
        return " "
    return spaces


@dataclass
class _Table:
    """A table that is being read: where the next cell stands.

    free_from: column → the first row that no cell from above covers.
    cell: how many rows and columns the cell that is being read covers, None between cells.
    """

    number: int
    row: int = -1
    column: int = 0
    free_from: dict[int, int] = field(default_factory=dict)
    cell: Extent | None = None

    def begin_row(self) -> None:
        self.row += 1
        self.column = 0

    def begin_cell(self, down: int, across: int) -> None:
        self.row = max(self.row, 0)
        self._pass_covered_columns()
        end = min(self.column + across, _WIDEST)
        for column in range(self.column, end):
            self.free_from[column] = self.row + down
        self.cell = (down, across)

    def _pass_covered_columns(self) -> None:
        """Go on to the first column that no cell from above covers."""
        while self.column < _WIDEST and self.free_from.get(self.column, 0) > self.row:
            self.column += 1


class _Target:
    """What lxml calls for each tag: builds the blocks. A table inside a cell is read as text of that cell."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._blocks: list[Block] = []
        self._left_out = LeftOut()
        self._looks = Looks()
        self._open = [Look.SEEN]  # how the elements are shown that are open
        self._text: list[str] = []
        self._tables: list[_Table] = []  # in which the text stands, the outermost first
        self._count = 0  # tables that stand in no other
        self._skipping = 0  # how deep inside what is skipped
        self._sheet: list[str] = []  # what stands in the element that is skipped
        self._lists: list[int | None] = []  # the next number of each list, None without numbers
        self._mark = ""  # the number of the item that begins

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag in _SKIPPED:
            self._skipping += 1
            self._sheet = []
        if self._skipping:
            return
        own_look = self._looks.of(tag, attributes)
        look = max(self._open[-1], own_look)
        self._open.append(look)
        if look == Look.GONE:
            return
        if tag == "br":
            self._text.append("\n")
        elif tag in _PARAGRAPHS:
            self._paragraph_ends()
            self._list_begins(tag, attributes)
        elif tag == "table":
            self._paragraph_ends()
            self._table_begins()
        elif self._tables:
            self._in_table_begins(tag, attributes)

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipped_ends(tag)
            return
        if self._open.pop() == Look.GONE:
            self._left_out.end_place()
        elif tag in _PARAGRAPHS:
            self._paragraph_ends()
            if tag in _LISTS and self._lists:
                self._lists.pop()
        elif self._tables:
            self._in_table_ends(tag)

    def _skipped_ends(self, tag: str) -> None:
        if tag == "style":
            self._looks.learn("".join(self._sheet))
        if tag in _SKIPPED:
            self._skipping -= 1

    def data(self, text: str) -> None:
        if self._skipping:
            self._sheet.append(text)
            return
        if "\n" in text:
            text = _SPACING.sub(_without_break, text)
        look = self._open[-1]
        if look == Look.SEEN:
            self._left_out.end_place()
            self._text.append(text)
        else:
            why = STRUCK if look == Look.STRUCK else HIDDEN
            self._left_out.add(why, text)

    def comment(self, _: str) -> None:
        """Conditional comments of Word's HTML are no text."""

    def close(self) -> Document:
        self._paragraph_ends()
        return Document(self._blocks, self._left_out.problems())

    # -- paragraphs and lists

    def _paragraph_ends(self) -> None:
        self._left_out.end_place()
        if self._tables:
            self._text.append("\n")
            return
        text = self._take_text()
        if not text:
            return
        first, *others = text.split("\n")
        mark = self._mark
        self._mark = ""
        goes_on = len(others) > 0
        self._add(Block(mark + first, auto=len(mark), soft=goes_on))
        for place, line in enumerate(others, 1):
            goes_on = place < len(others)
            self._add(Block(line, soft=goes_on))

    def _list_begins(self, tag: str, attributes: Attributes) -> None:
        if tag == "ol":
            start = attributes.get("start", "1")
            self._lists.append(_span(start, 0, _LAST_NUMBER))
        elif tag == "ul":
            self._lists.append(None)
        elif tag == "li" and self._lists:
            number = self._lists[-1]
            if number is not None:
                self._mark = f"{number}."
                self._lists[-1] = number + 1

    def _take_text(self) -> str:
        """The text since it was last taken, its lines without outer spaces, without empty ones."""
        text = clean("".join(self._text))
        self._text = []
        lines = [_SPACES.sub(" ", line).strip() for line in text.split("\n")]
        return "\n".join(filter(None, lines))

    def _add(self, block: Block) -> None:
        self._blocks.append(block)
        limits.check(self._blocks, self._name)

    # -- tables

    def _table_begins(self) -> None:
        self._tables.append(_Table(self._count))
        if len(self._tables) == 1:
            self._count += 1

    def _in_table_begins(self, tag: str, attributes: Attributes) -> None:
        if tag == "tr":
            self._cell_ends()
            self._tables[-1].begin_row()
        elif tag in _CELLS:
            self._cell_ends()
            down = _span(attributes.get("rowspan", "1"), 0, _HIGHEST_CELL)
            across = _span(attributes.get("colspan", "1"), 1, _WIDEST_CELL)
            # 0 is down to the table's end
            self._tables[-1].begin_cell(down or _HIGHEST_CELL, across)
            if len(self._tables) == 1:
                self._text = []

    def _in_table_ends(self, tag: str) -> None:
        if tag == "tr" or tag in _CELLS:
            self._cell_ends()
        elif tag == "table":
            self._cell_ends()
            self._tables.pop()

    def _cell_ends(self) -> None:
        table = self._tables[-1]
        self._left_out.end_place()
        if table.cell is None:
            return
        down, across = table.cell
        if len(self._tables) == 1:
            text = self._take_text()
            if table.column < _WIDEST:
                cell = Block(text, 0, table.number, table.row, table.column, down, across)
                self._add(cell)
        table.column += across
        table.cell = None
