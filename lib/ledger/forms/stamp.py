"""What a form carries of itself: who is asked, for which period, of which list, and as of which event.

It is written as one word that no program changes: letters and digits, a checksum, and a point at the
end, so that dragging a cell down doesn't count it up.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from contextlib import suppress
from typing import Final, NamedTuple, Self

import msgspec

PREFIX: Final = "F1."
HASH_SHOWN: Final = 8  # digits of an event's hash
_WRITTEN: Final = re.compile(r"F1\.([A-Za-z0-9_=-]+)\.([0-9a-f]{8})\.")
_FORM_DIGITS: Final = 16


class Stamp(msgspec.Struct, frozen=True, array_like=True):
    """Which form it is.

    Attributes:
        list, period, department: for which it was made.
        seq: of the last event that the ledger had when it was made.
        hash: the beginning of that event's hash, by which another ledger is told.
    """

    list: str
    period: str
    department: str
    seq: int
    hash: str

    @property
    def form(self) -> str:
        """By what an event that comes of it is known to come of it."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()[:_FORM_DIGITS]

    def written(self, measure_id: str = "") -> str:
        """The stamp as one word, of a row with its measure."""
        data = msgspec.json.encode((self, measure_id))
        return f"{PREFIX}{base64.urlsafe_b64encode(data).decode()}.{zlib.crc32(data):08x}."


class Stamped(NamedTuple):
    """A stamp that was read, and of which measure it is; "" where it is of the whole form."""

    stamp: Stamp
    measure_id: str

    @classmethod
    def read(cls, text: str) -> Self | None:
        """What a text says, None where it is no stamp, or was changed."""
        match = _WRITTEN.fullmatch(text.strip())
        if match is None:
            return None
        with suppress(ValueError, msgspec.DecodeError):
            data = base64.urlsafe_b64decode(match[1])
            if zlib.crc32(data) == int(match[2], 16):
                return cls(*msgspec.json.decode(data, type=tuple[Stamp, str]))
        return None
