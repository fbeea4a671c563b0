"""Two bases, no more: a Problem is a value about the data, a BoardError an exception about a request.

Both carry a stable code; the sentence stands in the locale under `problem.<code>` or `error.<code>`.
"""

from __future__ import annotations

import errno
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_SHOWN: Final = 80  # characters of a value in a sentence
_CAUSES: Final = {
    **dict.fromkeys((errno.EISDIR, errno.ENOTDIR), "folder"),
    **dict.fromkeys((errno.ENAMETOOLONG, errno.ELOOP, errno.EINVAL), "name"),
    **dict.fromkeys((errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EBUSY), "busy"),
    **dict.fromkeys((errno.EIO, errno.ENXIO, errno.ENODEV, errno.ESTALE), "device"),
    **dict.fromkeys(
        (errno.ENOTCONN, errno.ETIMEDOUT, errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ENETUNREACH),
        "network",
    ),
}
# Why the milestones were not read: the code of the error that they met, as `why.<code>` of the locale
_UNREAD: Final = (
    *("not_found", "locked", "unreadable", "changed", "empty", "not_a_table", "undecodable"),
    *("old_excel", "encrypted", "broken_workbook", "scattered", "broken_parquet"),
)
_LINE_BREAK: Final = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at one place of the data.

    code: stable name, `problem.<code>` in the locale; line: 1-based line of the file (row of the sheet), 0 for the
    whole file; column: the header as it stands in the file, or the notice's word; value: what stood there; source: the
    file or sheet, where it is not the measure table itself.
    """

    code: str
    line: int = 0
    column: str = ""
    value: str = ""
    source: str = ""


class BoardError(Exception):
    """A request that can't be met: a file that can't be opened or decoded, holds no table or lacks required columns.

    code: `error.<code>` in the locale; details: what the sentence names (file, columns found, the system's words).
    """

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code, details)
        self.code = code
        self.details = details

    def __str__(self) -> str:
        named = ", ".join(f"{key}={value}" for key, value in self.details.items())
        return f"{self.code} ({named})" if named else self.code


def cause(error: OSError) -> str:
    """Why the system could not do it, as `why.<code>` of the locale: its own words are not the reader's language."""
    return _CAUSES.get(error.errno or 0, "other")


def describe(trouble: Problem | BoardError, t: Callable[..., str]) -> str:
    """The sentence for a problem or an error, by the translator `t`: where, what stood there, what to write instead.

    Values are on one line and at most 80 characters long; a problem of another file or sheet begins with its name.
    """
    if isinstance(trouble, BoardError):
        told = {name: one_line(str(value)) for name, value in trouble.details.items()}
        if trouble.details.get("why") in {*_CAUSES.values(), "other"}:
            told["why"] = t(f"why.{told['why']}")
        return t(f"error.{trouble.code}", **told)
    named = {name: one_line(getattr(trouble, name)) for name in ("column", "value")}
    if trouble.code == "milestones_unread" and trouble.value in _UNREAD:
        named["value"] = t(f"why.{trouble.value}")
    sentence = t(f"problem.{trouble.code}", line=str(trouble.line), **named)
    return (
        t("problem.elsewhere", source=trouble.source, sentence=sentence)
        if trouble.source
        else sentence
    )


def one_line(text: str) -> str:
    """A text of the data as a sentence shows it: line breaks as ␊, without control characters, the end cut off."""
    flat = _LINE_BREAK.sub("␊", text).replace("\t", " ")
    plain = "".join(char for char in flat[: 2 * _SHOWN] if unicodedata.category(char)[0] != "C")
    return plain if len(plain) <= _SHOWN else plain[: _SHOWN - 1] + "…"
