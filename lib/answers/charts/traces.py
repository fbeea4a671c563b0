"""What figures are drawn with: bars, places to click, words, and traces of one kind as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, Final

from lib.answers import palette
from lib.answers.charts.figure import CLEAR, Trace
from lib.answers.charts.words import TEXT

UNPICKED: Final = 0.35  # the opacity of bars beside the picked one
LOWER: Final = 1.5  # pixels by which Plotly writes above the middle of a place
HATCH: Final = {"size": 5, "solidity": 0.25}  # how large and how dark a pattern is
# Plotly's own dimming after a click is off: the next figure shows what is picked.
UNDIMMED: Final = {"marker": {"opacity": 1}}


def bars(x: list[Any], y: list[Any], marker: Trace, **settings: Any) -> Trace:
    """Bars with an outline."""
    outline = {"color": palette.OUTLINE, "width": 1}
    return {
        "type": "bar",
        "x": x,
        "y": y,
        "marker": {"line": outline, **marker},
        "hoverinfo": "text",
        "unselected": UNDIMMED,
        **settings,
    }


def targets(
    x: list[Any], y: list[Any], data: list[Any], hover: list[str], **settings: Any
) -> Trace:
    """Unseen bars over whole rows or columns: they take the clicks that a short bar would be too
    small for.

    They tell what their bars tell: Plotly asks one of the two, and which one changes along the bar.
    """
    unseen = {"color": CLEAR, "line": {"color": palette.OUTLINE, "width": 0}}
    return bars(x, y, unseen, customdata=data, hovertext=hover, **settings)


def texts(
    x: list[Any], y: list[Any], text: list[str], where: str, size: int = TEXT, **settings: Any
) -> Trace:
    """Words at places of the plot, in the theme's own colour, never clicked.

    Args:
        where: on which side of its place each text stands, in Plotly's words: "middle right".
    """
    if where.startswith("middle"):
        y = [place + LOWER for place in y]
    return {
        "type": "scatter",
        "mode": "text",
        "x": x,
        "y": y,
        "text": text,
        "textposition": where,
        "textfont": {"size": size, "color": palette.INK},
        "hoverinfo": "skip",
        "cliponaxis": False,
        "selected": {"textfont": {"color": palette.INK}},
        **settings,
    }


# --- fills ----------------------------------------------------------------------------------------


def fill(look: palette.Look, names: Sequence[str], picked: str) -> Trace:
    """The fill of bars with a look; where one is picked, the others are fainter.

    names: of the bars; picked: one of them, or "".
    """
    if look.pattern is None:
        return {"color": _shades(look.colour, names, picked)}
    shape, over = look.pattern
    pattern = {
        "shape": shape,
        **HATCH,
        "fgcolor": _shades(over, names, picked),
        "bgcolor": _shades(look.colour, names, picked),
    }
    return {"color": look.colour, "pattern": pattern}


def _shades(colour: str, names: Sequence[str], picked: str) -> str | list[str]:
    return _picked_apart(colour, palette.faded(colour, UNPICKED), names, picked)


def inks(ink: str, names: Sequence[str], picked: str) -> str | list[str]:
    """The colour of the words in bars: the theme's own in those that are fainter."""
    return _picked_apart(ink, palette.INK, names, picked)


def _picked_apart(colour: str, beside: str, names: Sequence[str], picked: str) -> str | list[str]:
    """One colour for all, or where one is picked, another one for those beside it."""
    if not picked:
        return colour
    return [colour if name == picked else beside for name in names]


# --- fewer traces ---------------------------------------------------------------------------------


def as_few(parts: Iterable[Trace]) -> list[Trace]:
    """Join traces into one: Plotly takes up to 3 ms for each, however little it shows.

    Empty ones are left out. Bars with a pattern stay apart and come last: Plotly takes the colours
    of single bars for the pattern's own.

    Args:
        parts: traces of one kind, all with the same keys as the first.
    """
    solid: list[Trace] = []
    hatched: list[Trace] = []
    for part in parts:
        if not part["x"]:
            continue
        if "pattern" in part.get("marker", ()):
            hatched.append(part)
        else:
            solid.append(part)
    if not solid:
        return hatched
    sizes = [len(part["x"]) for part in solid]
    return [_merged(solid, sizes), *hatched]


def _merged(parts: Sequence[Trace], sizes: Sequence[int]) -> Trace:
    """Several traces as one: what they share stays as it is, what differs becomes a list with an
    entry for each bar.

    Widths 3 and [4, 5] of traces with two bars each become [3, 3, 4, 5].
    """
    whole: Trace = {}
    for key in parts[0]:
        values = [part[key] for part in parts]
        if isinstance(values[0], dict):
            whole[key] = _merged(values, sizes)
        elif _shared(values):
            whole[key] = values[0]
        else:
            lists = map(_spread, values, sizes)
            whole[key] = list(chain.from_iterable(lists))
    return whole


def _shared(values: Sequence[Any]) -> bool:
    first = values[0]
    if not isinstance(first, str | int | float):
        return False
    return all(value == first for value in values)


def _spread(value: Any, size: int) -> list[Any]:
    if isinstance(value, list):
        return value
    return [value] * size
