"""The labels over the columns of a table that lost its grid, in each way in which they can be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from itertools import islice
from typing import Final, NamedTuple

from lib.grids.cells import NONE
from lib.measures.meanings import DUTIES, field_of, field_of_header, is_detail
from lib.notices.layout import likeness
from lib.notices.layout.likeness import Kind, kinds_of
from lib.notices.layout.pieces import Piece
from lib.text.folding import fold

DETAIL: Final = "detail"  # what a column is that says more closely what is to be done
_WHO: Final = DUTIES - {"deadline"}
_WORK: Final = frozenset({"title", "section", DETAIL})
_VALUES: Final = frozenset({Kind.PERSONS, Kind.OFFICES, Kind.DATE, Kind.NUMBER})
_FEWEST_VALUES: Final = 2  # names or dates by which a line is no header; 方式 is one by its form
_MOST: Final = 16  # columns
_FIRST_PIECES: Final = 3  # below a header, of which one is a number where rows are numbered
_MOST_STARTS: Final = 2
_LONGEST: Final = 14  # characters of a label
_LONGEST_IN_LINE: Final = 24
_LONGEST_HALF: Final = 3  # characters of the halves of a label that was broken in two
_UNKNOWN: Final = range(2, 9)  # characters of a label that is not known
_MOST_UNKNOWN: Final = 3
_IN_SENTENCES: Final = "。，,；;：:"
_NO_LABEL: Final = f"{_IN_SENTENCES}、"


class Above(NamedTuple):
    """Words over several columns, from a first one on."""

    words: str
    first: int
    columns: int


class Header(NamedTuple):
    """The labels of a table.

    start: the first piece; end: the piece after them; in_line: whether they stand in one line.
    numbers: a column of numbers without a label, NONE for none.
    above: what stands over some of them, one beside the other.
    """

    labels: tuple[str, ...]
    start: int
    end: int
    in_line: bool
    numbers: int = NONE
    above: Above | None = None

    @property
    def fields(self) -> list[str]:
        """What each label stands for, "" where that is not known; DETAIL for more of the work."""
        fields = [_field_or_detail(label) if label else "" for label in self.labels]
        if self.numbers != NONE:
            fields[self.numbers] = "serial"
        return fields


def _field_or_detail(label: str) -> str:
    return DETAIL if is_detail(fold(label)) else _field_of_header(label)


@lru_cache(4096)
def _field_of_header(label: str) -> str:
    """What a label that stands beside others stands for: it may hold one that is known."""
    return field_of_header(fold(label))


@lru_cache(4096)
def field(label: str) -> str:
    """What a label as printed stands for, "" where it is none."""
    if label.endswith(("：", ":")):
        return ""
    return field_of(fold(label))


def may_open(line: Sequence[Piece]) -> bool:
    """Whether a header may begin in a line."""
    return any(True for _ in _starts(line))


def headers(pieces: Sequence[Piece]) -> list[Header]:
    """The ways in which labels that begin in the first line can head a list of measures."""
    found: list[Header] = []
    for start in islice(_starts(pieces), _MOST_STARTS):
        in_line = [head for head in _in_line(pieces, start) if is_header(head.labels)]
        found += in_line or filter(lambda head: is_header(head.labels), _in_turn(pieces, start))
    numbered = [head for head in map(partial(_with_numbers, pieces), found) if head]
    return list(dict.fromkeys([*found, *numbered]))


def _with_numbers(pieces: Sequence[Piece], head: Header) -> Header | None:
    """The same header with a column of numbers over which nothing is printed; None without one.

    Where labels were merged over several columns, the line has blanks for those at its end.
    """
    if "serial" in head.fields:
        return None
    lost = 0
    while head.in_line and lost < head.end and not pieces[head.end - 1 - lost].text:
        lost += 1
    after = [piece for piece in pieces[head.end : head.end + 2 * _FIRST_PIECES] if piece.text]
    for place, piece in enumerate(after[:_FIRST_PIECES]):
        if likeness.number(piece.text) >= 0 and place < len(head.labels) + lost:
            blanks = [""] * (lost or 1)
            before = () if lost else head.labels[:place]
            labels = (*before, *blanks, *head.labels[len(before) :])
            return head._replace(labels=labels, numbers=place)
    return None


def _starts(pieces: Sequence[Piece]) -> Iterator[int]:
    """Where a header may begin: at the first piece, at 序号, or after a title that is a label too."""
    for number, piece in enumerate(pieces):
        if number > 0 and piece.begins_line and (number > 1 or field(pieces[0].text) == "serial"):
            return
        if number == 0 or (number == 1 and piece.begins_line):
            if len(piece.text) <= _LONGEST and _field_or_detail(piece.text):
                yield number
        elif len(piece.text) <= _LONGEST_HALF and field(piece.text) == "serial":
            yield number


def is_header(labels: Sequence[str]) -> bool:
    """Whether labels head a list of measures: most are known, and one says who answers."""
    filled = [label for label in labels if label]
    known = [name for name in map(_field_or_detail, filled) if name]
    values = [label for label in filled if _is_value(label)]
    if len(values) >= _FEWEST_VALUES:
        return False
    if len(known) < 2 or len(known) * 2 < len(filled) or _WHO.isdisjoint(known):
        return False
    return len(known) < len(filled) or not _WORK.isdisjoint(known)


def _is_value(label: str) -> bool:
    """Whether what may be a label is a name or a date rather, as after a label: 牵头单位 商贸科."""
    return not _field_of_header(label) and not _VALUES.isdisjoint(kinds_of(label))


# --- labels in one line ----------------------------------------------------------------------------


def _line(pieces: Sequence[Piece], start: int) -> list[str]:
    """The labels in the rest of a line, as long as all of them may be labels."""
    labels: list[str] = []
    for number in range(start, len(pieces)):
        piece = pieces[number]
        if labels and piece.begins_line:
            break
        if len(labels) == _MOST or not _may_be_label_in_line(piece.text):
            return []
        labels.append(piece.text)
    return labels


def _may_be_label(text: str) -> bool:
    return len(text) <= _LONGEST and not any(mark in text for mark in _NO_LABEL)


def _may_be_label_in_line(text: str) -> bool:
    """The same where other labels stand beside it: then it may be longer, and a list."""
    return len(text) <= _LONGEST_IN_LINE and not any(mark in text for mark in _IN_SENTENCES)


def _in_line(pieces: Sequence[Piece], start: int) -> Iterator[Header]:
    """A header in one line, and where the next line has labels too, the header in both.

    Some of the upper labels, one beside the other, then stand over the lower ones.
    """
    line = _line(pieces, start)
    upper = tuple(_without_blank_end(line))
    end = start + len(line)
    if end == len(pieces):
        return
    yield Header(upper, start, end, in_line=True)
    below = _line(pieces, end)
    lower = tuple(_without_blank_end(below))
    if len(list(filter(_field_of_header, lower))) < 2 or set(lower) <= set(upper):
        return
    end += len(below)
    spanning = len(upper) + len(lower) - _width(pieces, end)  # of the upper labels
    for first in range(len(upper) - spanning + 1 if spanning > 0 else 0):
        last = first + spanning
        labels = (*upper[:first], *lower, *upper[last:])
        above = Above(" ".join(upper[first:last]), first, len(lower))
        yield Header(labels, start, end, in_line=True, above=above)


def _width(pieces: Sequence[Piece], start: int) -> int:
    """How many pieces the longest of the next lines has, without blank ones at its end."""
    width = count = 0
    for piece in pieces[start:]:
        count = 1 if piece.begins_line else count + 1
        if piece.text:
            width = max(width, count)
    return width


def _without_blank_end(labels: Sequence[str]) -> list[str]:
    kept = list(labels)
    while kept and not kept[-1]:
        kept.pop()
    return kept


# --- one label after the other ---------------------------------------------------------------------


def _in_turn(pieces: Sequence[Piece], start: int) -> Iterator[Header]:
    """Headers of labels that stand one after the other, in lines of their own or not."""
    for joins in (False, True):
        run = _run(pieces, start, joins=joins)
        for length in _lengths(run):
            labels = tuple(label for label, _ in run[:length])
            yield Header(labels, start, run[length - 1][1], in_line=False)


def _run(pieces: Sequence[Piece], start: int, *, joins: bool) -> list[tuple[str, int]]:
    """Labels one after the other, and after each the piece that follows it.

    joins: whether two short pieces that are a label together are one: 牵头, 单位.
    """
    run: list[tuple[str, int]] = []
    unknown = 0
    place = _next_filled(pieces, start)
    while place < len(pieces) and len(run) < _MOST:
        text = pieces[place].text
        following = _next_filled(pieces, place + 1)
        if joins and following < len(pieces) and _are_halves(text, pieces[following].text):
            text += pieces[following].text
            following = _next_filled(pieces, following + 1)
        elif not (_may_be_label(text) and _field_of_header(text)):
            unknown += 1
            if unknown > _MOST_UNKNOWN or not _may_be_unknown(text):
                break
        run.append((text, following))
        place = following
    return run


def _next_filled(pieces: Sequence[Piece], start: int) -> int:
    """The next piece that says something."""
    number = start
    while number < len(pieces) and not pieces[number].text:
        number += 1
    return number


def _are_halves(first: str, second: str) -> bool:
    """Whether two pieces are one label that was broken in two."""
    if max(len(first), len(second)) > _LONGEST_HALF or field(first) == "serial":
        return False
    return field(first + second) != ""


def _may_be_unknown(text: str) -> bool:
    if len(text) not in _UNKNOWN or not _may_be_label(text):
        return False
    return kinds_of(text)[0] is not Kind.NUMBER


def _lengths(run: Sequence[tuple[str, int]]) -> list[int]:
    """How many labels of a run may be the header: up to the last that is known, and more.

    What is not known may be a label still, and one that only holds a label may be a cell already.
    """
    known = [number for number, (label, _) in enumerate(run, 1) if field(label)]
    return list(range(known[-1], len(run) + 1)) if known else []
