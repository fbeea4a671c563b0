"""The headers of a table file, by which a person sees and chooses what its columns are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from lib.files.sheet import names_of
from lib.grids.cells import numbered
from lib.grids.headers import likely_header
from lib.measures import schema
from lib.measures.headers import FROM, TO, Choices, known
from lib.measures.sheets import Standing
from lib.notices.formats.table_file import Paper
from lib.notices.model import Notice, TableHeader
from lib.text.folding import fold

# How a person knows the fields of some columns: the two halves of a deadline, numbers without 编号
_KNOWN_AS: Final = {FROM: "deadline", TO: "deadline", "serial": "article", "task": ""}
# What a guess may settle otherwise: a section may turn out to be the measure
_GUESSED_ANEW: Final = ("", "section")


def headers_of(paper: Paper, tables: Iterable[Standing]) -> Iterator[TableHeader]:
    """The headers of tables that were read."""
    for table in tables:
        fields = [""] * len(table.labels)
        for field, column in table.columns.items():
            fields[column] = field
        place = _Place(table.grid, table.header)
        yield from _header(paper, place, table.labels, fields)


def likely_headers(paper: Paper, choices: Choices) -> Iterator[TableHeader]:
    """What may be the headers of tables in which the board finds no measures.

    Of each grid it is the row with most labels.

    Args:
        choices: what columns were chosen to be so far.
    """
    field_of = known(choices).words.field_of
    for number, grid in enumerate(paper.grids):
        cells, rows = numbered(grid)
        row = likely_header(cells, rows)
        if row is None:
            continue
        texts = map(cells.text, rows[row])
        labels = names_of(texts)
        fields = [field_of(fold(label)) for label in labels]
        place = _Place(number, row)
        yield from _header(paper, place, labels, fields)


class _Place(NamedTuple):
    """Where a header begins: the number of its grid, and its first row there."""

    grid: int
    row: int


def _header(
    paper: Paper, place: _Place, labels: Sequence[str], fields: Sequence[str]
) -> Iterator[TableHeader]:
    """A header with the fields by which a person knows them; none where the paper does not show it."""
    number = next(paper.blocks_in(place.grid, place.row), None)
    if number is None:
        return
    block = paper.blocks[number]
    known_as = map(_known_as, fields, labels)
    yield TableHeader(block.table, block.row, tuple(labels), tuple(known_as))


def _known_as(field: str, label: str) -> str:
    """The field as which a person knows a column, "" for none."""
    known_field = _KNOWN_AS.get(field, field)
    return known_field or schema.carried_field_of(label)


# --- what a guess has made of them ----------------------------------------------------------------


class _Column(NamedTuple):
    """A column of a table, both as in `Block`."""

    table: int
    column: int


def as_read(headers: Iterable[TableHeader], notice: Notice) -> Iterator[TableHeader]:
    """Headers with the fields that the cells of their columns were read as, by a guess."""
    read_as = _read_as(notice)
    for header in headers:
        fields = list(header.fields)
        for number, field in enumerate(fields):
            column = _Column(header.table, number)
            guess = read_as.get(column)
            if guess and field in _GUESSED_ANEW:
                fields[number] = guess
        yield header._replace(fields=tuple(fields), is_guess=True)


def _read_as(notice: Notice) -> dict[_Column, str]:
    """The field as which most cells of each column were read."""
    counts: dict[_Column, Counter[str]] = defaultdict(Counter)
    for measure in notice.measures:
        for field, cell in measure.cells.items():
            if cell.source is None:
                continue
            block = notice.blocks[cell.source.block]
            column = _Column(block.table, block.column)
            counts[column][field] += 1
    return {column: _most_common(fields) for column, fields in counts.items()}


def _most_common(fields: Counter[str]) -> str:
    [(field, _)] = fields.most_common(1)
    return field
