"""The script that every page has, `assets/page.js`, and its buttons that copy the address."""

from __future__ import annotations

from typing import Final

from lib.i18n import Translator
from lib.web import address, components
from lib.web.scope import Scope

BUTTONS: Final = (
    '<button type="button" class="fixed"></button><button type="button" class="following"></button>'
)
_SCRIPT: Final = components.of_assets("page", BUTTONS)


def draw(scope: Scope, t: Translator) -> None:
    """Run the script, and draw the buttons where the frame wants them.

    One copies the address with the day and the year, so that who opens it sees the same; the other
    without a day, so that it follows today.
    """
    data = {
        "copy": t("link.copy"),
        "copyFixed": t("link.copy_fixed"),
        "copyFollowing": t("link.copy_following"),
        "following": t("link.following"),
        "copied": t("link.copied"),
        "lang": t("app.lang"),
        "print": t("paper.screen"),
        "onAllPages": address.FRAME,
        "fixed": {address.AS_OF.name: scope.as_of.isoformat(), address.YEAR.name: scope.year_code},
    }
    _SCRIPT(data=data, key="copy_link", width="content")
