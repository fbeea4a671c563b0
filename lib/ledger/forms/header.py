"""The header of a form that came back: in which row it stands, and which column is which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from lib.files.archives import column_letters
from lib.ledger.forms import answers, columns
from lib.ledger.forms.columns import ID, STAGE, STAMP, TITLE

_LAST_ROW: Final = 50  # in which it may stand
_FEWEST_KNOWN: Final = 4  # columns of a form in it
_OF_FORMS_ALONE: Final = frozenset({STAGE, "did", "last", STAMP})


@dataclass(frozen=True)
class Header:
    """A header.

    Attributes:
        row: of the sheet, from 0.
        texts: of its cells.
        column_of: the column of each field that is known, from 0.
        twice: the fields that a second column is called like.
    """

    row: int
    texts: Sequence[str]
    column_of: Mapping[str, int]
    twice: tuple[str, ...]

    @property
    def is_of_a_form(self) -> bool:
        """Whether these columns make a form."""
        known = self.column_of.keys()
        if len(known) < _FEWEST_KNOWN:
            return False
        return bool(known & {ID, TITLE}) and bool(known & _OF_FORMS_ALONE)

    @cached_property
    def field_of(self) -> dict[int, str]:
        """The field of each column that is known."""
        return {column: field for field, column in self.column_of.items()}

    def text_of(self, field: str) -> str:
        """What stands above the column of a field; its own word where there is none."""
        column = self.column_of.get(field)
        return columns.header_of(field) if column is None else self.texts[column]

    def name_of(self, column: int) -> str:
        """What a column of no field is called: its header, else its letters."""
        return answers.tidy(self.texts[column]) or column_letters(column + 1)


def find(rows: Sequence[Sequence[str]]) -> Header | None:
    """The header of a sheet, None where it is no form."""
    for row, texts in enumerate(rows[: _LAST_ROW + 1]):
        header = _of_row(row, texts)
        if header.is_of_a_form:
            return header
    return None


def _of_row(row: int, texts: Sequence[str]) -> Header:
    column_of: dict[str, int] = {}
    twice: list[str] = []
    for column, text in enumerate(texts):
        field = columns.field_of(text)
        if field in column_of:
            twice.append(field)
        elif field:
            column_of[field] = column
    return Header(row, texts, column_of, tuple(twice))
