"""The cells of a measure: what several claims for one of them come to."""

from lib import notices
from tests.notices.lines import read


def test_ditto_before_anything_and_for_a_role():
    first = "2024年清单\n1. 修路。（责任领导：同上；牵头部门：工程科）\n2. 架桥。（责任领导：林森；牵头部门：同上）"
    assert read(first) == ["|1|修路||工程科||", "|2|架桥|林森|工程科||"]
    assert not notices.read_text(first).measures[0].cells["leaders"].sure


def test_several_labels_for_leaders_the_leading_one_counts():
    text = "2024年清单\n1. 修路。（责任领导：林森；责任人：王小明；责任部门：工程科）"
    leaders = notices.read_text(text).measures[0].cells["leaders"]
    assert (leaders.names, leaders.sure) == (("林森",), False)


def test_departments_named_twice_and_lists_without_order():
    text = "2024年清单\n1. 修路。（牵头部门：工程科；配合部门：工程科、财务科）\n2. 架桥。（责任部门：工程科、财务科）\n（责任部门排名不分先后）"
    assert read(text) == ["|1|修路||工程科|财务科|", "|2|架桥||工程科|财务科|"]
    second = notices.read_text(text).measures[1].cells["lead_departments"]
    assert (second.reason, second.sure) == ("unordered", False)


def test_what_nearly_all_others_have_is_missed_where_it_is_empty():
    items = [
        f"{at}. 做好第{at}件事。（责任领导：林森；责任部门：办公室；完成时限：8月）"
        for at in range(1, 6)
    ]
    text = "\n".join(["2024年清单", *items, "6. 修路。（责任部门：办公室）"])
    cells = notices.read_text(text).measures[5].cells
    assert [(cells[f].reason, cells[f].sure) for f in ("leaders", "deadline")] == [
        ("others_have", False)
    ] * 2
    assert cells["support_departments"].sure  # most have none
    few = notices.read_text(
        "\n".join(["2024年清单", *items[:2], "3. 修路。（责任部门：办公室）"])
    ).measures[2]
    assert few.cells["leaders"].sure


def test_a_date_left_in_the_names_and_a_name_unlike_one():
    odd = (
        notices.read_text("2024年清单\n1. 修路。（责任部门：工程科、路政科按期完成）")
        .measures[0]
        .cells
    )
    assert (odd["support_departments"].reason, odd["support_departments"].sure) == (
        "odd_name",
        False,
    )
    missed = (
        notices.read_text("2024年清单\n1. 修路。（责任部门：工程科、路政科6月底前抢通）")
        .measures[0]
        .cells
    )
    assert (missed["deadline"].reason, missed["deadline"].sure) == ("missed_date", False)
