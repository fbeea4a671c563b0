"""The colours of states and roles, once: charts draw with them, and style sheets get them as
variables.

Colour has a meaning and is the same on every page; states differ by mark, pattern and word as well
(docs/design.md). The colours of the theme stand in `.streamlit/config.toml`. Nothing is imported
here, so that the first page can be served before pandas and Plotly are loaded.
"""

from __future__ import annotations

from typing import Final, NamedTuple

# In the place of these two the page puts its own colours for text and background (`figure_rules`),
# so that a figure follows light and dark without being drawn again. Nothing else on the board has
# them.
INK: Final = "#0B0F15"
PAPER: Final = "#FFFFFE"
FONT: Final = '"Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", sans-serif'  # the theme's

OUTLINE: Final = "#767F8B"  # at least 3:1 against the background of either theme
PICKED: Final = "#0072B2"  # the theme's primary colour, 3:1 as well
LEAD: Final = "#0072B2"
SUPPORT: Final = "#A9D1EA"
DUE: Final = "#7A8EA3"  # counts of what is due, whatever its state
DARK: Final = "#10161C"  # words on a light fill
LIGHT: Final = "#FFFFFF"  # words on a dark fill
HEADER: Final = "#E8EEF4"  # the fill of a downloaded sheet's header


class Look(NamedTuple):
    """How a bar is filled. pattern: the shape and colour of what is drawn over it, None for nothing."""

    colour: str
    pattern: tuple[str, str] | None = None


STATES: Final[dict[str, str]] = {
    "passed": "#5B6470",
    "this_month": "#E69F00",
    "within_30": "#F0E442",
    "later": "#C9D1D9",
    "ongoing": "#56B4E9",
    "recurring": "#CC79A7",
    "no_date": "#FFFFFF",
    "unreadable": "#FFFFFF",
}
# Of a list that is followed what has no light
WITHOUT_LIGHT: Final[dict[str, str]] = {"cancelled": "#E3E7EB", "unfollowed": DUE}
ROLES: Final[dict[str, str]] = {"lead": LEAD, "support": SUPPORT}

# Shape and colour of what is drawn over the fill: states differ by more than colour, support from
# lead as well.
PATTERNS: Final[dict[str, tuple[str, str]]] = {
    "ongoing": (".", "#BDE2F7"),
    "recurring": ("-", "#E6BDD3"),
    "unreadable": ("x", OUTLINE),
    "support": ("/", LEAD),
    "cancelled": ("x", OUTLINE),
}
_COLOURS: Final = {**STATES, **ROLES, **WITHOUT_LIGHT, "due": DUE}


def look(kind: str) -> Look:
    """How bars of a kind are filled: of a date state, a role, what has no light, or "due"."""
    return Look(_COLOURS[kind], PATTERNS.get(kind))


# The cells of a heat map, from few to many: darker for more, on a dark page lighter for more.
BLUES: Final[tuple[str, ...]] = (
    "#DCEAF4",
    "#B9D6EA",
    "#8CBDDD",
    "#5BA0CC",
    "#1F74AC",
    "#0A5A8C",
    "#083F63",
)
BLUES_ON_DARK: Final[tuple[str, ...]] = (
    "#16283A",
    "#183A56",
    "#1A4F77",
    "#1B6499",
    "#5BA3D0",
    "#93C4E4",
    "#D3E7F5",
)
BRIGHT: Final = 102  # from here on a fill takes dark words
TURNING_BLUE: Final = 4  # the first that takes light words, and on a dark page dark ones
FEW_INK: Final = "#10161B"  # words on the first blues, and on the others; nothing else has the two
MANY_INK: Final = "#FEFFFF"


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of `#RRGGBB`, each from 0 to 255."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def ink_on(colour: str) -> str:
    """The colour of words on a fill: dark on what is bright to the eye, else light.

    Brightness from 0 to 255 as television weighs the channels (ITU-R BT.601).
    """
    red, green, blue = channels(colour)
    brightness = (299 * red + 587 * green + 114 * blue) / 1000
    return DARK if brightness >= BRIGHT else LIGHT


def faded(colour: str, opacity: float) -> str:
    """A colour that lets through what is below it. opacity: 0 to 1."""
    red, green, blue = channels(colour)
    return f"rgba({red},{green},{blue},{opacity:g})"


def variables() -> dict[str, str]:
    """The colours by the names that they have in a style sheet.

    Returns:
        `--role-lead`, `--state-this-month` and so on, as `#RRGGBB`. Each has a second variable for
        tints, its channels: `rgb(var(--role-lead-rgb) / 0.25)`.
    """
    colours = {"outline": OUTLINE, "picked": PICKED, "due": DUE, "dark": DARK, "light": LIGHT}
    for role, colour in ROLES.items():
        colours[f"role-{role}"] = colour
    for state, colour in STATES.items():
        colours[f"state-{state}"] = colour
    named: dict[str, str] = {}
    for name, colour in colours.items():
        variable = "--" + name.replace("_", "-")
        red, green, blue = channels(colour)
        named[variable] = colour
        named[f"{variable}-rgb"] = f"{red} {green} {blue}"
    return named


def css_variables() -> str:
    """The rule that gives a page the variables.

    Roots of components within the page inherit them.
    """
    declarations = " ".join(f"{name}: {value};" for name, value in variables().items())
    return f":root {{ {declarations} }}"


def figure_rules() -> str:
    """The rules by which figures take the page's colours in the place of INK and PAPER, and cells those
    of a light or a dark page.
    """
    rules: list[str] = []
    for colour, of_page in ((INK, "currentColor"), (PAPER, "Canvas")):
        for style in ("fill", "stroke"):
            rules.append(_figure_rule(style, colour, of_page))
    on_dark = dict(zip(BLUES, BLUES_ON_DARK, strict=True))
    on_dark |= {FEW_INK: LIGHT, MANY_INK: DARK}
    for colour, dark in on_dark.items():
        of_page = f"light-dark({colour}, {dark})"
        rules.append(_figure_rule("fill", colour, of_page))
    return "\n".join(rules)


def _figure_rule(style: str, colour: str, of_page: str) -> str:
    """Plotly writes a colour into its element's style, as `fill: rgb(11, 15, 21)`."""
    red, green, blue = channels(colour)
    drawn = f'[class*="st-key-figure_"] [style*="{style}: rgb({red}, {green}, {blue})"]'
    return f"{drawn} {{ {style}: {of_page} !important; }}"
