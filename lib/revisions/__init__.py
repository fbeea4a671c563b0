"""How a notice gets into the board's table: what would change, `save`, `undo`. Nothing else there is touched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lib.revisions.history import Undoable, save, undo, undoable
from lib.revisions.model import Change, Contents, Revision

if TYPE_CHECKING:
    from lib.revisions.planning import plan

__all__ = ["Change", "Contents", "Revision", "Undoable", "plan", "save", "undo", "undoable"]


def __getattr__(name: str) -> Any:
    """Load `plan` when it is asked for: the board, for which another process plans, does without."""
    if name != "plan":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from lib.revisions import planning

    return planning.plan
