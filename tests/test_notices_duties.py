"""What a piece of text says of who answers and by when: text → claims, each line under what is peculiar in it."""

import pytest

from lib.measures import meanings, name_forms
from lib.notices.model import Line
from lib.notices.reading.claims import brackets, labelled, sentences
from lib.text import folding, marks

L, M, C, D, T = "leaders", "lead_departments", "support_departments", "departments", "deadline"

BRACKETS = (
    # labels, in any order, by any separator
    (
        "（责任领导：林森；责任部门：办公室、财务科；完成时限：8月）",
        {L: "林森", D: "办公室 财务科", T: "8月"},
    ),
    ("(完成时限:8月,责任部门:办公室,责任领导:林森)", {L: "林森", D: "办公室", T: "8月"}),
    ("【责任领导：林森 责任部门：办公室 完成时限：8月】", {L: "林森", D: "办公室", T: "8月"}),
    ("〔责任领导：林森责任部门：办公室完成时限：8月〕", {L: "林森", D: "办公室", T: "8月"}),
    ("［牵头单位：办公室；协办单位：财务科］", {M: "办公室", C: "财务科"}),
    # labels set wide, traditional, or with a level inside
    ("（责 任 领 导：林森；责 任 部 门：办公室）", {L: "林森", D: "办公室"}),
    ("（責任領導：林森；責任部門：辦公室）", {L: "林森", D: "辦公室"}),
    ("（分管区领导：林森；牵头办所：镇民政办）", {L: "林森", M: "镇民政办"}),
    ("（责任单位（部门）：办公室）", {D: "办公室"}),
    # a semicolon where the colon should be
    ("（责任领导：林森；责任部门；办公室、财务科）", {L: "林森", D: "办公室 财务科"}),
    # names with brackets of their own, and roles in brackets
    ("（责任部门：市文广旅局（市体育局）、市教育局）", {D: "市文广旅局（市体育局） 市教育局"}),
    ("（责任部门：办公室、财务科（牵头））", {M: "财务科", C: "办公室"}),
    ("（责任部门：办公室，财务科配合）", {D: "办公室", C: "财务科"}),
    # people with titles, and with their department
    ("（责任领导：副主席林森）", {L: "林森"}),
    ("（责任领导：县委常委、组织部部长林森林）", {L: "林森林"}),
    ("（责任领导：林森同志、副主任）", {L: "林森"}),
    ("（责任人：林森（财务科））", {L: "林森", "beside": "财务科"}),
    ("（责任领导：林 森、欧阳海）", {L: "林森 欧阳海"}),
    # one label for both
    ("（责任单位及责任人：财务科 林森）", {L: "林森", D: "财务科"}),
    ("（责任分工：财务科（林森）、办公室）", {L: "林森", D: "财务科 办公室"}),
    ("（责任分工：财务科：林森、办公室）", {L: "林森", D: "财务科 办公室"}),
    ("（责任分工：财务科牵头，办公室配合）", {M: "财务科", C: "办公室"}),
    ("（配合：财务科、林森）", {C: "财务科"}),
    # nothing is said
    ("（责任领导：—；责任部门：办公室）", {D: "办公室"}),
    ("（责任领导：；责任部门：办公室）", {D: "办公室"}),
    ("（责任领导：副主任；责任部门：办公室）", {L: "副主任", D: "办公室"}),
    # a date behind the names is none of them
    ("（责任部门：办公室、财务科，10月底前完成）", {D: "办公室 财务科", T: "10月底前"}),
    ("（责任部门：办公室、财务科10月底前完成）", {D: "办公室 财务科", T: "10月底前"}),
    ("（责任部门：办公室、财务科（6月底前完成））", {D: "办公室 财务科", T: "6月底前"}),
    ("（牵头单位：办公室；配合单位：财务科，长期坚持）", {M: "办公室", C: "财务科", T: "长期坚持"}),
    ("（责任部门：办公室，力争9月1日前投入使用）", {D: "办公室", T: "9月1日前"}),
    ("（责任部门：办公室，年底前形成送审稿）", {D: "办公室", T: "年底前"}),
    ("（责任领导：林森，第二季度完成）", {L: "林森", T: "第二季度"}),
    ("（责任部门：五一广场办、八一中学）", {D: "五一广场办 八一中学"}),
    # who of a list leads, in a bracket behind it; and whom else the list may mean
    ("（责任部门：办公室、财务科、人事科（人事科牵头））", {M: "人事科", C: "办公室 财务科"}),
    ("（责任部门：各镇（街道）（财务科牵头））", {M: "财务科", C: "各镇（街道）"}),
    ("（责任部门：财务科（财务科牵头））", {M: "财务科"}),
    ("（责任部门：财务科（人事科参与））", {D: "财务科", C: "人事科"}),
    ("（责任部门：办公室、财务科等）", {D: "办公室 财务科"}),
    ("（责任部门：办公室\n（保密办）、财务科）", {D: "办公室（保密办） 财务科"}),
    # labels with 为, and clauses behind a deadline
    ("（责任领导为林森，责任部门为办公室，完成时限为8月）", {L: "林森", D: "办公室", T: "8月"}),
    ("（完成时限：8月；办公室牵头；财务科配合）", {M: "办公室", C: "财务科", T: "8月"}),
    # the date comes first
    ("（3月，办公室、财务科负责）", {D: "办公室 财务科", T: "3月"}),
    ("（5月底前，办公室牵头，财务科配合）", {M: "办公室", C: "财务科", T: "5月底前"}),
    ("（4月、6月各一次，办公室）", {D: "办公室", T: "4月、6月"}),
    ("（5月底前，办公室牵头，10月办结）", {M: "办公室", T: "10月"}),
    # the same as above
    ("（责任领导：同上；责任部门：同上；完成时限：同上）", {L: "同上", D: "同上", T: "同上"}),
    ("（牵头：同上；配合单位：同上；责任分工：同上）", {M: "同上", C: "同上", D: "同上"}),
    # verbs instead of labels
    (
        "（办公室牵头，财务科、人事科配合，6月底前完成）",
        {M: "办公室", C: "财务科 人事科", T: "6月底前"},
    ),
    ("（办公室、财务科按职责分工负责）", {D: "办公室 财务科"}),
    ("（各单位按职责分工负责）", {D: "各单位"}),
    ("（办公室会同财务科负责）", {M: "办公室", C: "财务科"}),
    ("（办公室牵头，财务科等部门配合）", {M: "办公室", C: "财务科"}),
    ("（林森牵头，办公室配合）", {L: "林森", C: "办公室"}),
    ("（办公室牵头，林森负责）", {M: "办公室", L: "林森"}),
    ("（办公室；完成时限：9月）", {T: "9月"}),
    # names alone, starred or with a date
    ("（*办公室、财务科；6月底）", {M: "办公室", C: "财务科", T: "6月底"}),
    ("（办公室、财务科）", {D: "办公室 财务科"}),
    ("（6月底前完成）", {T: "6月底前"}),
    # deadlines: without 完成, the later of two, a phrase in a sentence, one that says nothing
    ("（完成时限：2024年6月底前完成）", {T: "2024年6月底前"}),
    ("（完成时限：3月底前定方案，12月底前建成）", {T: "12月底前"}),
    ("（完成时限：力争于国庆节前全面投入使用）", {T: "国庆节前"}),
    ("（完成时限：待定）", {T: "待定"}),
    ("（完成时限：2024年5月启动，11月底前完工）", {T: "11月底前"}),
)


