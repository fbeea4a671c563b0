"""Lists as counties issue them: 64 measures with long names, and 1,500 over two years."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.tables import table_of

BUREAUX: Final = (
    "县发展和改革局（县粮食和物资储备局）", "县人力资源和社会保障局", "县农业农村局（县乡村振兴局）",
    "县住房和城乡建设局", "县文化广播电视和旅游局（县体育局）", "县卫生健康局（县疾病预防控制局）",
    "县市场监督管理局（县知识产权局）", "县自然资源和规划局", "县生态环境局", "县交通运输局",
    "县财政局", "县教育局", "县科学技术局（县外国专家局）", "县工业和信息化局", "县公安局", "县民政局",
    "县司法局", "县水务局", "县商务局（县投资促进局）", "县退役军人事务局", "县应急管理局", "县审计局",
    "县行政审批和政务服务管理局", "县统计局", "县医疗保障局", "县综合行政执法局（县城市管理局）",
    "县税务局", "县消防救援大队", "县供销合作社联合社", "县经济开发区管理委员会", "县融媒体中心",
)  # fmt: skip
SECTIONS: Final = (
    "一、聚力稳增长促投资，巩固经济回升向好态势",
    "二、深入推进乡村全面振兴",
    "三、持续优化营商环境",
    "四、办好民生实事",
    "五、守牢安全底线",
    "六、建设法治政府、廉洁政府",
)
LEADERS: Final = ("李建国", "王秀英", "张伟", "刘洋", "陈静", "杨帆", "赵敏", "周强")
PHRASES: Final = (
    "全年", "3月底前", "6月底前", "9月底前", "12月底前", "上半年", "10月", "11月", "第三季度末",
    "每季度", "长期坚持", "4月—11月", "12月15日前", "视情况推进", "8月底前", "年底前",
)  # fmt: skip
TEXTS: Final = (
    "推动{n}个重点项目开工建设，完成年度投资任务", "完善服务企业联系机制，及时协调解决困难问题",
    "实施老旧小区改造{n}个", "加强道路交通、消防、燃气等重点领域隐患排查整治", "新建高标准农田{n}亩",
)  # fmt: skip


def county_list(folder: Path) -> Path:
    """64 measures of 8 leaders and 31 departments with long names, in six sections, for 2026."""
    return table_of(folder, "\n".join(_rows(64, [2026])), "county.csv")


def two_years(folder: Path) -> Path:
    """1,500 measures of the same county, half in 2025 and half in 2026, under the same sections."""
    return table_of(folder, "\n".join(_rows(1500, [2025, 2026])), "two-years.csv")


def _rows(count: int, years: list[int]) -> list[str]:
    rows: list[str] = []
    for n in range(count):
        year = years[n * len(years) // count]
        section = SECTIONS[n * len(SECTIONS) * len(years) // count % len(SECTIONS)]
        text = TEXTS[n % len(TEXTS)].format(n=n + 2)
        leaders = LEADERS[n * n % len(LEADERS)]
        if n % 9 == 0:
            leaders += f"、{LEADERS[(n + 3) % len(LEADERS)]}"
        if n % 21 == 20:
            leaders = ""
        supporting = [BUREAUX[(n * 5 + step * 3 + 1) % len(BUREAUX)] for step in range(n % 5)]
        departments = "、".join(dict.fromkeys((BUREAUX[n * 7 % len(BUREAUX)], *supporting)))
        cells = (
            f"{year}-{n}", f"{year}", f"{year}年政府工作报告重点任务分工", section, f"{n + 1}",
            text, leaders, departments, PHRASES[n * 3 % len(PHRASES)],
        )  # fmt: skip
        rows.append(",".join(f'"{cell}"' for cell in cells))
    return rows
