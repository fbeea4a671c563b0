"""The tables of a page as the browser gets them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from streamlit.testing.v1 import AppTest


@dataclass(frozen=True)
class Drawn:
    """One table. message: what `assets/table.js` takes."""

    key: str
    message: dict[str, Any]

    @property
    def heads(self) -> list[str]:
        return [column["head"] for column in self.message["columns"]]

    @property
    def rows(self) -> list[list[str]]:
        rows: list[list[str]] = self.message["rows"]
        return rows

    def column(self, head: str) -> list[str]:
        place = self.heads.index(head)
        return [row[place] for row in self.rows]


def marked(app: AppTest, key: str) -> str:
    """What is open of the table with a key, as the page marks it."""
    components = [component.proto for component in app.get("bidi_component")]
    marks = [json.loads(proto.json) for proto in components if proto.component_name == "table_mark"]
    (place,) = [mark["at"] for mark in marks if mark["table"] == key]
    return str(place)


def drawn(app: AppTest) -> list[Drawn]:
    """All tables of a page, from top to bottom."""
    components = [component.proto for component in app.get("bidi_component")]
    return [
        Drawn(proto.id.split("-", 2)[2], json.loads(proto.bytes))
        for proto in components
        if proto.component_name == "table"
    ]
