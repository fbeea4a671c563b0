"""The draft on a session's desk: it goes with the browser's page, and the browser may keep it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import streamlit as st

from lib.apart import reader
from lib.apart.message import Draft, Drawn, Source
from lib.errors import BoardError
from lib.notices.message import Edit
from lib.web import defaults


@dataclass
class OnDesk:
    """A draft, and what is said and drawn of it.

    Attributes:
        source: what was brought.
        number: which draft of the session it is, from 1.
        language: of what is said and drawn.
        before: the key of the kept draft that it goes on with, "" where there is none.
        key: by which the browser keeps it; no two drafts have the same.
        is_wanted: whether the browser has asked for it, to keep it.
        saved: as it was last written to the board's table.
        refused: why the last edits could not be made; the browser sends them again.
    """

    source: Source
    draft: Draft
    drawn: Drawn
    number: int
    language: str
    before: str = ""
    key: str = field(default_factory=lambda: uuid4().hex)
    is_wanted: bool = False
    saved: Draft | None = None
    refused: BoardError | None = None

    @property
    def is_saved(self) -> bool:
        """Whether it stands in the board's table with all its edits."""
        return self.saved is self.draft

    def want(self) -> None:
        """Let the browser have it, to keep it."""
        self.is_wanted = True

    def take(self, log: Iterable[dict[str, Any]]) -> None:
        """Make the edits of the browser's log that were not made yet, in their order."""
        done = self.draft.done
        fresh = [edit for edit in log if edit["n"] > done]
        if fresh:
            self._become(Draft(self.draft.notice, (*self.draft.log, *fresh)), self.language)

    def speak(self, language: str) -> None:
        """Say and draw all in a language."""
        if language != self.language:
            self._become(self.draft, language)

    def _become(self, draft: Draft, language: str) -> None:
        """Draw another draft, or this one in another language; where that fails all stays."""
        try:
            self.drawn = reader.drawn(draft, self.drawn.name, language)
        except BoardError as error:
            self.refused = error
            return
        self.draft, self.language, self.refused = draft, language, None


def current() -> OnDesk | None:
    """What is on the desk of this session, None where nothing is."""
    on_desk: OnDesk | None = st.session_state.get("draft")
    if on_desk is not None:
        on_desk.speak(defaults.language())
    return on_desk


def put_on_desk(source: Source, log: Iterable[Edit] = (), before: str = "") -> None:
    """Read what was brought, and begin with the draft of it in place of the one on the desk.

    Args:
        log: edits that were made in it already.
        before: the key by which the browser keeps it with them.

    Raises:
        BoardError: it can't be read.
    """
    number = next_number()
    language = defaults.language()
    draft = Draft(reader.draft(source).notice, tuple(map(dict, log)))
    drawn = reader.drawn(draft, source.name, language)
    st.session_state.update(
        {
            "drafts": number,
            "draft": OnDesk(source, draft, drawn, number, language, before),
            "another": False,
            "added": None,
            "refused": None,
        }
    )


def throw_away() -> None:
    """Leave nothing on the desk."""
    st.session_state.update({"draft": None, "another": False, "added": None})


def next_number() -> int:
    """The number that the session's next draft will have."""
    return int(st.session_state.get("drafts", 0)) + 1
