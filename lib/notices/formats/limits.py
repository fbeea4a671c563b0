"""How much of a document is read: everything is capped before it is unpacked."""

from __future__ import annotations

from typing import Final

from lib.errors import BoardError
from lib.notices.model import Block

LARGEST: Final = 20 << 20  # bytes of a file
UNPACKED: Final = 48 << 20  # bytes out of an archive
PIECES: Final = 120_000  # paragraphs and cells
TEXT: Final = 2_500_000  # characters
ROWS: Final = 60_000  # of a table


def capped(blocks: list[Block]) -> list[Block]:
    """The blocks, if they are not too many; raises BoardError: notice_too_long."""
    characters = sum(len(block.text) for block in blocks)
    if len(blocks) > PIECES or characters > TEXT:
        raise BoardError("notice_too_long", limit=TEXT)
    return blocks


def check_rows(rows: int) -> None:
    """Stop a reader before it makes the cells of a very long table; raises: notice_too_long."""
    if rows > ROWS:
        raise BoardError("notice_too_long", limit=TEXT)


def check(blocks: list[Block], name: str) -> None:
    """Stop a reader whose file has no end of blocks; raises BoardError: notice_bomb."""
    if len(blocks) > PIECES:
        raise BoardError("notice_bomb", file=name)
