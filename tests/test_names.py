"""The grammar of a cell of names: where it is split, what is one name, and what is in doubt."""

from __future__ import annotations

import csv
import io

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib import measures
from lib.measures import counting, identity, joined, names, person_names, placeholders, spelling
from lib.measures.names import split_names
from lib.text.folding import FULL_WIDTH_SHIFT

HEADER = ["编号", "年度", "清单", "板块", "条目", "举措", "责任领导", "责任部门", "完成时限"]


def words(text):
    return text.split()


def wide(text):
    """A text in full width."""
    return "".join(chr(ord(sign) + FULL_WIDTH_SHIFT) for sign in text)


@pytest.fixture
def read(tmp_path):
    """Read a table of rows that say only what differs from a good row."""

    def read_it(*rows, milestones=""):
        header = [*HEADER, *(name for row in rows for name in row if name not in HEADER)]
        header = list(dict.fromkeys(header))
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(header)
        for number, row in enumerate(rows, 1):
            good = [
                f"7-{number}",
                "2031",
                "要点",
                "一",
                f"{number}",
                "办展",
                "柳青",
                "总务科",
                "8月",
            ]
            cells = dict(zip(HEADER, good, strict=True)) | row
            writer.writerow([cells.get(name, "") for name in header])
        path = tmp_path / "table.csv"
        path.write_text(out.getvalue(), "utf-8")
        if milestones:
            measures.milestones_path(path).write_text(milestones, "utf-8")
        return measures.read(path)

    return read_it


def found(table):
    return [(problem.code, problem.line, problem.value) for problem in table.problems]


def parts(cell):
    return [name for name, _ in split_names(cell)]


# --- names that stand together -----------------------------------------------------------------------

ONE = words("""
    市人力资源和社会保障局 文化和旅游局 工业和信息化局 住房和城乡建设局 市发展和改革委员会 自然资源和规划局
    卫生和计划生育委员会 农业和农村局 教育和体育局 科学技术和知识产权局 城市管理和综合执法局 社会和法制委员会
    老干部和人事处 离退休干部和统战科 人口和家庭科 安全和应急科 党建和宣传部 应急和消防科 城市和农村处
    政府和社会资本合作中心 企业和个体登记处 市场和质量监督管理局 保密和机要局 经济和信息化委员会 财务与审计部
    规划与建设处 党群与宣传部 和平路办事处 和谐办 与会代表 张和平 李及第 王与之 和珅 R&D部 市局（一科和二科）
    机构编制委员会 机关和事业单位工资处 并购重组科 以及
""")


@pytest.mark.parametrize("name", ONE)
def test_a_word_inside_a_name_parts_nothing(name):
    assert parts(name) == [name]


