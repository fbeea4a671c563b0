"""Files as tables of text, and how a file is changed: this package knows files, not measures."""

from lib.files.grid import Grid
from lib.files.headers import Headers
from lib.files.reading import Content, is_csv, parse, read
from lib.files.sheet import Sheet, sheet_of_rows, shown

__all__ = [
    "Content",
    "Grid",
    "Headers",
    "Sheet",
    "is_csv",
    "parse",
    "read",
    "sheet_of_rows",
    "shown",
]
