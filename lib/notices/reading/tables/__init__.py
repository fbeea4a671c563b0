"""Grids of cells → measures: merged cells, headers of two rows, section rows, unknown columns."""

from __future__ import annotations

from lib.notices.reading.tables.reader import Found, read

__all__ = ["Found", "read"]
