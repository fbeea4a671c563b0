"""A .docx → blocks: paragraphs with their automatic numbers, tables with their merged cells, text boxes, revisions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from lib.files.elements import Attributes
from lib.notices.formats import limits
from lib.notices.formats.cleaning import clean
from lib.notices.formats.left_out import HIDDEN, STRUCK, LeftOut
from lib.notices.formats.numbering import (
    ListLevel,
    Numbering,
    NumberingReader,
    with_level,
    with_list,
)
from lib.notices.formats.office import Parts, ignore, number, value
from lib.notices.formats.styles import EFFECTS, STRIKES, VANISH, Styles, is_on
from lib.notices.model import Block, Document

_WIDEST: Final = 64  # columns that a cell may cover
_NO_LIST: Final = "0"  # how a paragraph leaves the list of its style
# What was taken out by a revision, fields, and what stands twice
_SKIPPED: Final = frozenset(
    {
        "del",
        "moveFrom",
        "instrText",
        "Fallback",
        "delText",
        "rPrChange",
        "pPrChange",
        "trPrChange",
        "tcPrChange",
        "footnoteReference",
        "rt",
    }
)


def read(parts: Parts) -> Document:
    """Read a Word document as it is printed: without what is hidden or struck out."""
    lists = NumberingReader()
    parts.read("word/numbering.xml", lists.start, lists.end, ignore)
    styles = Styles()
    parts.read("word/styles.xml", styles.start, ignore, ignore)
    document = _DocumentReader(parts.name, lists.numbering, styles)
    parts.read("word/document.xml", document.start, document.end, document.chars)
    blocks = limits.capped(document.blocks)
    return Document(blocks, document.left_out.problems())


@dataclass
class _Run:
    """Characters of one look. effects: those of EFFECTS of which the run itself says something."""

    style: str = ""
    effects: dict[str, bool] = field(default_factory=dict)


@dataclass
class _Paragraph:
    """A paragraph that is being read.

    run: the one that is being read, None between runs.
    is_struck: some of it is struck out: its number is printed, and counts.
    """

    text: list[str] = field(default_factory=list)
    list_level: ListLevel | None = None
    style: str = ""
    run: _Run | None = None
    is_struck: bool = False


class _Piece(NamedTuple):
    """A paragraph's automatic number and its text."""

    mark: str
    text: str


@dataclass
class _Table:
    """A table that is being read: where the next cell stands.

    across: columns that the cell covers.
    merge: what it says of being merged downwards.
    pieces: its paragraphs.
    above: column → the block of the cell that may go on in this row.
    hides_row: whether the row is hidden.
    """

    number: int
    row: int = -1
    column: int = 0
    across: int = 1
    merge: str = ""
    pieces: list[str] = field(default_factory=list)
    above: dict[int, int] = field(default_factory=dict)
    hides_row: bool = False


