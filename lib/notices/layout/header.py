"""The labels over the columns of a table that lost its grid, in each way in which they can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

from lib.grids.cells import NONE
from lib.measures.meanings import DUTIES, field_of, field_of_header, is_detail
from lib.notices.layout import likeness
from lib.notices.layout.likeness import Kind, kinds_of
from lib.notices.layout.pieces import Piece, Pieces
from lib.text.folding import fold

DETAIL: Final = "detail"  # what a column is that says more closely what is to be done
_WHO: Final = DUTIES - {"deadline"}
_WORK: Final = frozenset({"title", "section", DETAIL})
_VALUES: Final = frozenset({Kind.PERSONS, Kind.OFFICES, Kind.DATE, Kind.NUMBER})
_FEWEST_VALUES: Final = 2  # names or dates by which a line is no header; 方式 is one by its form
_FEWEST_KNOWN: Final = 2  # labels of a header, and of a second line of labels
_MOST: Final = 16  # columns
_FIRST_PIECES: Final = 3  # below a header, of which one is a number where rows are numbered
_MOST_STARTS: Final = 2
_LONGEST: Final = 14  # characters of a label
_LONGEST_IN_LINE: Final = 24
_LONGEST_HALF: Final = 3  # characters of the halves of a label that was broken in two
_UNKNOWN: Final = range(2, 9)  # characters of a label that is not known
_MOST_UNKNOWN: Final = 3
_IN_SENTENCES: Final = re.compile("[。，,；;：:]")
_IN_SENTENCES_OR_LISTS: Final = re.compile("[。，,；;：:、]")


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
        fields = [_field_or_detail(label) for label in self.labels]
        if self.numbers != NONE:
            fields[self.numbers] = "serial"
        return fields


def _field_or_detail(label: str) -> str:
    """What a label stands for, "" where that is not known or nothing is printed."""
    if not label:
        return ""
    if is_detail(fold(label)):
        return DETAIL
    return _field_of_header(label)


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


def may_open(line: Pieces) -> bool:
    """Whether a header may begin in a line."""
    return next(_starts(line), None) is not None


def headers(pieces: Pieces) -> list[Header]:
    """The ways in which labels that begin in the first line can head a list of measures."""
    heads: list[Header] = []
    first_starts = islice(_starts(pieces), _MOST_STARTS)
    for start in first_starts:
        heads += _heads_from(pieces, start)
    numbered = [_with_numbers(pieces, head) for head in heads]
    heads += [head for head in numbered if head]
    distinct = dict.fromkeys(heads)
    return list(distinct)


def _heads_from(pieces: Pieces, start: int) -> list[Header]:
    """The headers that begin with a piece: in one or two lines, else one label after the other."""
    in_line = _heading_measures(_in_line(pieces, start))
    return in_line or _heading_measures(_in_turn(pieces, start))


def _heading_measures(heads: Iterator[Header]) -> list[Header]:
    """Those headers that head a list of measures."""
    return [head for head in heads if is_header(head.labels)]


def _starts(pieces: Pieces) -> Iterator[int]:
    """Where a header may begin: at the first piece, at 序号, or after a title that is a label too."""
    for number, piece in enumerate(pieces):
        is_first = number == 0
        if piece.begins_line and number > 0:
            is_first = number == 1 and not _is_serial_label(pieces[0])
            if not is_first:
                return
        may_begin = _may_be_first if is_first else _is_serial
        if may_begin(piece.text):
            yield number


def _is_serial_label(piece: Piece) -> bool:
    """Whether a piece is the label of a column of numbers, however long."""
    return field(piece.text) == "serial"


def _may_be_first(text: str) -> bool:
    """Whether the text of a piece is a label."""
    is_short = len(text) <= _LONGEST
    return is_short and _field_or_detail(text) != ""


def _is_serial(text: str) -> bool:
    """Whether the text of a piece is the label of a column of numbers."""
    is_short = len(text) <= _LONGEST_HALF
    return is_short and field(text) == "serial"


def is_header(labels: Sequence[str]) -> bool:
    """Whether labels head a list of measures: most are known, and one says who answers."""
    filled = [label for label in labels if label]
    values = [label for label in filled if _is_value(label)]
    if len(values) >= _FEWEST_VALUES:
        return False
    fields = [_field_or_detail(label) for label in filled]
    known = [name for name in fields if name]
    unknown = len(filled) - len(known)
    fewest_known = max(_FEWEST_KNOWN, unknown)
    if len(known) < fewest_known:
        return False
    if _WHO.isdisjoint(known):
        return False
    if unknown > 0:
        return True  # one may be that of the work
    return not _WORK.isdisjoint(known)


def _is_value(label: str) -> bool:
    """Whether what may be a label is a name or a date rather, as after a label: 牵头单位 商贸科."""
    if _field_of_header(label):
        return False
    return not _VALUES.isdisjoint(kinds_of(label))


# --- numbers without a label -----------------------------------------------------------------------


def _with_numbers(pieces: Pieces, head: Header) -> Header | None:
    """The same header with a column of numbers over which nothing is printed; None without one."""
    if "serial" in head.fields:
        return None
    blanks = _blanks_at_end(pieces, head)
    column = _column_of_number(pieces, head)
    width = len(head.labels) + blanks
    if column == NONE or column >= width:
        return None
    labels = list(head.labels)
    if blanks:
        labels = [""] * blanks + labels
    else:
        labels.insert(column, "")
    return head._replace(labels=tuple(labels), numbers=column)


def _blanks_at_end(pieces: Pieces, head: Header) -> int:
    """How many blanks a header in a line has at its end.

    Where labels were merged over several columns, the blanks stand for those.
    """
    if not head.in_line:
        return 0
    texts = [piece.text for piece in pieces[: head.end]]
    without_blanks = _without_blank_end(texts)
    return len(texts) - len(without_blanks)


def _column_of_number(pieces: Pieces, head: Header) -> int:
    """Which of the first pieces below a header is a number, NONE for none."""
    stop = head.end + 2 * _FIRST_PIECES
    near = pieces[head.end : stop]
    filled = [piece for piece in near if piece.text]
    for column, piece in enumerate(filled[:_FIRST_PIECES]):
        if likeness.number(piece.text) >= 0:
            return column
    return NONE


# --- labels in one line ----------------------------------------------------------------------------


def _in_line(pieces: Pieces, start: int) -> Iterator[Header]:
    """A header in one line, and where the next line has labels too, the header in both."""
    line = _labels_in_line(pieces, start)
    end = start + len(line)
    if end == len(pieces):
        return
    head = Header(_without_blank_end(line), start, end, in_line=True)
    yield head
    yield from _in_two_lines(pieces, head)


def _in_two_lines(pieces: Pieces, upper: Header) -> Iterator[Header]:
    """The same header with the labels of the next line.

    Some of the upper labels, one beside the other, then stand over the lower ones.
    """
    line = _labels_in_line(pieces, upper.end)
    lower = _without_blank_end(line)
    known = [label for label in lower if _field_of_header(label)]
    if len(known) < _FEWEST_KNOWN:
        return
    end = upper.end + len(line)
    columns = _most_pieces_in_a_line(pieces[end:])
    labels_of_both = len(upper.labels) + len(lower)
    spanning = labels_of_both - columns  # of the upper labels
    repeats_upper = set(lower) <= set(upper.labels)
    if repeats_upper or spanning <= 0:
        return
    last_first = len(upper.labels) - spanning
    for first in range(last_first + 1):
        last = first + spanning
        words = " ".join(upper.labels[first:last])
        above = Above(words, first, columns=len(lower))
        before = upper.labels[:first]
        after = upper.labels[last:]
        labels = before + lower + after
        yield upper._replace(labels=labels, end=end, above=above)


def _labels_in_line(pieces: Pieces, start: int) -> list[str]:
    """The labels in the rest of a line; none where one of its pieces is no label."""
    labels: list[str] = []
    for piece in pieces[start:]:
        if labels and piece.begins_line:
            break
        if len(labels) == _MOST or not _may_be_label_in_line(piece.text):
            return []
        labels.append(piece.text)
    return labels


def _most_pieces_in_a_line(pieces: Pieces) -> int:
    """How many pieces the longest of some lines has, without blank ones at its end."""
    most = 0
    count = 0
    for piece in pieces:
        if piece.begins_line:
            count = 0
        count += 1
        if piece.text:
            most = max(most, count)
    return most


def _without_blank_end(labels: Sequence[str]) -> tuple[str, ...]:
    """Labels without those at their end over which nothing is printed."""
    filled = list(labels)
    while filled and not filled[-1]:
        filled.pop()
    return tuple(filled)


def _may_be_label(text: str) -> bool:
    """Whether a text may be a label that stands alone."""
    is_short = len(text) <= _LONGEST
    return is_short and not _IN_SENTENCES_OR_LISTS.search(text)


def _may_be_label_in_line(text: str) -> bool:
    """The same where other labels stand beside it: then it may be longer, and a list."""
    is_short = len(text) <= _LONGEST_IN_LINE
    return is_short and not _IN_SENTENCES.search(text)


# --- one label after the other ---------------------------------------------------------------------


class _Label(NamedTuple):
    """A label of a run, and the piece with text that follows it."""

    text: str
    following: int


def _in_turn(pieces: Pieces, start: int) -> Iterator[Header]:
    """Headers of labels that stand one after the other, in lines of their own or not."""
    for joins in (False, True):
        run = _run(pieces, start, joins=joins)
        for length in _lengths(run):
            part = run[:length]
            labels = tuple(label.text for label in part)
            last = part[-1]
            yield Header(labels, start, last.following, in_line=False)


def _run(pieces: Pieces, start: int, *, joins: bool) -> list[_Label]:
    """Labels one after the other, some of which may be unknown.

    Args:
        joins: whether two short pieces that are a label together are one: 牵头, 单位.
    """
    run: list[_Label] = []
    unknown = 0
    place = _next_filled(pieces, start)
    while place < len(pieces) and len(run) < _MOST:
        label = _of_two_halves(pieces, place) if joins else None
        if label is None:
            label = _of_piece(pieces, place)
            if not _is_known(label.text):
                unknown += 1
                if unknown > _MOST_UNKNOWN or not _may_be_unknown(label.text):
                    break
        run.append(label)
        place = label.following
    return run


def _of_piece(pieces: Pieces, place: int) -> _Label:
    """The label that a piece is."""
    text = pieces[place].text
    following = _next_filled(pieces, place + 1)
    return _Label(text, following)


def _of_two_halves(pieces: Pieces, place: int) -> _Label | None:
    """The label that was broken in two, whose first half is a piece; None where it was not."""
    first = _of_piece(pieces, place)
    if first.following == len(pieces):
        return None
    second = _of_piece(pieces, first.following)
    longest_half = max(len(first.text), len(second.text))
    if longest_half > _LONGEST_HALF or field(first.text) == "serial":
        return None
    text = first.text + second.text
    if not field(text):
        return None
    return _Label(text, second.following)


def _next_filled(pieces: Pieces, start: int) -> int:
    """The next piece that says something."""
    for number in range(start, len(pieces)):
        if pieces[number].text:
            return number
    return len(pieces)


def _is_known(text: str) -> bool:
    """Whether a text is a label that is known, or holds one."""
    return _may_be_label(text) and _field_of_header(text) != ""


def _may_be_unknown(text: str) -> bool:
    """Whether a text may be a label that is not known."""
    if len(text) not in _UNKNOWN or not _may_be_label(text):
        return False
    likeliest = kinds_of(text)[0]
    return likeliest is not Kind.NUMBER


def _lengths(run: Sequence[_Label]) -> Sequence[int]:
    """How many labels of a run may be the header: up to the last that is known, and more.

    What is not known may be a label still, and one that only holds a label may be a cell already.
    """
    last_known = 0
    for length, label in enumerate(run, 1):
        if field(label.text):
            last_known = length
    if last_known == 0:
        return []
    return range(last_known, len(run) + 1)
