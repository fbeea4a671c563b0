"""A .docx → blocks: paragraphs with their automatic numbers, tables with their merged cells, text boxes, revisions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from lib.errors import BoardError
from lib.notices.formats import readers
from lib.notices.formats.office import Parts, number, value
from lib.notices.model import Block
from lib.text import numerals

_LEVELS: Final = 9
_CIRCLES: Final = 20
_SKIPPED: Final = frozenset(
    {
        "del",
        "moveFrom",
        "instrText",
        "Fallback",
        "delText",
        "rPrChange",
        "pPrChange",
        "footnoteReference",
        "rt",
    }
)


def _roman(count: int) -> str:
    pairs = (
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
    text = ""
    for size, sign in pairs:
        text += sign * (count // size)
        count %= size
    return text


def shown(count: int, style: str) -> str:
    """A number as Word's number format writes it."""
    if count < 1 or count > 999:
        return str(count)
    if style.startswith(
        (
            "chinese",
            "japaneseCounting",
            "taiwanese",
            "ideographDigital",
            "japaneseLegal",
            "ideographLegal",
        )
    ):
        return numerals.write(count)
    if style.startswith("decimalEnclosedCircle"):
        return chr(0x245F + count) if count <= _CIRCLES else f"({count})"
    if style in ("upperRoman", "lowerRoman"):
        return _roman(count) if style == "upperRoman" else _roman(count).lower()
    if style in ("upperLetter", "lowerLetter"):
        return chr((65 if style == "upperLetter" else 97) + (count - 1) % 26)
    return "" if style in ("bullet", "none") else str(count)


@dataclass
class _Level:
    style: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False  # all numbers Arabic


@dataclass
class _Numbering:
    """numbering.xml: a list instance's levels, and what each has counted."""

    abstract: dict[str, dict[int, _Level]] = field(default_factory=lambda: defaultdict(dict))
    instances: dict[str, str] = field(default_factory=dict)
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def levels(self, instance: str) -> tuple[str, dict[int, _Level]]:
        key = self.instances.get(instance, "")
        key = self.named.get(self.links.get(key, ""), key)
        return key, self.abstract.get(key, {})

    def next(self, instance: str, level: int) -> str:
        """The number of the next paragraph of a list's level, as Word prints it."""
        key, levels = self.levels(instance)
        if level not in levels:
            return ""
        self._count(key, instance, level, levels)
        text = levels[level].text
        for at in range(level + 1):
            mark = f"%{at + 1}"
            if mark in text:
                own = levels.get(at, _Level())
                text = text.replace(
                    mark,
                    shown(
                        self.counts.get((key, at), own.start),
                        "decimal" if levels[level].legal else own.style,
                    ),
                )
        return text if levels[level].style != "bullet" else ""

    def _count(self, key: str, instance: str, level: int, levels: dict[int, _Level]) -> None:
        override = self.starts.get((instance, level))
        if override is not None and (instance, level) not in self.begun:
            self.counts[key, level] = override
        elif (key, level) in self.counts:
            self.counts[key, level] += 1
        else:
            self.counts[key, level] = levels[level].start
        self.begun.add((instance, level))
        for deeper in range(level + 1, _LEVELS):
            self.counts.pop((key, deeper), None)