SEVERAL = [
    ("办公室和财务部", "办公室 财务部"),
    ("退役军人事务局和民政局", "退役军人事务局 民政局"),
    ("市发展和改革委员会和市财政局", "市发展和改革委员会 市财政局"),
    ("财务部和市人力资源和社会保障局", "财务部 市人力资源和社会保障局"),
    ("人力资源和社会保障局及文化和旅游局", "人力资源和社会保障局 文化和旅游局"),
    ("机关党委以及工会", "机关党委 工会"),
    ("妇联与残联", "妇联 残联"),
    ("财务部并审计科", "财务部 审计科"),
    ("市委和市政府", "市委 市政府"),
    ("市委办公室和市政府办公室", "市委办公室 市政府办公室"),
    ("市教育局和有关部门", "市教育局 有关部门"),
    ("各镇和各街道", "各镇 各街道"),
    ("市直各部门及各县区政府", "市直各部门 各县区政府"),
    ("县政务局及县直有关单位", "县政务局 县直有关单位"),
    ("高新区和经开区", "高新区 经开区"),
    ("各县、市、区政府和市直有关部门", "各县、市、区政府 市直有关部门"),
    ("办公室、财务部和工会", "办公室 财务部 工会"),
    ("办公室和财务部和工会", "办公室 财务部 工会"),
    ("市文广旅局（市体育局）和市档案馆", "市文广旅局（市体育局） 市档案馆"),
    ("柳青和苏禾", "柳青 苏禾"),
    ("柳青及苏小禾", "柳青 苏小禾"),
    ("柳青、苏禾和欧阳海", "柳青 苏禾 欧阳海"),
    ("马县长和李书记", "马县长 李书记"),
    ("党委书记和镇长", "党委书记 镇长"),
    ("柳青&苏禾", "柳青 苏禾"),
    (f"柳青{wide('&')}苏禾", "柳青 苏禾"),
    ("柳青+苏禾", "柳青 苏禾"),
    ("柳青\\苏禾", "柳青 苏禾"),
    ("柳青､苏禾", "柳青 苏禾"),
    ("柳青﹑苏禾", "柳青 苏禾"),
    ("柳青。苏禾。", "柳青 苏禾"),
    ("柳青\v苏禾", "柳青 苏禾"),
    ("柳青<br>苏禾<br/>", "柳青 苏禾"),
    ("柳青_x000D_\n苏禾", "柳青 苏禾"),
    # numbers before names
    ("1.柳青 2.苏禾", "柳青 苏禾"),
    ("1、柳青 2、苏禾", "柳青 苏禾"),
    ("1.总务科", "总务科"),
    ("①柳青②苏禾", "柳青 苏禾"),
    ("（一）总务科（二）财务部", "总务科 财务部"),
    ("1.总务科\n2.财务部\n3.工会", "总务科 财务部 工会"),
    ("1、总务科\n2、财务部", "总务科 财务部"),
    ("①总务科\n②财务部", "总务科 财务部"),
    ("一、总务科\n二、财务部\n三、工会", "总务科 财务部 工会"),
    ("一、总务科；二、财务部", "总务科 财务部"),
    ("(1)总务科(2)财务部", "总务科 财务部"),
    ("3.15办公室、12345热线", "3.15办公室 12345热线"),
    # set wide, to be as long as others
    ("柳　青　苏小禾", "柳青 苏小禾"),
    ("柳　青　苏小禾　李　强", "柳青 苏小禾 李强"),
    ("柳　青  苏　禾", "柳青 苏禾"),
    ("李 强 林 芳 华", "李强 林芳华"),
    ("欧阳　慧", "欧阳慧"),
    ("欧 阳 慧 苏 禾", "欧阳慧 苏禾"),
    ("苏小禾 李　强", "苏小禾 李强"),
    ("柳 青苏 禾", "柳青 苏禾"),
    ("柳 青苏 禾李 强", "柳青 苏禾 李强"),
    ("办 公 室", "办公室"),
    ("办 公室", "办公室"),
    ("人 事 教 育 部", "人事教育部"),
    ("总务科 财务部", "总务科 财务部"),
    # a person and an office
    ("柳青 主任", "柳青主任"),
    ("副主席 柳青", "副主席柳青"),
    ("县水务局 陈晨", "县水务局 陈晨"),
]


@pytest.mark.parametrize(("cell", "expected"), SEVERAL)
def test_names_that_stand_together_are_parted(cell, expected):
    assert parts(cell) == expected.split()


# All of a level are one, whatever parts the levels.
GROUPS = words("""
    各县（市、区）政府 各县、市、区政府 各县、市、区人民政府 各县、市、区 各县市区政府 各区、县级市
    各区、县级市政府 各市、州人民政府 各县、区教育局 各市、县（区） 各乡镇、街道 各镇、街道办事处
    各市（县）、区政府 各审判庭、局 各处、室、中心 各县（区）党委和人民政府 开发区党工委和管委会
""")


