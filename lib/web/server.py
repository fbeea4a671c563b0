"""What the ASGI app needs around Streamlit: warm-up, compression, the page before JavaScript, headers, health.

Streamlit 1.67 compresses its answers but not the files of its front end, 9.1 of the 9.1 MB of a first load: it would
compress them again at each request (`starlette_gzip_middleware.py`). Here each is compressed once and kept.
"""

from __future__ import annotations

import base64
import gc
import hashlib
import logging
import re
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import cli_util, config, file_util
from streamlit.web.server import server_util

from lib.answers.palette import css_variables, figure_rules

LOG = logging.getLogger(__name__)

TITLE = "举措看板 · Measure Board"
NO_SCRIPT = "请在浏览器中启用 JavaScript。 Please enable JavaScript."


def anchor(app_file: str) -> None:
    """Make paths and `.streamlit/config.toml` belong to the folder of app.py, whatever the working directory is.

    `streamlit run` does this itself; under uvicorn Streamlit would look beside `pages/frame.py` (`App.__init__`).
    """
    if config._main_script_path is None:
        config._main_script_path = str(Path(app_file).resolve())


# ---------------------------------------------------------------------------------------------------------- warm-up


def load() -> None:
    """Import what the first visitor would wait for, and load the table; pandas alone takes 0.6 s."""
    import pandas  # noqa: F401  (and with it numpy and pyarrow)
    import plotly.graph_objects as go

    # Plotly loads a module for each thing that is drawn, and its JSON writer, when they are first used: 240 ms
    go.Figure(go.Bar(marker={"pattern": {"shape": "/"}})).to_json()

    from lib.web import details, frame, store  # noqa: F401  (and with them all that pages draw with)

    store.warm()


RUNS = 50  # runs between two walks of the collector over everything
CALM = 5.0  # seconds after which a visitor who came with the start has been served


class WarmUp:
    """Work before the first visitor, done once in the background; `/healthz` tells how far it is.

    rest: what the first visitor does not wait for, and must not: it comes when the machine is calm again.
    """

    def __init__(
        self, work: Callable[[], None], rest: Callable[[], None], calm: float = CALM
    ) -> None:
        self.work = work
        self.rest = rest
        self.calm = calm
        self.status = "starting"
        self.failure: str | None = None
        self.seconds: float | None = None

    def run(self) -> None:
        """Work, freeze, then the rest. A failure is logged: a broken table is a sentence on the page, no dead port."""
        begun = time.perf_counter()
        status = "ok"
        try:
            self.work()
        except Exception as error:
            LOG.exception("The warm-up failed; the first visitor will wait instead.")
            status, self.failure = "degraded", type(error).__name__
        # After each script run Streamlit collects every generation, about 75 ms under the GIL. What is loaded by now
        # stays until the end, so it need not be looked at again: 1 ms. A table read later is not frozen and need not
        # be: the collector does not track Arrow's and NumPy's arrays, and 1,000 Python objects cost it 0.5 ms.
        gc.freeze()
        self.seconds = round(time.perf_counter() - begun, 3)
        self.status = status
        time.sleep(self.calm)
        self.rest()
        settle()


def settle() -> None:
    """Collect everything once, and freeze what is left: 0.1 s."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def keep_settled() -> None:
    """Settle after every RUNS runs, for ever.

    What sessions hold would otherwise be walked after each run of each of them: with 100 sessions that took longer than
    the runs, and p95 was 4 s instead of 0.1 s.
    """
    walked = _collections()
    while True:
        time.sleep(0.5)
        if _collections() >= walked + RUNS:
            settle()
            walked = _collections()


def _collections() -> int:
    """How often all generations were collected: Streamlit does it after each run."""
    return int(gc.get_stats()[2]["collections"])


def load_rest() -> None:
    """What a search needs: pinyin and both writings, 270 ms."""
    from lib.web import store

    store.warm_search()


warm_up = WarmUp(load, load_rest)


def unexpected(error: Exception) -> bool:
    """A mistake of ours in a page: Streamlit has logged it; the reader gets a sentence instead of its English one."""
    from lib.web import frame

    return frame.unexpected(error)


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Listen at once and warm up beside it."""
    threading.Thread(target=warm_up.run, name="warm-up", daemon=True).start()
    threading.Thread(target=keep_settled, name="settle", daemon=True).start()
    announce()
    yield


def announce() -> None:
    """Say where the board is and open it: `streamlit run` opens no browser for an `st.App` (1.67).

    Streamlit's own welcome is off (config.toml): it asks an outside host for the address of a server that listens
    on all interfaces, and advertises.
    """
    if config._server_mode != "starlette-app":
        return  # uvicorn says its address itself
    address = config.get_option("server.address")
    url = server_util.get_url(server_util.get_display_address(address) if address else "localhost")
    cli_util.print_to_cli(f"Measure Board: {url}")
    if not config.get_option("server.headless"):
        cli_util.open_browser(url)


