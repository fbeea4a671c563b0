"""Files as tables of text, and how a file is changed: this package knows files, not measures."""

from lib.files.headers import Headers
from lib.files.reading import is_csv, parse, read
from lib.files.sheet import Sheet, sheet_of_rows, shown

__all__ = ["Headers", "Sheet", "is_csv", "parse", "read", "sheet_of_rows", "shown"]