class _DocumentReader:
    """Reads document.xml. What stands in a text box is a paragraph inside a paragraph."""

    def __init__(self, name: str, numbering: Numbering, styles: Styles) -> None:
        self.blocks: list[Block] = []
        self.left_out = LeftOut()
        self._name = name
        self._numbering = numbering
        self._styles = styles
        self._paragraph = _Paragraph()
        self._around: list[_Paragraph] = []  # in which the paragraph stands
        self._tables: list[_Table] = []  # in which it stands, the outermost first
        self._count = 0  # tables that stand in no other
        self._skipping = 0  # how deep inside what is skipped
        self._in_text = False

    def start(self, tag: str, attributes: Attributes) -> None:
        if self._skipping or tag in _SKIPPED:
            self._skipping += 1
            return
        handler = _STARTS.get(tag)
        if handler:
            handler(self, attributes)
        elif tag in EFFECTS and self._paragraph.run:  # else it is of the paragraph's mark
            self._paragraph.run.effects[tag] = is_on(attributes)

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
            return
        if tag == "t":
            self._in_text = False
        elif tag == "r":
            self._paragraph.run = None
        elif tag == "p":
            self._paragraph_ends()
        elif tag == "tc" and self._tables:
            self._cell_ends()
        elif tag == "tbl" and self._tables:
            self._tables.pop()

    def chars(self, text: str) -> None:
        if self._in_text and not self._skipping:
            self._write(text)

    def _write(self, text: str) -> None:
        """Add text to the paragraph, or to what is left out."""
        unseen = self._unseen()
        if unseen:
            self.left_out.add(unseen, text)
            self._paragraph.is_struck |= unseen == STRUCK
        else:
            self.left_out.end_place()
            self._paragraph.text.append(text)

    def _unseen(self) -> str:
        """Why text that stands here is left out, "" where it is seen."""
        if any(table.hides_row for table in self._tables) or self._has(VANISH):
            return HIDDEN
        if any(map(self._has, STRIKES)):
            return STRUCK
        return ""

    def _has(self, effect: str) -> bool:
        """Whether the run has an effect: it says so itself, or the styles do."""
        run = self._paragraph.run or _Run()
        if effect in run.effects:
            return run.effects[effect]
        return self._styles.has(effect, self._paragraph.style, run.style)

    # -- paragraphs

    def paragraph(self, _: Attributes) -> None:
        self._around.append(self._paragraph)
        self._paragraph = _Paragraph()

    def run_begins(self, _: Attributes) -> None:
        self._paragraph.run = _Run()

    def run_style(self, attributes: Attributes) -> None:
        if self._paragraph.run:
            self._paragraph.run.style = value(attributes)

    def run_text(self, _: Attributes) -> None:
        self._in_text = True

    def line_break(self, attributes: Attributes) -> None:
        if value(attributes, "type") != "page":
            self._write("\n")

    def tab(self, attributes: Attributes) -> None:
        if not attributes:  # a tab with attributes is a tab stop
            self._write("\t")

    def dash(self, _: Attributes) -> None:
        self._write("-")

    def paragraph_style(self, attributes: Attributes) -> None:
        self._paragraph.style = value(attributes)

    def list_level(self, attributes: Attributes) -> None:
        level = number(value(attributes))
        self._paragraph.list_level = with_level(self._paragraph.list_level, level)

    def list_id(self, attributes: Attributes) -> None:
        paragraph = self._paragraph
        paragraph.list_level = with_list(paragraph.list_level, value(attributes))

    def _paragraph_ends(self) -> None:
        self.left_out.end_place()
        piece = self._numbered()
        self._paragraph = self._around.pop() if self._around else _Paragraph()
        if self._tables:
            self._tables[-1].pieces.append(piece.mark + piece.text)
        else:
            self._emit(piece)

    def _numbered(self) -> _Piece:
        """The paragraph with the number that Word shows before it; the list counts on."""
        written = "".join(self._paragraph.text)
        text = clean(written).strip("\n")
        list_level = self._list_level()
        is_empty = not text.strip()
        has_number = not is_empty or self._paragraph.is_struck
        if list_level is None or list_level.list_id == _NO_LIST or not has_number:
            return _Piece("", text)
        mark = self._numbering.next(list_level)
        return _Piece("" if is_empty else mark, text)

    def _list_level(self) -> ListLevel | None:
        """The paragraph's own place in a list, else that of its style, on the level that it says."""
        own = self._paragraph.list_level
        if own and own.list_id:
            return own
        ruled = self._styles.numbering(self._paragraph.style)
        if ruled and own:
            return with_level(ruled, own.level)
        return ruled

    def _emit(self, piece: _Piece) -> None:
        """A block for each line of a paragraph."""
        first, *others = piece.text.split("\n")
        goes_on = len(others) > 0
        mark = piece.mark
        self._add(Block(mark + first, auto=len(mark), soft=goes_on))
        for place, line in enumerate(others, 1):
            goes_on = place < len(others)
            self._add(Block(line, soft=goes_on))

    def _add(self, block: Block) -> None:
        self.blocks.append(block)
        limits.check(self.blocks, self._name)

    # -- tables; one inside a cell is read as text of that cell

    def table(self, _: Attributes) -> None:
        self._tables.append(_Table(self._count))
        if len(self._tables) == 1:
            self._count += 1

    def table_row(self, _: Attributes) -> None:
        if self._tables:
            table = self._tables[-1]
            table.row += 1
            table.column = 0
            table.hides_row = False

    def hidden_row(self, attributes: Attributes) -> None:
        if self._tables and is_on(attributes):
            table = self._tables[-1]
            table.row -= 1
            table.hides_row = True

    def grid_before(self, attributes: Attributes) -> None:
        if self._tables:
            columns = number(value(attributes))
            self._tables[-1].column += min(columns, _WIDEST)

    def cell(self, _: Attributes) -> None:
        if self._tables:
            table = self._tables[-1]
            table.across = 1
            table.merge = ""
            table.pieces = []

    def grid_span(self, attributes: Attributes) -> None:
        if self._tables:
            columns = number(value(attributes), 1)
            self._tables[-1].across = max(1, min(columns, _WIDEST))

    def merge_down(self, attributes: Attributes) -> None:
        if self._tables:
            self._tables[-1].merge = value(attributes) or "continue"

    def _cell_ends(self) -> None:
        table = self._tables[-1]
        text = "\n".join(table.pieces).strip("\n")
        if len(self._tables) > 1:
            self._tables[-2].pieces.append(text)
            return
        if table.hides_row:
            return
        if table.merge == "continue" and table.column in table.above:
            above = table.above[table.column]
            cell = self.blocks[above]
            rows = table.row - cell.row + 1
            self.blocks[above] = replace(cell, down=rows)
        else:
            table.above[table.column] = len(self.blocks)
            cell = Block(text, 0, table.number, table.row, table.column, 1, table.across)
            self._add(cell)
        table.column += table.across
        table.pieces = []


_STARTS: Final = {
    "p": _DocumentReader.paragraph,
    "r": _DocumentReader.run_begins,
    "rStyle": _DocumentReader.run_style,
    "t": _DocumentReader.run_text,
    "br": _DocumentReader.line_break,
    "cr": _DocumentReader.line_break,
    "tab": _DocumentReader.tab,
    "noBreakHyphen": _DocumentReader.dash,
    "pStyle": _DocumentReader.paragraph_style,
    "ilvl": _DocumentReader.list_level,
    "numId": _DocumentReader.list_id,
    "tbl": _DocumentReader.table,
    "tr": _DocumentReader.table_row,
    "hidden": _DocumentReader.hidden_row,
    "gridBefore": _DocumentReader.grid_before,
    "tc": _DocumentReader.cell,
    "gridSpan": _DocumentReader.grid_span,
    "vMerge": _DocumentReader.merge_down,
}