@pytest.mark.parametrize("group", GROUPS)
def test_all_of_a_level_are_one_name(read, group):
    table = read({"责任部门": f"总务科、{group}，财务部"}, {"责任部门": group})
    assert table.codes.support.of(0) == [group, "财务部"]
    assert table.codes.lead.of(1) == [group]
    assert table.problems == ()


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        # the office may be the city's, and 区 may begin another word
        ("各区、县级市、市财政局", "各区、县级市 市财政局"),
        ("各县、市教育局", "各县 市教育局"),
        ("各县、市政府", "各县 市政府"),
        ("各县、区域协调局", "各县 区域协调局"),
        ("各县、各区、总务科", "各县 各区 总务科"),
        ("各县、教育局", "各县 教育局"),
        ("各镇、区教育局", "各镇 区教育局"),
    ],
)
def test_an_office_after_a_level_is_a_name_of_its_own(cell, names):
    assert parts(cell) == names.split()


DOUBTFUL = words("""
    市委和市政府办公室 党委和政府 学校和医院 柳青和总务科 市教育局及其下属单位 柳青.苏禾
    柳青—苏禾 信息&安全 教育局财政局 县教育局县残联 市发展改革委市财政局 县教育局各乡镇 教务处学生处
    文学院历史学院
""")


# An office and a part of it are one.
PARTS = words("""
    县教育局办公室 市公安局城东分局 国家税务总局某市税务局 区纪委监委 人民法院执行局 市市场监管局
    市交通运输局公路处 市委市政府督查室
""")


@pytest.mark.parametrize("name", DOUBTFUL)
def test_what_may_be_two_names_stays_one_and_is_a_problem(read, name):
    table = read({"责任部门": f"财务部、{name}"})
    assert table.codes.support.of(0) == [name]
    assert found(table) == [("name_doubtful", 2, name)]


def test_most_names_are_beyond_doubt():
    parted = [name for _, row in SEVERAL for name in row.split()]
    assert [name for name in (*ONE, *parted, *PARTS) if joined.is_doubtful(name)] == []


@pytest.mark.parametrize(
    "name", ["陆明俞悦", "柳青苏禾", "柳青苏小禾", "欧阳海苏小禾", "图尔逊和阿里木"]
)
def test_two_persons_in_one_name_are_a_problem_among_leaders(read, name):
    table = read({"责任领导": name}, {"责任领导": "柳青"}, {"责任领导": name})
    assert table.codes.leaders.of(2) == [name]
    assert found(table) == [("name_doubtful", 2, name), ("name_doubtful", 4, name)]


@pytest.mark.parametrize(
    "name", ["司马相如", "阿依古丽·买买提", "各县市区委书记", "班子成员", "工会主席"]
)
def test_other_long_names_of_leaders_are_none(read, name):
    assert read({"责任领导": name}).problems == ()


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("柳青等", "柳青"),
        ("柳青等3人", "柳青"),
        ("柳青等班子成员", "柳青"),
        ("总务科等部门", "总务科"),
        ("总务科等有关单位", "总务科"),
        ("总务科等有关部门", "总务科"),
        ("等有关部门", "有关部门"),
    ],
)
def test_others_that_nobody_names_are_a_problem(read, cell, name):
    table = read({"责任领导": cell})
    assert table.codes.leaders.of(0) == [name]
    assert found(table) == [("others_unnamed", 2, cell)]


def test_a_long_text_is_no_list_of_names(read):
    long = "财务部和总务科" * 40
    table = read({"责任部门": long, "责任领导": "柳 " * 41}, {})
    assert table.codes.lead.of(0) == [long]
    assert len(table.codes.leaders.of(0)) == 1
    assert table.problems == ()


def test_a_line_break_of_word_parts_names(read):
    table = read({"责任领导": "柳青\v苏禾\f李强"})
    assert table.codes.leaders.of(0) == ["柳青", "苏禾", "李强"]
    assert table.problems == ()


# --- roles ---------------------------------------------------------------------------------------------

