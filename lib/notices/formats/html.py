"""An HTML page → blocks: paragraphs and tables with their spans. Scripts, styles and navigation are left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from lib.errors import BoardError
from lib.notices.formats import limits, plain
from lib.notices.formats.cleaning import clean
from lib.notices.model import Block

_SKIPPED: Final = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "select",
        "button",
        "nav",
        "iframe",
        "object",
        "title",
        "textarea",
    }
)
_PARAGRAPHS: Final = frozenset(
    {
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "section",
        "article",
        "header",
        "footer",
        "blockquote",
        "pre",
        "dd",
        "dt",
        "dl",
        "center",
        "hr",
        "body",
        "form",
        "main",
        "caption",
    }
)
_WIDEST: Final = 200  # columns that are read
_CELLS: Final = frozenset({"td", "th"})
_META: Final = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_-]{1,30})""", re.I)


@dataclass
class _Table:
    number: int
    row: int = -1
    column: int = 0
    taken: dict[int, int] = field(default_factory=dict)  # column → first row that is free in it
    cell: tuple[int, int] | None = None


class _Target:
    """What lxml calls for each tag: builds the blocks."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.blocks: list[Block] = []
        self.text: list[str] = []
        self.tables: list[_Table] = []
        self.count = 0
        self.skipping = 0
        self.lists: list[int | None] = []
        self.mark = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self.skipping or tag in _SKIPPED:
            self.skipping += tag in _SKIPPED
        elif tag == "br":
            self.text.append("\n")
        elif tag in _PARAGRAPHS:
            self._paragraph(soft=False)
            self._list(tag, attributes)
        else:
            self._table_tag(tag, attributes)

    def _list(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in ("ol", "ul"):
            self.lists.append(
                _span(attributes.get("start", "1"), 0, 9_999) if tag == "ol" else None
            )
        elif tag == "li" and self.lists and (at := self.lists[-1]) is not None:
            self.mark = f"{at}."
            self.lists[-1] = at + 1

    def _table_tag(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table":
            self._paragraph(soft=False)
            self.tables.append(_Table(self.count))
            self.count += len(self.tables) == 1
        elif tag == "tr" and self.tables:
            self._cell_ends()
            self.tables[-1].row += 1
            self.tables[-1].column = 0
        elif tag in _CELLS and self.tables:
            self._cell_ends()
            self._cell(self.tables[-1], attributes)

    def _cell(self, table: _Table, attributes: dict[str, str]) -> None:
        table.row = max(table.row, 0)
        while table.column < _WIDEST and table.taken.get(table.column, 0) > table.row:
            table.column += 1
        down, across = (_span(attributes.get(key, "1"), 1, 1000) for key in ("rowspan", "colspan"))
        across = min(across, 64)
        for column in range(table.column, min(table.column + across, _WIDEST)):
            table.taken[column] = table.row + down
        table.cell = (down, across)
        if len(self.tables) == 1:
            self.text = []

    def _cell_ends(self) -> None:
        table = self.tables[-1]
        if table.cell is None:
            return
        down, across = table.cell
        if len(self.tables) == 1 and table.column < _WIDEST:
            self.blocks.append(
                Block(self._taken(), 0, table.number, table.row, table.column, down, across)
            )
            self._check()
        if len(self.tables) == 1:
            self.text = []
        table.column += across
        table.cell = None

    def end(self, tag: str) -> None:
        if self.skipping:
            self.skipping -= tag in _SKIPPED
        elif tag in _PARAGRAPHS:
            self._paragraph(soft=False)
            if tag in ("ol", "ul") and self.lists:
                self.lists.pop()
        elif tag in (*_CELLS, "tr") and self.tables:
            self._cell_ends()
        elif tag == "table" and self.tables:
            self._cell_ends()
            self.tables.pop()

    def data(self, text: str) -> None:
        if not self.skipping:
            self.text.append(
                text if "\n" not in text else re.sub(r"[ \t]*[\r\n][ \t\r\n]*", " ", text)
            )

    def comment(self, _: str) -> None:
        """Conditional comments of Word's HTML are no text."""

    def close(self) -> list[Block]:
        self._paragraph(soft=False)
        return self.blocks

    def _taken(self) -> str:
        text = clean("".join(self.text))
        self.text = []
        lines = (re.sub("[ \t\xa0]+", " ", line).strip() for line in text.split("\n"))
        return "\n".join(line for line in lines if line)

    def _paragraph(self, *, soft: bool) -> None:
        if self.tables:
            self.text.append("\n")
            return
        text = self._taken()
        if not text:
            return
        mark, self.mark = self.mark, ""
        first, *others = text.split("\n")
        self.blocks.append(Block(mark + first, auto=len(mark), soft=bool(others) or soft))
        self.blocks.extend(Block(line, soft=at < len(others)) for at, line in enumerate(others, 1))
        self._check()

    def _check(self) -> None:
        limits.check(self.blocks, self.name)


def _span(text: str, low: int, high: int) -> int:
    found = re.match(r"\s*([0-9]{1,6})", text)
    return min(max(int(found[1]), low), high) if found else 1


def blocks(data: bytes, name: str) -> list[Block]:
    """The blocks of a page, in the encoding that it names or that it can be read in."""
    from lxml import etree

    text = plain.decode(_declared(data), name)
    target: Any = _Target(name)
    parser = etree.HTMLParser(
        target=target, encoding="utf-8", huge_tree=True, recover=True, no_network=True
    )
    try:
        parser.feed(re.sub(r"<\?xml[^>]{0,200}\?>", "", text, count=1).encode())
        found: list[Block] = parser.close()
    except etree.LxmlError as error:
        raise BoardError("notice_broken", file=name, why=str(error)) from error
    return limits.capped(found)


def _declared(data: bytes) -> bytes:
    """In UTF-8 where the page says that it is in one of China's or Taiwan's own encodings."""
    match = _META.search(data[:4096])
    encoding = match[1].decode().lower() if match else ""
    if encoding in ("gb2312", "gbk", "gb18030", "big5"):
        try:
            return data.decode("gb18030" if encoding != "big5" else "big5").encode()
        except UnicodeDecodeError:
            return data
    return data
