"""Two bases, no more: a Problem is a value about the data, a BoardError an exception about a request.

Both carry a stable code; the sentence stands in the locale under `problem.<code>` or `error.<code>`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at one place of the data.

    code: stable name, `problem.<code>` in the locale; line: 1-based line of the file (row of the sheet), 0 for the whole
    file; column: the header as it stands in the file, or the notice's word; value: what stood there; source: the file or
    sheet, where it is not the measure table itself.
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