@pytest.mark.parametrize(("text", "expected"), BRACKETS, ids=[text for text, _ in BRACKETS])
def test_a_bracket_says_who_and_by_when(text: str, expected: dict[str, str]):
    line = Line.of(0, text)
    assert brackets.of_duty(line) == [line.span]
    claims = labelled.read(brackets.inside(line.span))
    assert {claim.field: " ".join(claim.names) or claim.text for claim in claims} == expected
    for claim in claims:  # each value stands where its source says
        assert claim.text == text[claim.source.start : claim.source.end]


NO_DUTIES = (
    "职工（农民工）驿站",
    "（含民办）",
    "（二〇二四年）",
    "（试行）",
    "（电话：12345678）",
    "（排名第一的部门为牵头部门，下同）",
    "（办公室）",
    "没有括号，只有办公室",
    "（没有合上的括号",
    "（6月，大家）",
)


@pytest.mark.parametrize("text", NO_DUTIES)
def test_a_bracket_is_no_responsibility(text: str):
    assert brackets.of_duty(Line.of(0, text)) == []


def test_a_bracket_that_is_never_closed_runs_to_the_end():
    line = Line.of(0, "修路(责任部门:办公室")
    assert brackets.find(line.span) == [line.span.since(2)]


SENTENCES: tuple[tuple[str, dict[str, str]], ...] = (
    (
        "逐条建档，由城管科牵头，各社区居委会配合，6月底前完成。",
        {M: "城管科", C: "各社区居委会", T: "6月底前"},
    ),
    (
        "由建设科会同财务科、桥西居委会实施，三季度末前完成。",
        {M: "建设科", C: "财务科 桥西居委会", T: "三季度末前"},
    ),
    ("市教育局会同市财政局制定办法。", {M: "市教育局", C: "市财政局"}),
    ("由市财政局审核后于5月底前拨付。", {D: "市财政局", T: "5月底前"}),
    (
        "市教育局负责，市规划院协助，6月10日前拿出方案。",
        {D: "市教育局", C: "市规划院", T: "6月10日前"},
    ),
    ("按期完成，县卫健局负责实施。", {D: "县卫健局"}),
    ("由办公室、林森牵头。", {L: "林森", M: "办公室"}),
    # 商 and 联合 inside names, and between them
    (
        "由市商务局（市口岸办）牵头，市招商办、市工商联配合。",
        {M: "市商务局（市口岸办）", C: "市招商办 市工商联"},
    ),
    (
        "由市金融办商人行海州支行制定方案，5月底前印发。",
        {M: "市金融办", C: "人行海州支行", T: "5月底前"},
    ),
    ("由市教育局联合市公安局开展检查。", {M: "市教育局", C: "市公安局"}),
    ("由县残疾人联合会负责。", {D: "县残疾人联合会"}),
    ("由综治办牵头，开展平安创建；派出所、司法所参与。", {M: "综治办", C: "派出所 司法所"}),
    ("由综治办牵头，开展平安创建；引导群众参与。", {M: "综治办"}),
    # a name ends before what is done
    ("由市文旅局会同市公安局举办马拉松。", {M: "市文旅局", C: "市公安局"}),
    ("由城建办会同新区管委会抓紧组织拆除。", {M: "城建办", C: "新区管委会"}),
    ("充分发挥牵头作用，积极参与。", {}),
    ("引导职工参与，由此推动工作。", {}),
    ("由于时间紧，会同有关方面研究。", {}),
    ("本办法由各单位自行安排。", {}),
)


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[text for text, _ in SENTENCES])
def test_a_sentence_says_who_and_by_when(text: str, expected: dict[str, str]):
    claims = sentences.read(Line.of(0, text).span)
    assert {claim.field: " ".join(claim.names) or claim.text for claim in claims} == expected


