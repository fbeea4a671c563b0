"""Where a ledger stands and in which time zone its office is, as the environment says.

SQLite's locks don't hold on a drive of the network.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import psutil

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
    return ZoneInfo(os.environ.get(ZONE_SETTING) or ZONE)


def is_on_network(path: Path) -> bool:
    """Whether a file stands, or would stand, on a drive of the network."""
    whole = path.absolute()
    if sys.platform == "win32" and str(whole).startswith(_UNC):
        return True
    mounts = [mount for mount in psutil.disk_partitions(all=True) if _is_below(whole, mount)]
    if not mounts:
        return False
    nearest = max(mounts, key=lambda mount: len(mount.mountpoint))
    return nearest.fstype.lower() in _NETWORK or "remote" in nearest.opts.split(",")


def _is_below(path: Path, mount: psutil._common.sdiskpart) -> bool:
    return path.is_relative_to(mount.mountpoint)
