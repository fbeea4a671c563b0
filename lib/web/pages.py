"""The one table of the board's pages, which the frame, the tests and the photographs read."""

from __future__ import annotations

from typing import Final, NamedTuple


class BoardPage(NamedTuple):
    """One page of the board.

    name: of its file in `pages/`; its title is `page.<name>` of the locales.
    needs_table: whether it draws the measure table, and is empty without one.
    """

    name: str
    needs_table: bool = True

    @property
    def path(self) -> str:
        """Its path in the URL; the first page is the front page."""
        return "" if self is PAGES[0] else self.name


# In the order of the navigation; the first opens the board
PAGES: Final = (
    BoardPage("overview"),
    BoardPage("leaders"),
    BoardPage("departments"),
    BoardPage("sections"),
    BoardPage("timeline"),
    BoardPage("measures"),
    BoardPage("progress"),
    BoardPage("intake", needs_table=False),
)
TABLE_PAGES: Final = tuple(page for page in PAGES if page.needs_table)
