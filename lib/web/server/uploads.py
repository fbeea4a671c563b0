"""The middleware that bounds what uploads may hold of the memory."""

from __future__ import annotations

from collections import deque
from typing import Final, NamedTuple

from starlette.types import ASGIApp, Receive, Scope, Send

from lib.web import streamlit_internals

MOST_BYTES: Final = 100 * 1024 * 1024  # five files of the largest size (config.toml)
MOST_FILES: Final = 100


class Upload(NamedTuple):
    """A file as its browser names it in the path of the request."""

    session: str
    file: str


class Uploads:
    """Lets go of the oldest uploads where all together are too many or too large.

    Intake gives back each file as soon as it has read it. What is left is a file that is about to
    be read, or one that nobody refers to: Streamlit keeps it until its session ends, and takes any
    number of them.
    """

    def __init__(
        self, app: ASGIApp, most_bytes: int = MOST_BYTES, most_files: int = MOST_FILES
    ) -> None:
        self.app = app
        self.most_bytes = most_bytes
        self.most_files = most_files
        self.arrived: deque[Upload] = deque()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through; after an upload, let go of what is too much."""
        await self.app(scope, receive, send)
        if scope["type"] == "http" and scope["method"] == "PUT":
            _, is_upload, names = scope["path"].partition(streamlit_internals.UPLOAD_PATH)
            if is_upload:
                session, _, file = names.partition("/")
                self.arrived.append(Upload(session, file))
                self._let_go()

    def _let_go(self) -> None:
        held = streamlit_internals.uploads()
        while self.arrived and self._is_too_much(held.file_storage):
            held.remove_file(*self.arrived.popleft())

    def _is_too_much(self, files: streamlit_internals.Files) -> bool:
        if len(self.arrived) > self.most_files:
            return True
        sizes = [len(file.data) for of_session in files.values() for file in of_session.values()]
        return sum(sizes) > self.most_bytes
