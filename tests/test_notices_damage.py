"""Notices that lost something on the way are read all the same, and each cell says where it stands."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from lib import notices
from lib.errors import BoardError

FOLDER = Path(__file__).with_name("notices")
SAMPLES = [path for path in sorted(FOLDER.rglob("*.txt")) if path.is_file()]


def lines_lost(text: str, chance: random.Random) -> str:
    return "\n".join(line for line in text.splitlines() if chance.random() > 0.12)


def characters_lost(text: str, chance: random.Random) -> str:
    return "".join(char for char in text if chance.random() > 0.02)


def colons_lost(text: str, chance: random.Random) -> str:
    lines: list[str] = []
    for line in text.splitlines():
        lines.append(line.replace("：", "") if chance.random() < 0.3 else line)
    return "\n".join(lines)


def lines_shuffled(text: str, chance: random.Random) -> str:
    lines = text.splitlines()
    chance.shuffle(lines)
    return "\n".join(lines)


DAMAGES = (lines_lost, characters_lost, colons_lost, lines_shuffled)


@pytest.mark.parametrize("damage", DAMAGES, ids=[damage.__name__ for damage in DAMAGES])
@pytest.mark.parametrize("path", SAMPLES, ids=[path.stem for path in SAMPLES])
def test_a_damaged_notice_is_read(path: Path, damage: Callable[[str, random.Random], str]):
    chance = random.Random(path.stem)
    text = path.read_text(encoding="utf-8", errors="replace")
    try:
        notice = notices.read_text(damage(text, chance))
    except BoardError as error:
        pytest.fail(error.code)
    for measure in notice.measures:
        for cell in measure.cells.values():
            if cell.source:
                block = notice.blocks[cell.source.block]
                assert 0 <= cell.source.start <= cell.source.end <= len(block.text)
