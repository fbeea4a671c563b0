"""Files that came back → what comes of them; nothing here changes the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import PurePosixPath

from lib.errors import Problem
from lib.files.whole import WholeFile
from lib.ledger.forms import compared, form, returned, settled
from lib.ledger.forms.compared import Row
from lib.ledger.forms.form import Basis
from lib.ledger.forms.known import Known
from lib.ledger.forms.preview import Preview, PreviewFile, PreviewRow
from lib.ledger.forms.returned import Returned
from lib.ledger.forms.stamp import Stamp
from lib.ledger.periods import Period


def read(files: Sequence[WholeFile], basis: Basis, list_name: str, period: str) -> Preview:
    """Read files that came back as the forms of a list and a period.

    Args:
        files: of `apart.reader.whole`.
        basis: with the ledger as it is now.

    Raises:
        BoardError: act_nothing_asked_for where nobody is asked in the period.
    """
    asked = form.of_period(basis, list_name, period)
    form_of = {of_department.stamp.department: of_department for of_department in asked}
    sheets_of = {file.name: returned.read(file) for file in files}
    all_sheets = [*chain.from_iterable(sheets_of.values())]
    known = Known(basis, form_of, Period.of_code(period), all_sheets)
    previews: list[PreviewFile] = []
    for file in files:
        sheets = sheets_of[file.name]
        previews += _of_file(file, sheets, known)
    settled_files = settled.settled(previews, known)
    return Preview(tuple(settled_files))


def _of_file(file: WholeFile, sheets: Sequence[Returned], known: Known) -> Iterator[PreviewFile]:
    if file.error:
        yield PreviewFile(file.name, is_taken=False, error=file.error)
    elif not sheets:
        problem = Problem("form_file_not_one", source=file.name)
        yield PreviewFile(file.name, problems=(problem,), is_taken=False)
    for sheet in sheets:
        yield _of_sheet(sheet, known)


def _of_sheet(sheet: Returned, known: Known) -> PreviewFile:
    name, stamp = sheet.name, sheet.stamp
    rows: list[PreviewRow] = []
    if stamp is None:
        for row in sheet.rows:
            rows.append(compared.unread(row, "", None))
        return PreviewFile(name, None, tuple(rows), sheet.doubts, is_taken=False)
    doubts = [*sheet.doubts, *_doubts_of_form(sheet, stamp, known)]
    for row in sheet.rows:
        reader = Row(sheet, row, stamp, known)
        rows.append(reader.unread() if doubts else reader.read())
    missing = _missing(name, stamp, rows, known)
    return PreviewFile(
        name=name,
        stamp=stamp,
        rows=tuple(rows),
        problems=(*doubts, *sheet.notes, *missing),
        is_taken=not doubts,
    )


def _missing(
    name: str, stamp: Stamp, rows: Sequence[PreviewRow], known: Known
) -> Iterator[Problem]:
    """The measures that are asked of the department and have no row: no report is made of that."""
    asked = known.forms.get(stamp.department)
    if asked is None or stamp.period != asked.stamp.period:
        return
    ids_asked = [row.measure_id for row in asked.rows]
    ids_returned = {row.measure_id for row in rows}
    missing = [measure_id for measure_id in ids_asked if measure_id not in ids_returned]
    if missing:
        yield Problem("form_file_rows_missing", value="、".join(missing), source=name)


# --- doubts of a whole form -----------------------------------------------------------------------


def _doubts_of_form(sheet: Returned, stamp: Stamp, known: Known) -> Iterator[Problem]:
    name = sheet.name
    if doubt := _doubt_of_list(stamp, known, name):
        yield doubt
    elif stamp.period != known.period.code:
        yield Problem("form_file_other_period", value=stamp.period, source=name)
    elif stamp.department not in known.forms:
        yield Problem("form_file_other_department", value=stamp.department, source=name)
    elif not known.is_of_this_ledger(stamp):
        yield Problem("form_file_other_ledger", source=name)
    elif title := returned.other_title(sheet, stamp):
        yield Problem("form_file_title_differs", value=title, source=name)
    elif department := _department_in_name(name, stamp, known):
        yield Problem("form_file_other_name", value=department, source=name)


def _doubt_of_list(stamp: Stamp, known: Known, name: str) -> Problem | None:
    if known.was_renamed_since(stamp):
        return Problem("form_file_renamed", source=name)
    if stamp.list != known.list:
        return Problem("form_file_other_list", value=stamp.list, source=name)
    return None


def _department_in_name(name: str, stamp: Stamp, known: Known) -> str:
    """Another department that the name of a file names, and not its own."""
    stem = PurePosixPath(name).stem
    if stamp.department in stem:
        return ""
    departments = [department for department in known.forms if department in stem]
    return max(departments, key=len, default="")
