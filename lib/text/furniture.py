"""What a web page has around its text: where one is, print, close, when it was put there, its foot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_LONGEST: Final = 120  # characters of a line that is nothing else
_FOOT_LINES: Final = 30  # that a foot may have
_FOOT_WORDS: Final = 400  # characters of a line in which they are looked for

# 您现在的位置：首页 > 通知公告. 所在位置 alone may be where something is built.
_PLACE: Final = (
    r"(?:[您你](?:现在|当前|目前)?的?(?:所在)?(?:页面)?的?位置|(?:当前|现在)的?(?:所在)?位置)"
    r"(?: *[:>»].*)?"
)
_PATH: Final = r"(?:网站)?首页 *(?:[>»] *[^>»。]{0,30})+"
_CLOCK: Final = "[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
_DAY: Final = f"20[0-9]{{2}} *[-./年] *[0-9]{{1,2}} *[-./月] *[0-9]{{1,2}} *日?(?: *{_CLOCK})?"
_THINGS: Final = (
    f"(?:发布|更新|录入)(?:时间|日期) *:? *(?:{_DAY})?",
    "(?:信息)?来源 *: *[^ |:]{0,24}",
    "(?:作者|责任编辑|编辑) *: *[^ |:]{0,12}",
    "打印(?:本页|此页|本文|正文)?",
    "关闭(?:本页|此页|窗口|页面)?",
    "返回(?:上[一]?页|首页|主页|顶部|列表)",
    "(?:加入)?收藏(?:本页|此页)?",
    "分享[到至] *:? *(?:微信|微博)?",
    r"字[号体] *:? *(?:[\[(]? *[大中小][\])]? *){0,3}",
    "(?:浏览|点击|访问|阅读)(?:次数|数|量|率) *:? *[0-9]{0,9} *次?",
    "扫一扫(?:在?手机上?(?:打开|浏览|查看)(?:当前页)?)?",
)
_BETWEEN: Final = r"[\s|·/,;\[\]()]*+"
_ROW: Final = rf"{_BETWEEN}(?:(?>{'|'.join(_THINGS)}){_BETWEEN})+"
_FURNITURE: Final = re.compile(rf"\s*+(?:{_PLACE}|{_PATH}|{_ROW})\s*")
_NAVIGATION: Final = re.compile(
    r"(?:(?:(?:网站)?首页|(?:机构|部门)(?:概况|职能|设置)|(?:政务|信息|院务|校务|党务)公开"
    r"|(?:新闻|办事|资讯|服务)中心|(?:办事|政务|便民)服务|(?:政民)?互动(?:交流)?"
    r"|政策(?:文件|法规|解读)|(?:通知|公示|信息)公告|工作动态|专题专栏"
    r"|登录|注册|搜索|无障碍(?:浏览)?|长者模式|返回(?:首页|主页|顶部|列表)?)[ |>·/-]*)+"
)
_OF_FOOT: Final = re.compile(
    r"ICP备|公网安备|版权所有|网站标识码|技术支持 *:|copyright|打印本页|关闭(?:本页|窗口)|返回顶部"
    r"|扫一扫|分享到|浏览次数|点击数|上一篇 *:|下一篇 *:|责任编辑 *:|网站地图|您的位置|当前位置|相关链接",
    re.I,
)
_HOST: Final = re.compile(
    r" *(?:主办|承办|主管|协办|地址|邮编|电话|联系|邮箱|来源|作者|编辑|.{0,8}网站).{0,8}[:：]"
)


def is_furniture(folded: str) -> bool:
    """Whether a folded line is of the page that the text stood on, and of nothing else."""
    return len(folded) <= _LONGEST and _FURNITURE.fullmatch(folded) is not None


def is_navigation(folded: str) -> bool:
    """Whether a folded line consists of names of a site's rooms; in a text one alone may be a heading."""
    return _NAVIGATION.fullmatch(folded) is not None


def foot(folded: Sequence[str]) -> int:
    """The line at which a page's own foot begins, the number of lines where it has none.

    主办：… 技术支持：… there belong to the site, not to the text.
    """
    begin = len(folded)
    for number in range(len(folded) - 1, max(-1, len(folded) - _FOOT_LINES), -1):
        if _OF_FOOT.search(folded[number][:_FOOT_WORDS]):
            begin = number
        elif not _HOST.match(folded[number]):
            break
        elif begin < len(folded):
            begin = number
    return begin
