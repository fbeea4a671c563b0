"""The head of a notice: its title, its issuer, its date of issue."""

from lib import notices


def test_a_date_of_issue_that_no_calendar_has_is_none():
    text = "2024年清单\n1. 修路。（责任部门：工程科）\n印发日期：2024年2月30日"
    assert notices.read_text(text).issued is None


def test_a_line_that_only_names_an_annex_is_no_title():
    text = "2024年工作要点\n附件1：责任清单\n1. 修路。（责任部门：工程科）"
    assert notices.read_text(text).title == "2024年工作要点"
