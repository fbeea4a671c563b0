"""What the cover of a list says for all of its measures: by when, where none of them says it."""

from __future__ import annotations

from datetime import date

import pytest

from lib import notices
from lib.notices.model import Cell

ITEMS = "1.修路。（责任单位：工程科）\n2.架桥。（责任单位：桥梁科）"


def deadlines(text: str) -> list[Cell]:
    return [measure.cells["deadline"] for measure in notices.read_text(text).measures]


@pytest.mark.parametrize(
    ("cover", "phrase"),
    [
        ("请对以下问题立即整改，于2026年5月20日前完成整改。", "2026年5月20日前"),
        ("清单所列事项要在9月底前全部办结。", "9月底前"),
    ],
)
def test_the_one_date_that_the_cover_sets_holds_for_all_and_is_to_be_checked(
    cover: str, phrase: str
) -> None:
    for cell in deadlines(f"关于整改的通知\n{cover}\n2026年任务清单\n{ITEMS}"):
        assert (cell.text, cell.sure, cell.reason) == (phrase, False, "cover")


def test_a_measure_is_due_on_the_day_of_the_cover() -> None:
    text = f"关于整改的通知\n请对以下问题于2026年5月20日前完成整改。\n{ITEMS}"
    assert {measure.due for measure in notices.read_text(text).measures} == {date(2026, 5, 20)}


@pytest.mark.parametrize(
    "cover",
    [
        "请于2026年5月20日前报送进展。",  # of a report
        "请对以下问题于5月20日前完成整改，6月1日前全部销号。",  # two dates
        "会议于2026年5月20日前完成。",  # of nothing in the list
        "",
    ],
)
def test_a_date_of_something_else_is_no_deadline(cover: str) -> None:
    assert {cell.text for cell in deadlines(f"2026年任务清单\n{cover}\n{ITEMS}")} == {""}


def test_where_one_measure_has_its_own_the_cover_says_nothing_for_the_others() -> None:
    items = ITEMS.replace("工程科", "工程科，8月底前完成")
    phrases = {cell.text for cell in deadlines(f"对以下问题于5月20日前完成整改。\n{items}")}
    assert "5月20日前" not in phrases
