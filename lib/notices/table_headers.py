"""The headers of a table file, by which a person sees and chooses what its columns are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

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
_SHOWN_AS: Final = {FROM: "deadline", TO: "deadline", "serial": "article", "task": ""}
# What a guess may settle otherwise: a section may turn out to be the measure
_GUESSED_ANEW: Final = ("", "section")


def headers_of(paper: Paper, tables: Sequence[Standing]) -> Iterator[TableHeader]:
    """The headers of tables that were read."""
    for table in tables:
        fields = [""] * len(table.labels)
        for field, column in table.columns.items():
            fields[column] = field
        yield from _header(paper, (table.grid, table.header), table.labels, fields)


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
        if row is not None:
            labels = names_of(cells.text(cell) for cell in rows[row])
            fields = [field_of(fold(label)) for label in labels]
            yield from _header(paper, (number, row), labels, fields)


def as_read(headers: Iterable[TableHeader], notice: Notice) -> Iterator[TableHeader]:
    """Headers with the fields that the cells of their columns were read as, by a guess."""
    fields: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    for measure in notice.measures:
        for field, cell in measure.cells.items():
            if cell.source is not None:
                block = notice.blocks[cell.source.block]
                fields[block.table, block.column][field] += 1
    for header in headers:
        read = list(header.fields)
        for column, field in enumerate(header.fields):
            counts = fields.get((header.table, column))
            if counts and field in _GUESSED_ANEW:
                read[column] = counts.most_common(1)[0][0]
        yield header._replace(fields=tuple(read), is_guess=True)


def _header(
    paper: Paper, place: tuple[int, int], labels: Sequence[str], fields: Sequence[str]
) -> Iterator[TableHeader]:
    """A header with the fields by which a person knows them; none where the paper does not show it.

    Args:
        place: its grid, and its first row there.
    """
    block = next(paper.blocks_in(*place), None)
    if block is None:
        return
    shown: list[str] = []
    for field, label in zip(fields, labels, strict=True):
        shown.append(_SHOWN_AS.get(field, field) or schema.carried_field_of(label))
    first = paper.blocks[block]
    yield TableHeader(first.table, first.row, tuple(labels), tuple(shown))
