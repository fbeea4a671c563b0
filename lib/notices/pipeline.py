"""The way of a notice: bytes → blocks → paragraphs → outline and tables → measures → checks.

`formats` turns a file into blocks, `layout` puts together again what was broken on the way,
`reading` says what the text and the tables mean. `understand` is the list of these steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from lib.errors import PIPE_OR_DEVICE, BoardError, Problem, cause
from lib.files.reading import is_pipe_or_device
from lib.measures.headers import NO_CHOICES, Choices
from lib.measures.meanings import DUTIES, field_of
from lib.measures.milestones import Beside, milestones_beside
from lib.notices import labels, measure_table, owners, table_headers
from lib.notices.formats import document, limits, plain, table_file
from lib.notices.formats.table_file import TableFile
from lib.notices.layout import flat, paragraphs, said, unread
from lib.notices.model import (
    YEARS,
    Block,
    Blocks,
    Document,
    Line,
    Lines,
    Measure,
    Measures,
    Milestone,
    Notice,
    Source,
    Span,
)
from lib.notices.owners import Parts
from lib.notices.reading import checks, cover, figures, heads, outline, tables, text
from lib.notices.reading.claims import brackets
from lib.notices.reading.entry import Entry
from lib.notices.reading.rules import Rules
from lib.notices.words import Word
from lib.text import slips

_NOTHING_BESIDE: Final = Beside()
_CELLS: Final = "pasted.tsv"  # what cells from the clipboard are read as
_NOTE_EDGES: Final = " （）()"
_NO_ORDER: Final = "不分先后"  # of a note that says that the order means nothing
_BETWEEN_LABELS: Final = "｜"
_BYTES_A_MEGABYTE: Final = 1 << 20


def read(
    source: str | Path | bytes,
    name: str = "",
    year: int | None = None,
    choices: Choices = NO_CHOICES,
    words: Sequence[Word] = (),
) -> Notice:
    """Read a notice from a file or its bytes.

    Args:
        source: a path, or what stands in the file.
        name: what the file is called, where bytes don't say it.
        year: the list's year, where the document doesn't say it or says it wrong.
        choices: what the columns of a file of rows and columns were chosen to be.
        words: what a person has said of the lines of any other.

    Raises:
        BoardError: the file can't be read as a document at all.
    """
    if isinstance(source, bytes):
        with _naming(name):
            return _read(source, name, year, choices, words)
    path = Path(source)
    name = name or path.name
    with _naming(name):
        return _read(_load(path), name, year, choices, words, milestones_beside(path))


def _read(
    data: bytes,
    name: str,
    year: int | None,
    choices: Choices,
    words: Sequence[Word],
    beside: Beside = _NOTHING_BESIDE,
) -> Notice:
    document.refuse(data, name)
    if table_file.is_one(data, name):
        table = table_file.read(data, name, beside.milestones)
        if table.has_columns:
            return _of_table(table, name, year, choices, beside.problems)
    return understand(document.read(data, name), name, year, words)


def _of_table(
    table: TableFile,
    name: str,
    year: int | None,
    choices: Choices,
    problems: Sequence[Problem] = (),
) -> Notice:
    """Read a table as the board does; where that finds nothing, guess.

    The notice has headers to choose from then.

    Args:
        name: of its file, "" for none.
        problems: with the milestones beside it.
    """
    notice = measure_table.of_file(table, name, year, choices, problems)
    if notice is not None:
        _refuse_many(notice.measures)
        return notice
    notice = understand(table.document, name, year)
    headers = table_headers.likely_headers(table.paper, choices)
    return replace(notice, headers=tuple(table_headers.as_read(headers, notice)))


def read_text(
    pasted: str,
    name: str = "",
    year: int | None = None,
    choices: Choices = NO_CHOICES,
    words: Sequence[Word] = (),
) -> Notice:
    """Read a notice from pasted text.

    Cells of a table in which no measures are found are read as a file of them, so that a person can
    choose what their columns are.

    Args:
        name: where it comes from, in words.
        year, choices, words: as in `read`.

    Raises:
        BoardError: there is no text, or too much of it.
    """
    with _naming(name):
        if not pasted.strip():
            raise BoardError("notice_empty")
        if len(pasted) > limits.TEXT:
            raise BoardError("notice_too_long", limit=limits.TEXT)
        notice = understand(Document(plain.lines(pasted)), name, year, words)
        may_be_read_as_table = not words and (choices or not notice.measures)
        if may_be_read_as_table and table_file.are_cells(pasted):
            table = table_file.read(pasted.encode(), _CELLS)
            notice = _of_table(table, "", year, choices)
            return replace(notice, name=name)
        return notice


@contextmanager
def _naming(name: str) -> Iterator[None]:
    """Let errors from here name the file."""
    try:
        yield
    except BoardError as error:
        details = {"file": name} | error.details
        raise BoardError(error.code, **details) from error.__cause__


def _load(path: Path) -> bytes:
    """Read a file that is not too large."""
    try:
        status = path.stat()
        if is_pipe_or_device(status):
            raise BoardError("notice_unreadable", file=path.name, why=PIPE_OR_DEVICE)
        if status.st_size > limits.LARGEST:
            raise BoardError(
                "notice_too_large",
                file=path.name,
                size=status.st_size // _BYTES_A_MEGABYTE,
                limit=limits.LARGEST // _BYTES_A_MEGABYTE,
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise BoardError("notice_not_found", file=path.name) from None
    except OSError as error:
        raise BoardError("notice_unreadable", file=path.name, why=cause(error)) from error


def understand(
    raw: Document, name: str, year: int | None = None, words: Sequence[Word] = ()
) -> Notice:
    """Understand a document.

    Args:
        raw: paragraphs, lines and cells as the file has them, and what was left out of it.
        name: the file's name.
        year: the list's year, where it is known from elsewhere.
        words: what a person has said of its lines.
    """
    numbered, heard = said.as_said(_numbered(raw.blocks), words)
    laid_out = flat.tables(numbered)
    blocks = paragraphs.joined(laid_out)
    page_numbers = _page_numbers(laid_out)
    whole = Document([*blocks, *page_numbers], raw.problems)
    table_of_board = measure_table.own(whole, name, year)
    if table_of_board:
        return table_of_board
    rules, parts = read_blocks(blocks, year)
    head = parts.head
    measures, milestones = _measures_and_milestones(rules, parts)
    problems = _problems(measures, milestones, parts)
    return Notice(
        name=name,
        blocks=tuple(whole.blocks),
        title=head.title,
        issuer=head.issuer,
        document_number=head.document_number,
        year=head.year,
        issued=head.issued,
        measures=tuple(measures),
        milestones=tuple(milestones),
        problems=(*raw.problems, *problems),
        unplaced=tuple(owners.unplaced(owners.of(parts), parts)),
        lines=len(raw.blocks),
        said=heard,
    )


# --- the document ---------------------------------------------------------------------------------


def _numbered(blocks: Blocks) -> list[Block]:
    """The lines of a document with their numbers; a cell that has its grid has none."""
    numbered: list[Block] = []
    for number, block in enumerate(blocks, 1):
        is_cell = block.table >= 0
        numbered.append(replace(block, line=0 if is_cell else number))
    return numbered


def _page_numbers(blocks: Blocks) -> list[Block]:
    """The numbers of the pages as one paragraph, the foot of a document.

    In its text they only part it.
    """
    numbers = [block.text.strip() for block in blocks if paragraphs.is_page(block)]
    if not numbers:
        return []
    return [Block(" ".join(numbers))]


# --- what is read ---------------------------------------------------------------------------------


def read_blocks(blocks: Blocks, year: int | None = None) -> tuple[Rules, Parts]:
    """Read what is said by blocks without page numbers, and the rules by which it was read.

    Args:
        year: the list's year, where it is known from elsewhere.
    """
    lines = [Line.of(number, block.text, block.said) for number, block in enumerate(blocks)]
    tree = outline.read(_lines_of_text(blocks, lines))
    notes = _notes(tree, blocks, lines)
    first = _first(tree, blocks, lines)
    head = heads.read(blocks, lines, first, notes)
    if year in YEARS:
        head = replace(head, year=year)
    rules = Rules(
        year=head.year,
        note=_note_on_leads(notes),
        unordered=head.unordered,
        turn=head.turn,
        issued=head.issued,
        spans_years=slips.spans_years(head.title),
    )
    from_tables = tables.read(blocks, lines, rules)
    from_text = text.read(outline.without(tree, from_tables.headings), rules)
    return rules, Parts(blocks, lines, tree, head, from_text, from_tables)


def _lines_of_text(blocks: Blocks, lines: Lines) -> list[Line]:
    """The lines that are no cells, but for those that belong to a measure of the table above."""
    below_tables = tables.lines_below(blocks)
    return [
        line for line in lines if blocks[line.block].table < 0 and line.block not in below_tables
    ]


def _notes(tree: outline.Outline, blocks: Blocks, lines: Lines) -> list[str]:
    """The notes on who of a list leads, of the text and then of the tables."""
    notes = [part.text.strip(_NOTE_EDGES) for part in tree.notes]
    for block, line in zip(blocks, lines, strict=True):
        is_cell = block.table >= 0
        if is_cell and brackets.is_note(line.folded):
            notes.append(line.text.strip())
    return notes


def _note_on_leads(notes: Sequence[str]) -> str:
    """The first note that does not say that the order means nothing."""
    for note in notes:
        if _NO_ORDER not in note:
            return note
    return ""


def _first(tree: outline.Outline, blocks: Blocks, lines: Lines) -> int:
    """The block at which the measures begin.

    It is the first that says who answers, or the first header of a table; without either, the
    number of blocks.
    """
    first_item = _first_item(tree, len(blocks))
    for number in range(first_item):
        is_cell = blocks[number].table >= 0
        if is_cell and field_of(lines[number].folded) in DUTIES:
            return number
    return first_item


def _first_item(tree: outline.Outline, default: int) -> int:
    """The block of the first item of a text that says who answers."""
    for node in tree.root.walk():
        says_who_answers = node.claims or node.group or node.said
        if node.parent and says_who_answers:
            return node.where.block
    return default


# --- measures, milestones and problems ------------------------------------------------------------


def _measures_and_milestones(rules: Rules, parts: Parts) -> tuple[list[Measure], list[Milestone]]:
    """What the entries of a document are, with a deadline from its cover where one says none."""
    entries = parts.entries
    measures = [entry.measure for entry in entries]
    _refuse_many(measures)
    lines_before = _before(measures, parts.lines)
    measures = cover.with_deadline(measures, lines_before, rules)
    milestones: list[Milestone] = []
    for row, (measure, entry) in enumerate(zip(measures, entries, strict=True)):
        milestones += _milestones(row, measure, entry, parts.lines)
    return measures, milestones


def _refuse_many(measures: Measures) -> None:
    """Raise BoardError notice_too_long for more measures than a desk can hold."""
    if len(measures) > outline.MOST:
        raise BoardError("notice_too_long", limit=outline.MOST)


def _before(measures: Measures, lines: Lines) -> Lines:
    """The lines before the first measure."""
    places = [measure.where.block for measure in measures if measure.where]
    first = min(places, default=0)
    return lines[:first]


def _milestones(row: int, measure: Measure, entry: Entry, lines: Lines) -> Iterator[Milestone]:
    """What the text of a measure names beside its deadline."""
    deadline = measure.cells["deadline"]
    source = deadline.source
    yield from figures.find(row, entry.body, deadline.text, source)
    if source and deadline.reason == "last_date":
        stated = _stated(lines[source.block], source)
        yield from figures.find_in_deadline(row, stated)


def _stated(line: Line, deadline: Source) -> Span:
    """A deadline with what stands before its last date, in its cell or after its label."""
    before = labels.labels_in(line.folded, 0, deadline.start)
    start = before[-1].end if before else 0
    return line.span.part(start, deadline.end)


def _problems(measures: Measures, milestones: Sequence[Milestone], parts: Parts) -> list[Problem]:
    """What contradicts itself or is missing; where nothing is a measure, what was seen instead."""
    if not measures:
        return list(_nothing_found(parts.blocks))
    marks = [(row, entry.mark) for row, entry in enumerate(parts.entries) if entry.mark]
    problems = checks.find(
        measures,
        milestones,
        parts.lines,
        words=parts.text.words,
        numbers=marks,
        year=parts.head.year,
    )
    return list(problems)


def _nothing_found(blocks: Blocks) -> Iterator[Problem]:
    """That there are no measures, and what was seen instead."""
    yield Problem("notice_no_measures")
    seen = unread.first(blocks)
    if seen:
        code = "notice_table_alone" if seen.had_grid else "notice_header_alone"
        labels_seen = _BETWEEN_LABELS.join(seen.labels)
        yield Problem(code, seen.block + 1, str(seen.cells), labels_seen)
