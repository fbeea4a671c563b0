"""A file that came back: the forms in it, which ones they are, and what is in doubt of each as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from lib.errors import Problem
from lib.files.whole import WholeFile, WholeSheet
from lib.ledger.forms import columns, form, header, lines
from lib.ledger.forms.columns import STAGE
from lib.ledger.forms.header import Header
from lib.ledger.forms.lines import ReturnedRow
from lib.ledger.forms.stamp import PREFIX, Stamp, Stamped
from lib.ledger.forms.workbook import PROPERTY

# What was settled in a sheet so that a cell may say less than its reader thinks
_UNSURE: Final = frozenset({"sheet_concealed", "sheet_unknown_values"})
_SPACE: Final = re.compile(r"\s+")


@dataclass(frozen=True)
class Returned:
    """A sheet that is a form.

    Attributes:
        name: of its file.
        stamp: which form it is, None where nothing in it says so.
        above: what stands above the header.
        doubts: of the whole form: as long as there is one, none of its rows is taken.
        notes: what is said of it beside.
    """

    name: str
    stamp: Stamp | None
    header: Header
    above: tuple[str, ...]
    rows: tuple[ReturnedRow, ...]
    doubts: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


def read(file: WholeFile) -> list[Returned]:
    """The forms in a file: one in each sheet that has the header of one."""
    forms: list[tuple[WholeSheet, Header]] = []
    others: list[WholeSheet] = []
    for sheet in file.sheets:
        head = header.find(sheet.rows)
        if head:
            forms.append((sheet, head))
        else:
            others.append(sheet)
    outside = _stamps_outside(file, others)
    if len(forms) > 1:  # put together: what stands outside is of one of them
        outside = set()
    return [_of_sheet(file.name, sheet, head, outside) for sheet, head in forms]


def _of_sheet(name: str, sheet: WholeSheet, head: Header, outside: set[Stamp]) -> Returned:
    rows = lines.of_sheet(name, sheet, head)
    of_rows = {row.stamped.stamp for row in rows if row.stamped}
    stamp = _agreed(of_rows, outside)
    texts_above = chain.from_iterable(sheet.rows[: head.row])
    above = [text for text in texts_above if text.strip()]
    doubts = [
        *_doubts_of_columns(name, head, rows),
        *_doubts_of_stamps(name, stamp, of_rows | outside),
        *_doubts_of_sheet(name, sheet),
    ]
    return Returned(
        name=name,
        stamp=stamp,
        header=head,
        above=tuple(above),
        rows=tuple(rows),
        doubts=tuple(doubts),
        notes=tuple(_notes(name, rows)),
    )


# --- columns --------------------------------------------------------------------------------------


def _doubts_of_columns(name: str, head: Header, rows: Sequence[ReturnedRow]) -> Iterator[Problem]:
    """Doubts about columns: an answer without one may stand under a header that nobody knows."""
    for field in head.twice:
        if columns.is_answer(field):
            yield Problem("form_file_column_twice", column=head.text_of(field), source=name)
    missing = [field for field in columns.ANSWERS if field not in head.column_of]
    may_stand_elsewhere = missing and _unknown_columns(rows)
    if STAGE in missing or may_stand_elsewhere:
        headers = map(columns.header_of, missing)
        yield Problem("form_file_column_missing", value="、".join(headers), source=name)


def _notes(name: str, rows: Sequence[ReturnedRow]) -> Iterator[Problem]:
    unknown = _unknown_columns(rows)
    if unknown:
        yield Problem("form_file_column_unknown", value="、".join(unknown), source=name)


def _unknown_columns(rows: Sequence[ReturnedRow]) -> list[str]:
    """The columns of no form in which something stands."""
    names: dict[str, None] = {}
    for row in rows:
        names |= dict.fromkeys(row.others)
    return [*names]


def _doubts_of_sheet(name: str, sheet: WholeSheet) -> Iterator[Problem]:
    for problem in sheet.problems:
        if problem.code in _UNSURE:
            yield replace(problem, source=name)


# --- which form it is -----------------------------------------------------------------------------


def _stamps_outside(file: WholeFile, sheets: Sequence[WholeSheet]) -> set[Stamp]:
    """The stamps in the properties of a file, and on sheets that are no forms."""
    stamps: set[Stamp] = set()
    for text in (_property(file), *_marks(sheets)):
        stamped = Stamped.read(text)
        if stamped:
            stamps.add(stamped.stamp)
    return stamps


def _property(file: WholeFile) -> str:
    """The property of a file, which Excel keeps in pieces."""
    prefix = f"{PROPERTY} "
    names = [name for name in file.properties if name.startswith(prefix)]
    pieces = [file.properties[name] for name in sorted(names)]
    return "".join(pieces)


def _marks(sheets: Sequence[WholeSheet]) -> Iterator[str]:
    for sheet in sheets:
        for text in chain.from_iterable(sheet.rows):
            if text.startswith(PREFIX):
                yield text


def _agreed(of_rows: set[Stamp], outside: set[Stamp]) -> Stamp | None:
    """The one form that rows and what stands outside name; None where that is not sure."""
    named = outside or of_rows
    if len(named) != 1:
        return None
    (stamp,) = named
    is_sure = stamp in of_rows or not of_rows
    return stamp if is_sure else None


def _doubts_of_stamps(name: str, stamp: Stamp | None, stamps: set[Stamp]) -> Iterator[Problem]:
    if stamp is not None:
        return
    if not stamps:
        yield Problem("form_file_unknown", source=name)
        return
    forms = {f"{each.department} {each.period} {each.list}" for each in stamps}
    yield Problem("form_file_disagrees", value=" / ".join(sorted(forms)), source=name)


def other_title(returned: Returned, stamp: Stamp) -> str:
    """The line above the header, where it names another period or department than the stamp."""
    period = re.escape(form.period_in_words(stamp.period))
    period_alone = re.compile(period + r"(?!\d{1,2}日)")  # and not the day by which it is due
    department = _SPACE.sub("", stamp.department)
    for text in returned.above:
        title = _SPACE.sub("", text)
        if form.TITLE_WORD not in title:
            continue
        names_both = department in title and period_alone.search(title)
        if not names_both:
            return text
    return ""
