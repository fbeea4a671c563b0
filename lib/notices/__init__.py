"""A notice as issued → measures: `read` understands the document, `to_table` writes what was understood.

The way of a document: `readers` (bytes → blocks) → `flat`, `paragraphs` (blocks as meant) → `outline`, `text` and
`tables` (→ measures, by `labels`, `marks`, `duties`, `cells`) → `figures` (milestones), `checks` (contradictions).
Rules only: every cell has a reason and a source, and is sure or to be checked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final

from lib.errors import BoardError, Problem, cause
from lib.notices import labels
from lib.notices.formats import document, readers
from lib.notices.layout import flat, paragraphs
from lib.notices.model import Block, Cell, Measure, Milestone, Notice, Source, Unplaced
from lib.notices.output import to_table, write
from lib.notices.reading import checks, duties, figures, heads, outline, tables, text
from lib.notices.reading.cells import Rules

__all__ = [
    "Block",
    "Cell",
    "Measure",
    "Milestone",
    "Notice",
    "Source",
    "Unplaced",
    "read",
    "read_text",
    "to_table",
    "write",
]

_YEARS: Final = range(1949, 2101)


def read(source: str | Path | bytes, name: str = "", year: int | None = None) -> Notice:
    """A notice from a file or its bytes. year: where the document doesn't say it, or says it wrong.

    Raises BoardError where the file can't be read as a document at all.
    """
    name = name or ("" if isinstance(source, bytes) else Path(source).name)
    with _naming(name):
        data = source if isinstance(source, bytes) else _load(Path(source))
        return understand(document.blocks(data, name), name, year)


def read_text(pasted: str, name: str = "", year: int | None = None) -> Notice:
    """A notice from pasted text."""
    with _naming(name):
        if not pasted.strip():
            raise BoardError("notice_empty")
        if len(pasted) > readers.TEXT:
            raise BoardError("notice_too_long", limit=readers.TEXT)
        return understand(readers.lines(pasted), name, year)


@contextmanager
def _naming(name: str) -> Iterator[None]:
    """Errors from here name the file."""
    try:
        yield
    except BoardError as error:
        raise BoardError(error.code, **{"file": name} | error.details) from error.__cause__


def _load(path: Path) -> bytes:
    try:
        if path.stat().st_size > readers.LARGEST:
            raise BoardError(
                "notice_too_large",
                file=path.name,
                size=path.stat().st_size >> 20,
                limit=readers.LARGEST >> 20,
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise BoardError("notice_not_found", file=path.name) from None
    except OSError as error:
        raise BoardError("notice_unreadable", file=path.name, why=cause(error)) from error


def understand(found: Sequence[Block], name: str, year: int | None = None) -> Notice:
    """A notice from a document's blocks."""
    blocks = paragraphs.joined(flat.tables(found))
    lines = [duties.line(at, block.text) for at, block in enumerate(blocks)]
    inside = [block.table >= 0 for block in blocks]
    tree = outline.read(blocks)
    notes = [part.text.strip(" （）()") for part in tree.notes] + [
        line.text.strip()
        for at, line in enumerate(lines)
        if inside[at] and duties.is_note(line.folded)
    ]
    head = heads.read(lines, _first(tree, lines, inside), notes, inside=inside, lone=_lone(blocks))
    if year is not None and year in _YEARS:
        head = replace(head, year=year)
    leads = next((note for note in notes if "不分先后" not in note), "")
    rules = Rules(head.year, leads, head.unordered, head.turn)
    from_tables = tables.read(blocks, dict(enumerate(lines)), rules)
    from_text = text.read(outline.without(tree, from_tables.headings), rules)
    measures, parts, order = _together(from_text, from_tables, lines)
    milestones = tuple(
        found
        for at, measure in enumerate(measures)
        for found in figures.find(
            at, parts[at], measure.cells["deadline"].text, measure.cells["deadline"].source
        )
    )
    numbers = [(order[at], mark) for at, mark in from_text.numbers]
    problems = list(
        checks.find(
            measures, milestones, lines, words=from_text.words, numbers=numbers, year=head.year
        )
    )
    if not measures:
        problems = [Problem("notice_no_measures")]
    return Notice(
        name,
        tuple(blocks),
        head.title,
        head.issuer,
        head.document_number,
        head.year,
        head.issued,
        tuple(measures),
        milestones,
        tuple(problems),
        tuple(_unplaced(blocks, measures, from_text, from_tables, head)),
    )


def _lone(blocks: Sequence[Block]) -> list[bool]:
    """Which cells stand alone in their row."""
    rows = Counter(
        (block.table, block.row) for block in blocks if block.table >= 0 and block.text.strip()
    )
    return [block.table >= 0 and rows[block.table, block.row] == 1 for block in blocks]


def _first(tree: outline.Outline, lines: Sequence[duties.Line], inside: Sequence[bool]) -> int:
    """The block at which the measures begin: the first that says who answers, or the first header of a table."""
    heads_ = (
        at
        for at, line in enumerate(lines)
        if inside[at] and labels.field_of(line.folded) in labels.DUTIES
    )
    begins = [*islice(heads_, 1)]
    for node in tree.root.walk():
        if node.parent and (node.claims or node.group):
            begins.append(node.where.block)
            break
    return min(begins, default=len(inside))


def _together(
    from_text: text.Found, from_tables: tables.Found, lines: Sequence[duties.Line]
) -> tuple[list[Measure], list[list[outline.Part]], dict[int, int]]:
    """The measures of text and tables as they stand, the parts of their text, and where those of the text came."""
    rows = [
        (measure.where.block if measure.where else 0, 0, at)
        for at, measure in enumerate(from_text.measures)
    ]
    rows += [(block, 1, at) for at, (block, _) in enumerate(from_tables.rows)]
    rows.sort()
    measures = [(from_tables if table else from_text).measures[at] for _, table, at in rows]
    bodies = [
        [outline.Part(lines[s.block], s.start, s.end) for s in from_tables.bodies[at]]
        if table
        else from_text.bodies[at]
        for _, table, at in rows
    ]
    return measures, bodies, {at: place for place, (_, table, at) in enumerate(rows) if not table}


def _unplaced(
    blocks: Sequence[Block],
    measures: Sequence[Measure],
    from_text: text.Found,
    from_tables: tables.Found,
    head: heads.Head,
) -> list[Unplaced]:
    """What is part of no measure: all other text but titles, in the order of the document."""
    found = [
        Unplaced(Source(part.line.block, part.start, part.end), part.text.strip(), why)
        for part, why in from_text.loose
    ]
    headers = {
        cell.source.block for measure in measures for cell in measure.cells.values() if cell.source
    }
    found += [
        Unplaced(Source(at, 0, len(block.text)), block.text.strip(), "table")
        for at, block in enumerate(blocks)
        if block.table >= 0
        and block.text.strip()
        and at not in from_tables.used
        and at not in headers
    ]
    return sorted(item for item in found if item.text and item.source.block not in head.blocks)
