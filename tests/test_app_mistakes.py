"""Tables with mistakes, of long cells, changed while they are shown, or not there at all."""

from __future__ import annotations

import errno
import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lib import measures
from lib.i18n import LANGUAGES, translator
from lib.web import store
from lib.web.pages import TABLE_PAGES
from tests.office_day import office_day
from tests.page_contents import (
    day,
    headline,
    links,
    listed,
    milestones,
    said,
    warnings,
)
from tests.pages import ROOT, opened, run, texts
from tests.tables import HEADER, THIRTY, hostile_table, table_of, thirty_mistakes

pytestmark = pytest.mark.usefixtures("real_list")

PAGES = [page.name for page in TABLE_PAGES]
EVERY_PAGE = [(page, language) for page in PAGES for language in LANGUAGES]


def test_a_table_with_thirty_mistakes_gives_thirty_problems(tmp_path: Path) -> None:
    problems = measures.read(thirty_mistakes(tmp_path)).problems
    assert sorted(problem.code for problem in problems) == sorted(THIRTY)


@pytest.mark.no_cover
@pytest.mark.parametrize(("page", "lang"), EVERY_PAGE)
def test_a_table_with_thirty_mistakes_is_a_working_board(
    page: str, lang: str, over: Callable[[Path], None], tmp_path: Path
) -> None:
    over(thirty_mistakes(tmp_path))
    app = opened(page, lang)
    assert headline(app)
    assert translator(lang)("problems.count", n=30) in set(texts(app))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_of_problems_is_one_click_away_and_each_is_a_sentence(
    lang: str, over: Callable[[Path], None], tmp_path: Path
) -> None:
    over(thirty_mistakes(tmp_path))
    app = opened("overview", lang)
    app.button(key="problems").click()
    components = [component.proto for component in run(app).get("bidi_component")]
    (listed_problems,) = [
        component for component in components if component.component_name == "problems"
    ]
    sentences = json.loads(listed_problems.bytes)["sentences"]
    assert len(sentences) == 30
    assert all(len(text) > 8 for text in sentences)
    assert any("待定" in text for text in sentences)
    assert not any("{" in text for text in sentences)


def test_a_good_table_counts_no_problems() -> None:
    assert not any("数据问题" in text for text in texts(opened()))


def body(element: Any) -> str:
    return str(element.value)


UNESCAPED = re.compile(r"(?<!\\)(\*\*|<script|\$x|:red\[|\]\(http|:material/)")


@pytest.mark.no_cover
@pytest.mark.parametrize("page", PAGES)
def test_a_hostile_table_is_shown_as_written(
    page: str, over: Callable[[Path], None], tmp_path: Path
) -> None:
    path = hostile_table(tmp_path)
    over(path)
    name = measures.read(path).codes.leaders.names[0].as_py()
    app = opened(page, pick=name if page == "leaders" else "")
    for kind in ("title", "subheader", "caption", "warning"):
        for text in map(body, app.get(kind)):
            assert not UNESCAPED.search(text), text


LONG = 400_000  # characters


def table_of_long_cells(folder: Path) -> Path:
    """A table of which each column has a cell that no page can show, in a row of its own."""
    header = HEADER.split(",")
    rows = []
    for number in range(2 * len(header)):
        cells = [
            str(number),
            "2020",
            "清单",
            "板块",
            "条目",
            "举措",
            "张慧",
            "办公室、财务部",
            "9月",
        ]
        if number < len(header):
            cells[number] += "长" * LONG
        rows.append(",".join(cells))
    return table_of(folder, "\n".join(rows))


def weight(node: Any) -> int:
    """The bytes of all that a page sends to the browser, but for what it sends on demand."""
    proto = getattr(node, "proto", None)
    size: int = proto.ByteSize() if proto and hasattr(proto, "ByteSize") else 0
    return size + sum(map(weight, getattr(node, "children", {}).values()))


