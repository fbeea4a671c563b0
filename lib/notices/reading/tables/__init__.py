"""Grids of cells → measures: merged cells, headers of two rows, section rows, unknown columns."""

from __future__ import annotations

from lib.notices.reading.tables.reader import Found, lines_below, read

__all__ = ["Found", "lines_below", "read"]
