"""Hostile files put before a server, one after another: ``python -m bench.attack PORT TABLE``.

Each is the board's own table for a moment; then one person uploads each on Intake, and pastes each
text. Prints one line of JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
import urllib.request
from collections.abc import Awaitable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from bench import stream
from tests import hostile

PACE = 0.5  # seconds from one to the next: faster than by hand, and its own page runs are no flood
PAGE = "intake"
ON_DESK = "intake_preview"  # a button that is there once a notice was read
BOUNDARY = "a-boundary-that-stands-in-no-file"


class Attack:
    """What one person puts before a server, and how long each took to be answered."""

    def __init__(self, port: int, table: Path) -> None:
        self.port = port
        self.table = table
        self.files = {name: make() for name, make in hostile.FILES.items()}
        self.seconds: dict[str, float] = {}
        self.problems: set[str] = set()
        self._open = AsyncExitStack()
        self._intake: stream.Session | None = None

    async def put_all(self) -> None:
        """Put each file and each text once."""
        sound = self.table.read_bytes()
        async with stream.session(self.port, "board") as looking:
            for name, data in self.files.items():
                self.table.write_bytes(data)
                await self._timed(f"table {name}", looking.run())
            self.problems.update(looking.problems)
        self.table.write_bytes(sound)
        async with self._open:
            for name, data in self.files.items():
                await self._timed(f"upload {name}", self._upload(name, data))
            for name, write in hostile.PASTES.items():
                await self._timed(f"paste {name}", self._paste(write()))

    async def _timed(self, name: str, doing: Awaitable[object]) -> None:
        begin = time.perf_counter()
        await doing
        seconds = self.seconds[name] = time.perf_counter() - begin
        await asyncio.sleep(PACE - seconds)

    async def _asked(self) -> stream.Session:
        """The session on Intake; a new one where the last file was read and lies on its desk."""
        if self._intake is None or ON_DESK in self._intake.seen:
            await self._open.aclose()
            opening = stream.session(self.port, "board", page=PAGE)
            self._intake = await self._open.enter_async_context(opening)
        return self._intake

    async def _upload(self, name: str, data: bytes) -> None:
        session = await self._asked()
        urls = await _urls(session, name)
        origin = f"http://127.0.0.1:{self.port}"
        await asyncio.to_thread(_put, origin, urls.upload_url, data)
        state = WidgetState(id=_widget(session, "file_"))
        state.file_uploader_state_value.uploaded_file_info.add(
            name=name, size=len(data), file_id=urls.file_id, file_urls=urls
        )
        session.values[state.id] = state
        await session.run()
        del session.values[state.id]
        self.problems.update(session.problems)

    async def _paste(self, text: str) -> None:
        session = await self._asked()
        area = _widget(session, "paste_")
        session.values[area] = WidgetState(id=area, string_value=text)
        button = WidgetState(id=_widget(session, "read"), trigger_value=True)
        await session.run(button)
        self.problems.update(session.problems)


def _widget(session: stream.Session, key: str) -> str:
    """The id of the widget whose key begins so, of several the one that came last."""
    return [widget.id for name, widget in session.seen.items() if name.startswith(key)][-1]


async def _urls(session: stream.Session, name: str) -> Any:
    """Where a session may put a file."""
    request = BackMsg()
    request.file_urls_request.request_id = "1"
    request.file_urls_request.file_names.append(name)
    await session.socket.send(request.SerializeToString())
    while True:
        message = ForwardMsg.FromString(await session.socket.recv())
        if message.WhichOneof("type") == "file_urls_response":
            return message.file_urls_response.file_urls[0]


def _put(origin: str, path: str, data: bytes) -> None:
    """Send a file as a browser does, with the token that the server has given it."""
    with urllib.request.urlopen(f"{origin}/_stcore/health", timeout=60) as answer:
        cookie = answer.headers["Set-Cookie"].partition(";")[0]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'
    body = head.encode() + data + f"\r\n--{BOUNDARY}--\r\n".encode()
    headers = {
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "Cookie": cookie,
        "X-Xsrftoken": cookie.partition("=")[2],
    }
    request = urllib.request.Request(origin + path, body, headers, method="PUT")
    with urllib.request.urlopen(request, timeout=60):
        pass


async def attacked(port: int, table: Path) -> dict[str, Any]:
    """Attack a server.

    Returns:
        cases (a count), seconds, longest (s) and what it was, problems.
    """
    attack = Attack(port, table)
    await attack.put_all()
    slowest = max(attack.seconds, key=lambda name: attack.seconds[name])
    return {
        "cases": len(attack.seconds),
        "seconds": sum(attack.seconds.values()),
        "longest": attack.seconds[slowest],
        "slowest": slowest,
        "problems": sorted(attack.problems),
    }


def main() -> None:
    """Attack a server."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("port", type=int)
    parser.add_argument("table", type=Path)
    options = parser.parse_args()
    print(json.dumps(asyncio.run(attacked(options.port, options.table))))


if __name__ == "__main__":
    main()
