"""Hostile files put before a server, one after another: ``python -m bench.attack PORT TABLE --seconds S``.

Each is uploaded on Intake by a session of its own, then each text is pasted, then each file is the
board's own table for a moment. So it goes round until the time is over and each was put once. Prints
one line of JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
import urllib.request
from pathlib import Path
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from bench import stream
from tests import hostile

PAGE = "intake"
BOUNDARY = "a-boundary-that-stands-in-no-file"
MOST = 900.0  # seconds


class Attack:
    """What is put before a server, and how long each took to be answered."""

    def __init__(self, port: int, table: Path) -> None:
        self.port = port
        self.table = table
        self.files = {name: make() for name, make in hostile.FILES.items()}
        self.seconds: dict[str, float] = {}
        self.problems: set[str] = set()

    async def go_round(self) -> None:
        """Put each file and each text once."""
        for name, data in self.files.items():
            await self._timed(f"upload {name}", self._upload(name, data))
        for name, write in hostile.PASTES.items():
            await self._timed(f"paste {name}", self._paste(write()))
        sound = self.table.read_bytes()
        for name, data in self.files.items():
            self.table.write_bytes(data)
            await self._timed(f"table {name}", self._look())
        self.table.write_bytes(sound)

    async def _timed(self, name: str, doing: Any) -> None:
        begin = time.perf_counter()
        await doing
        self.seconds[name] = time.perf_counter() - begin

    async def _look(self) -> None:
        async with stream.session(self.port, "board") as session:
            self.problems.update(session.problems)

    async def _upload(self, name: str, data: bytes) -> None:
        async with stream.session(self.port, "board", page=PAGE) as session:
            urls = await _urls(session, name)
            origin = f"http://127.0.0.1:{self.port}"
            await asyncio.to_thread(_put, origin, urls.upload_url, data)
            state = WidgetState(id=_widget(session, "file_"))
            state.file_uploader_state_value.uploaded_file_info.add(
                name=name, size=len(data), file_id=urls.file_id, file_urls=urls
            )
            session.values[state.id] = state
            await session.run()
            self.problems.update(session.problems)

    async def _paste(self, text: str) -> None:
        async with stream.session(self.port, "board", page=PAGE) as session:
            area = _widget(session, "paste_")
            session.values[area] = WidgetState(id=area, string_value=text)
            button = WidgetState(id=_widget(session, "read"), trigger_value=True)
            await session.run(button)
            self.problems.update(session.problems)


def _widget(session: stream.Session, key: str) -> str:
    """The id of the widget whose key begins so."""
    return next(widget.id for name, widget in session.seen.items() if name.startswith(key))


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


async def attacked(port: int, table: Path, seconds: float) -> dict[str, Any]:
    """Attack for so long, and until everything was put once.

    Returns:
        rounds (a count), longest (s) and what it was, problems.
    """
    attack = Attack(port, table)
    end = time.perf_counter() + seconds
    rounds = 0
    while not rounds or time.perf_counter() < end:
        await attack.go_round()
        rounds += 1
    slowest = max(attack.seconds, key=lambda name: attack.seconds[name])
    return {
        "rounds": rounds,
        "cases": len(attack.seconds),
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
    parser.add_argument("--seconds", type=float, default=30.0)
    options = parser.parse_args()
    seconds = min(options.seconds, MOST)
    print(json.dumps(asyncio.run(attacked(options.port, options.table, seconds))))


if __name__ == "__main__":
    main()
