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
from lib.measures import schema

_TOGETHER: Final = 2  # one alone, a column 到期日, may be the office's own
_DAY: Final = r"[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?(?: 0?0:00(?::00)?)?"
_NUMBER: Final = r"-?[0-9]+"


def _fields_by_header() -> Iterator[tuple[str, str]]:
    for language in i18n.LANGUAGES:
        t = i18n.translator(language)
        for field in schema.ADDED_COLUMNS:
            yield normal_header(t(f"field.{field}")), field


def _words_of_states() -> Iterator[str]:
    for language in i18n.LANGUAGES:
        t = i18n.translator(language)
        for state in schema.STATES:
            yield t(f"state.{state}")


_FIELDS: Final = dict(_fields_by_header())
_TEXTS: Final = {
    "due": _DAY,
    "state": "|".join(_words_of_states()),
    "days_left": _NUMBER,
}


def added_columns(sheet: Sheet) -> frozenset[int]:
    """The positions of the columns that a download has added, in whichever language.

    A column of the same name in which something else stands, 状态 with 进行中, is the office's own.
    """
    named: dict[int, str] = {}
    for position, header in enumerate(sheet.header):
        field = _FIELDS.get(normal_header(header))
        if field:
            named[position] = field
    if len(named) < _TOGETHER:
        return frozenset()
    fitting = {
        position: field
        for position, field in named.items()
        if _holds_only(_TEXTS[field], sheet.columns[position])
    }
    if len({*fitting.values()}) < _TOGETHER:
        return frozenset()
    return frozenset(fitting)


def _holds_only(texts: str, column: pa.Array) -> bool:
    """Whether each cell that is not blank is a text of a pattern."""
    is_text = pc.match_substring_regex(pc.unique(column), rf"^\s*(?:{texts})?\s*$")
    holds_only: bool = pc.all(is_text, min_count=0).as_py()
    return holds_only
