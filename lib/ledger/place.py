"""Where a ledger stands and in which time zone its office is, as the environment says.

SQLite's locks don't hold on a drive of the network.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path, PurePath
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import psutil

from lib.ledger.events import SECOND

SETTING: Final = "LEDGER"
ZONE_SETTING: Final = "BOARD_ZONE"
ZONE: Final = "Asia/Shanghai"  # in whose days events are known

# File systems that other computers serve
_NETWORK: Final = frozenset(
    {
        "afpfs",
        "afs",
        "ceph",
        "cifs",
        "davfs",
        "fuse.davfs2",
        "fuse.glusterfs",
        "fuse.sshfs",
        "glusterfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "webdav",
    }
)
_UNC: Final = "\\\\"


def of_table(table: Path) -> str:
    """The address of a table's ledger: what LEDGER says, else <table>.ledger.db beside it."""
    return os.environ.get(SETTING) or f"sqlite:///{table.with_name(f'{table.stem}.ledger.db')}"


def zone() -> ZoneInfo:
    """The office's time zone: what BOARD_ZONE says, else China's."""
    return zone_named(_zone_setting()) or ZoneInfo(ZONE)


def unknown_zone() -> str:
    """What BOARD_ZONE says where there is no such time zone; else ""."""
    name = _zone_setting()
    return "" if zone_named(name) else name


def zone_named(name: str) -> ZoneInfo | None:
    """A time zone by its name, None where there is no such one."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _zone_setting() -> str:
    return os.environ.get(ZONE_SETTING, "").strip()


def day_of(moment: int) -> date:
    """The office's day of a moment. moment: microseconds since 1970 in UTC, as events are recorded."""
    return datetime.fromtimestamp(moment / SECOND, zone()).date()


def is_on_network(path: Path) -> bool:
    """Whether a file stands, or would stand, on a drive of the network."""
    return is_below_remote(path.absolute(), psutil.disk_partitions(all=True))


def is_below_remote(path: PurePath, mounts: Sequence[Any]) -> bool:
    """Whether the nearest drive above a path is one of the network.

    mounts: as psutil gives them. A Windows share, `\\\\server\\share`, is none of them.
    """
    if str(path).startswith(_UNC):
        return True
    above = [mount for mount in mounts if path.is_relative_to(mount.mountpoint)]
    nearest = max(above, key=lambda mount: len(mount.mountpoint), default=None)
    if nearest is None:
        return False
    return nearest.fstype.lower() in _NETWORK or "remote" in nearest.opts.split(",")
