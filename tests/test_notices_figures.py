"""The dates and the quantities inside a measure's text."""

from lib import notices


def milestones(text: str) -> list[tuple[str, str, str]]:
    """Deadline, text and target of each milestone of one measure."""
    notice = notices.read_text(f"2024年清单\n1. {text}（责任部门：工会；完成时限：12月）")
    return [(found.deadline, found.text, found.target) for found in notice.milestones]


def test_what_is_counted_on_a_feast_is_no_event_besides():
    assert milestones("开展庆“五一”走访职工4户。") == [("“五一”", "走访职工", "4")]


def test_an_event_before_the_first_comma_stands_beside_what_is_counted_after_it():
    assert milestones("6月举办职工歌手大赛，培训职工40人。") == [
        ("6月", "培训职工", "40"),
        ("6月", "举办职工歌手大赛", ""),
    ]
