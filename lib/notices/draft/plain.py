"""An edit as a browser sends it, plain data, made in a notice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from lib.notices.draft import cells, head, rows
from lib.notices.model import FIELDS, Notice

Edit = Mapping[str, Any]
_Make = Callable[[Notice, Edit], Notice]  # the notice with an edit


def apply(notice: Notice, edit: Edit) -> Notice:
    """The notice after one edit; the same where the edit does not fit it.

    Args:
        edit: such as `{"do": "put", "row": 3, "field": "title", "text": "…"}`. do is one of put,
            confirm, split, merge, drop, add, place, forget, name and year, the functions of this
            package, or day, which is `give_day`.
    """
    make = EDITS.get(str(edit.get("do")))
    if make is None:
        return notice
    try:
        return make(notice, edit)
    except (IndexError, KeyError, TypeError, ValueError):
        return notice


def _put(notice: Notice, edit: Edit) -> Notice:
    text = str(edit["text"])
    return cells.put(notice, edit["row"], _field(edit), text)


def _day(notice: Notice, edit: Edit) -> Notice:
    day = str(edit["text"])
    return cells.give_day(notice, edit["row"], day)


def _confirm(notice: Notice, edit: Edit) -> Notice:
    return cells.confirm(notice, edit["row"], _field(edit))


def _field(edit: Edit) -> str:
    """The field that an edit names, if a measure has it.

    Raises:
        KeyError: no measure has it.
    """
    field = edit["field"]
    if field not in FIELDS:
        raise KeyError(field)
    return str(field)


EDITS: Final[dict[str, _Make]] = {
    "put": _put,
    "day": _day,
    "confirm": _confirm,
    "split": lambda notice, edit: rows.split(notice, edit["row"], edit["at"]),
    "merge": lambda notice, edit: rows.merge(notice, edit["row"]),
    "drop": lambda notice, edit: rows.drop(notice, edit["row"]),
    "add": lambda notice, edit: rows.add(notice, edit["row"]),
    "place": lambda notice, edit: rows.place(notice, edit["item"]),
    "forget": lambda notice, edit: rows.forget(notice, edit["item"]),
    "name": lambda notice, edit: head.name(notice, str(edit["text"])),
    "year": lambda notice, edit: head.in_year(notice, int(edit["text"])),
}
