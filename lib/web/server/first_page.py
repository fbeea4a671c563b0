"""Streamlit's index.html as the board sends it: our title, language, style and early scripts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import streamlit as st

from lib import i18n
from lib.answers import palette
from lib.i18n import Translator
from lib.web import streamlit_internals as internals
from lib.web.server import edited

ASSETS: Final = Path(__file__).parents[1] / "assets"
SCRIPTS: Final = tuple(  # in the page, before Streamlit's
    (ASSETS / name).read_text(encoding="utf-8") for name in ("history.js", "words.js", "figures.js")
)
OUR_WORDS: Final = (
    "app.language",
    "figure_menu.title",
    "figure_menu.picture",
    "figure_menu.full_screen",
)
STYLE_SHEETS: Final = ("board.css", "streamlit.css")  # ours, then what reaches into Streamlit's
BETWEEN_LANGUAGES: Final = " · "


def first_page(language: str) -> str:
    """The page before JavaScript, in one language.

    The style sheet stands after the page's body, so that it comes after Streamlit's own; as an
    element it would be sent with every run. The scripts that every page draws with are asked for at
    once: they use the line while the rest starts. Streamlit's own font is not asked for.
    """
    code = i18n.translator(language)("app.lang")
    title = in_all_languages("app.title")
    no_script = in_all_languages("app.no_script")
    ours = {
        internals.HTML_TAG: f'<html lang="{code}">',
        internals.TITLE: f"<title>{title}</title>",
        internals.FONT_PRELOAD: "",
        internals.NO_SCRIPT: f"<noscript>{no_script}</noscript>",
        internals.HEAD_END: f"{_our_scripts()}{_early_scripts()}</head>",
        internals.BODY_END: f"<style>{style()}</style></body>",
    }
    page = internals.INDEX.replace(f".{edited.ORIGINAL}", f".{edited.EDITED}")
    for pattern, text in ours.items():
        page = pattern.sub(text.replace("\\", r"\\"), page)
    return page


def in_all_languages(key: str) -> str:
    """A text for who has not chosen a language yet."""
    texts = [i18n.translator(language)(key) for language in i18n.LANGUAGES]
    return BETWEEN_LANGUAGES.join(texts)


def _our_scripts() -> str:
    """Ours, after what they read: the words as JSON, which is no script."""
    words = json.dumps(words_of_scripts(), ensure_ascii=False).replace("<", r"\u003c")
    elements = [f'<script id="words" type="application/json">{words}</script>']
    elements += [f"<script>{script}</script>" for script in SCRIPTS]
    return "".join(elements)


def words_of_scripts() -> dict[str, dict[str, str]]:
    """What we say for Streamlit's literals, and what our scripts say: language → literal → word."""
    words: dict[str, dict[str, str]] = {}
    for language in i18n.LANGUAGES:
        t = i18n.translator(language)
        of_language = {key: t(key) for key in OUR_WORDS}
        for literals in internals.LITERALS.values():
            of_language |= _words_for(literals, t)
        words[t("app.lang")] = of_language
    return words


def _words_for(literals: Mapping[str, str], t: Translator) -> dict[str, str]:
    """What we say for some of Streamlit's literals, where it is not the same."""
    ours = {literal: t(key) for literal, key in literals.items()}
    return {literal: word for literal, word in ours.items() if word != literal}


def _early_scripts() -> str:
    links: list[str] = []
    folder = internals.STATIC / "js"
    for pattern in internals.DRAWN_ON_EVERY_PAGE:
        for script in folder.glob(pattern):
            address = f".{edited.address(script)}"
            links.append(f'<link rel="modulepreload" crossorigin href="{address}">')
    return "".join(links)


def style() -> str:
    """The whole style sheet: colours as variables, then the rules."""
    sheets = [(ASSETS / name).read_text(encoding="utf-8") for name in STYLE_SHEETS]
    colours = [palette.css_variables(), page_colour(), palette.figure_rules()]
    return "\n".join([*colours, *sheets])


def page_colour() -> str:
    """The theme's background as a variable, for what must hide what scrolls below it."""
    light = st.get_option("theme.light.backgroundColor")
    dark = st.get_option("theme.dark.backgroundColor")
    of_dark = f"@media (prefers-color-scheme: dark) {{ :root {{ --page: {dark}; }} }}"
    return f":root {{ --page: {light}; }}\n{of_dark}"
