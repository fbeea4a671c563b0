"""What the process that reads takes from itself, as far as the system lets it (docs/limits.md)."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
from importlib.abc import MetaPathFinder
from typing import Final

_NEW_USERS: Final = 0x10000000  # CLONE_NEWUSER of Linux: lets anybody make the next
_NEW_NETWORK: Final = 0x40000000  # CLONE_NEWNET: one without any way out
_ROOT: Final = 0


class _NoPandas(MetaPathFinder):
    """Keeps Arrow from loading pandas, half a second, as it does where a list becomes an array."""

    def find_spec(self, name: str, *_: object) -> None:
        """Say that there is none."""
        if name == "pandas":
            raise ModuleNotFoundError(name=name)


def begin() -> None:
    """Leave the network, and do without pandas; to be called before there are threads."""
    sys.meta_path.insert(0, _NoPandas())
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C ends it without a word
    with contextlib.suppress(AttributeError, TypeError):  # not Linux
        ctypes.CDLL(None).unshare(_new_network())  # refused in some containers


def _new_network() -> int:
    """What to leave: root needs no users of its own, and would lose what it may read with them."""
    users = 0 if os.getuid() == _ROOT else _NEW_USERS
    return users | _NEW_NETWORK


def allow(seconds: int) -> None:
    """Let the process run so many seconds more, also where nobody watches it any longer."""
    with contextlib.suppress(ImportError):  # Windows
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        end = int(used.ru_utime + used.ru_stime) + seconds + 2
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (end, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
