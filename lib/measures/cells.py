"""The cells of a sheet by the field that they are in, as text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.files import Sheet
from lib.measures import schema
from lib.measures.added_columns import added_columns
from lib.measures.arrays import Bools, Ints
from lib.measures.cleaning import cleaned, is_clean
from lib.measures.columns import blank
from lib.measures.placeholders import DITTO, ERROR, STATED, kinds_of, rows_above
from lib.measures.report import Report

# Fields in which 同上 stands for the cell above, and those in which 无 or — stands for nothing; a
# deadline is read as printed.
_MAY_BE_AS_ABOVE: Final = frozenset(
    {
        "list",
        "section",
        "leaders",
        "departments",
        "lead_departments",
        "support_departments",
        "deadline",
        *schema.DATE_COLUMNS,
    }
)
_MAY_BE_MISSING: Final = _MAY_BE_AS_ABOVE - {"deadline"} | {"article", "title"}
_LOOKED_AT: Final = _MAY_BE_AS_ABOVE | _MAY_BE_MISSING
# Fields of which nothing else says that an error stands in them.
_ERROR_ONLY_HERE: Final = frozenset(
    {
        "list",
        "section",
        "article",
        "lead_departments",
        "support_departments",
        *schema.DATE_COLUMNS,
    }
)
# Fields with few distinct texts, which are read once for all rows that have them.
FEW_TEXTS: Final = frozenset(
    {"year", "list", "section", "article", "leaders", "deadline", *schema.DATE_COLUMNS}
)


class Cells:
    """The cells of a sheet by field, clean.

    Attributes:
        positions: field → column of the sheet.
        text: field → its cells as printed, 同上 as the cell above; empty ones where the sheet lacks
            the field.
        stated: the same without placeholders, 无 or #N/A.
        coded: what is stated as codes, of the fields with few distinct texts.
        report: what was found wrong.
    """

    def __init__(
        self,
        sheet: Sheet,
        positions: Mapping[str, int],
        own_words: Mapping[str, str],
        *,
        few_texts: Collection[str] = (),
        source: str = "",
        each: Callable[..., Any] = map,
    ) -> None:
        """Read the fields.

        Args:
            sheet: where they stand.
            positions: field → column of the sheet.
            own_words: field → what its header should be.
            few_texts: fields that are coded.
            source: the file or sheet that problems name.
            each: how a function is called for several fields; by default for one after the other.
        """
        self.sheet = sheet
        self.positions = positions
        self.report = Report(sheet, source)
        self.stated: dict[str, pa.Array] = {}
        self.coded: dict[str, pa.DictionaryArray] = {}
        self._own_words = own_words
        self._few_texts = few_texts
        columns = each(self._column, own_words)
        self.text: dict[str, pa.Array] = dict(zip(own_words, columns, strict=True))

    def __contains__(self, field: str) -> bool:
        return field in self.positions

    def __len__(self) -> int:
        return len(self.sheet.lines)

    def header(self, field: str) -> str:
        """What stands above a field, or should."""
        if field not in self.positions:
            return self._own_words[field]
        column = self.positions[field]
        return self.sheet.header[column]

    def report_each(self, code: str, field: str, is_wrong: Bools) -> None:
        """Report each row of a mask, with what stands in the field."""
        self.report.add(code, self.header(field), is_wrong, self.text[field])

    def extra(self) -> dict[str, pa.Array]:
        """The columns that are no field; one without a name only if there is something in it.

        Those that a download of the board has added are of its day, and are left out.
        """
        known = {*self.positions.values(), *added_columns(self.sheet)}
        extra: dict[str, pa.Array] = {}
        for position, name in enumerate(self.sheet.header):
            column = self.sheet.columns[position]
            if position in known:
                continue
            if not name and not _has_text(column):
                continue
            key = name
            is_free = name not in schema.OWN_COLUMNS and name not in extra
            if not name or not is_free:
                number = position + 1
                key = f"{name} ({number})".strip()
            extra[key] = cleaned(column, name, self.report)
        return extra

    def _column(self, field: str) -> pa.Array:
        """Read a field. Returns: its cells as printed, with the cell above for 同上."""
        column = self._sheet_column(field)
        if field in self._few_texts:
            return self._coded_column(field, column)
        column = cleaned(column, self.header(field), self.report)
        kinds = kinds_of(column) if field in _LOOKED_AT else None
        return self._stating(field, column, kinds)

    def _sheet_column(self, field: str) -> pa.Array:
        if field not in self.positions:
            return blank(len(self))
        column = self.positions[field]
        return self.sheet.columns[column]

    def _coded_column(self, field: str, column: pa.Array) -> pa.Array:
        """Clean a column of few texts: where these are clean, all cells are."""
        coded = self._sheet_codes(field, column)
        if not is_clean(coded.dictionary):
            column = cleaned(column, self.header(field), self.report)
            coded = column.dictionary_encode()
        kinds = kinds_of(coded.dictionary) if field in _LOOKED_AT else None
        if kinds is None:
            self.coded[field] = coded
            return self._stating(field, column, None)
        kinds_of_cells = kinds[coded.indices.to_numpy()]
        column = self._stating(field, column, kinds_of_cells)
        self.coded[field] = self.stated[field].dictionary_encode()
        return column

    def _sheet_codes(self, field: str, column: pa.Array) -> pa.DictionaryArray:
        """A column as codes, which the sheet may have already."""
        position = self.positions.get(field, -1)
        coded = self.sheet.codes.get(position)
        if coded is None:
            return column.dictionary_encode()
        return coded

    def _stating(self, field: str, column: pa.Array, kinds: Ints | None) -> pa.Array:
        """Keep what a column states, without placeholders. kinds: of its cells, None for no other.

        Returns:
            The column as printed, with the cell above for 同上.
        """
        self.stated[field] = column
        if kinds is None:
            return column
        has_ditto = (kinds == DITTO).any()
        if field in _MAY_BE_AS_ABOVE and has_ditto:
            column, kinds = self._as_above(field, column, kinds)
        if field in _ERROR_ONLY_HERE:
            is_error = kinds == ERROR
            self.report.add("error_cell", self.header(field), is_error, column)
        self.stated[field] = column
        if field in _MAY_BE_MISSING:
            is_stated = pa.array(kinds == STATED)
            self.stated[field] = pc.if_else(is_stated, column, "")
        return column

    def _as_above(self, field: str, column: pa.Array, kinds: Ints) -> tuple[pa.Array, Ints]:
        """A column with the cell above for each 同上, and what its cells then are."""
        rows = rows_above(kinds == DITTO)
        has_none = rows < 0
        self.report.add("nothing_above", self.header(field), has_none, column)
        rows[has_none] = np.flatnonzero(has_none)  # these stay as they are
        filled = column.take(pa.array(rows))
        return filled, kinds[rows]


def _has_text(column: pa.Array) -> bool:
    has_text: bool = pc.any(pc.not_equal(column, "")).as_py()
    return has_text
