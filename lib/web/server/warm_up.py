"""What is done before the first visitor comes, so that nobody waits for it.

After each script run Streamlit lets the garbage collector walk every generation, about 75 ms under
the GIL. What is loaded by the end of the warm-up stays until the end, so it is frozen and not
looked at again: 1 ms. A table read later is not frozen and need not be: the collector does not
track the arrays of Arrow and NumPy, and 1,000 Python objects cost it 0.5 ms.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import Final, Literal, NoReturn

from lib.web import streamlit_internals

RUNS_BETWEEN_FREEZES: Final = 50  # script runs after which what they have left is frozen, too
FREEZES_BETWEEN_WALKS: Final = 10  # after which the collector walks over everything once
LOOK: Final = 0.5  # seconds between two looks at how many runs there were
CALM: Final = 5.0  # seconds after which a visitor who came with the start has been served

Status = Literal["starting", "ok", "failed"]


class WarmUp:
    """Work before the first visitor, done once in the background; `/readyz` tells when it is.

    work: what the first visitor would wait for.
    rest: what the first visitor does not wait for, and must not: it comes when the machine is calm
    again.
    calm: seconds until then.
    """

    def __init__(
        self, work: Callable[[], None], rest: Callable[[], None], calm: float = CALM
    ) -> None:
        self.work = work
        self.rest = rest
        self.calm = calm
        self.status: Status = "starting"
        self.seconds: float | None = None

    def run(self) -> None:
        """Work, freeze what is loaded, then do the rest.

        Where the work fails, its thread ends and says why; the first visitor waits instead.
        """
        begin = time.perf_counter()
        status: Status = "failed"
        try:
            self.work()
            status = "ok"
        finally:
            gc.freeze()
            self.seconds = round(time.perf_counter() - begin, 3)
            self.status = status
        time.sleep(self.calm)
        self.rest()
        settle()


def load() -> None:
    """Import what the first visitor would wait for, pandas alone 0.6 s, and load table and ledger.

    The process that reads it imports at the same time.
    """
    from lib.apart import pool

    pool.of_the_board.start()

    import pandas  # noqa: F401  (and with it numpy and pyarrow)
    import plotly.graph_objects as go

    # Plotly loads a module for each thing that is drawn, and its JSON writer, when they are first
    # used: 240 ms
    go.Figure(go.Bar(marker={"pattern": {"shape": "/"}})).to_json()

    from lib.web import details, frame, ledgers, store  # noqa: F401  (all that pages draw with)

    store.warm()
    ledgers.warm()


def load_rest() -> None:
    """Import what a search needs, pinyin and both writings, 270 ms, and Intake."""
    from lib.web import intake, store  # noqa: F401

    store.warm_search()


def settle() -> None:
    """Collect everything once, and freeze what is left: 0.1 s."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def keep_settled() -> NoReturn:
    """Freeze again and again what sessions hold, and settle now and then.

    It would otherwise be walked after each run of each of them: with 100 sessions that took longer
    than the runs, and p95 was 4 s instead of 0.1 s. To freeze costs nothing; but what dies in a
    circle after that is only found by walking over everything, for which all have to wait.
    """
    number = 0
    while True:
        number += 1
        _wait_for_runs(RUNS_BETWEEN_FREEZES)
        if number % FREEZES_BETWEEN_WALKS:
            gc.freeze()
        else:
            settle()


def _wait_for_runs(runs: int) -> None:
    """Wait until there have been so many script runs more."""
    end = streamlit_internals.full_collections() + runs
    while streamlit_internals.full_collections() < end:
        time.sleep(LOOK)


of_the_board = WarmUp(load, load_rest)
