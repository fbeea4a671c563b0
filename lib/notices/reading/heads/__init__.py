"""What stands around the measures: title, issuer, number, date of issue, year, the note on who leads."""

from __future__ import annotations

from lib.notices.reading.heads.head import Head, read

__all__ = ["Head", "read"]
