"""How a notice gets into the board's table: what would change, `save`, `undo`. Nothing else there is touched."""

from lib.revisions.history import save, undo, undoable
from lib.revisions.model import Change, Contents, Revision
from lib.revisions.planning import plan

__all__ = ["Change", "Contents", "Revision", "plan", "save", "undo", "undoable"]
