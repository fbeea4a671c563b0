"""The script that every page has, `assets/page.js`, and its button that copies the address."""

from __future__ import annotations

from typing import Final

from lib.i18n import Translator
from lib.web import components

_SCRIPT: Final = components.of_assets("page", '<button type="button"></button>')


def draw(t: Translator) -> None:
    """Run the script, and draw the button where the frame wants it."""
    _SCRIPT(
        data={"copy": t("link.copy"), "copied": t("link.copied"), "lang": t("app.lang")},
        key="copy_link",
        width="content",
    )
