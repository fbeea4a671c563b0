"""Two bases, no more: a Problem is a value about the data, a BoardError refuses a request.

Both carry a stable code; its sentence stands in the locale, under `problem.<code>` or
`error.<code>`.
"""

from __future__ import annotations

import errno
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

LONGEST_VALUE: Final = 80  # characters of a value in a sentence
FULL: Final = "full"  # the cause where there is no space left
_OTHER_CAUSE: Final = "other"
PIPE_OR_DEVICE: Final = "pipe"  # a cause that the system does not tell

# Why the system could not do what it was asked for: `why.<cause>` of the locale, by its number.
_CAUSES: Final = {
    errno.ENOENT: "missing",
    errno.EACCES: "permission",
    errno.EPERM: "permission",
    errno.EROFS: "read_only",
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: "too_large",
    errno.EISDIR: "folder",
    errno.ENOTDIR: "folder",
    errno.ENAMETOOLONG: "name",
    errno.ELOOP: "name",
    errno.EINVAL: "name",
    errno.EMFILE: "busy",
    errno.ENFILE: "busy",
    errno.ENOMEM: "busy",
    errno.EBUSY: "busy",
    errno.EAGAIN: "busy",
    errno.ETXTBSY: "busy",
    errno.ENOSYS: "unsupported",
    errno.ENOLCK: "unsupported",
    errno.ENOTSUP: "unsupported",
    errno.EIO: "device",
    errno.ENXIO: "device",
    errno.ENODEV: "device",
    errno.ESTALE: "device",
    errno.ENOTCONN: "network",
    errno.ETIMEDOUT: "network",
    errno.EHOSTDOWN: "network",
    errno.EHOSTUNREACH: "network",
    errno.ENETUNREACH: "network",
}

# Why the milestones were not read: the code of the error that was met, `why.<code>` of the locale.
_MILESTONES_UNREAD: Final = frozenset(
    {
        "not_found",
        "locked",
        "unreadable",
        "changed",
        "empty",
        "not_a_table",
        "undecodable",
        "encrypted",
        "broken_workbook",
        "scattered",
        "too_much_text",
        "broken_parquet",
    }
)

_LINE_BREAK: Final = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at one place of the data.

    Args:
        code: a stable name, `problem.<code>` in the locale.
        line: 1-based line of the file, or row of the sheet; 0 for the whole file.
        column: the header as it stands in the file, or the notice's word.
        value: what stood there.
        source: the file or the sheet, where it is not the measure table itself.
    """

    code: str
    line: int = 0
    column: str = ""
    value: str = ""
    source: str = ""


class BoardError(Exception):
    """A request that can't be met: a file that can't be opened, or holds no table.

    Args:
        code: a stable name, `error.<code>` in the locale.
        details: what the sentence names: the file, the columns that were there, why.
    """

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code, details)
        self.code = code
        self.details = details

    def __str__(self) -> str:
        if not self.details:
            return self.code
        named = ", ".join(f"{name}={value}" for name, value in self.details.items())
        return f"{self.code} ({named})"


def cause(error: OSError) -> str:
    """Tell why the system could not do it, as `why.<cause>` of the locale.

    The system's own words are not in the reader's language.
    """
    return _CAUSES.get(error.errno or 0, _OTHER_CAUSE)


def describe(trouble: Problem | BoardError, t: Callable[..., str]) -> str:
    """Say in a sentence where something is wrong, what stood there and what to write instead.

    Args:
        t: the translator of the reader's language.

    Returns:
        One line. A value is at most 80 characters long; a problem of another file or sheet begins
        with its name.
    """
    if isinstance(trouble, BoardError):
        return _describe_error(trouble, t)
    sentence = _describe_problem(trouble, t)
    if not trouble.source:
        return sentence
    return t("problem.elsewhere", source=trouble.source, sentence=sentence)


def _describe_error(error: BoardError, t: Callable[..., str]) -> str:
    details = {name: _detail(value) for name, value in error.details.items()}
    why = error.details.get("why")
    causes = {*_CAUSES.values(), _OTHER_CAUSE, PIPE_OR_DEVICE}
    if why in causes:
        details["why"] = t(f"why.{why}")
    return t(f"error.{error.code}", **details)


def _detail(value: object) -> object:
    """A detail as its sentence takes it: a number is written as the sentence says."""
    if isinstance(value, int):
        return value
    return one_line(str(value))


def _describe_problem(problem: Problem, t: Callable[..., str]) -> str:
    value = one_line(problem.value)
    if problem.code == "milestones_unread" and problem.value in _MILESTONES_UNREAD:
        value = t(f"why.{problem.value}")
    return t(
        f"problem.{problem.code}",
        line=str(problem.line),
        column=one_line(problem.column),
        value=value,
        given=_what_stood_there(value, t),
    )


def _what_stood_there(value: str, t: Callable[..., str]) -> str:
    if value:
        return t("problems.instead", value=value)
    return t("problems.empty")


def one_line(text: str) -> str:
    """Give a text of the data as a sentence shows it.

    Line breaks are ␊, control characters are left out, the end of a long text is cut off.
    """
    flat = _LINE_BREAK.sub("␊", text).replace("\t", " ")
    beginning = flat[: 2 * LONGEST_VALUE]  # a value may be a megabyte long
    visible = "".join(character for character in beginning if not _is_control(character))
    if len(visible) <= LONGEST_VALUE:
        return visible
    return visible[: LONGEST_VALUE - 1] + "…"


def _is_control(character: str) -> bool:
    """Tell whether a character has no form of its own: controls, directions, surrogates."""
    return unicodedata.category(character).startswith("C")
