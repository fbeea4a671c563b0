"""The middleware that answers for Streamlit's scripts, style sheets and first page."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import parse_qs

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config

from lib import i18n
from lib.web import components
from lib.web import streamlit_internals as internals
from lib.web.pages import PAGES
from lib.web.server import edited, warm_up
from lib.web.server.assets import Asset, Content, by_preference, coding_for, pack
from lib.web.server.first_page import first_page

TYPES: Final = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
PAGE_TYPE: Final = "text/html; charset=utf-8"
FOR_EVER: Final = (
    "public, immutable, max-age=31536000"  # names carry a hash: Streamlit says the same
)
ASK_AGAIN: Final = "no-cache"
LANGUAGE_SIGNS: Final = 2  # of a tag: zh of zh-CN
PAGE_PATHS: Final = frozenset(f"/{page.path}" for page in PAGES)


class Name(NamedTuple):
    """Under what an answer is kept.

    name: a file's path, or the language of the first page.
    coding: its compression.
    quick: whether it was compressed in a hurry.
    """

    name: str
    coding: str
    quick: bool


class FrontEnd:
    """Answers from memory what is ours, each compressed once; all else passes through."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.base: str = config.get_option("server.baseUrlPath")
        # Only names that were there at the start are looked up: no path of a request ever reaches
        # the file system.
        self.files = _files_to_compress()
        self.kept: dict[Name, Asset] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or let Streamlit do it."""
        name = self.name(scope)
        if name is None:
            await self.app(_as_streamlit_has_it(scope), receive, send)
            return
        request = Headers(scope=scope)
        asset = await self.asset(name, request)
        unchanged = asset.etag in _etags(request.get("if-none-match", ""))
        await send(
            {
                "type": "http.response.start",
                "status": HTTPStatus.NOT_MODIFIED if unchanged else HTTPStatus.OK,
                "headers": asset.headers_without_body() if unchanged else asset.headers,
            }
        )
        without_body = unchanged or scope["method"] == "HEAD"
        await send({"type": "http.response.body", "body": b"" if without_body else asset.body})

    def name(self, scope: Scope) -> str | None:
        """Which answer is asked for: a file's path, the first page's language, None for none."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            return None
        path = path_of(scope, self.base)
        if path in self.files:
            return path
        return language_of(scope) if path in PAGE_PATHS else None

    async def asset(self, name: str, request: Headers) -> Asset:
        """The answer as the browser takes it, kept from the last time or made now."""
        coding = coding_for(request.get("accept-encoding", ""))
        quick = warm_up.of_the_board.status == "starting"
        key = Name(name, coding, quick)
        if key not in self.kept:  # in a thread: it takes up to 0.15 s, without the GIL
            self.kept[key] = await to_thread.run_sync(self.make, *key)
        return self.kept[key]

    def make(self, name: str, coding: str, quick: bool) -> Asset:
        """Build what is kept under a name."""
        file = self.files.get(name)
        content = _page(name) if file is None else _file(file)
        return pack(content, coding, quick)


def _files_to_compress() -> dict[str, Path]:
    """Our scripts, and Streamlit's with its style sheets but for small ones, by their paths."""
    return components.SERVED | {
        edited.address(file): file
        for file in internals.STATIC.rglob("*")
        if file.suffix in TYPES and file.stat().st_size >= internals.COMPRESSED_FROM
    }


def _page(language: str) -> Content:
    page = first_page(language).encode()
    return Content(page, PAGE_TYPE, ASK_AGAIN, "Accept-Encoding, Accept-Language")


def _file(file: Path) -> Content:
    return Content(edited.body(file), TYPES[file.suffix], FOR_EVER)


def _as_streamlit_has_it(scope: Scope) -> Scope:
    """A request for one of the files that are left as they are, by its own address."""
    if edited.EDITED not in scope.get("path", ""):
        return scope
    path = scope["path"].replace(edited.EDITED, edited.ORIGINAL, 1)
    return {**scope, "path": path, "raw_path": path.encode()}


def _etags(header: str) -> set[str]:
    """The ETags of an If-None-Match header, whether strong or weak."""
    return {tag.strip().removeprefix("W/") for tag in header.split(",")}


def language_of(scope: Scope) -> str:
    """The language before the frame decides: the URL's, else the browser's, else Chinese."""
    query: str = scope["query_string"].decode("latin-1")
    of_url = parse_qs(query).get("lang", [])
    accepted = Headers(scope=scope).get("accept-language", "")
    for tag in (*of_url, *by_preference(accepted)):
        language = tag[:LANGUAGE_SIGNS]
        if language in i18n.LANGUAGES:
            return language
    return i18n.LANGUAGES[0]


def path_of(scope: Scope, base: str) -> str | None:
    """The path that is asked for, below the proxy's prefix and `server.baseUrlPath`."""
    behind_proxy = below(scope["path"], scope.get("root_path", ""))
    return below(behind_proxy or scope["path"], base)


def below(path: str, prefix: str) -> str | None:
    """What follows a prefix in a path; None if the path is not under it.

    Prefixes are those of a proxy and of `server.baseUrlPath`.
    """
    prefix = "/" + prefix.strip("/")
    if prefix == "/":
        return path
    if not f"{path}/".startswith(f"{prefix}/"):
        return None
    return path.removeprefix(prefix) or "/"
