"""The shades of cells: darker for more; a dark page turns them round (`palette.figure_rules`)."""

from __future__ import annotations

from typing import NamedTuple

from lib.answers import palette
from lib.answers.charts.figure import FAINT


class Shade(NamedTuple):
    """The colour of a cell and of the number in it, which differ by 4.5:1 at least."""

    back: str
    ink: str


def shade(count: int, most: int) -> Shade:
    """The shade of a cell with a count. most: what the darkest cell counts."""
    if not count:
        return Shade(FAINT, palette.INK)
    share = (count / most) ** 0.5  # so that small counts still differ
    steps = len(palette.BLUES)
    step = min(int(share * steps), steps - 1)
    ink = palette.MANY_INK if step >= palette.TURNING_BLUE else palette.FEW_INK
    return Shade(palette.BLUES[step], ink)
