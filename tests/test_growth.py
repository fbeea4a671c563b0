"""Reading takes linear time, whatever stands in a text or a table: twice as much, twice as long."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

import pytest

from lib import measures, notices
from lib.errors import BoardError
from tests.growth import LINEAR, Run, growth

# Times that something comes again; an eighth of each is more than the names that one clause may have,
# below which all pairs of them are looked at
SIZES: Final = (2_000, 16_000)
FLOOR: Final = 0.15  # seconds

pytestmark = pytest.mark.no_cover

HEADER: Final = "序号\t举措\t责任单位\t完成时限\n"

TEXTS: Final[dict[str, Callable[[int], str]]] = {
    "measures one after another": lambda times: (
        "（一）修缮礼堂。6月份申报示范点4个，年底命名15个。（责任领导：林森；责任部门：办公室、财务科；完成时限：8月）\n"
        * (times // 8)
    ),
    "verbs in one line": lambda times: "牵头" * times,
    "verbs in an item": lambda times: f"1.做事（{'牵头、' * times}）",
    "stars after a name": lambda times: f"1.做事（牵头单位：甲局{'★' * times}）",
    "words before a number": lambda times: f"1.6月底前{'不少于' * times}建成4个（牵头单位：甲局）",
    "labels in one line": lambda times: "责任单位：甲局；" * times,
    "dates in one line": lambda times: "6月底前完成，" * times,
    "quantities in a cell": lambda times: f"{HEADER}1\t{'建成4个，6月底前建成5个。' * (times // 8)}\t甲局\t6月\n",
    "spaces": lambda times: f"1.做事{' ' * times * 20}（牵头单位：甲局）",
    "breaks in a cell": lambda times: f"{HEADER}1\t做{'　' * times * 20}事\t甲局\t6月\n",
    "brackets": lambda times: "（" * times + "牵头单位：甲局" + "）" * times,
    "open brackets, a line each": lambda times: "（\n" * times,
    "names in a list": lambda times: f"1.做事\n责任单位：{'甲局、' * times}",
    "drawn lines": lambda times: "│\n" * times,
    "headers, a line each": lambda times: "序号|举措|责任单位\n" * times,
    "labels, a line each": lambda times: "举措\n责任单位\n完成时限\n" * times,
    "one cell a line": lambda times: "序号\n举措\n责任单位\n"
    + "".join(f"{number}\n做{number}\n甲局\n" for number in range(1, times + 1)),
    "one short line after another": lambda times: "联系人：甲\n" * times,
}  # fmt: skip


@pytest.mark.parametrize("kind", TEXTS)
def test_a_notice_is_read_in_linear_time(kind: str) -> None:
    def run(times: int) -> Run:
        text = TEXTS[kind](times)

        def read() -> None:
            with suppress(BoardError):
                notices.read_text(text)

        return read

    assert growth(run, SIZES, FLOOR) < LINEAR


TABLES: Final[dict[str, Callable[[int], str]]] = {
    "quotes that close in the next line": lambda times: 'x",y,"z\n' * times,
    "a quote that never closes": lambda times: '修路,"甲,8月\n' * times,
    "brackets above the header": lambda times: "（" * times * 10 + "\n",
    "names in a cell": lambda times: f"修路,{'甲、' * times},8月\n",
    "brackets in a cell": lambda times: f"修路,{'甲（牵头：乙）' * times},8月\n",
    "a long deadline": lambda times: f"修路,甲,{'6月、' * times}\n",
    "headers printed again": lambda times: "举措,责任领导,时限\n修路,甲,8月\n" * (times // 4),
}


@pytest.mark.parametrize("kind", TABLES)
def test_a_table_is_read_in_linear_time(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"

    def run(times: int) -> Run:
        rows = TABLES[kind](times)
        text = f"{rows}举措,责任领导,时限\n" if "above" in kind else f"举措,责任领导,时限\n{rows}"

        def read() -> None:
            path.write_text(text, "utf-8")
            with suppress(BoardError):
                measures.read(path)

        return read

    assert growth(run, SIZES, FLOOR) < LINEAR
