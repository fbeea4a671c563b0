"""What it costs to read a notice: ``python -m bench.notices COUNT …``, each a notice of so many measures.

CPU time, the fastest of three, in a process of its own; a page of a notice holds about ten measures. Prints one line of
JSON, seconds by count.
"""

from __future__ import annotations

import argparse
import json
import time

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


def notice(count: int) -> str:
    """A notice of so many measures in ten sections, with body text, milestones and a covering page."""
    lines = [
        "沙河区总工会办公室关于印发《2024年重点工作举措清单》的通知",
        "各基层工会：",
        "现印发给你们，请认真落实。",
    ]
    for at in range(count):
        if at % -(-count // len(SECTIONS)) == 0:
            lines.append(f"{SECTIONS[len(SECTIONS) * at // count]}、重点工作之{at}")
        names = [DEPARTMENTS[(at + step) % len(DEPARTMENTS)] for step in range(at % 4 + 1)]
        lines.append(
            f"{at + 1}.{TASKS[at % len(TASKS)]}第{at + 1}批。深入基层，摸清底数，分类推进，做到人员、措施、经费三落实，"
            f"{at % 6 + 1}月份申报职工书屋{at % 9 + 1}个，年底命名{at % 7 + 1}个。"
            f"（责任领导：{LEADERS[at % len(LEADERS)]}；"
            f"责任部门：{names[0]}，{'、'.join(names[1:]) or '机关党委'}；完成时限：{DEADLINES[at % len(DEADLINES)]}）"
        )
    return "\n".join([*lines, "沙河区总工会办公室", "2024年2月3日"])


def seconds(count: int) -> float:
    """CPU time of reading a notice. Raises RuntimeError where a measure was missed."""
    from lib import notices

    text, taken = notice(count), []
    for _ in range(3):
        begin = time.process_time()
        found = len(notices.read_text(text).measures)
        taken.append(time.process_time() - begin)
        if found != count:
            raise RuntimeError(f"{found} measures read, {count} written")
    return min(taken)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("counts", metavar="COUNT", type=int, nargs="+")
    counts = parser.parse_args().counts
    seconds(counts[0])  # imports and tables
    print(json.dumps({count: seconds(count) for count in counts}))


if __name__ == "__main__":
    main()