@pytest.mark.no_cover
@pytest.mark.parametrize("page", PAGES)
def test_a_page_stays_small_over_cells_that_it_cannot_show(
    page: str, over: Callable[[Path], None], tmp_path: Path
) -> None:
    """Each cell alone has 1.2 MB."""
    over(table_of_long_cells(tmp_path))
    app = opened(page, pick="5" if page == "measures" else "", lane="section")
    assert weight(app._tree) < 300_000
    app.session_state["filters_open"] = True
    app.session_state["problems_open"] = True
    assert weight(run(app)._tree) < 400_000


def test_a_name_that_no_page_can_show_is_counted_by_its_beginning_and_printed_whole(
    tmp_path: Path,
) -> None:
    table = measures.read(table_of_long_cells(tmp_path))
    long_name = "张慧" + "长" * LONG
    assert table.codes.leaders.names.to_pylist() == ["张慧", long_name[:999] + "…"]
    assert list(table.rows["leaders"][6]) == [long_name]


def test_of_a_title_that_no_cell_can_hold_the_beginning_is_listed_and_searched(
    tmp_path: Path,
) -> None:
    table = measures.read(table_of_long_cells(tmp_path))
    title = "举措" + "长" * LONG
    assert table.rows["title"][5] == title
    assert table.codes.titles[5].as_py() == title[:32_767]


def test_an_edit_on_disk_appears_on_the_next_run(
    over: Callable[[Path], None], tmp_path: Path
) -> None:
    path = table_of(tmp_path, "1,2020,清单,一,1,第一项,甲,办公室,8月\n")
    over(path)
    app = opened("measures")
    assert listed(app) == 1
    table_of(
        tmp_path, "1,2020,清单,一,1,第一项,甲,办公室,8月\n2,2020,清单,一,2,第二项,乙,办公室,9月\n"
    )
    assert listed(run(app)) == 2


def test_an_edit_of_the_milestones_appears_on_the_next_run(
    over: Callable[[Path], None], tmp_path: Path
) -> None:
    path = table_of(tmp_path, "1,2020,清单,一,1,第一项,甲,办公室,12月\n")
    over(path)
    app = opened("measures", pick="1")
    with pytest.raises(StopIteration):
        milestones(app)
    measures.milestones_path(path).write_text(
        "编号,节点时限,节点,目标值,单位\n1,6月,中期检查,,\n", "utf-8"
    )
    assert milestones(run(app)).column("节点") == ["中期检查"]


