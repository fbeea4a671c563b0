"""The styles of an OpenDocument spreadsheet: number formats of dates, strike-out, hidden sheets."""

from __future__ import annotations

from typing import Final

from lib.files.elements import Attributes, Reader, plain

# How the parts of a date are written in a number format
DATE_PARTS: Final = {"year": "yyyy", "month": "m", "day": "d", "hours": "h", "seconds": "s"}


class Styles(Reader):
    """How cells, texts and sheets are shown, by the names of their styles.

    formats: style of cells → number format, of those that show dates.
    struck: styles of cells or texts that are struck out.
    hidden: styles of sheets that are not shown.
    """

    def __init__(self) -> None:
        self.formats: dict[str, list[str]] = {}
        self.struck: set[str] = set()
        self.hidden: set[str] = set()
        self._dates: dict[str, list[str]] = {}  # pieces of a format, by the name of a date's style
        self._date: list[str] = []
        self._format = ""
        self._style = ""

    def start(self, tag: str, attributes: Attributes) -> None:
        tag = plain(tag)
        named = {plain(name): text for name, text in attributes.items()}
        if tag.endswith("-style"):
            self._begin_format(tag, named)
        elif tag == "map":
            self._apply(named)
        elif tag in DATE_PARTS:
            self._date.append(DATE_PARTS[tag])
        elif tag == "text":
            self.collect(self._date)
        elif tag == "style":
            self._begin(named)
        elif tag == "text-properties":
            self._strike(named)
        elif tag == "table-properties" and named.get("display") == "false":
            self.hidden.add(self._style)

    def _begin_format(self, tag: str, named: Attributes) -> None:
        self._format = named.get("name", "")
        self._date = []
        if tag == "date-style":
            self._dates[self._format] = self._date

    def _apply(self, named: Attributes) -> None:
        """Note that a format is for numbers as another one, as yyyy;@ is."""
        applied = named.get("apply-style-name", "")
        if self._format and applied in self._dates:
            self._dates[self._format] = self._dates[applied]

    def _begin(self, named: Attributes) -> None:
        """Begin a style, which is as its parent where it says nothing else."""
        self._format = ""
        self._style = named.get("name", "")
        parent = named.get("parent-style-name", "")
        if parent in self.struck:
            self.struck.add(self._style)
        date_style = named.get("data-style-name", "")
        if date_style in self._dates:
            self.formats[self._style] = self._dates[date_style]
        elif parent in self.formats:
            self.formats[self._style] = self.formats[parent]

    def _strike(self, named: Attributes) -> None:
        kind = named.get("text-line-through-type", "")
        line = named.get("text-line-through-style", kind)
        if line == "none":
            self.struck.discard(self._style)
        elif line:
            self.struck.add(self._style)
