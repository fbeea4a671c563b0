"""The drafts that a browser keeps: what it is given of them, and what becomes of what it gives back."""

from __future__ import annotations

import base64
import json
from typing import Any, Final

import msgspec
import pytest
from streamlit.testing.v1 import AppTest

from lib.apart import reader
from lib.apart.message import Source
from lib.errors import BoardError
from lib.i18n import LANGUAGES, translator, words
from lib.web.intake import OnDesk, keeping, offers
from tests.pages import opened, run

NOTICE: Final = """2024年服务职工工作清单
（一）开展建会行动。（责任领导：王明；责任部门：组织部；完成时限：12月）
（二）规范换届。（责任领导：李晓；责任部门：组织部；完成时限：尽快）
"""
DROP: Final[dict[str, Any]] = {"n": 1, "do": "drop", "row": 0}
PUT: Final[dict[str, Any]] = {"n": 2, "do": "put", "row": 0, "field": "title", "text": "换届"}
T: Final = translator("zh")


pytestmark = pytest.mark.usefixtures("real_list")


def on_desk_with(*log: dict[str, Any], data: bytes = NOTICE.encode()) -> OnDesk:
    """A draft of a file, with edits."""
    source = Source(data, "notice.txt")
    draft = reader.draft(Source(NOTICE.encode(), "notice.txt"))
    on_desk = OnDesk(source, draft, reader.drawn(draft, "notice.txt", "zh"), 1, "zh")
    on_desk.take(log)
    return on_desk


def told(on_desk: OnDesk) -> keeping.Keeping:
    return keeping.of(on_desk, T, is_here=True)


# --- what the browser is given --------------------------------------------------------------------


def test_the_draft_itself_is_sent_when_the_browser_asks_and_once() -> None:
    on_desk = on_desk_with(DROP)
    assert "kept" not in told(on_desk)
    on_desk.want()
    assert told(on_desk)["kept"]["log"] == [DROP]
    assert "kept" not in told(on_desk)


def test_each_draft_has_a_key_of_its_own() -> None:
    assert on_desk_with().key != on_desk_with().key


def test_a_draft_whose_file_is_too_large_is_not_sent() -> None:
    on_desk = on_desk_with(data=b" " * (keeping.MOST_BYTES + 1))
    on_desk.want()
    assert told(on_desk)["large"]
    assert "kept" not in told(on_desk)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_browser_is_sent_all_words_of_keeping(language: str) -> None:
    t = translator(language)
    sent = {
        *keeping.of(on_desk_with(), t, is_here=True)["words"],
        *keeping.offering(None, t)["words"],
    }
    in_locale = {key for key in words(language) if key.startswith("intake.kept.")}
    assert {f"intake.kept.{name}" for name in sent} == in_locale


# --- what it gives back ---------------------------------------------------------------------------


def test_what_was_kept_comes_back_as_it_was() -> None:
    on_desk = on_desk_with(DROP, PUT)
    kept = json.loads(json.dumps(keeping.packed(on_desk)))
    assert keeping.unpacked(kept) == (on_desk.key, on_desk.source, [DROP, PUT])


SOURCE: Final = keeping.packed(on_desk_with())["source"]
OTHER: Final = base64.b64encode(msgspec.msgpack.encode({"data": b""})).decode()
DAMAGED: Final[dict[str, object]] = {
    "nothing": None,
    "no draft": ["key", SOURCE],
    "no log": {"key": "a", "name": "b", "source": SOURCE},
    "no text": {"key": "a", "name": "b", "source": 1, "log": []},
    "cut off": {"key": "a", "name": "b", "source": SOURCE[:40], "log": []},
    "no base64": {"key": "a", "name": "b", "source": "好", "log": []},
    "another source": {"key": "a", "name": "b", "source": OTHER, "log": []},
    "an edit without number": {"key": "a", "name": "b", "source": SOURCE, "log": [{"do": "drop"}]},
    "an edit is missing": {"key": "a", "name": "b", "source": SOURCE, "log": [PUT]},
    "an edit comes twice": {"key": "a", "name": "b", "source": SOURCE, "log": [DROP, DROP]},
    "a row that no number is": {
        "key": "a",
        "name": "b",
        "source": SOURCE,
        "log": [DROP | {"row": 2**70}],
    },
    "half a character": {
        "key": "a",
        "name": "b",
        "source": SOURCE,
        "log": [DROP | {"text": "\ud800"}],
    },
}


@pytest.mark.parametrize("kept", DAMAGED.values(), ids=DAMAGED)
def test_what_is_damaged_is_refused(kept: object) -> None:
    with pytest.raises(BoardError) as refusal:
        keeping.unpacked(kept)
    assert refusal.value.code == "kept_draft_damaged"


# --- on the page ----------------------------------------------------------------------------------


def gone_on_with(kept: object, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page after a browser has given back a draft: AppTest has none to press in."""
    with monkeypatch.context() as patch:
        choices = iter([kept])
        patch.setattr(offers, "chosen", lambda *_: next(choices, None))
        return opened("intake")


def test_a_draft_is_gone_on_with_where_it_was_left(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = keeping.packed(on_desk_with(DROP))
    app = gone_on_with(kept, monkeypatch)
    assert "读出 1 项举措" in app.title[0].value
    on_desk: OnDesk = app.session_state["draft"]
    assert on_desk.before == kept["key"]
    on_desk.take([DROP, PUT])
    assert json.loads(on_desk.drawn.message)["rows"][0]["cells"][2]["text"] == "换届"
    on_desk.take([{"n": 3, "do": "undo"}, {"n": 4, "do": "undo"}])
    assert "读出 2 项举措" in run(app).title[0].value


def test_a_draft_that_is_damaged_is_said_and_the_page_goes_on_asking(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = gone_on_with({"name": "notice"}, monkeypatch)
    assert "notice 已损坏" in app.error[0].value
    assert run(app).text_area[0].label == "或者把文字粘贴到这里"


def throwing_away() -> None:
    """A script that does what the browser asks for."""
    from lib.web.intake import draft

    draft.throw_away()


def test_a_draft_that_is_thrown_away_leaves_the_desk_to_the_next() -> None:
    app = AppTest.from_function(throwing_away)
    app.session_state["draft"] = on_desk_with()
    app.session_state["another"] = True
    assert not run(app).session_state["draft"]
    assert not app.session_state["another"]
