"""What a table says is to be checked though it was read: numbers of days, slips of the year."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from lib import measures
from lib.errors import describe
from lib.i18n import LANGUAGES, translator
from tests.tables import table_of

MILESTONES = "编号,节点时限,节点,目标值,单位\n"
Problems = list[tuple[str, int, str, str]]
Read = Callable[..., measures.Table]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def of(rows: str, milestones: str = "") -> measures.Table:
        path = table_of(tmp_path, rows)
        if milestones:
            beside = tmp_path / "table.milestones.csv"
            beside.write_text(MILESTONES + milestones, "utf-8")
        return measures.read(path)

    return of


def found(table: measures.Table) -> Problems:
    return [
        (problem.code, problem.line, problem.column, problem.value) for problem in table.problems
    ]


def dues(table: measures.Table) -> list[date | None]:
    days: list[date | None] = table.rows["due"].tolist()
    return days


@pytest.mark.parametrize(
    "written",
    [
        "2026-01-01",
        "2026年1月1日",
        "2026/1/1 0:00",
        "2026-01-01T00:00:00.000Z",
        "2026年1月",
        "2026 年",
        "2026年度 ",
        "２０２６",
        "2026.0",
        "二○二六年度",
    ],
)
def test_a_year_that_is_written_as_a_date_is_its_year(read: Read, written: str) -> None:
    table = read(f"1,{written},要点,一,1,修路,周全,工程科,6月底前")
    assert (table.codes.years.tolist(), found(table)) == ([2026], [])
    assert dues(table) == [date(2026, 6, 30)]


@pytest.mark.parametrize("written", ["2025-2026", "2026年底", "2026.1", "1998-01-01", "36525"])
def test_what_is_no_one_year_is_none(read: Read, written: str) -> None:
    table = read(f"1,{written},要点,一,1,修路,周全,工程科,2026年6月底前")
    assert table.codes.years.tolist() == [0]
    assert found(table) == [("year_invalid", 2, "年度", written)]


def test_a_number_is_the_day_that_it_is_in_a_spreadsheet_and_to_be_checked(read: Read) -> None:
    table = read(
        """
        1,2026,要点,一,1,修路,周全,工程科,46356
        2,2026,要点,一,2,架桥,周全,工程科,6月底前
        3,46023,要点,一,3,植树,周全,工程科,46203.5
        """
    )
    assert dues(table) == [date(2026, 11, 30), date(2026, 6, 30), date(2026, 6, 30)]
    assert found(table) == [
        ("day_number", 2, "完成时限", "46356 → 2026-11-30"),
        ("day_number", 4, "年度", "46023 → 2026"),
        ("day_number", 4, "完成时限", "46203.5 → 2026-06-30"),
    ]


def test_a_deadline_of_another_year_is_read_as_written_and_asked_about(read: Read) -> None:
    table = read(
        """
        1,2026,要点,一,1,修路,周全,工程科,2025年6月底前
        2,2026,要点,一,2,架桥,周全,工程科,2027年6月底前
        3,2026,要点,一,3,植树,周全,工程科,2062年6月底前
        4,2025,要点,一,4,挖井,周全,工程科,2025年6月底前
        """
    )
    assert dues(table) == [date(year, 6, 30) for year in (2025, 2027, 2062, 2025)]
    assert found(table) == [
        ("deadline_year", 2, "完成时限", "2026 · 2025年6月底前 → 2025-06-30"),
        ("deadline_year", 4, "完成时限", "2026 · 2062年6月底前 → 2062-06-30"),
    ]
    for language in LANGUAGES:
        sentence = describe(table.problems[0], translator(language))
        assert all(text in sentence for text in ("2025年6月底前", "2025-06-30", "2026", "完成时限"))


def test_a_list_of_several_years_is_not_asked_about_its_deadlines(read: Read) -> None:
    table = read(
        """
        1,2026,2024—2026年行动方案,一,1,修路,周全,工程科,2025年6月底前
        2,2026,要点,一,2,架桥,周全,工程科,2025年6月底前
        3,2026,三年行动清单,一,3,植树,周全,工程科,2024年底前
        """
    )
    assert [problem.line for problem in table.problems] == [3]


def test_milestones_are_asked_about_by_the_year_of_their_list(read: Read) -> None:
    table = read(
        """
        1,2026,要点,一,1,修路,周全,工程科,6月底前
        2,2026,三年行动清单,一,2,架桥,周全,工程科,6月底前
        """,
        "1,2025年3月底前,勘测,,\n1,46082,开工,,\n2,2025年3月底前,勘测,,\n9,2006年,勘测,,\n",
    )
    assert found(table) == [
        ("deadline_year", 2, "节点时限", "2026 · 2025年3月底前 → 2025-03-31"),
        ("day_number", 3, "节点时限", "46082 → 2026-03-01"),
        ("milestone_orphan", 5, "编号", "9"),
    ]
    assert {problem.source for problem in table.problems} == {"table.milestones.csv"}
    assert table.milestones["due"].tolist()[:2] == [date(2025, 3, 31), date(2026, 3, 1)]


def test_a_table_without_rows_has_nothing_to_check(read: Read) -> None:
    assert found(read("")) == []
