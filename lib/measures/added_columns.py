"""The columns that a download of the board adds to the table: what the day says of each measure.

They are of the day of the download, and the next one has them again. So they are known when a
download is read, by their words and by what stands in them, and are not kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from lib import i18n
from lib.files import Sheet
from lib.files.headers import normal_header
from lib.grids.headers import Fields
from lib.measures import schema
from lib.measures.columns import as_mask

_TOGETHER: Final = 2  # one alone may be the office's own
_MOST: Final = 0.5  # of the cells
_DAY: Final = r"[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?(?: 0?0:00(?::00)?)?"
_NUMBER: Final = r"-?[0-9]+"


def _fields_by_header(fields: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for language in i18n.LANGUAGES:
        t = i18n.translator(language)
        for field in fields:
            yield normal_header(t(f"field.{field}")), field


def _words_of_states() -> Iterator[str]:
    for language in i18n.LANGUAGES:
        t = i18n.translator(language)
        for state in schema.STATES:
            yield t(f"state.{state}")


_FIELDS: Final = dict(_fields_by_header(schema.ADDED_COLUMNS))
_FOLLOWED: Final = dict(_fields_by_header(schema.FOLLOWED_COLUMNS))
_TEXTS: Final = {
    "due": _DAY,
    "state": "|".join(_words_of_states()),
    "days_left": _NUMBER,
}


def added_columns(sheet: Sheet) -> frozenset[int]:
    """The positions of the columns that a download has added, in whichever language.

    The board's words for a state tell a download, and so do the three columns side by side. One of
    the names over anything else, 状态 over 进行中 or 到期日 alone, is the office's own column.
    """
    named = _named_columns(sheet)
    if len(named) < _TOGETHER:
        return frozenset()
    fitting: Fields = {}
    for position, field in named.items():
        if _holds_mostly(_TEXTS[field], sheet.columns[position]):
            fitting[position] = field
    fields = {*fitting.values()}
    says_states = "state" in fields and len(fields) >= _TOGETHER
    if not says_states and not _are_side_by_side(named):
        return frozenset()
    return frozenset(fitting) | _of_ledger(sheet)


def _of_ledger(sheet: Sheet) -> frozenset[int]:
    """The positions of what a download says of a list that is followed, which stands at its end."""
    end = len(sheet.header)
    first = max(end - len(schema.FOLLOWED_COLUMNS), 0)
    last_headers = map(normal_header, sheet.header[first:])
    fields = tuple(_FOLLOWED.get(header) for header in last_headers)
    if fields != schema.FOLLOWED_COLUMNS:
        return frozenset()
    return frozenset(range(first, end))


def _named_columns(sheet: Sheet) -> Fields:
    """The columns that are called as in a download, whatever stands in them."""
    named: Fields = {}
    for position, header in enumerate(sheet.header):
        field = _FIELDS.get(normal_header(header))
        if field:
            named[position] = field
    return named


def _are_side_by_side(named: Fields) -> bool:
    """Whether all of them stand together in the order in which they are written."""
    count = len(schema.ADDED_COLUMNS)
    for position in named:
        side_by_side = range(position, position + count)
        fields = tuple(named.get(place) for place in side_by_side)
        if fields == schema.ADDED_COLUMNS:
            return True
    return False


def _holds_mostly(texts: str, column: pa.Array) -> bool:
    """Whether most cells that are not blank are texts of a pattern; somebody may edit the others."""
    counted = pc.value_counts(column)
    distinct = counted.field("values")
    uses = counted.field("counts").to_numpy()

    def cells_that_match(pattern: str) -> int:
        matches = as_mask(pc.match_substring_regex(distinct, pattern))
        return int(uses[matches].sum())

    filled = cells_that_match(r"\S")
    fitting = cells_that_match(rf"^\s*(?:{texts})\s*$")
    return fitting >= filled * _MOST
