"""All that stands in a file that came back: every sheet, hidden ones too, and its properties.

A table is read as its reader sees it (`reading`). A form that was filled in also carries what nobody
sees, by which it is known again.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from lib.errors import BoardError, Problem
from lib.files import archives, kinds, properties, reading
from lib.files.grid import Grid, Rows

MOST_FILES: Final = 500  # of an archive
MOST_BYTES: Final = 48 << 20  # that an archive may hold unpacked
_UTF_8: Final = 0x800  # the flag of a name in UTF-8; without it Windows writes the name in GBK
_ENCRYPTED: Final = 0x1
_BOOKS: Final = ("xl/", "mimetype", "[Content_Types].xml", "content.xml")
_SYSTEM: Final = ("__MACOSX/", ".", "~$", "Thumbs.db", "desktop.ini")  # that nobody has put there


@dataclass(frozen=True)
class WholeSheet:
    """A sheet with all its cells.

    rows: the text of each cell, all rows of one length; is_hidden: of the sheet.
    merged: first row and column, and how many rows and columns each merged cell covers.
    years: row, column, and the year that a cell holds whose format shows its day without it.
    problems: what was left out or settled in it.
    """

    name: str
    rows: Rows
    is_hidden: bool = False
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    years: list[tuple[int, int, int]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class WholeFile:
    """What a file holds, or why it could not be read.

    name: what it is called; of one in an archive both names.
    code, details: of the BoardError that refused it.
    """

    name: str
    sheets: list[WholeSheet] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    code: str = ""
    details: dict[str, str | int] = field(default_factory=dict)

    @property
    def error(self) -> BoardError | None:
        """Why it could not be read."""
        return BoardError(self.code, **self.details) if self.code else None


def read(name: str, data: bytes) -> list[WholeFile]:
    """A workbook or a CSV file, or all of them in an archive. What can't be read says why."""
    if not _is_archive(data):
        return [_file(name, data)]
    files: list[WholeFile] = []
    try:
        for part, content in _parts(name, data):
            part_name = f"{name}/{part}"
            files.append(_file(part_name, content))
    except BoardError as error:
        return [refused(name, error)]
    except archives.BROKEN as error:
        broken = BoardError("broken_archive", file=name, why=str(error))
        return [refused(name, broken)]
    return files


def refused(name: str, error: BoardError) -> WholeFile:
    """A file that could not be read."""
    details = {key: _plain(value) for key, value in error.details.items()}
    return WholeFile(name, code=error.code, details=details)


def _plain(value: object) -> str | int:
    return value if isinstance(value, int) else str(value)


# --- one file -------------------------------------------------------------------------------------


def _file(name: str, data: bytes) -> WholeFile:
    path = Path(name)
    try:
        if kinds.is_empty(data):
            raise BoardError("empty", file=path.name)
        content = reading.parse(path, data, with_hidden=True)
    except BoardError as error:
        return refused(name, error)
    sheets = [_sheet(grid) for grid in content.grids]
    sheets += [_sheet(grid, is_hidden=True) for grid in content.hidden]
    properties_of_file = properties.read(data)
    return WholeFile(name, sheets, properties_of_file)


def _sheet(grid: Grid, *, is_hidden: bool = False) -> WholeSheet:
    return WholeSheet(
        name=grid.name,
        rows=grid.rows,
        is_hidden=is_hidden,
        merged=[(*place, *extent) for place, extent in grid.merged.items()],
        years=[(*place, year) for place, year in grid.years.items()],
        problems=grid.problems,
    )


# --- an archive of files --------------------------------------------------------------------------


def _is_archive(data: bytes) -> bool:
    """Whether it is a zip of files, and not a workbook, which is a zip of parts."""
    if not data.startswith(kinds.ZIP):
        return False
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except archives.BROKEN:
        return False
    return not any(name.startswith(_BOOKS) for name in names)


def _parts(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """The files of an archive, by their names; raises BoardError: encrypted, archive_too_large."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    parts = [part for part in archive.infolist() if _is_file(part)]
    size = sum(part.file_size for part in parts)
    if len(parts) > MOST_FILES or size > MOST_BYTES:
        megabytes = MOST_BYTES >> 20
        raise BoardError("archive_too_large", file=name, n=MOST_FILES, megabytes=megabytes)
    for part in parts:
        if part.flag_bits & _ENCRYPTED:
            raise BoardError("encrypted", file=name)
        yield _name(part), archive.read(part)


def _is_file(part: zipfile.ZipInfo) -> bool:
    if part.is_dir() or part.filename.startswith(_SYSTEM[0]):
        return False
    path = Path(part.filename)
    return not path.name.startswith(_SYSTEM)


def _name(part: zipfile.ZipInfo) -> str:
    """The name of a file in an archive, which Windows writes in GBK."""
    if part.flag_bits & _UTF_8:
        return part.filename
    as_in_archive = part.filename.encode("cp437", "replace")
    return as_in_archive.decode("gb18030", "replace")
