"""A county's list, made up: 64 measures, nine leaders, 31 departments with names as long as real ones."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Final

from tests.tables import table_of

YEAR: Final = 2026
LEADERS: Final = (
    "郑岚",
    "仇岳",
    "单于飞",
    "欧阳启明",
    "覃志远",
    "翟树声",
    "任晓棠",
    "曾令仪",
    "解正言",
)
SECTIONS: Final = (
    "一、产业提质",
    "二、城乡建设",
    "三、民生保障",
    "四、生态环境",
    "五、基层治理",
    "六、营商环境",
)
DEPARTMENTS: Final = (
    *("县发展和改革局", "县经济商务和信息化局", "县财政局", "县自然资源和规划局"),
    *("县住房和城乡建设局", "县农业农村局（县乡村振兴局）", "县文化广播电视和旅游局（县体育局）"),
    *("县卫生健康局（县疾病预防控制局）", "县人力资源和社会保障局", "县退役军人事务局"),
    *("县应急管理局", "县市场监督管理局（县知识产权局）", "县医疗保障局", "县行政审批和数据局"),
    *("县教育和体育局", "县公安局交通警察大队", "县民政局", "县司法局", "县生态环境局"),
    *("县交通运输局", "县水务局", "县审计局", "县统计局", "县林业和草原局", "县投资促进局"),
    *("县综合行政执法局（县城市管理局）", "县供销合作社联合社", "县政务服务中心管理委员会"),
    *("县工业园区管理委员会", "青石镇人民政府", "临江街道办事处"),
)
WORK: Final = (
    "编制并印发实施方案",
    "建成一批示范点位",
    "完成年度投资",
    "开展专项整治",
    "办成一件民生实事",
)
OF: Final = (
    *(
        "老旧小区配套改造",
        "高标准农田",
        "乡镇污水管网",
        "县域医共体",
        "产业园区标准厂房",
        "农村公路安全设施",
    ),
    *(
        "普惠托育服务",
        "政务服务事项一窗受理",
        "小微企业融资",
        "河湖岸线清理",
        "基层网格服务",
        "县级公共图书馆",
    ),
    "文旅融合线路",
)
DEADLINES: Final = (
    *(
        "3月底前",
        "4月",
        "6月底前",
        "全年",
        "上半年",
        "9月底前",
        "10月",
        "11月底前",
        "12月",
        "12月20日前",
    ),
    *("每季度", "5—8月", "7月", "汛期前", "8月", "12月底前"),
)
COUNT: Final = 64


def county_list(folder: Path) -> Path:
    """The list as a table of 2026."""
    tasks = [f"{work}（{of}）" for of, work in product(OF, WORK)]
    rows: list[str] = []
    for n in range(COUNT):
        leader = LEADERS[(n * 5 + n // 9) % len(LEADERS)]
        if n % 11 == 0:
            leader += f"、{LEADERS[(n + 4) % len(LEADERS)]}"
        lead = DEPARTMENTS[n * 7 % len(DEPARTMENTS)]
        support = [DEPARTMENTS[(n * 3 + step * 5 + 1) % len(DEPARTMENTS)] for step in range(n % 4)]
        departments = "、".join(dict.fromkeys([lead, *support]))
        section = SECTIONS[n * len(SECTIONS) // COUNT]
        deadline = DEADLINES[n * 5 % len(DEADLINES)]
        rows.append(
            f"{YEAR}-{n + 1},{YEAR},重点工作任务清单,{section},{n + 1},{tasks[n]},"
            f'"{leader}","{departments}",{deadline}'
        )
    return table_of(folder, "\n".join(rows), "county.csv")
