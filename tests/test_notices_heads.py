"""The head of a notice: its title, its issuer, its date of issue."""

import pytest

from lib import notices
from tests.notices.pdf import LINE


def test_a_date_of_issue_that_no_calendar_has_is_none():
    text = "2024年清单\n1. 修路。（责任部门：工程科）\n印发日期：2024年2月30日"
    assert notices.read_text(text).issued is None


def test_a_line_that_only_names_an_annex_is_no_title():
    text = "2024年工作要点\n附件1：责任清单\n1. 修路。（责任部门：工程科）"
    assert notices.read_text(text).title == "2024年工作要点"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("某县办\n关于印发《2024年重点工作分工》的通知", "2024年重点工作分工"),
        ("关于印发2024年重点工作分工方案的通知", "2024年重点工作分工方案"),
        ("关于做好2024年重点工作分解的通知", "关于做好2024年重点工作分解的通知"),
        ("关于印发春天的故事的通知", "关于印发春天的故事的通知"),
        ("县应急局办公室  内部资料\n关于分解2024年任务的通知", "关于分解2024年任务的通知"),
        ("首页\n政务公开\n九龙镇2024年任务清单", "九龙镇2024年任务清单"),
        ("二〇二三至二〇二四年度计划执行表", "二〇二三至二〇二四年度计划执行表"),
        # what the page has around it
        ("您现在的位置：首页 > 通知公告\n九龙镇2024年任务清单", "九龙镇2024年任务清单"),
        ("九龙镇2024年任务清单\n打印本页\n发布时间：2024-03-10", "九龙镇2024年任务清单"),
        ("您现在的位置\n打印本页\n发布时间\n九龙镇任务清单", "九龙镇任务清单"),
        ("您现在的位置：首页 > 工作方案\n打印本页\n发布时间\n九龙镇大事", "九龙镇大事"),
        ("打印本页\n发布时间：2024-03-10", ""),
    ],
)
def test_the_title_is_the_line_that_names_the_notice(head: str, title: str):
    notice = notices.read_text(f"{head}\n1. 修路。（责任部门：工程科）")
    assert notice.title == title


def test_a_lone_first_row_is_the_title_whatever_its_last_word():
    table = "某区第三批督办清样,,,\n序号,督办事项,责任单位,完成时限\n1,修路,工程科,8月\n"
    assert notices.read(table.encode(), "x.csv").title == "某区第三批督办清样"


def test_a_date_that_is_none():
    assert notices.read_text(f"2024年清单\n{LINE}\n2024年13月45日").issued is None


def test_the_date_below_the_text_counts_before_that_of_a_page_s_table():
    page_ = "<html><table><tr><td>发布机构：</td><td>某区府办</td></tr><tr><td>发布日期：</td><td>2025-03-18</td></tr></table>"
    page_ += "<p>某区2025年任务分工</p><p>1.修路。（责任部门：工程科）</p><p>某区人民政府办公室</p><p>2025年3月14日</p></html>"
    notice = notices.read(page_.encode(), "x.html")
    assert (notice.title, notice.issuer, str(notice.issued)) == (
        "某区2025年任务分工",
        "某区人民政府办公室",
        "2025-03-14",
    )
    only = notices.read(page_.replace("<p>2025年3月14日</p>", "").encode(), "x.html")
    assert str(only.issued) == "2025-03-18"
