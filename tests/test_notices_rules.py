"""What a whole list says of its dates: the months of a school year."""

import pyarrow as pa

from lib import measures, notices


def dues(title: str, *phrases: str, end: str = "") -> list[str]:
    """The due day of each phrase, in a list of that title."""
    items = "\n".join(
        f"{number}. 做好第{number}件事。（责任部门：办公室；完成时限：{p}）"
        for number, p in enumerate(phrases, 1)
    )
    return [str(measure.due) for measure in notices.read_text(f"{title}\n{items}\n{end}").measures]


def test_months_of_a_school_year_without_their_year():
    title = "青枫学院2021—2022学年重点工作任务分解"
    assert dues(title, "3-5月", "11月中旬", "8月底前", "上半年", "2022年1月", "每月") == [
        "2022-05-31",
        "2021-11-20",
        "2022-08-31",
        "2022-06-30",
        "2022-01-31",
        "None",
    ]
    assert dues(title, "8月底前", "9月", "5月", end="青枫学院\n2021年8月25日") == [
        "2021-08-31",
        "2021-09-30",
        "2022-05-31",
    ]
    assert dues("冰城市2025—2026年供暖季保供清单", "3月", "10月") == ["2026-03-31", "2025-10-31"]
    assert dues("青枫学院2021年工作任务分解", "5月") == ["2021-05-31"]
    measure = notices.read_text(
        f"{title}\n1. 做事。（责任部门：办公室；完成时限：5月）", year=2023
    ).measures[0]
    assert (str(measure.due), measure.cells["deadline"].reason) == ("2023-05-31", "label")


def test_the_table_of_a_school_year_has_the_same_days(tmp_path):
    phrases = ("9月", "全年", "5月", "3-5月", "2022年1月", "尽快", "")
    items = "\n".join(
        f"{number}. 做好第{number}件事。（责任部门：办公室；完成时限：{p}）"
        for number, p in enumerate(phrases, 1)
    )
    notice = notices.read_text(f"青枫学院2021—2022学年重点工作任务分解\n{items}")
    notices.write(notice, tmp_path / "t.csv")
    rows = measures.read(tmp_path / "t.csv").rows
    assert pa.array(rows["due"]).to_pylist() == [measure.due for measure in notice.measures]
    assert rows["deadline"].tolist()[2] == "2022年5月"
