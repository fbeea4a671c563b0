"""What a mark of a chart or a table opens: the rows that it counts, as the query of an address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from lib.text.excerpts import DRAWN
from lib.workload import OTHERS

CellOpens = Callable[[str, str], str]  # by what stands down and across

# Only what parts a query is encoded: a name is sent with each of its marks
_ENCODED: Final = str.maketrans({"%": "%25", "&": "%26", "=": "%3D", "+": "%2B"})


def opens(**parameters: str) -> str:
    """The query of what a mark opens, `pick=张慧&state=passed`.

    Args:
        parameters: of `web.address`: pick, part, beside, state, progress, month, count, names,
            measure or open; empty ones are left out. One that is too long to be drawn opens nothing.
    """
    filled = {name: text for name, text in parameters.items() if text}
    is_too_long = any(len(text) > DRAWN for text in filled.values())
    if is_too_long:
        return ""
    pairs = [f"{name}={text.translate(_ENCODED)}" for name, text in filled.items()]
    return "&".join(pairs)


# What stands for the names that do not fit opens: a count of several names is no count of rows
ALL_NAMES: Final = opens(names="all")


def of_name(name: str, **parameters: str) -> str:
    """What a name opens: what it has, or where it stands for the others, all names.

    parameters: of `opens`, beside the name.
    """
    if name == OTHERS:
        return ALL_NAMES
    return opens(pick=name, **parameters)


def of_lane(name: str) -> str:
    """What the heading of a timeline's lane opens: the lane, or all of them."""
    if name == OTHERS:
        return ALL_NAMES
    return opens(open=name)


def of_cell(down: str, across: str, count: int, cell_opens: CellOpens) -> str:
    """What a cell of a grid opens: nothing where it counts none, all names where it sums up others."""
    if not count:
        return ""
    if OTHERS in (down, across):
        return ALL_NAMES
    return cell_opens(down, across)
