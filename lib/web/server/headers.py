"""The security headers: which sources a page may load from, and what the browser must not allow."""

from __future__ import annotations

import base64
import hashlib
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lib.web import streamlit_internals
from lib.web.server.first_page import SCRIPTS


def _source_of(script: str) -> str:
    """An inline script as a source of the policy: by its hash."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


_SCRIPTS: Final = [*streamlit_internals.INLINE_SCRIPT.findall(streamlit_internals.INDEX), *SCRIPTS]
INLINE_SCRIPTS: Final = " ".join(map(_source_of, _SCRIPTS))
# Beyond our own files: blob: scripts, as Components v2 loads inline JavaScript; style elements,
# which Streamlit and Plotly write as they draw; a data: font in Streamlit's style sheet (KaTeX);
# data: and blob: images (Plotly's PNG).
POLICY: Final = {
    "default-src": "'self'",
    "script-src": f"'self' blob: {INLINE_SCRIPTS}",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
HEADERS: Final = {
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

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_guarded)
