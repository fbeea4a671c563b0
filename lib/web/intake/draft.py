"""The draft on a session's desk: it goes with the browser's page, and the browser asks before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import streamlit as st

from lib.notices import draft
from lib.notices.model import Notice
from lib.web.intake.message import Edit

_UNDOABLE: Final = 200  # edits


@dataclass
class Draft:
    """A notice that was read, and what a person has changed in it.

    Attributes:
        notice: as it is now.
        number: which draft of the session it is, from 1.
        earlier: the notice before each edit that can be undone, oldest first.
        done: number of the browser's last edit that was made.
    """

    notice: Notice
    number: int
    earlier: list[Notice] = field(default_factory=list)
    done: int = 0

    def take(self, log: Iterable[Edit]) -> None:
        """Make the edits of the browser's log that were not made yet, in their order."""
        for edit in log:
            if edit["n"] > self.done:
                self.done = edit["n"]
                self._make(edit)

    def _make(self, edit: Edit) -> None:
        if edit.get("do") == "undo":
            if self.earlier:
                self.notice = self.earlier.pop()
            return
        changed = draft.apply(self.notice, edit)
        if changed is self.notice:
            return
        self.earlier.append(self.notice)
        del self.earlier[:-_UNDOABLE]
        self.notice = changed


def current() -> Draft | None:
    """What is on the desk of this session, None where nothing is."""
    on_desk: Draft | None = st.session_state.get("draft")
    return on_desk


def put_on_desk(notice: Notice) -> None:
    """Begin a draft of a notice that was just read, in place of the one before."""
    number = next_number()
    st.session_state.update(
        {
            "drafts": number,
            "draft": Draft(notice, number),
            "another": False,
            "added": None,
            "refused": None,
        }
    )


def next_number() -> int:
    """The number that the session's next draft will have."""
    return int(st.session_state.get("drafts", 0)) + 1
