"""Whether a file stands on a drive of the network, on which SQLite's locks don't hold."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import psutil

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