ROLES = [
    ("牵头：办公室 配合：财务部", "办公室", "财务部"),
    ("牵头单位：办公室配合单位：财务部、工会", "办公室", "财务部 工会"),
    ("总牵头：办公室；具体负责：财务部", "办公室", "财务部"),
    ("由办公室牵头", "办公室", ""),
    ("由办公室牵头，财务部、工会配合", "办公室", "财务部 工会"),
    ("办公室、财务部牵头，工会配合", "办公室 财务部", "工会"),
    ("办公室和财务部牵头落实，工会积极配合", "办公室 财务部", "工会"),
    ("办公室，财务部牵头", "财务部", "办公室"),
    ("办公室（财务部配合）", "办公室", "财务部"),
    ("办公室（由财务部、工会配合）", "办公室", "财务部 工会"),
    ("办公室、财务部、工会（财务部牵头）", "财务部", "办公室 工会"),
    ("各部门（牵头：办公室；配合：工会）", "办公室", "各部门 工会"),
    ("牵头：各县、市、区政府；配合：工会", "各县、市、区政府", "工会"),
    ("各县、市、区政府牵头，工会配合", "各县、市、区政府", "工会"),
    ("办公室（各区、县级市配合）", "办公室", "各区、县级市"),
    ("办公室会同财务部", "办公室", "财务部"),
    ("由办公室会同财务部牵头", "办公室", "财务部"),
    ("办公室，会同财务部", "办公室", "财务部"),
    ("办公室负责，财务部协助", "办公室", "财务部"),
    ("办公室、★财务部", "财务部", "办公室"),
    ("办公室（联系人：柳青）、财务部", "办公室", "财务部"),
    ("1.办公室 2.财务部", "办公室", "财务部"),
    ("工会同志、办公室（另有安排）", "工会同志", "办公室（另有安排）"),
    ("办公室（长期配合）", "办公室（长期配合）", ""),
    ("全面负责、办公室", "全面负责", "办公室"),
]


@pytest.mark.parametrize(("cell", "lead", "support"), ROLES)
def test_a_cell_says_in_many_ways_who_leads_and_who_supports(read, cell, lead, support):
    table = read({"责任部门": cell})
    codes = table.codes
    assert (codes.lead.of(0), codes.support.of(0)) == (lead.split(), support.split())
    assert table.rows["departments"][0] == cell


# --- one spelling --------------------------------------------------------------------------------------

SPELLINGS = [
    ("柳青", ["柳青", "柳\u200b青", "\ufeff柳青", "柳青\u200e", "柳\u00ad青", "柳\u2060青\ufe0f"]),
    ("柳青", ["柳\u00a0青", "柳\u3000青", "柳\u2009青", "柳\u202f青", "柳 青 "]),
    (
        "A办（一科）",
        ["A办（一科）", wide("A") + "办(一科)", "A办（一 科)", "A 办 (一科)", "A办﹙一科﹚"],
    ),
    ("阿依古丽·买买提", [f"阿依古丽{dot}买买提" for dot in "·•・‧∙⋅･．."]),
    ("市局（一科，二科）", ["市局（一科，二科）", "市局(一科,二科)"]),
    ("John Smith", ["John Smith", f"{wide('John')}\u3000{wide('Smith')}", "John\u00a0\u00a0Smith"]),
    ("Ops (North)", ["Ops (North)", "Ops （North）"]),
]


@pytest.mark.parametrize(("name", "cells"), SPELLINGS)
def test_a_name_is_one_however_it_is_set(read, name, cells):
    table = read(*({"责任部门": cell, "责任领导": cell} for cell in cells))
    assert table.codes.leaders.names.to_pylist() == [name]
    assert table.codes.lead.names.to_pylist() == [name]
    assert table.codes.lead.uses.tolist() == [len(cells)]
    assert table.problems == ()
    assert table.rows["departments"].tolist() == [cell.strip() for cell in cells]
    for cell in cells:
        rows = measures.select(table, leaders=[cell], departments=[cell])
        assert rows is not None
        assert len(rows) == len(cells)


def test_a_name_of_marks_alone_is_none(read):
    table = read({"责任领导": "柳青、\u200b\u200e"}, {"责任领导": "\u200b"})
    assert table.codes.leaders.of(0) == ["柳青"]
    assert found(table) == [("leader_missing", 3, "\u200b")]


def test_a_search_for_a_name_passes_over_marks_that_nobody_sees(read):
    table = read({"责任领导": "柳青"}, {"责任领导": "苏禾"})
    rows = measures.select(table, query="柳\u200b青\ufeff")
    assert rows is not None
    assert rows.tolist() == [0]


