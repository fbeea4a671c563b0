"""What is installed: pinned, known by hashes, and the same for the board and for its tests."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAIRS = [
    ("requirements.in", "requirements.txt"),
    ("requirements.in", "requirements-dev.txt"),
    ("requirements-dev.in", "requirements-dev.txt"),
]
NAMED = re.compile(r"^([a-z0-9.-]+==[^\s;]+)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def pinned(name: str) -> dict[str, list[str]]:
    """Each package with its version, and the hashes of its files."""
    _, *parts = NAMED.split(text_of(name))
    return {
        package: HASH.findall(lines) for package, lines in zip(parts[::2], parts[1::2], strict=True)
    }


@pytest.mark.parametrize(("asked", "locked"), PAIRS)
def test_what_is_asked_for_is_what_is_pinned(asked: str, locked: str) -> None:
    asked_for = NAMED.findall(text_of(asked))
    assert asked_for
    assert {*asked_for} <= pinned(locked).keys()


@pytest.mark.parametrize("locked", ["requirements.txt", "requirements-dev.txt"])
def test_every_file_of_a_version_is_known_by_its_hash(locked: str) -> None:
    assert [package for package, hashes in pinned(locked).items() if not hashes] == []
    assert "://" not in text_of(locked)


def test_the_board_is_tried_with_what_it_runs_on() -> None:
    assert pinned("requirements.txt").items() <= pinned("requirements-dev.txt").items()
