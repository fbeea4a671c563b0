"""Who may write to the board's table: one setting in the environment, `BOARD_WRITES=here|all|none`.

`here` lets those write who sit at the server's own machine. It is the default where `streamlit run`
listens to nobody else; started otherwise, by uvicorn for instance, the default is `none`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

import streamlit as st

from lib.web import streamlit_internals


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

PROXY_HEADERS: Final = ("X-Forwarded-For", "Forwarded", "X-Real-Ip")


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
        headers: of the connection's request.
        address: the reader's address, None for this machine's own (as Streamlit has it).
    """

    headers: Mapping[str, str]
    address: str | None

    def sits_here(self) -> bool:
        """Whether the reader sits at the server's own machine.

        A proxy on this machine makes every reader look as if. So its headers say no, and so does an
        `Origin` with another name than this machine's own.
        """
        if any(name in self.headers for name in PROXY_HEADERS):
            return False
        origin = urlsplit(self.headers.get("Origin", "")).hostname
        return self.address is None and is_loopback(origin or "")


def may_write() -> bool:
    """Whether the reader of this run may write to the board's table."""
    writes = setting().writes
    if writes is Writes.HERE:
        return Reader(st.context.headers, st.context.ip_address).sits_here()
    return writes is Writes.ALL


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
    not known here.
    """
    address = st.get_option("server.address") or ""  # without one, on every address
    if streamlit_internals.is_streamlit_run() and is_loopback(address):
        return Writes.HERE
    return Writes.NONE


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
