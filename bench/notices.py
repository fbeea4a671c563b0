"""What it costs to read a notice: ``python -m bench.notices COUNT …``.

Each count is a notice of so many measures, of which a page holds about ten. CPU time, the fastest
of three, in a process of its own. Prints one line of JSON, seconds by count.
"""

from __future__ import annotations

import argparse
import json
import time

from lib import notices

REPEAT = 3
SECTIONS = "一二三四五六七八九十"
TASKS = (
    "开展主题宣讲",
    "规范组织换届",
    "培训基层干部",
    "建设文化驿站",
    "组织职工体检",
    "走访困难职工",
)
LEADERS = ("王明", "李晓", "赵晨", "孙宁", "周岚")
DEPARTMENTS = ("组织部", "办公室", "财务部", "权益部", "女工部", "市文广旅局（市体育局）")
DEADLINES = ("8月", "全年", "9月底前", "第三季度", "12月", "长期坚持")
HEAD = (
    "沙河区总工会办公室关于印发《2024年重点工作举措清单》的通知",
    "各基层工会：",
    "现印发给你们，请认真落实。",
)
FOOT = ("沙河区总工会办公室", "2024年2月3日")


def notice(count: int) -> str:
    """Write a notice of so many measures in ten sections, with milestones and a covering page."""
    measures_a_section = -(-count // len(SECTIONS))
    lines = list(HEAD)
    for index in range(count):
        if index % measures_a_section == 0:
            section = SECTIONS[len(SECTIONS) * index // count]
            lines.append(f"{section}、重点工作之{index}")
        lines.append(_measure(index))
    return "\n".join([*lines, *FOOT])


def _measure(index: int) -> str:
    """Write one measure: one to four departments, the first leads."""
    count_of_names = index % 4 + 1
    lead, *support = [_turn(DEPARTMENTS, index + step) for step in range(count_of_names)]
    supporting = "、".join(support) or "机关党委"
    return (
        f"{index + 1}.{_turn(TASKS, index)}第{index + 1}批。"
        "深入基层，摸清底数，分类推进，做到人员、措施、经费三落实，"
        f"{index % 6 + 1}月份申报职工书屋{index % 9 + 1}个，年底命名{index % 7 + 1}个。"
        f"（责任领导：{_turn(LEADERS, index)}；责任部门：{lead}，{supporting}；"
        f"完成时限：{_turn(DEADLINES, index)}）"
    )


def _turn(choices: tuple[str, ...], index: int) -> str:
    return choices[index % len(choices)]


def seconds(count: int) -> float:
    """Give the CPU time of reading a notice.

    Raises:
        RuntimeError: a measure was missed.
    """
    text = notice(count)
    times = []
    for _ in range(REPEAT):
        begin = time.process_time()
        measures = notices.read_text(text).measures
        times.append(time.process_time() - begin)
        if len(measures) != count:
            raise RuntimeError(f"{len(measures)} measures read, {count} written")
    return min(times)


def main() -> None:
    """Read a notice of each count."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("counts", metavar="COUNT", type=int, nargs="+")
    counts = parser.parse_args().counts
    seconds(counts[0])  # imports and tables
    print(json.dumps({count: seconds(count) for count in counts}))


if __name__ == "__main__":
    main()
