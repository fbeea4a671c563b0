"""What the columns of tables were chosen to be, for the next table with the same headers.

It is remembered in `<stem>.columns.toml` beside the board's table, one line a header: "谁负责" =
"责任领导". Where the reader may not write to the table the browser remembers it instead.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from typing import Final

from lib import measures
from lib.files import saving
from lib.measures import schema
from lib.web import access, store

_UNUSED: Final = "不采用"  # what a column is that is no field
_WORDS: Final = schema.WORDS | {"": _UNUSED}
_FIELDS: Final = {word: field for field, word in _WORDS.items()}
_INTRODUCTION: Final = "# 导入时为各表头选的栏目；可以手改，删去一行即不再记住。\n"


def remembered() -> dict[str, str] | None:
    """Header, folded → field; None where the browser is to remember it.

    Lines that say nothing known are passed over, and so is a file that is no TOML: it is written
    by hand as well.
    """
    if not access.may_write():
        return None
    try:
        text = measures.columns_path(store.source()).read_text(encoding="utf-8")
        words = tomllib.loads(text)
    except (OSError, ValueError):
        return {}
    return {
        label: _FIELDS[word]
        for label, word in words.items()
        if isinstance(word, str) and word in _FIELDS
    }


def remember(choices: Mapping[str, str]) -> None:
    """Write what columns are chosen to be, where the reader may.

    Raises:
        BoardError: those of `saving.replace`.
    """
    if not access.may_write():
        return
    lines = [
        f"{_quoted(label)} = {_quoted(_WORDS[field])}\n" for label, field in sorted(choices.items())
    ]
    path = measures.columns_path(store.source())
    saving.replace([(path, (_INTRODUCTION + "".join(lines)).encode())])


def _quoted(text: str) -> str:
    """A text as TOML writes it, which is as JSON does."""
    return json.dumps(text, ensure_ascii=False)
