"""What a web page has around its text: lines that are that and nothing else."""

import pytest

from lib.text.folding import fold
from lib.text.furniture import foot, is_furniture, is_navigation
from tests.growth import LINEAR, Run, growth

AROUND = [
    # where one is
    "您现在的位置",
    "您现在的位置：首页 > 政务公开 > 通知公告",
    "您当前的位置： 首页»信息公开",
    "您所在的位置：首页",
    "当前位置：首页 > 2026年重点工作任务清单",
    "首页 > 政务公开 > 乡村振兴",
    # what can be done with the page
    "打印本页",
    "【打印本页】 【关闭窗口】",
    "打印 | 关闭 | 返回顶部",
    "字号：大 中 小",
    "字体：【大】【中】【小】 打印本页",
    "分享到： 微信",
    "扫一扫在手机打开当前页",
    # when it was put there, by whom, how often it was read
    "发布时间",
    "发布时间：2026-03-10",
    "发布时间：2026年3月10日 10:30 来源：某县政府办 浏览次数：12",
    "  发布日期：2026/3/10 作者：办公室 ",
    "点击率：1024次",
]
TEXT = [
    "",
    "  ",
    "2026年重点工作任务清单",
    "首页",
    "首页改版",
    "位置：城东开发区",
    "所在位置：城东",
    "阅读",
    "分享经验",
    "打印本页并存档",
    "打印设备采购。",
    "发布时间：6月底前",
    "发布时间由办公室定",
    "来源",
    "大中小学思政课一体化",
    "您现在的位置：" + "首页 > " * 40,
]


@pytest.mark.parametrize("line", AROUND)
def test_a_line_of_the_page_is_told(line: str) -> None:
    assert is_furniture(fold(line))


@pytest.mark.parametrize("line", TEXT)
def test_a_line_of_the_text_is_none(line: str) -> None:
    assert not is_furniture(fold(line))


@pytest.mark.parametrize("line", ["首页 | 政务公开 | 互动交流", "通知公告", "新闻中心 > 工作动态"])
def test_the_names_of_a_sites_rooms_are_navigation_and_may_be_a_heading(line: str) -> None:
    assert is_navigation(fold(line))
    assert not is_furniture(fold(line))


@pytest.mark.parametrize("line", ["", "政务公开工作", "首页改版", "通知公告栏更新"])
def test_words_of_a_text_are_no_navigation(line: str) -> None:
    assert not is_navigation(fold(line))


@pytest.mark.parametrize(
    ("below", "lines"),
    [
        ([], 0),
        (["主办：某县政府办"], 0),  # who holds an event, where nothing says that a page ends
        (["版权所有 某县政府"], 1),
        (["主办：某县政府办", "技术支持：某公司"], 2),
        (["地址：城东路1号", "邮编：600000", "X ICP备600000号"], 3),
        (["版权所有 某县政府", "举办一场宣讲。"], 0),
    ],
)
def test_a_foot_is_what_stands_at_the_end_of_a_page_and_of_it(below: list[str], lines: int) -> None:
    page = [fold(line) for line in ["二、修路", "责任单位：交通局", *below]]
    assert len(page) - foot(page) == lines


@pytest.mark.parametrize("piece", ["打印", "首页>", "来源:", "大", "您的位置:", " ", "发布时间"])
def test_telling_takes_no_longer_for_what_is_long(piece: str) -> None:
    def run(length: int) -> Run:
        return lambda: is_furniture(f"{piece * length}x"[:length])

    assert growth(run, sizes=(5_000, 40_000), floor=0.05) < LINEAR