async def health(_request: Request) -> Response:
    """503 until the warm-up is done. A failed one is 200 "degraded": the board answers, and says what is wrong."""
    body = {
        "status": warm_up.status,
        "warm_up_seconds": warm_up.seconds,
        "failure": warm_up.failure,
    }
    return JSONResponse(
        body, 503 if warm_up.status == "starting" else 200, {"Cache-Control": "no-store"}
    )


routes = [Route("/healthz", health)]


# -------------------------------------------------------------------------------------------------------- front end

ROOT = Path(file_util.get_static_dir())
STYLE = Path(__file__).with_name("board.css")
INDEX = (ROOT / "index.html").read_text(encoding="utf-8")
HASHED = (
    "public, immutable, max-age=31536000"  # names carry a hash; Streamlit says the same of them
)
TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
ENTITY = {b"content-type", b"content-length", b"content-encoding"}  # what a 304 does not repeat
WORTH_IT = 1000  # bytes, as Streamlit has it: smaller files gain nothing and take its own way

# Streamlit's text fonts, 260 kB: fetched until the theme is known, where config.toml names the reader's own instead.
SHIPPED_FONT = re.compile(rb"@font-face\{[^}]*font-family:Source[^}]*\}")

# In the order of preference, the least bytes for about 0.15 s on the largest file, 4.7 MB of Plotly: brotli 1.24 MB,
# gzip 1.42 MB (zstd at 9 is as good as brotli, but fewer browsers know it). On plain http browsers offer brotli to
# loopback only, so an office without a proxy gets gzip.
CODECS = {"br": ("brotli", 5), "gzip": ("gzip", 6)}
QUICK = 1  # the level for who comes while the warm-up needs the processor: a fifth of the work, a fifth more bytes

# Our pages have one segment and no dot. The other two are a route of ours and one of Streamlit's for signing in.
PAGE = re.compile(r"/(?!healthz$|oauth2callback$)[^/.]*")
LANGUAGES = {"zh": "zh-CN", "en": "en"}

# What every page draws with. Streamlit's page asks for these only once the first chart has come over the websocket;
# asked for at once, they use the line while the rest starts.
EARLY = ("PlotlyChart.*.js", "arrowFormatUtils.*.js", "DataFrame.*.js")


class Asset(NamedTuple):
    """A body as it goes over the line, its ETag, and the headers that belong to it."""

    etag: str
    headers: list[tuple[bytes, bytes]]
    body: bytes


def asset(
    plain: bytes, kind: str, cache: str, coding: str, quick: bool, vary: str = "Accept-Encoding"
) -> Asset:
    """Compress once. The ETag names the coding too: two codings of one file are two representations (RFC 9110)."""
    body, level = plain, ""
    if coding in CODECS:
        import pyarrow  # not at the top: 170 ms that the port would open later

        name, best = CODECS[coding]
        body = pyarrow.Codec(name, compression_level=QUICK if quick else best).compress(
            plain, asbytes=True
        )
        level = "-quick" if quick else ""
    etag = f'"{hashlib.sha256(plain).hexdigest()[:16]}-{coding}{level}"'
    headers = {
        "Content-Type": kind,
        "Content-Length": str(len(body)),
        "Cache-Control": cache,
        "ETag": etag,
    }
    headers |= {"Vary": vary} | ({"Content-Encoding": coding} if coding in CODECS else {})
    return Asset(
        etag, [(key.lower().encode(), value.encode()) for key, value in headers.items()], body
    )


def weighed(header: str) -> list[str]:
    """The values of an Accept-… header, best first, without those that are refused (q=0)."""
    found: list[tuple[float, str]] = []
    for part in header.lower().split(","):
        value, _, rest = part.partition(";")
        weight = re.search(r"q=(\d+(?:\.\d+)?)", rest)
        found.append((float(weight[1]) if weight else 1.0, value.strip()))
    return [value for weight, value in sorted(found, key=lambda pair: -pair[0]) if weight]


def coding_for(header: str) -> str:
    """Which compression to send: the best of ours that the browser takes."""
    taken = weighed(header)
    return next((coding for coding in CODECS if coding in taken), "identity")


def language_for(query: str, header: str) -> str:
    """The language of the page before the frame decides: `lang` of the URL, then the browser's, then Chinese."""
    asked = parse_qs(query).get("lang", [])
    known = [tag[:2] for tag in [*asked, *weighed(header)] if tag[:2] in LANGUAGES]
    return known[0] if known else "zh"