@pytest.mark.parametrize(
    ("first", "second"),
    [("张慧", "張慧"), ("市局一科", "市局（一科）"), ("总务科", "總務科"), ("IT部", "it部")],
)
def test_two_spellings_that_may_be_one_name_are_a_problem(read, first, second):
    cells = [{"责任部门": cell, "责任领导": cell} for cell in (first, second, second)]
    table = read(*cells)
    assert len(table.codes.leaders.names) == 2
    expected = ("name_two_ways", 3, f"{first}、{second}")
    assert found(table) == [expected, expected]


def test_names_are_not_compared_in_a_table_of_thousands(read, monkeypatch):
    monkeypatch.setattr(counting, "_MOST_COMPARED", 1)
    assert read({"责任领导": "张慧"}, {"责任领导": "張慧"}).problems == ()


COUNTED = [
    ("副主席柳青", "柳青"),
    ("柳青同志", "柳青"),
    ("柳青副主任", "柳青"),
    ("组织部部长柳青", "柳青"),
    ("柳青（组长）", "柳青"),
    ("柳青（女）", "柳青"),
    ("柳青：全面工作", "柳青"),
    ("柳青 13800000000", "柳青"),
    # what may tell a person from another stays, and what is no person's
    ("柳青（教育局）", "柳青（教育局）"),
    ("副主席", "副主席"),
    ("常务副县长", "常务副县长"),
    ("田老师", "田老师"),
    ("安全总监", "安全总监"),
    ("国土所长", "国土所长"),
    ("应急局长", "应急局长"),
    ("全体班子成员", "全体班子成员"),
]


@pytest.mark.parametrize(("cell", "name"), COUNTED)
def test_a_leader_is_counted_without_title(read, cell, name):
    table = read({"责任领导": cell, "责任部门": cell})
    assert table.codes.leaders.of(0) == [name]
    assert person_names.counted(name) == name
    assert list(table.rows["leaders"][0]) == parts(cell)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("区委常委、副区长屈仲平", ["屈仲平"]),
        ("党委书记、校长屈仲平、副校长罗敏", ["屈仲平", "罗敏"]),
        ("区委常委、副区长", ["区委常委", "副区长"]),
        ("校长、屈仲平", ["校长", "屈仲平"]),
    ],
)
def test_a_title_before_another_of_the_same_person_is_no_leader(read, cell, names):
    table = read({"责任领导": cell})
    assert table.codes.leaders.of(0) == names
    assert list(table.rows["leaders"][0]) == parts(cell)


@pytest.mark.parametrize(
    ("cell", "names", "times"),
    [
        ("门诊部、信息科，7月底前完成", ["门诊部", "信息科"], ["7月底前完成"]),
        ("门诊部、2026年6月30日前、信息科", ["门诊部", "信息科"], ["2026年6月30日前"]),
        ("门诊部、年底前", ["门诊部"], ["年底前"]),
        ("7月底前完成", ["7月底前完成"], []),  # who leads is not looked at
        ("门诊部、三月办、日间手术部", ["门诊部", "三月办", "日间手术部"], []),
    ],
)
def test_a_deadline_among_departments_is_none_and_is_reported(read, cell, names, times):
    table = read({"责任部门": cell})
    assert [*table.codes.lead.of(0), *table.codes.support.of(0)] == names
    assert table.rows["departments"][0] == cell
    assert [problem[2] for problem in found(table) if problem[0] == "name_is_time"] == times


def test_a_leader_with_and_without_title_is_one(read):
    table = read({"责任领导": "副主席柳青、柳青"}, {"责任领导": "柳青同志"})
    assert table.codes.leaders.names.to_pylist() == ["柳青"]
    assert [list(names) for names in table.rows["leaders"]] == [
        ["副主席柳青", "柳青"],
        ["柳青同志"],
    ]


# --- placeholders --------------------------------------------------------------------------------------

MISSING = words("""
    无 暂无 （空） 略 — —— - – － / \\ * … …… ？ N/A n/a NA None null nan 0
""")


