"""Streamlit's index.html as the board sends it: our title, language, style and early scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from lib import i18n
from lib.answers import palette
from lib.web import streamlit_internals as internals

ASSETS: Final = Path(__file__).parents[1] / "assets"
HISTORY: Final = (ASSETS / "history.js").read_text(encoding="utf-8")  # a script in the page
STYLE_SHEETS: Final = ("board.css", "streamlit.css")  # ours, then what reaches into Streamlit's
BETWEEN_LANGUAGES: Final = " · "
WORDS: Final = {"--choose-file": "intake.choose_file"}  # variable of a style sheet → text


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
        internals.HEAD_END: f"<script>{HISTORY}</script>{_early_scripts()}</head>",
        internals.BODY_END: f"<style>{style()}</style></body>",
    }
    page = internals.INDEX
    for pattern, text in ours.items():
        page = pattern.sub(text.replace("\\", r"\\"), page)
    return page


def in_all_languages(key: str) -> str:
    """A text for who has not chosen a language yet."""
    texts = [i18n.translator(language)(key) for language in i18n.LANGUAGES]
    return BETWEEN_LANGUAGES.join(texts)


def _early_scripts() -> str:
    links: list[str] = []
    for pattern in internals.DRAWN_ON_EVERY_PAGE:
        for script in (internals.STATIC / "js").glob(pattern):
            address = f"./static/js/{script.name}"
            links.append(f'<link rel="modulepreload" crossorigin href="{address}">')
    return "".join(links)


def style() -> str:
    """The whole style sheet: colours and words as variables, then the rules."""
    sheets = [(ASSETS / name).read_text(encoding="utf-8") for name in STYLE_SHEETS]
    return "\n".join([palette.css_variables(), words(), palette.figure_rules(), *sheets])


def words() -> str:
    """The words that the style sheet writes, in the language that the page has at the time."""
    rules: list[str] = []
    for language in i18n.LANGUAGES:
        t = i18n.translator(language)
        code = t("app.lang")
        for variable, key in WORDS.items():
            text = t(key)
            rules.append(f':root:lang({code}) {{ {variable}: "{text}"; }}')
    return "\n".join(rules)
