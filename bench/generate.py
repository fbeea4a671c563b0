"""A measure table of any size, invented but realistic: ``python bench/generate.py ROWS OUT.csv [--seed N]``
(or OUT.parquet).

For each 10,000 measures 30 leaders and 400 departments, several lists over the years 2020–2026, about ten sections
a list. One row in two hundred is wrong, in one of six ways. The same seed gives the same table.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

COLUMNS = ["编号", "年度", "清单", "板块", "条目", "举措", "责任领导", "责任部门", "完成时限"]
YEARS = range(2020, 2027)
SECTIONS_A_LIST = 10
WRONG_SHARE = 0.005

# ---- words -----------------------------------------------------------------------------------------------------


def words(text: str) -> list[str]:
    return text.split()


VERBS = words("""
    推进 深化 组织开展 扎实开展 持续推动 加快推进 全面落实 规范实施 统筹抓好 稳步推进 加强 健全 完善 优化 强化 启动
    试点推行 常态化开展 牵头落实 分批实施 严格落实 探索建立 细化落实 重点抓好 深入实施 提质升级
""")
SCOPES = words("""
    全市 各县区 城区 乡镇街道 沿江片区 重点园区 农村地区 老城片区 山区乡镇 机关系统 市属国企 窗口单位 基层站所
    中心城镇 高新园区 产业集聚区
""")
OBJECTS = words("""
    老旧小区加装电梯 农村饮水安全巩固提升 中小学校食堂食品安全 困难职工帮扶救助 社区居家养老服务 公共停车泊位
    政务服务一窗通办 河湖水系连通治理 高标准农田管护 青年人才驿站 基层文化站点 城市防洪排涝 森林防火网格
    企业用工对接 职业技能竞赛 产业链招商 医养结合服务 残疾人就业帮扶 道路隐患排查 燃气管网更新 垃圾分类收运
    村级财务公开 志愿服务队伍 劳模工匠宣讲 非遗项目传承 小微企业融资 校园周边秩序 农产品冷链物流 电商服务网点
    退役军人服务站 群众来访办理 应急避难场所 危旧房屋改造 夜间经济街区 档案数字化 公共图书流动服务 妇幼健康服务
    职工书屋建设 法律援助进村 数据共享目录 节约型机关 红色资源保护 乡村旅游线路 市政设施养护 安全生产培训
    重点项目用地保障 科普基地 消费维权站点
""")
ACTIONS = words("""
    专项行动 提升工程 试点工作 示范创建 三年计划 攻坚任务 长效机制建设 督导检查 标准化建设 专题培训 集中整治
    服务月活动 联席会商 项目储备 跟踪问效 结对共建 摸底调查 考核评价
""")
RESULTS = words("""
    建成示范点{n}个 惠及群众{n}户 覆盖{n}个村社区 完成培训{n}人次 新增服务岗位{n}个 办结事项{n}件 形成典型案例{n}个
    开展活动{n}场次 整改问题{n}项 达标率不低于{n}% 满意度达到{n}%
""")
HEADINGS = words("""
    强化思想引领 加强队伍建设 夯实基层基础 优化营商环境 推动产业升级 保障改善民生 推进乡村振兴 加强生态保护
    维护安全稳定 深化改革创新 提升城市品质 促进教育公平 发展卫生健康 繁荣文化事业 完善交通网络 做强县域经济
    扩大对外开放 推进依法治理 加强数字建设 抓实项目投资 稳定扩大就业 健全社会保障 强化财政保障 加强市场监管
    推进科技创新 服务青年发展 关爱老人儿童 提升应急能力 改进工作作风 加强监督检查
""")
LISTS = words("""
    政府工作报告任务分解 民生实事清单 重点工作责任清单 主题活动举措清单 改革要点任务清单 问题整改举措清单
    优化环境举措清单 安全生产责任清单 乡村振兴任务清单 产业发展举措清单 城市更新任务清单 作风建设责任清单
