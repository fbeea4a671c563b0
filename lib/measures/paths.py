"""Where the files of a table stand."""

from __future__ import annotations

from pathlib import Path
from typing import Final

# Tables that are never written to
_ONLY_READ: Final = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods", ".parquet"})


def milestones_path(path: Path) -> Path:
    """Where the milestones of a table stand: <stem>.milestones.csv beside it."""
    return path.with_name(f"{path.stem}.milestones.csv")


def written_path(path: Path) -> Path:
    """Where it is written what is changed in a table: <stem>.board.csv beside a workbook or Parquet.

    A CSV file is written itself.
    """
    if path.suffix.lower() in _ONLY_READ:
        return path.with_name(f"{path.stem}.board.csv")
    return path


def columns_path(path: Path) -> Path:
    """Where it stands what columns of other tables were chosen to be: <stem>.columns.toml."""
    return path.with_name(f"{path.stem}.columns.toml")