MARKS = (
    ("一、总则", "han", 1, "一"),
    ("十二、附则", "han", 12, "十二"),
    ("一百〇三、末条", "han", 103, "一百〇三"),
    ("一 加强学习", "han", 1, "一"),
    ("（三）学习", "han_bracket", 3, "（三）"),
    ("(三)、学习", "han_bracket", 3, "(三)"),
    ("㈡学习", "han_bracket", 2, "㈡"),
    ("1. 修路", "arabic", 1, "1"),
    ("１２、修路", "arabic", 12, "１２"),
    ("3 修路", "arabic", 3, "3"),
    ("⒊修路", "arabic", 3, "⒊"),
    ("（1）修路", "arabic_bracket", 1, "（1）"),
    ("⑵修路", "arabic_bracket", 2, "⑵"),
    ("2）修路", "arabic_half", 2, "2）"),
    ("③修路", "circle", 3, "③"),
    ("1.2.3 修路", "decimal2", 3, "1.2.3"),
    ("第三条 修路", "article", 3, "第三条"),
    ("第二章 总则", "chapter", 2, "第二章"),
    ("任务四：修路", "word", 4, "任务四"),
    ("乙、会员服务", "stem", 2, "乙"),
    ("貳、防災教育", "formal", 2, "貳"),
    ("參、心理關懷", "formal", 3, "參"),
    ("拾壹、附则", "formal", 11, "拾壹"),
)


