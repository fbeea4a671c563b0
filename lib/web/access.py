"""Who may write to the board's table: one setting in the environment, `BOARD_WRITES=here|all|none`.

`here` lets those write who sit at the server's own machine. It is the default where `streamlit run`
listens to nobody else and no other name leads to it; started otherwise, by uvicorn for instance,
the default is `none`. What can be known of a reader is said in `docs/decisions/015-who-asks.md`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import streamlit as st
from starlette.datastructures import Headers

from lib.web import hosts, streamlit_internals


class Writes(StrEnum):
    """Whom the board lets write to its table."""

    HERE = "here"
    ALL = "all"
    NONE = "none"


SETTING: Final = "BOARD_WRITES"
OLD_SETTING: Final = "INTAKE_WRITES"  # counts where the new one is not set
VALUES: Final = {writes.value: writes for writes in Writes}
OLD_VALUES: Final = (
    dict.fromkeys(("1", "on", "true", "yes"), Writes.ALL)
    | dict.fromkeys(("0", "off", "false", "no"), Writes.NONE)
    | VALUES
)

# What a browser on this machine comes from
OWN_ADDRESSES: Final = frozenset({"127.0.0.1", "::1", "::ffff:127.0.0.1"})
# All headers with which a browser opens a websocket to the board; any other was added on the way
BROWSER_HEADERS: Final = frozenset(
    {
        "accept",
        "accept-encoding",
        "accept-language",
        "cache-control",
        "connection",
        "cookie",
        "dnt",
        "host",
        "origin",
        "pragma",
        "priority",
        "sec-gpc",
        "upgrade",
        "user-agent",
    }
)
BROWSER_PREFIXES: Final = ("sec-ch-", "sec-fetch-", "sec-websocket-")


@dataclass(frozen=True)
class Setting:
    """Whom the board lets write.

    Attributes:
        writes: what counts.
        unknown: `NAME=value` as the environment has it, where that is none of the values; else "".
    """

    writes: Writes
    unknown: str = ""


@dataclass(frozen=True)
class Reader:
    """How a reader has come to the board.

    Attributes:
        address: of the other end of the connection; None where it is not known.
        headers: of the connection's request.
        url: in the address bar, as the page tells it.
    """

    address: str | None
    headers: Mapping[str, str]
    url: str

    def sits_here(self) -> bool:
        """Whether the reader sits at the server's own machine.

        The address decides. What the reader says gives no right, it only takes it away: a header
        that no browser writes, or a name that is not this machine's own, tells of a proxy, for
        which every reader has the address of this machine. A header may also have changed it.
        """
        if self.address not in OWN_ADDRESSES or not all(map(is_of_a_browser, self.headers)):
            return False
        headers = Headers(self.headers)
        places = (
            headers.get("host", ""),
            hosts.place_of(headers.get("origin", "")),
            hosts.place_of(self.url),
        )
        return all(hosts.is_loopback(hosts.name_in(place)) for place in places)


def is_of_a_browser(header: str) -> bool:
    """Whether a browser writes such a header itself."""
    name = header.lower()
    return name in BROWSER_HEADERS or name.startswith(BROWSER_PREFIXES)


def may_write() -> bool:
    """Whether the reader of this run may write to the board's table."""
    writes = setting().writes
    return sits_here() if writes is Writes.HERE else writes is Writes.ALL


def may_keep_ledger() -> bool:
    """Whether the reader of this run may write to the ledger.

    Only who sits at the machine of a board that listens to nobody else: until people are told apart,
    nobody could say who has written.
    """
    return setting().writes is Writes.HERE and sits_here()


def sits_here() -> bool:
    """Whether the reader of this run sits at the server's own machine."""
    address = streamlit_internals.address_of_reader()
    return Reader(address, st.context.headers, st.context.url or "").sits_here()


def setting() -> Setting:
    """What the environment says, else the default of the way in which the server was started."""
    for name, values in ((SETTING, VALUES), (OLD_SETTING, OLD_VALUES)):
        text = os.environ.get(name, "").strip()
        if not text:
            continue
        writes = values.get(text.lower())
        if writes is None:
            return Setting(Writes.NONE, unknown=f"{name}={text}")
        return Setting(writes)
    return Setting(default())


def default() -> Writes:
    """Whom the board lets write where the environment says nothing.

    Only `streamlit run` listens on the address of Streamlit's option. What uvicorn listens on is
    not known here. Where other names lead to the board, a proxy does.
    """
    address = st.get_option("server.address") or ""  # without one, on every address
    only_here = hosts.is_loopback(address) and not hosts.allowed()
    if streamlit_internals.is_streamlit_run() and only_here:
        return Writes.HERE
    return Writes.NONE
