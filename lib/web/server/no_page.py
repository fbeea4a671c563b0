"""The middleware that answers for addresses at which there is nothing.

Streamlit sends its first page to whatever it does not know, with a good status and scripts that an
address of several parts would look for elsewhere.
"""

from __future__ import annotations

import html
from http import HTTPStatus
from string import Template
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from lib import i18n
from lib.web.pages import PAGES
from lib.web.server.first_page import ASSETS
from lib.web.server.front_end import ASK_AGAIN, language_of, path_of

TEMPLATE: Final = Template((ASSETS / "no_page.html").read_text(encoding="utf-8"))
LONGEST_PATH: Final = 200  # characters of an address that are repeated


class NoPage:
    """Sends a page of ours where Streamlit would send its own: what else it sends is no page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.base: str = config.get_option("server.baseUrlPath")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let an answer through, or put ours in its place."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_unknown = False

        async def send_known(message: Message) -> None:
            nonlocal is_unknown
            if message["type"] == "http.response.start" and _is_page(message):
                is_unknown = True
                await self.answer(scope)(scope, receive, send)
            if not is_unknown:
                await send(message)

        await self.app(scope, receive, send_known)

    def answer(self, scope: Scope) -> Response:
        """The page that says so, in the reader's language, with the ways to those that there are."""
        language = language_of(scope)
        path = path_of(scope, self.base) or scope["path"]
        return HTMLResponse(
            page(language, path),
            HTTPStatus.NOT_FOUND,
            {"Cache-Control": ASK_AGAIN, "Vary": "Accept-Language"},
        )


def _is_page(start: Message) -> bool:
    return Headers(raw=start["headers"]).get("content-type", "").startswith("text/html")


def page(language: str, path: str) -> str:
    """The page for one address.

    Args:
        language: the reader's.
        path: of the address, below the board's own.
    """
    t = i18n.translator(language)
    home = "../" * (path.count("/") - 1) or "./"
    links = [
        f'<li><a href="{home}{page.path}?lang={language}">{t(f"page.{page.name}")}</a></li>'
        for page in PAGES
    ]
    return TEMPLATE.substitute(
        lang=t("app.lang"),
        board=t("app.title"),
        title=t("no_page.title"),
        sentence=html.escape(t("no_page.sentence", path=path[:LONGEST_PATH])),
        links="".join(links),
    )
