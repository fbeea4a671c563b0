"""Tables that lost their cells on the way → cells again: one cell a line, tabs, |, box characters, wide spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Final

from lib.notices.fields import DUTIES, field_of
from lib.notices.formats.grids import grid_blocks
from lib.notices.model import Block
from lib.text import folding

_BOX: Final = "─━┄┅┈┉═╌╍—-+┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╭╮╰╯┠┨┝┥┯┷┰┸┿╂╞╡╪╟╢╫╤╧╥╨"
_UPRIGHT: Final = "│┃║｜|"
_BORDER: Final = re.compile(rf"[\s{re.escape(_BOX)}{re.escape(_UPRIGHT)}:]*")
_RULED: Final = re.compile("[│┃║]")
_Split = Callable[[str], list[str]]


def tables(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with flattened tables as table cells."""
    out: list[Block] = []
    table = max((block.table for block in blocks), default=-1) + 1
    at = 0
    while at < len(blocks):
        if blocks[at].table < 0:
            taken = _table(blocks, at, table)
            if taken:
                cells, at = taken
                out += cells
                table += 1
                continue
        out.append(blocks[at])
        at += 1
    return out


def _table(blocks: Sequence[Block], at: int, table: int) -> tuple[list[Block], int] | None:
    text = blocks[at].text
    if len(text) > 5_000:
        return None
    if _RULED.search(text) or (_is_border(text) and _RULED.search(_text(blocks, at + 1))):
        return _boxed(blocks, at, table)
    for split in (_by_pipe, _by_tab, _by_space):
        if found := _separated(blocks, at, table, split):
            return found
    return _one_a_line(blocks, at, table)


def _text(blocks: Sequence[Block], at: int) -> str:
    return blocks[at].text if at < len(blocks) and blocks[at].table < 0 else ""


# --- a line a row -----------------------------------------------------------------------------------------------------


def _by_pipe(text: str) -> list[str]:
    if text.count("|") + text.count("｜") < 2:
        return []
    bare = text.strip()
    if bare[0] in "|｜" and bare[-1] in "|｜":
        bare = bare[1:-1]
    return [cell.strip() for cell in re.split("[|｜]", bare)]


def _by_tab(text: str) -> list[str]:
    return [cell.strip() for cell in text.rstrip("\n").split("\t")] if text.count("\t") > 1 else []


def _by_space(text: str) -> list[str]:
    cells = re.split(r" {2,}|[\u3000\t]+ *", text.strip())
    return [cell.strip() for cell in cells] if len(cells) > 2 else []


def is_header(cells: Sequence[str]) -> bool:
    """Whether cells can be the header of a list of measures: most are labels, and one says who answers."""
    found = [field_of(folding.fold(cell)) for cell in cells]
    known = [field for field in found if field]
    who = any(field in DUTIES - {"deadline"} for field in known)
    what = any(field in ("title", "section") for field in known)
    return (
        who
        and (what or len(known) < len([c for c in cells if c]))
        and len(known) >= 2
        and len(known) * 2 >= len([c for c in cells if c])
    )


def _separated(
    blocks: Sequence[Block], at: int, table: int, split: _Split
) -> tuple[list[Block], int] | None:
    """Rows of one separator below a header."""
    header = split(_text(blocks, at))
    if not header or not is_header(header):
        return None
    rows = [header]
    place = at + 1
    while place < len(blocks) and blocks[place].table < 0:
        text = blocks[place].text
        if not text.strip() or _is_border(text):
            place += 1
            continue
        cells = split(text)
        if not cells or len(cells) < 2 or len(cells) > len(header) + 3:
            if split is _by_space or not _is_section(blocks, place, split):
                break
            cells = [text.strip()]
        rows.append(cells)
        place += 1
    if len(rows) < 2:
        return None
    return _grid(rows, len(header), table), place


def _is_section(blocks: Sequence[Block], at: int, split: _Split) -> bool:
    """A line without separators between rows, short: a section's heading."""
    following = next((block.text for block in blocks[at + 1 : at + 3] if block.text.strip()), "")
    return len(blocks[at].text) < 40 and bool(split(following))


def _grid(rows: list[list[str]], width: int, table: int) -> list[Block]:
    merged = {(at, 0): (1, width) for at, row in enumerate(rows) if len(row) == 1}
    return grid_blocks(
        [(row + [""] * width)[: max(width, len(row))] for row in rows], table, merged
    )


# --- box characters ---------------------------------------------------------------------------------------------------


def _is_border(text: str) -> bool:
    bare = text.strip()
    return len(bare) > 2 and bool(_BORDER.fullmatch(bare)) and any(char in _BOX for char in bare)


def _boxed(blocks: Sequence[Block], at: int, table: int) -> tuple[list[Block], int] | None:
    """Lines between drawn borders are one row; a cell without a border below it goes on in the next row."""
    lines: list[str] = []
    place = at
    while place < len(blocks) and blocks[place].table < 0:
        text = blocks[place].text.strip(" \u3000")
        if text and not _RULED.search(text) and not _is_border(text):
            break
        if text:
            lines.append(text)
        place += 1
    rows = _box_rows(lines)
    if len(rows) < 2:
        return None
    grid = [[cell for cell, _ in row] for row in rows]
    merged = _box_merged(rows)
    return grid_blocks(grid, table, merged), place


