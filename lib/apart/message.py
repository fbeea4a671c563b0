"""What is asked of the process that reads, and how it answers."""

from __future__ import annotations

from typing import Any

import msgspec


class Request(msgspec.Struct):
    """What is to be read. task: a name of `worker.TASKS`; seconds: of the processor, at most."""

    task: str
    arguments: dict[str, Any]
    seconds: int


class Outcome(msgspec.Struct):
    """How it went; where it went well the value follows.

    code, details: of the BoardError; failure: what else went wrong, for the log.
    """

    code: str = ""
    details: dict[str, Any] = {}
    failure: str = ""

    @property
    def is_good(self) -> bool:
        """Whether a value follows."""
        return not (self.code or self.failure)
