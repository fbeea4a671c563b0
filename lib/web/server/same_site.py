"""The middleware that keeps other sites' pages out: who asks must name the board itself.

A browser writes two headers that a page can't change: `Host`, the name in the address bar, and for
a websocket `Origin`, the page that opens it. A page of another site is known by its `Origin`; one
whose name was made to point at this machine (DNS rebinding), by its `Host`.
"""

from __future__ import annotations

import logging
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from lib import i18n
from lib.web import hosts

LOG: Final = logging.getLogger(__name__)
MISDIRECTED: Final = 421  # RFC 9110: the server does not answer for this name
POLICY_VIOLATION: Final = 1008  # RFC 6455, as Streamlit itself closes
LONGEST_NAME: Final = 253  # characters of a name in DNS


class SameSite:
    """Answers requests for the board's own names only, and closes the websockets of other sites.

    Streamlit has a check of its own, which asks an outside host for this machine's address, and
    everybody waits. It is reached only by an `Origin` that it finds the same as `Host`.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.allowed = hosts.allowed()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or say why not."""
        if scope["type"] == "http" and not self._is_for_us(scope):
            await _misdirected(scope)(scope, receive, send)
        elif scope["type"] == "websocket" and not self._is_our_page(scope):
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        else:
            await self.app(scope, receive, send)

    def _is_for_us(self, scope: Scope) -> bool:
        """Whether a request names the board.

        The setting says how; where it says nothing, this machine's own names are taken from this
        machine, and any name from others.
        """
        name = hosts.name_in(_host(scope))
        if hosts.is_loopback(name) or name in self.allowed:
            return True
        by_any_name = not self.allowed and not _is_on_loopback(scope)
        return by_any_name and name != ""

    def _is_our_page(self, scope: Scope) -> bool:
        """Whether a websocket was opened by a page of the board; on this machine also by a program.

        A program, unlike a browser, writes no `Origin`.
        """
        host = _host(scope)
        origins = Headers(scope=scope).getlist("origin")
        if not self._is_for_us(scope):
            ours = False
        elif not origins:
            ours = _is_on_loopback(scope) and hosts.is_loopback(hosts.name_in(host))
        else:
            ours = [hosts.place_of(origin) for origin in origins] == [host]
        if not ours:
            LOG.warning(
                "Closed a websocket: Origin %s, Host %r. Behind a proxy, see the README: Host.",
                origins,
                host,
            )
        return ours


def _host(scope: Scope) -> str:
    """The `Host` header; "" where there is none, or more than one."""
    names = Headers(scope=scope).getlist("host")
    if len(names) != 1:
        return ""
    return names[0]


def _is_on_loopback(scope: Scope) -> bool:
    """Whether a request comes from this machine, as it must where the server listens to no other.

    A proxy's headers may have put another address in the client's place, but not in the server's.
    """
    ends = (scope.get("client"), scope.get("server"))
    return any(hosts.is_loopback(end[0]) for end in ends if end)


def _misdirected(scope: Scope) -> PlainTextResponse:
    name = hosts.name_in(_host(scope))[:LONGEST_NAME]
    sentences = [
        i18n.translator(language)("server.other_name", name=name) for language in i18n.LANGUAGES
    ]
    return PlainTextResponse("\n".join(sentences), MISDIRECTED)
