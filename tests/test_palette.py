"""Each colour has one home: the theme's in config.toml, the board's in the palette, none in a style sheet."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from lib.answers import palette
from lib.ledger import lights
from lib.measures import schema
from lib.web.server import first_page
from tests.colours import contrast

ROOT = Path(__file__).parent.parent
THEME = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))["theme"]
BACKGROUNDS = [THEME[scheme]["backgroundColor"] for scheme in ("light", "dark")]
STYLE_SHEETS = sorted((ROOT / "lib").rglob("*.css"))


@pytest.mark.parametrize("background", BACKGROUNDS)
@pytest.mark.parametrize(
    "colour", sorted({palette.OUTLINE, palette.PICKED, palette.LEAD, palette.DUE})
)
def test_what_bounds_a_bar_is_seen_on_both_backgrounds(colour, background):
    assert contrast(colour, background) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_picked_has_the_primary_colour_of_the_theme(scheme):
    assert THEME[scheme]["primaryColor"] == palette.PICKED


def test_figures_are_written_in_the_font_of_the_theme():
    assert THEME["font"] == palette.FONT


def test_the_colours_that_follow_the_page_are_used_for_nothing_else():
    others = {colour for scheme in ("light", "dark") for colour in THEME[scheme].values()}
    others |= {*palette.variables().values(), *palette.BLUES}
    assert not {palette.INK, palette.PAPER, palette.FEW_INK, palette.MANY_INK} & others


@pytest.mark.parametrize("step", range(len(palette.BLUES)))
def test_the_number_in_a_cell_can_be_read_on_either_page(step):
    has_light_words = step >= palette.TURNING_BLUE
    words = palette.MANY_INK if has_light_words else palette.FEW_INK
    words_on_dark = palette.DARK if has_light_words else palette.LIGHT
    assert contrast(palette.BLUES[step], words) >= 4.5
    assert contrast(palette.BLUES_ON_DARK[step], words_on_dark) >= 4.5


@pytest.mark.parametrize("preset", lights.PRESETS)
def test_words_on_a_light_s_colour_can_be_read(preset):
    for light in lights.read(lights.preset(preset)).light:
        assert contrast(light.colour, palette.ink_on(light.colour)) >= 4.5, light.mark


@pytest.mark.parametrize("kind", palette.WITHOUT_LIGHT)
def test_words_on_what_has_no_light_can_be_read(kind):
    colour = palette.look(kind).colour
    assert contrast(colour, palette.ink_on(colour)) >= 4.5


def test_the_fullest_cell_stands_out_most_on_either_page():
    light, dark = BACKGROUNDS
    on_light = [contrast(blue, light) for blue in palette.BLUES]
    on_dark = [contrast(blue, dark) for blue in palette.BLUES_ON_DARK]
    assert on_light == sorted(on_light)
    assert on_dark == sorted(on_dark)


def test_every_state_and_role_has_a_colour_and_a_variable():
    variables = palette.variables()
    for state in schema.STATES:
        assert variables[f"--state-{state.replace('_', '-')}"] == palette.STATES[state]
    for role in schema.ROLES:
        assert variables[f"--role-{role}"] == palette.ROLES[role]


def test_a_style_sheet_gets_each_colour_and_its_channels_for_tints():
    assert "--role-lead: #0072B2; --role-lead-rgb: 0 114 178;" in palette.css_variables()


def test_figures_take_the_colours_of_the_page():
    rules = palette.figure_rules()
    assert '[style*="fill: rgb(11, 15, 21)"] { fill: currentColor !important; }' in rules
    assert '[style*="stroke: rgb(255, 255, 254)"] { stroke: Canvas !important; }' in rules
    assert (
        '[style*="fill: rgb(8, 63, 99)"] { fill: light-dark(#083F63, #D3E7F5) !important; }'
        in rules
    )


@pytest.mark.parametrize("sheet", STYLE_SHEETS, ids=lambda sheet: sheet.name)
def test_a_style_sheet_uses_only_variables_that_there_are(sheet):
    text = sheet.read_text("utf-8")
    declared = set(re.findall(r"(--[a-z0-9-]+):", text + first_page.style()))
    used = {name for name in re.findall(r"var\((--[a-z0-9-]+)\)", text) if "--st-" not in name}
    assert used <= declared


@pytest.mark.parametrize("sheet", STYLE_SHEETS, ids=lambda sheet: sheet.name)
def test_no_style_sheet_has_a_colour_of_its_own(sheet):
    values = re.findall(r":([^{};]+);", sheet.read_text("utf-8"))
    colours = r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl)a?\(\s*[0-9]"
    assert not [value for value in values if re.search(colours, value)]