class _NumberingReader:
    def __init__(self) -> None:
        self.found = _Numbering()
        self.key, self.instance, self.level = "", "", 0
        self.current: _Level | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in ("abstractNum", "num"):
            self.key, self.instance = (
                (value(attributes, "abstractNumId"), "")
                if tag == "abstractNum"
                else ("", value(attributes, "numId"))
            )
        elif tag in ("lvl", "lvlOverride"):
            self.level = number(value(attributes, "ilvl"))
            if tag == "lvl" and not self.instance:
                self.current = self.found.abstract[self.key].setdefault(self.level, _Level())
        else:
            self._detail(tag, value(attributes))

    def _detail(self, tag: str, text: str) -> None:
        if tag == "abstractNumId":
            self.found.instances[self.instance] = text
        elif tag == "startOverride":
            self.found.starts[self.instance, self.level] = number(text, 1)
        elif tag == "numStyleLink":
            self.found.links[self.key] = text
        elif tag == "styleLink":
            self.found.named[text] = self.key
        elif self.current is not None:
            self._of_level(tag, text, self.current)

    def _of_level(self, tag: str, text: str, level: _Level) -> None:
        if tag == "start":
            level.start = number(text, 1)
        elif tag == "numFmt":
            level.style = text
        elif tag == "lvlText":
            level.text = text
        elif tag == "isLgl":
            level.legal = text not in ("0", "false")

    def end(self, tag: str) -> None:
        if tag == "lvl":
            self.current = None


@dataclass
class _Style:
    numbering: tuple[str, int] | None = None
    base: str = ""


class _StyleReader:
    """styles.xml: which paragraph styles number their paragraphs."""

    def __init__(self) -> None:
        self.found: dict[str, _Style] = {}
        self.current = _Style()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "style":
            self.current = self.found.setdefault(value(attributes, "styleId"), _Style())
        elif tag == "basedOn":
            self.current.base = value(attributes)
        elif tag == "numId":
            self.current.numbering = (
                value(attributes),
                self.current.numbering[1] if self.current.numbering else 0,
            )
        elif tag == "ilvl":
            self.current.numbering = (
                self.current.numbering[0] if self.current.numbering else "",
                number(value(attributes)),
            )

    def numbering(self, style: str) -> tuple[str, int] | None:
        for _ in range(10):
            found = self.found.get(style)
            if found is None or found.numbering:
                return found.numbering if found else None
            style = found.base
        return None


@dataclass
class _Place:
    """A table that is being read: where the next cell stands, and the cells that are merged down from above."""

    table: int
    row: int = -1
    column: int = 0
    across: int = 1
    merge: str = ""
    before: int = 0
    pieces: list[str] = field(default_factory=list)
    open: dict[int, int] = field(default_factory=dict)  # column → index of the block above