def first_page(language: str) -> str:
    """Streamlit's index.html with our title, language, stylesheet and early charts, without the font that is not used.

    The stylesheet stands behind the page's body, so that it comes after Streamlit's own; as an element it would be sent
    with every run.
    """
    scripts = [file.name for pattern in EARLY for file in (ROOT / "static" / "js").glob(pattern)]
    early = "".join(
        f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in scripts
    )
    page = INDEX.replace('<html lang="en">', f'<html lang="{LANGUAGES[language]}">')
    page = page.replace("</head>", f"{early}</head>")
    style = "\n".join((css_variables(), figure_rules(), STYLE.read_text(encoding="utf-8")))
    page = page.replace("</body>", f"<style>{style}</style></body>")
    page = re.sub(r"<title>.*?</title>", f"<title>{TITLE}</title>", page)
    page = re.sub(r'<link\s+rel="preload"[^>]*as="font"[^>]*>', "", page)
    return re.sub(
        r"<noscript>.*?</noscript>", f"<noscript>{NO_SCRIPT}</noscript>", page, flags=re.DOTALL
    )


def below(path: str, prefix: str) -> str | None:
    """What follows a prefix (a proxy's, `server.baseUrlPath`) in a path; None if the path is not under it."""
    prefix = "/" + prefix.strip("/")
    if prefix == "/":
        return path
    return path.removeprefix(prefix) or "/" if f"{path}/".startswith(f"{prefix}/") else None


class FrontEnd:
    """Serves Streamlit's scripts, style sheets and first page, each compressed once; all else passes through."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.base: str = config.get_option("server.baseUrlPath")
        # Only names that were there at the start are looked up: no path of a request ever reaches the file system.
        self.files = {
            f"/{file.relative_to(ROOT).as_posix()}": file
            for file in (ROOT / "static").rglob("*")
            if file.suffix in TYPES and file.stat().st_size >= WORTH_IT
        }
        self.kept: dict[tuple[str, str, bool], Asset] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory what is ours."""
        name = self.name(scope)
        if name is None:
            await self.app(scope, receive, send)
            return
        request = Headers(scope=scope)
        key = name, coding_for(request.get("accept-encoding", "")), warm_up.status == "starting"
        found = self.kept.get(key)
        if found is None:  # in a thread: it takes up to 0.15 s, without the GIL
            found = self.kept[key] = await to_thread.run_sync(self.make, *key)
        tags = {
            tag.strip().removeprefix("W/") for tag in request.get("if-none-match", "").split(",")
        }
        same = found.etag in tags
        headers = [pair for pair in found.headers if not same or pair[0] not in ENTITY]
        await send(
            {"type": "http.response.start", "status": 304 if same else 200, "headers": headers}
        )
        await send(
            {
                "type": "http.response.body",
                "body": b"" if same or scope["method"] == "HEAD" else found.body,
            }
        )

    def name(self, scope: Scope) -> str | None:
        """Under which name we hold the answer: a file's path, a language for the first page, None if not ours."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            return None
        path = below(below(scope["path"], scope.get("root_path", "")) or scope["path"], self.base)
        if path in self.files:
            return path
        if path is None or not PAGE.fullmatch(path):
            return None
        return language_for(
            scope["query_string"].decode("latin-1"), Headers(scope=scope).get("accept-language", "")
        )

    def make(self, name: str, coding: str, quick: bool) -> Asset:
        """Build what is kept under a name."""
        file = self.files.get(name)
        if file is None:
            vary = "Accept-Encoding, Accept-Language"
            return asset(
                first_page(name).encode(),
                "text/html; charset=utf-8",
                "no-cache",
                coding,
                quick,
                vary,
            )
        body = file.read_bytes()
        if file.suffix == ".css":
            body = SHIPPED_FONT.sub(b"", body)
        return asset(body, TYPES[file.suffix], HASHED, coding, quick)


# ---------------------------------------------------------------------------------------------------------- headers

# The scripts written into the first page, by their hash
INLINE = " ".join(
    f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
    for script in re.findall(r"<script>(.*?)</script>", INDEX, flags=re.DOTALL)
)
# Beyond our own files: blob: scripts, as Components v2 loads inline JavaScript; style elements, which Streamlit and
# Plotly write as they draw; a data: font in Streamlit's style sheet (KaTeX); data: and blob: images (Plotly's PNG).
POLICY = {
    "default-src": "'self'",
    "script-src": f"'self' blob: {INLINE}",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in POLICY.items()),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


class Guard:
    """Puts the security headers on every answer; one that an answer sets itself stays."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add them as the answer starts."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, guarded)


middleware = [Middleware(Guard), Middleware(FrontEnd)]