@pytest.mark.parametrize(
    ("text", "style", "number", "label"), MARKS, ids=[text for text, *_ in MARKS]
)
def test_a_number_begins_an_item(text: str, style: str, number: int, label: str):
    mark = marks.at(folding.fold(text), text)
    assert mark is not None
    assert (mark.style, mark.number, mark.label) == (style, number, label)


@pytest.mark.parametrize(
    "text",
    [
        "2020年是收官之年",
        "3月底前",
        "一是加强",
        "十佳职工",
        "2.5亿元",
        "",
        "   ",
        "第三届",
        "6 月 1 日前",
        "0、零",
    ],
)
def test_a_number_is_no_item(text: str):
    assert marks.at(folding.fold(text), text) is None


HEADERS = (
    ("责任领导", L),
    ("包保\n领导", L),
    ("区级河长", L),
    ("责任单位（排名第一为牵头单位）", D),
    ("主办", "lead_who"),
    ("参与单位", C),
    ("工作任务及标准", "title"),
    ("竣工时限", T),
    ("任务完成时间", T),
    ("条款号", "serial"),
    ("重点领域", "section"),
    ("联系人", "other"),
    ("进展情况", "other"),
    ("主要工作任务情况表", "title"),
    ("问题整改责任单位", D),
    ("县（市、区）责任单位", D),
    ("牵头负责领导", L),
    ("协同配合单位", C),
    ("拟定时限", T),
    ("建设时间", T),
    ("序时进度", "other"),
    ("形象进度", "other"),
    ("实际完成情况", "other"),
    ("年度投资金额（万元）", "other"),
    ("普法对象", "other"),
    ("方式措施", "other"),
    ("办理状态", "other"),
    ("天气", ""),
    ("这一格里写的是一句很长很长很长很长的话", ""),
)


@pytest.mark.parametrize(("text", "field"), HEADERS, ids=[text for text, _ in HEADERS])
def test_a_header_stands_for_its_field(text: str, field: str):
    assert meanings.field_of_header(folding.fold(text).replace("\n", "")) == field


@pytest.mark.parametrize(
    ("name", "department", "person"),
    [
        ("办公室", True, False),
        ("各县(市、区)", True, False),
        ("市文广旅局(市体育局)", True, False),
        ("林森", False, True),
        ("欧阳海", False, True),
        ("林某某", False, True),
        ("副主席林森", False, True),
        ("积极", False, False),
    ],
)
def test_names_are_told_apart_by_their_form(name: str, department: bool, person: bool):
    assert name_forms.is_department(name) == department
    assert (name_forms.is_person(name) and not name_forms.is_department(name)) == person


@pytest.mark.parametrize(
    ("name", "odd"),
    [
        ("市文广旅局(负责宣传,6月底前完成)", False),  # what a bracket says belongs to the name
        ("县政协办", False),
        ("市重点项目推进中心", False),
        ("八一中学", False),
        ("10月底前完成", True),
        ("市公安局举办", True),
        ("由办公室", True),
        ("财务科。人事科", True),
        ("一个长得无论如何也不可能是任何一个部门名称的名称", True),
    ],
)
def test_what_looks_unlike_a_name(name: str, odd: bool):
    assert name_forms.is_odd(name) == odd


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("（完成时限：3月底定方案，12月底建成）", True),
        ("（完成时限：全年推进，11月底前完成）", False),  # the later date stands first
        ("（完成时限：每月第二个周五前）", False),  # only a part of it can be read
        ("（完成时限：全年分批次滚动安排）", False),
        ("（完成时限：6月底前投入使用）", True),
        ("（责任部门：办公室、财务科等单位）", False),
        ("（责任部门：办公室、财务科）", True),
    ],
)
def test_what_is_read_in_part_is_to_be_checked(text: str, sure: bool):
    assert [claim.sure for claim in labelled.read(brackets.inside(Line.of(0, text).span))] == [sure]
