"""A session without a browser: Streamlit's websocket and its protobuf messages.

A click is a ``BackMsg`` with ``rerun_script``: the widgets' values, the query string, and the
hashes of the large messages that a browser would still hold. It is answered when
``script_finished`` arrives, after everything that the run drew; the time between the two is the
latency.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from bench import widgets

RUN_LIMIT = 60.0  # seconds that one run may take
HELD_RUNS = 2  # a browser forgets a large message that so many runs have not used

YEAR = date(2020, 1, 1)  # the year of the notice's own list, and the first of the generated ones


def day(session: int, turn: int = 0, *, fresh: bool = False) -> date:
    """Give the as-of date of a session's turn.

    The next month, as readers move it, and so one of twelve views: the board makes a view once and
    keeps it for all.

    Args:
        fresh: a day instead that nobody has asked for yet, so that every view has to be made.
    """
    if fresh:
        return YEAR + timedelta(days=(session * 37 + turn * 13) % 366)
    return YEAR.replace(month=(session * 5 + turn) % 12 + 1, day=15)


# --- what is clicked: the first of these keys that is on the page and not disabled ---
# The floor's select box goes round its three choices, which changes all four charts. The board's
# as-of date moves.
CLICKS = {"floor": ["pick"], "board": ["as_of_shown"]}
STARTS: dict[str, Callable[[int], str]] = {
    "floor": lambda _session: "",
    "board": lambda session: f"lang=zh&as_of={day(session)}&w=0.5",
}


@dataclass
class Widget:
    id: str
    kind: str
    element: Any


@dataclass
class Session:
    """One open page.

    Args:
        name: of the page, "" for the overview.
        fresh: ask for views that nobody has seen.
        seen: the widgets that the runs have drawn, by key.
        values: the states of the widgets, by id.
        held: the run that last used a large message, by the message's hash.
        received: bytes of the last run.
    """

    socket: Any
    part: str
    number: int
    query: str
    name: str = ""
    page: str = ""
    seen: dict[str, Widget] = field(default_factory=dict)
    values: dict[str, WidgetState] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)
    fresh: bool = False
    received: int = 0
    runs: int = 0
    turns: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    problems: list[str] = field(default_factory=list)

    async def run(self, pressed: WidgetState | None = None) -> float:
        """Ask for one run and wait for its end; the latency in ms."""
        wire = self._request(pressed).SerializeToString()
        self.received = 0
        begin = time.perf_counter()
        await self.socket.send(wire)
        await asyncio.wait_for(self._finished(), RUN_LIMIT)
        seconds = time.perf_counter() - begin
        self.runs += 1
        self.held = {name: run for name, run in self.held.items() if run >= self.runs - HELD_RUNS}
        return seconds * 1000

    def _request(self, pressed: WidgetState | None) -> BackMsg:
        """Make the message of a click, as a browser would."""
        message = BackMsg()
        request = message.rerun_script
        request.query_string = self.query
        request.page_script_hash = self.page
        request.page_name = self.name
        request.context_info.locale = "zh-CN"
        request.context_info.timezone = "Asia/Shanghai"
        request.context_info.url = "http://127.0.0.1/"
        request.cached_message_hashes.extend(self.held)
        values = dict(self.values)
        if pressed is not None:
            values[pressed.id] = pressed
        request.widget_states.widgets.extend(values.values())
        return message

    async def click(self) -> float:
        """Press what CLICKS names first of what is there and not disabled, else only rerun."""
        for key in CLICKS[self.part]:
            widget = self.seen.get(key)
            if widget is None or getattr(widget.element, "disabled", False):
                continue
            value = self._next(widget)
            state = widgets.pressed(widget.kind, widget.element, value)
            self.query = widgets.address(self.query, widget.element, value)
            if widget.kind != "button":
                self.values[widget.id] = state
            return await self.run(state)
        self.problems.append(f"no {' or '.join(CLICKS[self.part])} to press: plain rerun")
        return await self.run()

    def _next(self, widget: Widget) -> Any:
        turn = next(self.turns)
        if widget.kind == "selectbox":
            return widget.element.options[turn % len(widget.element.options)]
        if widget.kind == "date_input":
            return day(self.number, turn, fresh=self.fresh).isoformat()
        return None

    async def _finished(self) -> None:
        started = False
        while True:
            wire = await self.socket.recv()
            self.received += len(wire)
            message = ForwardMsg.FromString(wire)
            kind = message.WhichOneof("type")
            started = started or kind == "new_session"
            # A run that a callback's own st.rerun() cut short is followed by another, which counts.
            early = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
            if kind == "script_finished" and started and not early:
                if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    self.problems.append("the script did not compile")
                return
            self._note(str(kind), message)

    def _note(self, kind: str, message: Any) -> None:
        """Keep what the next click must tell the server."""
        if kind == "new_session":
            self.page = message.new_session.page_script_hash
        elif kind == "navigation":
            self.page = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "ref_hash":
            self.held[message.ref_hash] = self.runs
        elif kind == "delta":
            if message.metadata.cacheable:
                self.held[message.hash] = self.runs
            self._see(message)

    def _see(self, message: Any) -> None:
        if message.delta.WhichOneof("type") != "new_element":
            return
        kind = message.delta.new_element.WhichOneof("type")
        element = getattr(message.delta.new_element, kind) if kind else None
        if element is None:
            return
        if kind == "exception":
            self.problems.append(f"{element.type}: {element.message}"[:300])
        name = getattr(element, "id", "")
        if name.startswith("$$ID-"):  # $$ID-<hash>-<key>
            self.seen[name.split("-", 2)[2]] = Widget(name, str(kind), element)
            state = widgets.held(str(kind), element)
            if state is not None and (name not in self.values or element.set_value):
                self.values[name] = state


@asynccontextmanager
async def session(
    port: int, part: str, number: int = 0, *, page: str = "", fresh: bool = False
) -> AsyncIterator[Session]:
    """Connect as the page does and draw it once."""
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    # An Origin equal to the host and the subprotocol "streamlit" are what a browser sends; there
    # is no sign-in, so no token.
    async with websockets.connect(
        address,
        subprotocols=[websockets.Subprotocol("streamlit")],
        origin=websockets.Origin(f"http://127.0.0.1:{port}"),
        max_size=None,
        ping_interval=None,
        open_timeout=RUN_LIMIT,
        proxy=None,
    ) as socket:
        opened = Session(socket, part, number, STARTS[part](number), page, fresh=fresh)
        await opened.run()
        yield opened
