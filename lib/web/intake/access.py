"""Who may write to the board's table."""

from __future__ import annotations

import os
import sys
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st


def may_write() -> bool:
    """Whether this reader may write to the board's table: INTAKE_WRITES=1 or 0 in the environment says it for all.

    Without it only who sits at the machine itself, while the server listens to nobody else.
    """
    said = os.environ.get("INTAKE_WRITES", "")
    if said:
        return said.lower() in ("1", "on", "true", "yes")
    headers = st.context.headers
    proxied = any(name in headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-Ip"))
    origin = urlsplit(headers.get("Origin", "")).hostname or ""
    return (
        not proxied
        and st.context.ip_address is None
        and is_loopback(origin)
        and is_loopback(listens())
    )


def listens() -> str:
    """The address that the server was told to listen on; "" where that is unknown."""
    given = sys.orig_argv
    if any(Path(word).stem == "uvicorn" for word in given[:4]):
        if any(word.startswith(("--uds", "--fd")) for word in given):
            return ""
        words = " ".join(given).replace("--host=", "--host ").split()
        named = "--host" in words[:-1]
        return (
            words[words.index("--host") + 1]
            if named
            else os.environ.get("UVICORN_HOST", "127.0.0.1")
        )
    return str(st.get_option("server.address") or "") if "run" in given else ""


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