@pytest.mark.parametrize("cell", [*MISSING, wide("N/A")])
def test_a_placeholder_is_nobody_and_no_day_and_the_problem_says_what_stands_there(read, cell):
    table = read({"责任领导": cell, "责任部门": cell, "完成时限": cell, "举措": cell}, {})
    assert found(table) == [
        ("title_missing", 2, cell),
        ("leader_missing", 2, cell),
        ("department_missing", 2, cell),
        ("deadline_missing", 2, cell),
    ]
    assert table.codes.leaders.names.to_pylist() == ["柳青"]
    assert table.codes.lead.names.to_pylist() == ["总务科"]
    assert table.rows["title"][0] == cell
    assert table.rows["departments"][0] == cell


@pytest.mark.parametrize(
    "cell",
    [
        *words("待定 待明确 （待定） 未确定 TBD #N/A #REF! #VALUE! #DIV/0! #NAME? Err:502"),
        wide("#N/A"),
    ],
)
def test_what_is_open_or_an_error_is_nobody_and_a_deadline_that_is_unreadable(read, cell):
    table = read({"责任领导": cell, "责任部门": cell, "完成时限": cell})
    assert found(table) == [
        ("leader_missing", 2, cell),
        ("department_missing", 2, cell),
        ("deadline_unreadable", 2, cell),
    ]


@pytest.mark.parametrize("cell", ["长期", "无锡分公司", "N", "各部门", "0.5办", "不", "甲"])
def test_what_says_something_is_no_placeholder(cell):
    assert placeholders.kind_of(cell) == placeholders.STATED


def test_a_section_or_list_of_a_placeholder_is_none(read):
    table = read({"板块": "无", "清单": "—"}, {"板块": "#REF!", "清单": ""}, {})
    assert table.codes.sections.names == ["", "一"]
    assert table.codes.lists.names == ["2031", "2031 · 要点"]
    assert found(table) == [("error_cell", 3, "#REF!")]


def test_an_error_in_a_column_of_roles_is_named(read):
    table = read({"牵头部门": "总务科", "配合部门": "#REF!"}, {"牵头部门": "#N/A", "责任部门": ""})
    assert found(table) == [
        ("error_cell", 2, "#REF!"),
        ("department_missing", 3, ""),
        ("error_cell", 3, "#N/A"),
    ]


def test_the_same_as_above_is_what_stands_above(read):
    above = {
        "清单": "甲",
        "板块": "二",
        "责任领导": "苏禾",
        "责任部门": "工会、财务部",
        "牵头部门": "工会",
        "配合部门": "妇联",
        "完成时限": "9月",
    }
    marks = ["同上", "〃", "″", '"', "”", "同 上"]
    table = read(above, *(dict.fromkeys(above, mark) for mark in marks))
    assert table.problems == ()
    codes = table.codes
    for row in range(len(marks) + 1):
        assert codes.leaders.of(row) == ["苏禾"]
        assert codes.lead.of(row) == ["工会"]
        assert codes.support.of(row) == ["妇联", "财务部"]
    assert codes.lists.names == ["2031 · 甲"]
    assert codes.sections.names == ["二"]
    assert set(table.rows["due"].astype(str)) == {"2031-09-30"}
    assert set(table.rows["departments"]) == {"工会、财务部"}
    assert set(table.rows["deadline"]) == {"9月"}


def test_the_same_as_above_is_a_problem_where_nothing_is_above(read):
    table = read({"责任领导": "同上", "完成时限": "〃", "板块": "同上"}, {})
    assert found(table) == [
        ("nothing_above", 2, "同上"),
        ("nothing_above", 2, "同上"),
        ("nothing_above", 2, "〃"),
    ]
    assert table.codes.leaders.of(0) == []
    assert table.codes.sections.names == ["", "一"]


def test_the_same_as_a_placeholder_is_one(read):
    table = read({}, {"责任领导": "待定"}, {"责任领导": "同上"})
    assert found(table) == [("leader_missing", 3, "待定"), ("leader_missing", 4, "待定")]


# --- labels and ids ------------------------------------------------------------------------------------


