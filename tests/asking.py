"""Asking a server: an ASGI app without a socket, or a port."""

from __future__ import annotations

import asyncio
import http.client
from typing import Any, NamedTuple

from lib.web import streamlit_internals
from lib.web.server import edited

# The largest file that a page loads
SCRIPT = max(streamlit_internals.STATIC.rglob("index.*.js"), key=lambda file: file.stat().st_size)
SCRIPT_PATH = edited.address(SCRIPT)


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


def ask(app: Any, path: str, method: str = "GET", root_path: str = "", **headers: str) -> Answer:
    """Ask an ASGI app without a socket; `accept_encoding="br"` is the header Accept-Encoding."""
    sent: list[dict[str, Any]] = []
    name, _, query = path.partition("?")
    scope = {
        "type": "http",
        "method": method,
        "path": name,
        "root_path": root_path,
        "query_string": query.encode(),
        "headers": [
            (key.replace("_", "-").encode(), value.encode()) for key, value in headers.items()
        ],
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return Answer(
        sent[0]["status"], {key.decode(): value.decode() for key, value in sent[0]["headers"]}, body
    )


def get(port: int, path: str, method: str = "GET", **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(
            method, path, headers={key.replace("_", "-"): value for key, value in headers.items()}
        )
        response = connection.getresponse()
        return Answer(
            response.status,
            {key.lower(): value for key, value in response.getheaders()},
            response.read(),
        )
    finally:
        connection.close()