class _DocumentReader:
    def __init__(self, parts: Parts, numbering: _Numbering, styles: _StyleReader) -> None:
        self.parts, self.numbering, self.styles = parts, numbering, styles
        self.blocks: list[Block] = []
        self.text: list[str] = []
        self.list: tuple[str, int] | None = None
        self.style = ""
        self.places: list[_Place] = []
        self.tables = 0
        self.skipping = 0
        self.in_text = False
        self.nested: list[tuple[list[str], tuple[str, int] | None, str]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self.skipping or tag in _SKIPPED:
            self.skipping += 1
            return
        handler = _STARTS.get(tag)
        if handler:
            handler(self, attributes)

    def end(self, tag: str) -> None:
        if self.skipping:
            self.skipping -= 1
            return
        if tag == "t":
            self.in_text = False
        elif tag == "p":
            self._paragraph_ends()
        elif tag == "tc" and self.places:
            self._cell_ends()
        elif tag == "tbl" and self.places:
            self._table_ends()

    def chars(self, text: str) -> None:
        if self.in_text and not self.skipping:
            self.text.append(text)

    # -- paragraphs

    def paragraph(self, _: dict[str, str]) -> None:
        self.nested.append((self.text, self.list, self.style))
        self.text, self.list, self.style = [], None, ""

    def _paragraph_ends(self) -> None:
        given = self.list if self.list and self.list[0] else None
        ruled = self.styles.numbering(self.style)
        number_of = given or (
            (ruled[0], self.list[1] if self.list else ruled[1]) if ruled else None
        )
        text = readers.clean("".join(self.text)).strip("\n")
        mark = (
            self.numbering.next(*number_of)
            if number_of and number_of[0] != "0" and text.strip()
            else ""
        )
        self.text, self.list, self.style = self.nested.pop() if self.nested else ([], None, "")
        if self.places:
            self.places[-1].pieces.append(mark + text)
        else:
            self._emit(mark, text)

    def _emit(self, mark: str, text: str) -> None:
        first, *others = text.split("\n")
        self.blocks.append(Block(mark + first, auto=len(mark), soft=bool(others)))
        self.blocks.extend(Block(line, soft=at < len(others)) for at, line in enumerate(others, 1))
        self._check()

    def _check(self) -> None:
        if len(self.blocks) > readers.PIECES:
            raise BoardError("notice_bomb", file=self.parts.name)

    def run_text(self, _: dict[str, str]) -> None:
        self.in_text = True

    def line_break(self, attributes: dict[str, str]) -> None:
        self.text.append("\n" if value(attributes, "type") != "page" else "")

    def tab(self, attributes: dict[str, str]) -> None:
        if not attributes:  # a tab with attributes is a tab stop
            self.text.append("\t")

    def dash(self, _: dict[str, str]) -> None:
        self.text.append("-")

    def paragraph_style(self, attributes: dict[str, str]) -> None:
        self.style = value(attributes)

    def list_level(self, attributes: dict[str, str]) -> None:
        self.list = (self.list[0] if self.list else "", number(value(attributes)))

    def list_id(self, attributes: dict[str, str]) -> None:
        self.list = (value(attributes), self.list[1] if self.list else 0)

    # -- tables; one inside a cell is read as text of that cell

    def table(self, _: dict[str, str]) -> None:
        self.places.append(_Place(self.tables))
        self.tables += len(self.places) == 1

    def table_row(self, _: dict[str, str]) -> None:
        if self.places:
            place = self.places[-1]
            place.row, place.column = place.row + 1, 0

    def grid_before(self, attributes: dict[str, str]) -> None:
        if self.places:
            self.places[-1].column += min(number(value(attributes)), 64)

    def cell(self, _: dict[str, str]) -> None:
        if self.places:
            place = self.places[-1]
            place.across, place.merge, place.pieces = 1, "", []

    def grid_span(self, attributes: dict[str, str]) -> None:
        if self.places:
            self.places[-1].across = max(1, min(number(value(attributes), 1), 64))

    def merge_down(self, attributes: dict[str, str]) -> None:
        if self.places:
            self.places[-1].merge = value(attributes) or "continue"

    def _cell_ends(self) -> None:
        place = self.places[-1]
        text = "\n".join(place.pieces).strip("\n")
        if len(self.places) > 1:
            self.places[-2].pieces.append(text)
            return
        above = place.open.get(place.column)
        if place.merge == "continue" and above is not None:
            upper = self.blocks[above]
            self.blocks[above] = Block(
                upper.text,
                0,
                upper.table,
                upper.row,
                upper.column,
                place.row - upper.row + 1,
                upper.across,
            )
        else:
            place.open[place.column] = len(self.blocks)
            self.blocks.append(
                Block(text, 0, place.table, place.row, place.column, 1, place.across)
            )
            self._check()
        place.column += place.across
        place.pieces = []

    def _table_ends(self) -> None:
        self.places.pop()


_STARTS: Final = {
    "p": _DocumentReader.paragraph,
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
    "gridBefore": _DocumentReader.grid_before,
    "tc": _DocumentReader.cell,
    "gridSpan": _DocumentReader.grid_span,
    "vMerge": _DocumentReader.merge_down,
}


def blocks(parts: Parts) -> list[Block]:
    """The blocks of a Word document."""
    numbering, styles = _NumberingReader(), _StyleReader()
    parts.read("word/numbering.xml", numbering.start, numbering.end, _nothing)
    parts.read("word/styles.xml", styles.start, _nothing, _nothing)
    document = _DocumentReader(parts, numbering.found, styles)
    parts.read("word/document.xml", document.start, document.end, document.chars)
    return readers.capped(document.blocks)


def _nothing(_: str) -> None:
    pass
