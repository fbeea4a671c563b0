"""A way to a board that can be cut and mended, as a bad network does it."""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Thread
from typing import Final

HERE: Final = "127.0.0.1"


class Relay:
    """Passes on what comes at a port of its own to another port, and back, until it is cut."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.listener = socket.create_server((HERE, 0))
        self.port: int = self.listener.getsockname()[1]
        self.is_cut = False
        self.ends: list[socket.socket] = []
        Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(OSError):  # it is closed
            while True:
                near, _ = self.listener.accept()
                self.ends.append(near)
                if self.is_cut:
                    near.close()
                    continue
                far = socket.create_connection((HERE, self.target))
                self.ends.append(far)
                Thread(target=_pass_on, args=(near, far), daemon=True).start()
                Thread(target=_pass_on, args=(far, near), daemon=True).start()

    def cut(self) -> None:
        """End every connection, and refuse new ones."""
        self.is_cut = True
        for end in self.ends:
            with suppress(OSError):  # it has ended by itself
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """Let new connections through."""
        self.is_cut = False

    def close(self) -> None:
        """Let go of all."""
        self.cut()
        self.listener.close()
        for end in self.ends:
            end.close()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(1 << 16):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
