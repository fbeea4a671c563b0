"""The draft on a session's desk: it goes with the browser's page, and the browser may keep it."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import uuid4

import msgspec
import streamlit as st

from lib.apart import reader
from lib.apart.message import Draft, Drawn, Source
from lib.errors import BoardError
from lib.notices import words
from lib.web import defaults
from lib.web.intake import columns

# What a log holds beside the edits of rows
_OF_NO_ROW: Final = frozenset({"undo", "column", "unsay", *words.KINDS})


@dataclass
class OnDesk:
    """A draft, and what is said and drawn of it.

    Two runs of a session may be under way: Streamlit begins the next while the one before still
    waits for the reading of its edits. They change the draft one after the other, and who draws it
    waits for both.

    Attributes:
        source: what was brought.
        number: which draft of the session it is, from 1.
        language: of what is said and drawn.
        before: the key of the kept draft that it goes on with, "" where there is none.
        key: by which the browser keeps it; no two drafts have the same.
        is_wanted: whether the browser has asked for it, to keep it.
        saved: as it was last written to the board's table.
        refused: why the last edits could not be made, which the browser sends again, or why what
            was chosen is not remembered.
        lost: how many edits fell away when something was told by which other rows are measures.
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
    lost: int = 0
    _changing: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @classmethod
    def of(
        cls, source: Source, columns: dict[str, str] | None, number: int, before: str = ""
    ) -> OnDesk:
        """What was brought, read.

        Args:
            columns: what columns were chosen to be before; None where the browser remembers it.

        Raises:
            BoardError: it can't be read.
        """
        language = defaults.language()
        draft = reader.draft(source, columns)
        drawn = reader.drawn(draft, source.name, language)
        return cls(source, draft, drawn, number, language, before)

    @property
    def is_saved(self) -> bool:
        """Whether it stands in the board's table with all its edits."""
        return self.saved is self.draft

    def want(self) -> None:
        """Let the browser have it, to keep it."""
        self.is_wanted = True

    def take(self, log: Iterable[dict[str, Any]]) -> None:
        """Make the edits of the browser's log that were not made yet, in their order."""
        with self._changing:
            done = self.draft.done
            fresh = [edit for edit in log if edit["n"] > done]
            if fresh:
                log = (*self.draft.log, *fresh)
                self._become(msgspec.structs.replace(self.draft, log=log), self.language)

    def go_on(self, log: Iterable[Mapping[str, Any]]) -> None:
        """Make all edits of a log that was kept, as they were made.

        Raises:
            BoardError: they can't be made.
        """
        edits: list[dict[str, Any]] = []
        for edit in log:
            edits.append(dict(edit))
            if edit["do"] in _OF_NO_ROW:  # after which the table may have been read anew
                self.take(edits)
        self.take(edits)
        if self.refused:
            raise self.refused

    def speak(self, language: str) -> None:
        """Say and draw all in a language."""
        with self._changing:
            if language != self.language:
                self._become(self.draft, language)

    def _become(self, draft: Draft, language: str) -> None:
        """Draw another draft, or this one in another language; where that fails all stays."""
        try:
            drawn = reader.drawn(draft, self.source.name, language)
            lost = 0
            if drawn.told != draft.read_by:
                draft, lost = self._read_anew(draft, drawn)
                drawn = reader.drawn(draft, self.source.name, language)
        except BoardError as error:
            self.refused = error
            return
        has_chosen = drawn.told.columns != self.drawn.told.columns
        self.draft = draft
        self.drawn = drawn
        self.language = language
        self.refused = None
        self.lost = lost
        if has_chosen:
            self._remember()

    def _remember(self) -> None:
        """Remember what columns are now chosen to be; where that fails it is said, and they are chosen."""
        try:
            columns.remember(self.drawn.told.columns)
        except BoardError as error:
            self.refused = error

    def _read_anew(self, draft: Draft, drawn: Drawn) -> tuple[Draft, int]:
        """Read as is now told.

        Edits name their measures by number: where other rows are measures now they fall away.

        Returns:
            The draft, and how many of its edits fell away.
        """
        anew = reader.read_anew(draft, self.source, drawn.told)
        edits = [edit for edit in draft.log if edit["n"] > draft.since]
        lost = sum(edit["do"] not in _OF_NO_ROW for edit in edits)
        if not lost or reader.drawn(anew, self.source.name, self.language).read == drawn.read:
            return anew, 0
        return msgspec.structs.replace(anew, since=draft.done, told=drawn.told), lost


def current() -> OnDesk | None:
    """What is on the desk of this session, None where nothing is."""
    on_desk: OnDesk | None = st.session_state.get("draft")
    if on_desk is not None:
        on_desk.speak(defaults.language())
    return on_desk


def put_on_desk(source: Source, log: Iterable[Mapping[str, Any]] = (), before: str = "") -> None:
    """Read what was brought, and begin with the draft of it in place of the one on the desk.

    Args:
        log: edits that were made in it already.
        before: the key by which the browser keeps it with them.

    Raises:
        BoardError: it can't be read.
    """
    number = next_number()
    on_desk = OnDesk.of(source, columns.remembered(), number, before)
    on_desk.go_on(log)
    st.session_state.update(
        {
            "drafts": number,
            "draft": on_desk,
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
