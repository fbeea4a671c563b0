"""What the desk in the browser is sent, and what comes back: plain data, its fields named here.

`lib/web/intake/assets/message.d.ts` says it to the JavaScript that reads and writes it; a test
compares both.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict


class Message(TypedDict):
    """The draft as it now is.

    Keys:
        done: number of the browser's last edit that is in it.
        undo: whether an edit can be undone.
        words: all texts of the desk, in the reader's language.
        columns: of the table, in the order of each row's cells.
        head: the list's name and year.
        blocks: the document; every Source points into it.
        rows: the measures.
        reasons: why cells were read so; a cell names its own by its place in this list.
        problems: contradictions and doubtful places.
        unplaced: text that is part of no measure.
        lines: how many lines the document came with, 0 where nothing can be said of them.
        said: what a person has said of them.
        cells: what a cell of a row of a table may be said to be.
        tables: what the columns of a file of rows and columns were taken for.
        fields: what they may be chosen to be.
        remembers_columns: whether the browser is to remember what was chosen.
    """

    done: int
    undo: bool
    words: Words
    columns: list[Column]
    head: Head
    blocks: list[Block]
    rows: list[Row]
    reasons: list[str]
    milestones: list[Milestone]
    problems: list[Problem]
    unplaced: list[Unplaced]
    lines: int
    said: list[Said]
    cells: list[Column]
    tables: list[Table]
    fields: list[Column]
    remembers_columns: bool


class Column(TypedDict):
    """A column of the table. name: a field of the notices' model; label: its heading."""

    name: str
    label: str


class Head(TypedDict):
    """What is said of the list as a whole; year is empty where none is known."""

    list: str
    year: str


class Table(TypedDict):
    """The header of a table. number, row: where it begins, as in TablePlace.

    labels: what is printed over each column; fields: what each is, a name of Message.fields.
    guess: whether that is not told by the header's words alone.
    """

    number: int
    row: int
    labels: list[str]
    fields: list[str]
    guess: bool


class Source(TypedDict):
    """Where something stands: characters start to end of a block's text, as Python counts them."""

    block: int
    start: int
    end: int


class Block(TypedDict):
    """A paragraph of the document, or with `table` a cell of a table.

    line: in which it begins, from 1, of the document as it came; left out where it has none.
    said: whether it is as a person says: a paragraph, or a header that the document does not have.
    """

    text: str
    line: NotRequired[int]
    said: NotRequired[bool]
    table: NotRequired[TablePlace]


class TablePlace(TypedDict):
    """Where a cell stands. number: of the table; down, across: the rows and columns it spans."""

    number: int
    row: int
    down: int
    across: int


class Said(TypedDict):
    """What a person has said of lines, a word of `notices.words`.

    lines: the first and the last; pieces: of a table, those of its first lines.
    """

    kind: str
    lines: list[int]
    pieces: list[PieceOfRow]


class PieceOfRow(TypedDict):
    """A piece of a table's line. cell: what it is in its row, a name of Message.cells."""

    text: str
    cell: str


class Row(TypedDict):
    """A measure.

    Keys:
        due: the day as 2020-12-31, empty where there is none.
        day: the one that a person has given, empty for none; left out where the deadline says one.
    """

    cells: list[Cell]
    due: str
    day: NotRequired[str]


class Cell(TypedDict):
    """A value of a measure.

    Keys:
        text: as it goes into the table.
        reason: why it was read so, a place in `Message.reasons`.
        sure: whether nobody need check it.
        source: left out where nothing in the document says it.
    """

    text: str
    reason: int
    sure: bool
    source: NotRequired[Source]


class Milestone(TypedDict):
    """A date or quantity beside the deadline. item: its place among all; row: of its measure."""

    item: int
    row: int
    text: str
    source: NotRequired[Source]


class Problem(TypedDict):
    """A doubtful place. block: where, left out where the whole document is meant."""

    text: str
    block: NotRequired[int]


class Unplaced(TypedDict):
    """Text that is part of no measure, and why, in words."""

    text: str
    why: str
    source: Source


class Edit(TypedDict):
    """One edit of the log that the browser sends back; `notices.draft.replay` makes it.

    Keys:
        n: its number in the browser, rising; an edit that arrives twice is made once.
        do: undo, column, a kind of `notices.words`, unsay, or one of the edits of `notices.draft`.
        row: the measure that it is about, from 0.
        field: the column's name, of `Message.fields` where a column is chosen.
        text: what is written, or the label over the column that is chosen.
        at: the character at which a title is cut.
        item: the place of a milestone, of a text that was not placed, or of what was said.
        lines, cells: as `notices.words.Word` has them.
    """

    n: int
    do: str
    row: NotRequired[int]
    field: NotRequired[str]
    text: NotRequired[str]
    at: NotRequired[int]
    item: NotRequired[int]
    lines: NotRequired[list[int]]
    cells: NotRequired[list[str]]


class Words(TypedDict):
    """The texts `intake.desk.…` of the locale; a number that the browser fills in stands as {}."""

    list: str
    year: str
    left: str
    checked: str
    previous: str
    next: str
    add: str
    undo: str
    table: str
    none: str
    rows_before: str
    rows_after: str
    doubt: str
    sure: str
    right: str
    save: str
    split: str
    merge: str
    drop: str
    day: str
    milestones: str
    forget: str
    unplaced: str
    place: str
    problems: str
    earlier: str
    later: str
    paper: str
    say: str
    pick: str
    picked: str
    is_table: str
    is_measure: str
    is_above: str
    through: str
    unpick: str
    lines: str
    row: str
    piece: str
    unsay: str
    columns: str
    column: str
    keys: str