@pytest.mark.parametrize(
    "damage", ["picture", "folder", "gone", "empty", "no header", "broken workbook"]
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_table_that_can_no_longer_be_read_leaves_the_last_good_one_and_says_so(
    damage: str, lang: str, over: Callable[[Path], None], tmp_path: Path
) -> None:
    path = table_of(tmp_path, "1,2020,清单,一,1,第一项,甲,办公室,8月\n")
    over(path)
    app = opened("measures", lang)
    break_table(path, damage)
    assert listed(run(app)) == 1
    stale = translator(lang)("note.stale", why="").strip()
    assert stale in warnings(app)
    assert len(warnings(app)) > len(stale) + 8
    if path.is_dir():
        path.rmdir()
    time.sleep(0.01)
    table_of(
        tmp_path, "1,2020,清单,一,1,第一项,甲,办公室,8月\n2,2020,清单,一,2,第二项,乙,办公室,9月\n"
    )
    assert listed(run(app)) == 2
    assert not app.warning


@pytest.mark.parametrize(
    "error",
    [PermissionError(), OSError(errno.EIO, "the disk"), OSError(errno.ETIMEDOUT, "the net")],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_table_that_could_not_be_read_for_a_moment_is_read_again_though_it_did_not_change(
    error: OSError,
    lang: str,
    over: Callable[[Path], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = table_of(tmp_path, "1,2020,清单,一,1,第一项,甲,办公室,8月\n")
    over(path)
    with monkeypatch.context() as held:
        hold(held, path, error)
        app = opened("measures", lang)
        assert app.error
    assert listed(run(app)) == 1
    assert not app.error


def test_milestones_that_excel_held_appear_when_it_has_let_them_go(
    over: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = table_of(tmp_path, "1,2020,清单,一,1,第一项,甲,办公室,12月\n")
    measures.milestones_path(path).write_text(
        "编号,节点时限,节点,目标值,单位\n1,6月,中期检查,,\n", "utf-8"
    )
    over(path)
    with monkeypatch.context() as held:
        hold(held, measures.milestones_path(path), PermissionError())
        app = opened("measures", pick="1")
        assert "数据问题 1" in set(texts(app))
    assert milestones(run(app)).column("节点") == ["中期检查"]
    assert "数据问题 1" not in set(texts(app))


def hold(monkeypatch: pytest.MonkeyPatch, held: Path, error: OSError) -> None:
    """Keep a file from being read, which is read in this process for it."""
    monkeypatch.setattr(store, "_STORE", store.Store(measures.read))
    read_bytes = Path.read_bytes

    def read(path: Path) -> bytes:
        if path == held:
            raise error
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", read)


def break_table(path: Path, damage: str) -> None:
    """Make a table unreadable, each in its own way."""
    if damage in ("folder", "gone"):
        path.unlink()
    if damage == "folder":
        path.mkdir()
    contents = {
        "picture": b"\x89PNG\r\n\x1a\n" + bytes(100),
        "empty": b"",
        "no header": "第一行,第二列\n甲,乙\n".encode(),
        "broken workbook": b"PK\x03\x04" + bytes(100),
    }
    if damage in contents:
        path.write_bytes(contents[damage])


@pytest.mark.parametrize(
    "damage", ["picture", "folder", "gone", "empty", "no header", "broken workbook"]
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_there_is_no_table_at_all_a_sentence_says_what_to_do(
    damage: str, lang: str, over: Callable[[Path], None], tmp_path: Path
) -> None:
    path = table_of(tmp_path, "")
    break_table(path, damage)
    over(path)
    app = opened(lang=lang)
    (error,) = app.error
    assert len(said(error.value)) > 15
    assert path.name in said(error.value)
    assert re.search("请|要有" if lang == "zh" else "check|save|fill in|needs", said(error.value))


def test_an_old_good_table_is_not_shown_for_another_file(
    over: Callable[[Path], None], tmp_path: Path
) -> None:
    assert headline(opened()).startswith("10 项举措")
    over(tmp_path / "none.csv")
    assert opened().error


def test_a_header_without_rows_is_said_to_have_none_and_how_to_bring_some(
    over: Callable[[Path], None], tmp_path: Path
) -> None:
    over(table_of(tmp_path, ""))
    for page, lang in EVERY_PAGE:
        app = opened(page, lang)
        assert headline(app) == translator(lang)("headline.no_rows")
        assert "table.csv" in said(app.info[0].value)
        assert translator(lang)("intake.instead") in dict(links(app))
        assert "reset_here" not in {button.key for button in app.button}


def test_a_table_without_any_year_keeps_today(over: Callable[[Path], None], tmp_path: Path) -> None:
    over(table_of(tmp_path, "1,,清单,一,1,第一项,甲,办公室,全年\n"))
    assert day(opened(as_of="")) == office_day()


@pytest.mark.parametrize("page", PAGES)
def test_measures_without_leader_department_or_date_are_shown(
    page: str, over: Callable[[Path], None], tmp_path: Path
) -> None:
    over(table_of(tmp_path, "1,2020,清单,一,1,无人负责的举措,,,\n"))
    assert headline(opened(page))


@pytest.mark.parametrize(
    ("lang", "start"),
    [("zh", "这一页没能显示出来（ZeroDivisionError）"), ("en", "This page could not be drawn")],
)
def test_a_mistake_of_ours_is_said_in_the_reader_s_language(lang: str, start: str) -> None:
    def page() -> None:
        from lib.web import server

        server.unexpected(ZeroDivisionError("division by zero"))

    app = AppTest.from_function(page)
    app.query_params["lang"] = lang
    (error,) = run(app).error
    assert said(error.value).startswith(start)
    assert "on_script_error=server.unexpected" in (ROOT / "app.py").read_text("utf-8")