def test_labels_that_only_look_different_are_one_as_the_first_is_written(read):
    table = read(
        {"板块": "一、Ａ区—B区\u200b", "清单": "要点(一)"},
        {"板块": "一、 A区-B区", "清单": "要点（一）"},
        {"板块": "二", "清单": "要点\u3000（一）"},
    )
    assert table.codes.sections.names == ["一、Ａ区—B区", "二"]
    assert table.codes.sections.codes.tolist() == [0, 0, 1]
    assert table.codes.lists.names == ["2031 · 要点(一)"]
    rows = measures.select(table, sections=["一、A区–B区"], lists=["2031·要点(一)"])
    assert rows is not None
    assert rows.tolist() == [0, 1]
    unknown = measures.select(table, sections=["三"])
    assert unknown is not None
    assert not len(unknown)


def test_ids_that_only_look_different_are_one(read):
    table = read(
        {"编号": "重点－1"},
        {"编号": "２０３１-2"},
        {"编号": "重点—1\u200b"},
        milestones="编号,节点时限,节点\n重点 - 1,6月,开工\n2031–2,7月,完工\n2031-3,7月,无主",
    )
    assert found(table) == [("duplicate_id", 4, "重点—1\u200b"), ("milestone_orphan", 4, "2031-3")]
    assert table.milestones["row"].tolist() == [0, 1, -1]
    assert table.milestones["measure_id"].tolist() == ["重点－1", "２０３１-2", "2031-3"]
    assert measures.position(table, "重点-1") == 0
    assert measures.position(table, "2031-2") == 1
    assert measures.position(table, "2031-4") == -1


def test_ids_of_plain_characters_are_compared_as_they_are():
    ids = pa.array(["2031-1-1", "重点-1", ""])
    assert identity.keys(ids) is ids


# --- a column as its cells one by one ------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *words(
            "柳青 苏禾 总务科 财务部 市人力资源和社会保障局 和 及 & 、 ， （ ） ( ) 牵头 配合 ： 由 会同 1. 2、 ①"
        ),
        *words("· 等 ★ 2 各县 市 区政府 一"),
        *(" ", "\u3000", "\n", "\u200b", wide("A")),
    ]
)
CELLS = st.lists(PIECES, max_size=6).map("".join)


@given(st.lists(CELLS, max_size=8))
def test_any_column_is_split_as_its_cells_one_by_one(tmp_path_factory, cells):
    path = tmp_path_factory.getbasetemp() / "cells.csv"
    out = io.StringIO()
    csv.writer(out).writerows(
        [["举措", "责任领导", "责任部门"], *(["题", "柳青", cell] for cell in cells)]
    )
    path.write_text(out.getvalue(), "utf-8")
    table = measures.read(path)
    for row, cell in enumerate(cells):
        stated = placeholders.kind_of(cell) == placeholders.STATED
        led = names.led_first(cell if stated else "")
        expected = [spelling.even(joined.without_unnamed(name)) for name in led.names]
        leading = list(dict.fromkeys(expected[: led.leading]))
        lead, support = table.codes.lead.of(row), table.codes.support.of(row)
        assert lead == leading
        assert support == [name for name in dict.fromkeys(expected) if name not in leading]


@given(st.text(st.sampled_from(f"柳青 \u3000()（）,，:：·•.{wide('A')}1a\u200b&"), max_size=9))
def test_a_spelling_is_spelled_as_it_is(name):
    assert spelling.even(spelling.even(name)) == spelling.even(name)


@given(st.lists(st.sampled_from([0, 1]), max_size=9))
def test_the_row_above_is_the_nearest_that_states_something(marks):
    rows = placeholders.rows_above(np.array(marks, bool)).tolist()
    for row, source in enumerate(rows):
        stated = [above for above in range(row + 1) if not marks[above]]
        assert source == (stated[-1] if stated else -1)


def test_a_bracket_with_a_foreign_colon_stays_part_of_a_name():
    assert [name for name, _ in split_names("[链接](javascript:x)")] == ["[链接](javascript:x)"]
