"""A notice as the measure table."""

from lib import notices


def test_measures_without_numbers_are_counted():
    table = "任务,责任单位\n修路,工程科\n架桥,工程科\n"
    notice = notices.read(("2024年任务清单,\n" + table).encode(), "x.csv")
    assert [row[0] for row in notices.to_table(notice)[0][1:]] == ["2024-1", "2024-2"]