def _box_rows(lines: list[str]) -> list[list[tuple[str, bool]]]:
    """Rows of (text, whether it goes on in the next row)."""
    rows: list[list[tuple[str, bool]]] = []
    pieces: list[list[str]] = []
    ruled = sum(_is_border(line) or _has_rule(line) for line in lines) > 2
    for line in lines:
        if _is_border(line) and all(map(_is_rule, _cells(line))):
            if pieces:
                rows.append([(_wrapped(cell), False) for cell in pieces])
            pieces = []
        elif _has_rule(line):
            cells = _cells(line)
            rows.append(
                [
                    (_wrapped(cell), not _is_rule(cells[i]))
                    if i < len(cells)
                    else (_wrapped(cell), False)
                    for i, cell in enumerate(pieces)
                ]
            )
            pieces = [[] for _ in pieces]
        else:
            cells = _cells(line)
            if not ruled and pieces and cells and cells[0].strip():
                rows.append([(_wrapped(cell), False) for cell in pieces])
                pieces = []
            pieces = pieces or [[] for _ in cells]
            for i, cell in enumerate(cells[: len(pieces)]):
                pieces[i].append(cell)
    if pieces:
        rows.append([(_wrapped(cell), False) for cell in pieces])
    return [row for row in rows if row]


def _cells(line: str) -> list[str]:
    """A row's cells: the line without the frame at both its ends."""
    inner = re.sub(r"^[│┃║├┣╠┠┝╟]|[│┃║┤┫╣┨┥╢]$", "", line.strip())
    return re.split(r"[│┃║┼╋├┤╬]", inner)


def _is_rule(cell: str) -> bool:
    return bool(cell.strip()) and all(char in _BOX for char in cell.strip())


def _has_rule(line: str) -> bool:
    """A border under some cells only."""
    cells = _cells(line)
    return (
        any(_is_rule(cell) and len(cell) > 1 for cell in cells)
        and bool(re.search("[─━═]", line))
        and not all(_is_rule(cell) for cell in cells if cell)
    )


def _wrapped(lines: list[str]) -> str:
    """The lines of a cell: one that fills it goes on in the next without a break."""
    out, full = "", False
    for line in lines:
        text = line.strip()
        if text:
            out += ("" if full or not out else "\n") + text
            full = _width(line) - _width(line.rstrip()) < 3
    return out


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _box_merged(rows: list[list[tuple[str, bool]]]) -> dict[tuple[int, int], tuple[int, int]]:
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    begin: dict[int, int] = {}
    for at, row in enumerate(rows):
        for column, (_, on) in enumerate(row):
            top = begin.get(column, at)
            if on:
                begin[column] = top
            elif top < at:
                merged[top, column] = (at - top + 1, 1)
                begin.pop(column, None)
    return merged


# --- a cell a line ----------------------------------------------------------------------------------------------------


def _one_a_line(blocks: Sequence[Block], at: int, table: int) -> tuple[list[Block], int] | None:
    """A header, one label a line, then the cells in the same order; the rows are told by their serial numbers."""
    header = _header_lines(blocks, at)
    if len(header) < 3 or not is_header(header):
        return None
    body = at + len(header)
    serial = field_of(folding.fold(header[0])) == "serial"
    rows, place = (
        _numbered(blocks, body, len(header)) if serial else _counted(blocks, body, len(header))
    )
    if not rows:
        return None
    return _grid([header, *rows], len(header), table), place


def _header_lines(blocks: Sequence[Block], at: int) -> list[str]:
    header: list[str] = []
    unknown = 0
    for place in range(at, min(len(blocks), at + 16)):
        text = _text(blocks, place).strip()
        known = bool(text) and len(text) <= 14 and field_of(folding.fold(text)) != ""
        if not known and (
            not header or unknown or not _label_follows(blocks, place) or not 2 <= len(text) <= 8
        ):
            break
        unknown += not known
        header.append(text)
    return header


def _label_follows(blocks: Sequence[Block], at: int) -> bool:
    text = _text(blocks, at + 1).strip()
    return len(text) <= 14 and field_of(folding.fold(text)) != ""


def _numbered(blocks: Sequence[Block], at: int, width: int) -> tuple[list[list[str]], int]:
    rows: list[list[str]] = []
    place = at
    while place < len(blocks):
        while place < len(blocks) and not _text(blocks, place).strip() and blocks[place].table < 0:
            place += 1
        if _number(_text(blocks, place)) != len(rows) + 1:
            break
        following = _next_number(blocks, place + 1, len(rows) + 2, width)
        stop = following if following >= 0 else min(place + width, len(blocks))
        cells = [_text(blocks, at_).strip() for at_ in range(place, stop)]
        filled = [cell for cell in cells if cell]
        if len(filled) == width or len(cells) < width:
            cells = filled
        if len(cells) > width:
            cells = [*cells[:width]] if not any(cells[width:]) else [cells[0], *filled[1:]][:width]
        rows.append(cells)
        place = stop
    return rows, place


def _number(text: str) -> int:
    match = re.fullmatch(r"\s*([0-9]{1,4})[.、]?\s*", text)
    return int(match[1]) if match else -1


def _next_number(blocks: Sequence[Block], at: int, wanted: int, width: int) -> int:
    for place in range(at, min(len(blocks), at + width * 2 + 4)):
        if _number(_text(blocks, place)) == wanted:
            return place
    return -1


def _counted(blocks: Sequence[Block], at: int, width: int) -> tuple[list[list[str]], int]:
    """Without serial numbers: as many lines as the header has; blank lines are left out."""
    lines = []
    place = at
    while place < len(blocks) and blocks[place].table < 0 and len(blocks[place].text) < 400:
        if blocks[place].text.strip():
            lines.append((blocks[place].text.strip(), place))
        place += 1
    count = len(lines) // width
    rows = [[text for text, _ in lines[i * width : (i + 1) * width]] for i in range(count)]
    return rows, lines[count * width - 1][1] + 1 if count else at