""")
FUNCTIONS = words("""
    办公室 教育局 财政局 人社局 民政局 公安局 司法局 卫健局 住建局 交通局 水务局 农业农村局 商务局 应急管理局
    审计局 市场监管局 统计局 医保局 林业局 文广旅局（体育局） 发改局（粮食局） 自然资源局（林草办）
    经信局（国资办） 生态环境局 城管局 信访局 总工会 团委 妇联 残联 科协 文联 工商联 机关党委 组宣部 财务部 经审办
    数据局 退役军人局 档案馆
""")
PLACE_HEADS = list("清云临长安永华新东南西北广丰石金玉龙平泰宁和兴福")
PLACE_TAILS = list("江山河州川阳溪城源泉岭湖塘桥林陵海峰谷浦原湾坪")
PLACE_KINDS = ["县", "区", "市"]
SURNAMES = list(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎单仇解查区朴"
)
GIVEN = list(
    "慧雷建国华明军伟芳敏静丽强磊洋勇艳杰涛超秀霞平刚桂英文斌玲波辉宁健俊帆雪荣新利清飞彬富顺信子浩凯颖洁"
)

# What stands in the deadline cell, and how often in a thousand; {year} is the row's own year.
DEADLINES = {
    "全年": 150, "12月": 130, "12月底前": 75, "年底前": 80, "6月底前": 70, "8月": 30, "9月": 30, "10月": 40, "11月": 30,
    "3月": 20, "4月": 18, "5月": 18, "6月": 30, "7月": 15, "9月底前": 30, "3月底前": 20, "11月底前": 20, "三季度": 18,
    "第四季度": 8, "二季度": 8, "上半年": 20, "下半年": 15, "3—5月": 8, "7-9月": 5, "10月中旬": 8, "5月上旬": 4,
    "每月": 18, "每季度": 14, "长期坚持": 16, "持续推进": 12, "常态化": 6, "{year}年6月底前": 12, "{year}年12月": 16,
    "{year}年10月31日前": 6, "12月31日前": 8, "9月30日前": 5, "五一前": 3, "国庆前": 3, "春节前": 2, "立行立改": 3,
    "年内": 8, "6月份": 6,
}  # fmt: skip
UNREADABLE = ["待定", "另行通知", "视情况而定", "13月", "2月30日前", "尽早完成"]
NO_YEARS = ["明年", "二〇二X", "20203", "—"]
NUMERALS = "零一二三四五六七八九"


def numeral(n: int) -> str:
    """A whole number from 1 to 9,999 as a notice prints it."""
    if n < 10:
        return NUMERALS[n]
    if n < 20:
        return "十" + (NUMERALS[n - 10] if n > 10 else "")
    if n < 100:
        return NUMERALS[n // 10] + "十" + (NUMERALS[n % 10] if n % 10 else "")
    unit, word = (100, "百") if n < 1000 else (1000, "千")
    head, rest = divmod(n, unit)
    if not rest:
        return NUMERALS[head] + word
    gap = "零" if rest < unit // 10 else ("一" if 10 <= rest < 20 else "")
    return NUMERALS[head] + word + gap + numeral(rest)


# ---- names -----------------------------------------------------------------------------------------------------


def department_names(count: int) -> list[str]:
    """The city's own departments first, then those of as many invented places as are needed."""
    places = ["市"] + [h + t + k for k in PLACE_KINDS for t in PLACE_TAILS for h in PLACE_HEADS]
    names = []
    for place in places:
        for function in FUNCTIONS:
            names.append(place + function.replace("（", f"（{place}"))
            if len(names) == count:
                return names
    raise ValueError(f"no words for {count} departments")


def leader_names(count: int, rng: np.random.Generator) -> list[str]:
    """Names of two and three characters, all different."""
    pool = [s + g for s in SURNAMES for g in GIVEN]
    pool += [s + g + h for s in SURNAMES for g in GIVEN[:20] for h in GIVEN[20:]]
    if count > len(pool):
        raise ValueError(f"no words for {count} leaders")
    return [pool[i] for i in rng.permutation(len(pool))[:count]]


