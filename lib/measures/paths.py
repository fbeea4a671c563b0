"""Where the files of a table stand."""

from __future__ import annotations

from pathlib import Path


def milestones_path(path: Path) -> Path:
    """Where the milestones of a table stand: <stem>.milestones.csv beside it."""
    return path.with_name(f"{path.stem}.milestones.csv")


def columns_path(path: Path) -> Path:
    """Where it stands what columns of other tables were chosen to be: <stem>.columns.toml."""
    return path.with_name(f"{path.stem}.columns.toml")
