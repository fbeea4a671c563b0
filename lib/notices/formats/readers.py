"""What all readers share: the limits, plain text and CSV to blocks, cleaning.

Everything is capped before it is unpacked: LARGEST bytes in, UNPACKED bytes out of an archive, PIECES paragraphs and
cells.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from typing import Final

from lib.errors import BoardError
from lib.notices.model import Block

LARGEST: Final = 20 << 20
UNPACKED: Final = 48 << 20
PIECES: Final = 120_000
TEXT: Final = 2_500_000  # characters

_INVISIBLE: Final = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffc\x00-\x08\x0e-\x1f\x7f]"
)


def decode(data: bytes, name: str) -> str:
    """Text in UTF-8, GB18030 or UTF-16. Raises BoardError where it is none of them or no text at all."""
    text = _decoded(data)
    if text is None or _is_noise(text):
        raise BoardError("notice_undecodable", file=name)
    if len(text) > TEXT:
        raise BoardError("notice_too_long", limit=TEXT)
    return text


def _decoded(data: bytes) -> str | None:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text[:4096]:
            return text
    return _utf16(data)


def _utf16(data: bytes) -> str | None:
    """Without a mark: the byte order in which line ends, digits or common characters come out."""
    best = max(
        ("utf-16-le", "utf-16-be"),
        key=lambda order: len(_COMMON.findall(data[:8192].decode(order, errors="ignore"))),
    )
    text = data.decode(best, errors="replace")
    return text if len(_COMMON.findall(text[:4096])) * 2 > len(text[:4096]) else None


_COMMON: Final = re.compile("[0-9A-Za-z \r\n\t,.一-鿿，。、：；（）]")


def _is_noise(text: str) -> bool:
    """Whether it is no text a person wrote: many control characters or characters that stand for nothing."""
    head = text[:8192]
    odd = sum(char < " " and char not in "\t\r\n\x0b\x0c" for char in head) + head.count("\ufffd")
    odd += sum("\ue000" <= char <= "\uf8ff" for char in head)
    return odd * 20 > len(head)


def lines(text: str) -> list[Block]:
    """A plain text: a block a line. Whether a line ends a paragraph is for the outline to tell."""
    text = re.sub(r"\n{3,}", "\n\n", re.sub(r"\r\n|[\r\x0b\x0c\u2028\u2029\x85]", "\n", text))
    if text.count("\n") > PIECES:
        raise BoardError("notice_too_long", limit=TEXT)
    return capped([Block(clean(line), soft=True) for line in text.split("\n")])


def clean(text: str) -> str:
    """Without characters that nobody sees; radicals that stand for characters (from PDF) as the characters."""
    text = _INVISIBLE.sub("", text)
    return text.translate(_RADICALS) if _RADICAL.search(text) else text


_RADICAL: Final = re.compile("[⺀-⿕]")


def _radicals() -> dict[int, str]:
    import unicodedata

    table = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    pairs = (
        "⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻚页⻛风⻜飞⻝食⻢马⻥鱼⻦鸟⻬齐"
        "⻮齿⻰龙⻩黄⺠民⻄西⻣骨⻤鬼⻨麦⻑長⻝食⺁厂⺟母"
    )
    return table | {
        ord(radical): char for radical, char in zip(pairs[::2], pairs[1::2], strict=True)
    }


_RADICALS: Final = _radicals()


def capped(found: list[Block]) -> list[Block]:
    """The blocks, if they are not too many."""
    if len(found) > PIECES or sum(len(block.text) for block in found) > TEXT:
        raise BoardError("notice_too_long", limit=TEXT)
    return found


def table(text: str) -> list[Block]:
    """A table of comma, semicolon or tab separated cells; a line without any is a paragraph around it."""
    head = text[:4096]
    delimiter = max((",", "\t", ";"), key=head.count)
    if not head.count(delimiter):
        return lines(text)
    try:
        rows = list(csv.reader(io.StringIO(text.replace("\x00", "")), delimiter=delimiter))
    except csv.Error:
        return lines(text)
    return grid_blocks([[clean(cell) for cell in row] for row in rows], 0)


def grid_blocks(
    rows: list[list[str]], table: int, merged: dict[tuple[int, int], tuple[int, int]] | None = None
) -> list[Block]:
    """The cells of a grid as blocks. merged: (row, column) → rows and columns that the cell covers."""
    merged = merged or {}
    hidden = {
        (row + i, column + j)
        for (row, column), (down, across) in merged.items()
        for i in range(down)
        for j in range(across)
        if i or j
    }
    found = [
        Block(
            text,
            table=table,
            row=row,
            column=column,
            down=merged.get((row, column), (1, 1))[0],
            across=merged.get((row, column), (1, 1))[1],
        )
        for row, cells in enumerate(rows)
        for column, text in enumerate(cells)
        if (row, column) not in hidden
    ]
    return capped(found)
