"""How a notice, or what a person mends, gets into the board's table.

`plan` and `mend` say what would change, `save` writes it, `undo` takes it back.
Nothing else there is touched.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from lib.revisions.history import Undoable, save, undo, undoable
from lib.revisions.model import Cell, Change, Contents, Revision, Row

if TYPE_CHECKING:
    from lib.revisions.mending import mend, row_of
    from lib.revisions.planning import plan

__all__ = [
    "Cell",
    "Change",
    "Contents",
    "Revision",
    "Row",
    "Undoable",
    "mend",
    "plan",
    "row_of",
    "save",
    "undo",
    "undoable",
]

# Loaded when they are asked for: the board, for which another process plans, does without.
_LOADED_LATER: Final = {"mend": "mending", "plan": "planning", "row_of": "mending"}


def __getattr__(name: str) -> Any:
    module = _LOADED_LATER.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{module}"), name)