# ---- columns ---------------------------------------------------------------------------------------------------


def pick(choices: Sequence[str], codes: np.ndarray) -> pa.Array:
    return pa.array(choices, pa.string()).take(pa.array(codes))


def join(*parts: pa.Array | str, sep: str = "") -> pa.Array:
    return pc.binary_join_element_wise(*parts, sep)


def text_of(numbers: np.ndarray) -> pa.Array:
    return pc.cast(pa.array(numbers), pa.string())


def titles(rows: int, rng: np.random.Generator) -> pa.Array:
    def any_of(choices: Sequence[str]) -> pa.Array:
        return pick(choices, rng.integers(len(choices), size=rows))

    results = [
        r.format(n=n)
        for r in RESULTS
        for n in (range(70, 100) if r.endswith("%") else range(3, 120))
    ]
    plain = join(any_of(VERBS), any_of(SCOPES), any_of(OBJECTS), any_of(ACTIONS))
    return pc.if_else(
        pa.array(rng.random(rows) < 0.9), join(plain, any_of(results), sep="，"), plain
    )


def department_cells(home: np.ndarray, names: list[str], rng: np.random.Generator) -> pa.Array:
    """One to seven different names a cell: the neighbours of ``home``, as offices of one place work together."""
    rows, known = len(home), len(names)
    counts = rng.choice(np.arange(1, 8), size=rows, p=[0.10, 0.20, 0.25, 0.20, 0.12, 0.08, 0.05])
    counts = np.minimum(counts, known)
    gaps = rng.integers(1, max(2, min(9, known // 8 + 1)), size=(rows, 7))
    gaps[:, 0] = 0
    codes = (home[:, None] + gaps.cumsum(axis=1)) % known
    wanted = np.arange(7)[None, :] < counts[:, None]
    wanted[:, 0] = False  # the first name is joined on with a separator of its own
    offsets = np.concatenate([[0], wanted.sum(axis=1).cumsum()]).astype(np.int32)
    others = pa.ListArray.from_arrays(pa.array(offsets), pick(names, codes[wanted]))
    style = rng.choice(4, size=rows, p=[0.45, 0.35, 0.15, 0.05])
    first_mark = pick(["，", "、", "，", "；"], style)
    other_mark = pick(["、", "、", "，", "；"], style)
    lead = pick(names, codes[:, 0])
    several = join(lead, first_mark, pc.binary_join(others, other_mark))
    return pc.if_else(pa.array(counts > 1), several, lead)


def leader_cells(
    home: np.ndarray, places: int, names: list[str], rng: np.random.Generator
) -> pa.Array:
    """Each leader answers for a run of departments; one measure in twenty has two leaders."""
    rows, known = len(home), len(names)
    code = home * known // places + rng.integers(-1, 2, size=rows)
    code = np.where(rng.random(rows) < 0.02, rng.integers(known, size=rows), code) % known
    second = (code + rng.integers(1, max(2, min(6, known)), size=rows)) % known
    one = pick(names, code)
    two = join(one, pick(names, second), sep="、")
    return pc.if_else(pa.array((rng.random(rows) < 0.05) & (second != code)), two, one)


def deadline_cells(years: np.ndarray, rng: np.random.Generator) -> pa.Array:
    phrases, weights = list(DEADLINES), np.array(list(DEADLINES.values()), dtype=float)
    choices = [p.replace("{year}", str(year)) for year in YEARS for p in phrases]
    code = rng.choice(len(phrases), size=len(years), p=weights / weights.sum())
    return pick(choices, (years - YEARS[0]) * len(phrases) + code)


# ---- the table -------------------------------------------------------------------------------------------------


def spoil(columns: dict[str, pa.Array], rows: int, rng: np.random.Generator) -> dict[str, pa.Array]:
    """Make one row in two hundred wrong: a deadline, a leader, a department, a title, an id or a year."""
    wrong = rng.permutation(rows)[: round(rows * WRONG_SHARE)]
    for way, column in enumerate(["完成时限", "责任领导", "责任部门", "举措", "编号", "年度"]):
        here = np.sort(wrong[way::6])
        mask = np.zeros(rows, dtype=bool)
        mask[here] = True
        if column == "完成时限":
            instead = pick(UNREADABLE, rng.integers(len(UNREADABLE), size=len(here)))
        elif column == "年度":
            instead = pick(NO_YEARS, rng.integers(len(NO_YEARS), size=len(here)))
        elif column == "编号":
            instead = columns[column].take(
                pa.array(np.where(here > 0, here - 1, here + 1))
            )  # its neighbour's
        else:
            instead = pick([""], np.zeros(len(here), dtype=int))
        columns[column] = pc.replace_with_mask(columns[column], pa.array(mask), instead)
    return columns


def table(rows: int, seed: int = 2020) -> pa.Table:
    """The measure table as Arrow strings, in the order that it would be printed: year, list, section, article."""
    rng = np.random.default_rng(seed)
    departments = department_names(max(6, round(rows * 0.04)))
    leaders = leader_names(max(2, round(rows * 0.003)), rng)
    lists = min(len(LISTS), max(2, round(rows**0.3)))

    years = rng.choice(np.arange(YEARS[0], YEARS[-1] + 1), size=rows)
    listed = rng.integers(lists, size=rows)
    section = rng.integers(SECTIONS_A_LIST, size=rows)
    group = (years * 100 + listed) * 100 + section
    order = np.argsort(group, kind="stable")
    years, listed, section, group = years[order], listed[order], section[order], group[order]
    starts = np.flatnonzero(np.concatenate([[True], group[1:] != group[:-1]]))
    article = np.arange(rows) - np.repeat(starts, np.diff(np.append(starts, rows))) + 1

    home = (len(departments) * rng.random(rows) ** 1.2).astype(np.int64)
    numerals = [numeral(n) for n in range(1, max(int(article.max()), SECTIONS_A_LIST) + 1)]
    year_text = text_of(years)
    columns = {
        "编号": join(
            year_text, text_of(listed + 1), text_of(section + 1), text_of(article), sep="-"
        ),
        "年度": year_text,
        "清单": join(year_text, "年", pick(LISTS, listed)),
        "板块": pick(HEADINGS, (listed * 7 + section) % len(HEADINGS)),
        "条目": join(pick(numerals, section), "（", pick(numerals, article - 1), "）"),
        "举措": titles(rows, rng),
        "责任领导": leader_cells(home, len(departments), leaders, rng),
        "责任部门": department_cells(home, departments, rng),
        "完成时限": deadline_cells(years, rng),
    }
    return pa.table(spoil(columns, rows, rng))


def write(made: pa.Table, path: Path) -> None:
    """CSV as Excel opens it (UTF-8 with BOM, comma), or Parquet, by the name's ending."""
    if path.suffix == ".parquet":
        pq.write_table(made, path)
        return
    with path.open("wb") as out:
        out.write(b"\xef\xbb\xbf")
        pa_csv.write_csv(
            made, out, pa_csv.WriteOptions(quoting_style="none", quoting_header="none")
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", type=int, metavar="ROWS")
    parser.add_argument("out", type=Path, metavar="OUT", help="ends in .csv or .parquet")
    parser.add_argument("--seed", type=int, default=2020)
    given = parser.parse_args()
    if given.out.suffix not in {".csv", ".parquet"}:
        parser.error("OUT must end in .csv or .parquet")
    if given.rows < 1:
        parser.error("ROWS must be at least 1")
    write(table(given.rows, given.seed), given.out)


if __name__ == "__main__":
    main()
