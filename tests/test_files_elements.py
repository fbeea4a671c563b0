"""The parts of an archive are read as far as they are sound."""

from __future__ import annotations

import io
import zipfile
from xml.parsers import expat

import pytest

from lib.files import archives, elements
from tests.notices.office import packed


def test_a_comment_may_not_go_on_for_ever() -> None:
    """Expat reads what it has not come to the end of again with each chunk."""
    parser = expat.ParserCreate()
    with pytest.raises(expat.ExpatError, match="without an end"):
        elements.parse(parser, [b"<a><!--", *[b"x" * 65_536] * 20, b"--></a>"])
    assert parser.CurrentByteIndex < 1 << 20


def test_a_long_text_goes_on_as_long_as_it_likes() -> None:
    pieces: list[str] = []
    parser = expat.ParserCreate()
    parser.CharacterDataHandler = pieces.append
    elements.parse(parser, [b"<a>", *[b"x" * 65_536] * 40, b"</a>"])
    assert sum(map(len, pieces)) == 40 * 65_536


def test_a_part_without_marks_is_cut_anywhere() -> None:
    data = packed({"a": "x" * 25, "b": "<12345<123456789<"})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert [*archives.pieces(archive, "a", 10, b"<")] == [b"x" * 10, b"x" * 10, b"xxxxx", b""]
        cut = [*archives.pieces(archive, "b", 10, b"<")]
    assert cut == [b"<12345", b"<123456789", b"<"]


def test_an_encoding_that_nobody_knows_is_an_error_of_the_part() -> None:
    with pytest.raises(expat.ExpatError, match="encoding"):
        elements.parse(expat.ParserCreate(), [b"<?xml version='1.0' encoding='e'?><a/>"])
