"""Names and addresses: which are this machine's own, and by which others may ask for the board.

The setting is in the environment, `BOARD_HOSTS=board.example,10.0.0.5`: names without port.
"""

from __future__ import annotations

import os
from ipaddress import IPv6Address, ip_address
from typing import Final
from urllib.parse import urlsplit

SETTING: Final = "BOARD_HOSTS"
LOCALHOST: Final = "localhost"


def is_loopback(host: str) -> bool:
    """Whether a name or an address is this machine itself."""
    if host == LOCALHOST:
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped.is_loopback
    return address.is_loopback


def name_in(host: str) -> str:
    """The name in a `Host` header, without its port and in small letters; "" where it has none."""
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port  # raises where it is no number
    except ValueError:
        return ""
    if parts.netloc != host or "@" in host:
        return ""
    return parts.hostname or ""


def place_of(origin: str) -> str:
    """The name and port in an `Origin` header, as `Host` has them; "" where it has none."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def allowed() -> frozenset[str]:
    """The names by which others may ask for the board, as the setting says; none: any."""
    names = os.environ.get(SETTING, "").lower().split(",")
    return frozenset(filter(None, map(str.strip, names)))
