"""A board that eight readers click on outlives all hostile files: uploaded, pasted, as its own table."""

from __future__ import annotations

import json
import shutil
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bench import servers
from bench.setting import NOTICE, in_process
from tests import hostile

READERS = 8
AGAIN_SOUND = 30  # seconds after which a sound table is seen, on a busy machine
SECONDS = 60  # the attack goes on until each was put once


@pytest.mark.long
def test_a_board_under_attack_goes_on_answering(tmp_path: Path) -> None:
    """How fast is measured by `python -m bench --only attack`."""
    table = tmp_path / "measures.csv"
    shutil.copy(NOTICE, table)
    with (
        servers.Server(servers.board(table), uvicorn=True) as server,
        ThreadPoolExecutor() as beside,
    ):
        attack = beside.submit(in_process, "attack", server.port, table, "--seconds", SECONDS)
        readers = in_process("sessions", server.port, "board", READERS, "--seconds", SECONDS)
        answer = attack.result()
        assert answer["cases"] == 2 * len(hostile.FILES) + len(hostile.PASTES)
        assert not answer["problems"]
        assert not readers["problems"]
        assert status_after(server, AGAIN_SOUND) == "ready"


def status_after(server: servers.Server, seconds: float) -> str:
    """What the board says of its table once it is well, or at last."""
    end = time.monotonic() + seconds
    while True:
        with urllib.request.urlopen(f"{server.address}/readyz", timeout=30) as ready:
            status = str(json.load(ready)["status"])
        if status == "ready" or time.monotonic() > end:
            return status
        time.sleep(0.5)
