"""The real front door, run in each way, before a page of our own."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from lib.web.server import edited
from tests import real_board
from tests.asking import SCRIPT, SCRIPT_PATH, get

HOME = Path(__file__).resolve().parent.parent


FRAME = "import streamlit as st\nfrom lib.web import store\nst.title(store.TITLE)\n"
STORE = """
class Loaded:
    table, trouble = "a table", None

TITLE = "stub"
load = Loaded

def warm(): pass
def warm_search(): pass
"""
STUBS = {
    "pages/frame.py": FRAME,
    "lib/web/store.py": STORE,
    "lib/web/frame.py": "",
    "lib/web/details.py": "",
}
COPIED = (
    "app.py",
    "lib/__init__.py",
    "lib/errors.py",
    "lib/i18n.py",
    "lib/answers/__init__.py",
    "lib/answers/palette.py",
    "lib/web/__init__.py",
    "lib/web/hosts.py",
    "lib/web/pages.py",
    "lib/web/components.py",
    "lib/web/streamlit_internals.py",
)
WAYS = {
    "streamlit": ["streamlit", "run", "app.py", "--server.headless=true", "--server.port={port}"],
    "uvicorn": ["uvicorn", "--app-dir", "{home}", "app:app", "--port", "{port}"],
}


@pytest.fixture(scope="module", params=WAYS)
def board(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[int]:
    """The real front door before a page of our own; `streamlit run` in its folder, uvicorn from
    another.
    """
    home = tmp_path_factory.mktemp(request.param)
    for folder in ("lib/apart", "lib/web/server", "lib/web/assets", "locales"):
        shutil.copytree(HOME / folder, home / folder)
    for name in COPIED:
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(HOME / name, home / name)
    for name, text in STUBS.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
    shutil.copytree(HOME / ".streamlit", home / ".streamlit")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [part.format(port=port, home=home) for part in WAYS[request.param]]
    where = home if request.param == "streamlit" else tmp_path_factory.mktemp("elsewhere")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("COV")}
    process = subprocess.Popen([sys.executable, "-m", *command], cwd=where, env=environment)
    try:
        for _ in range(600):
            assert process.poll() is None, "the server ended"
            try:
                if get(port, "/readyz").status == 200:
                    break
            except OSError:
                pass
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def test_the_real_board_answers_as_promised(board: int) -> None:
    health = get(board, "/healthz")
    assert json.loads(health.body)["status"] == "alive"
    assert json.loads(get(board, "/readyz").body)["status"] == "ready"
    assert health.headers["x-content-type-options"] == "nosniff"

    script = get(board, SCRIPT_PATH, Accept_Encoding="gzip")
    assert gzip.decompress(script.body) == edited.body(SCRIPT)
    assert (
        get(board, SCRIPT_PATH, Accept_Encoding="gzip", If_None_Match=script.headers["etag"]).status
        == 304
    )
    head = get(board, SCRIPT_PATH, method="HEAD", Accept_Encoding="gzip")
    assert (head.body, head.headers["content-length"]) == (b"", str(len(script.body)))

    page = get(board, "/leaders?lang=en")
    assert b'<html lang="en">' in page.body
    assert "举措看板".encode() in page.body
    assert "content-security-policy" in page.headers

    assert get(board, "/_stcore/health").body == b"ok"
    assert get(board, "/favicon.png").headers["content-type"] == "image/png"
    assert get(board, "/static/../../app.py").status in {400, 404}
    assert get(board, "/nothing").status == get(board, "/a/b").status == 404


def test_no_page_around_the_board_may_steer_it(board: int) -> None:
    assert json.loads(get(board, "/_stcore/host-config").body)["allowedOrigins"] == []


def test_the_real_board_runs_its_page_with_its_settings(board: int) -> None:
    """The page imports `lib`, and config.toml counts from any working directory."""
    from websockets.sync.client import connect
    from websockets.typing import Subprotocol

    with connect(
        f"ws://127.0.0.1:{board}/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
        proxy=None,
    ) as stream:
        text = real_board.of_one_run(stream)
    assert 'body: "stub"' in text
    assert "YaHei" in text
    assert "ModuleNotFoundError" not in text
