"""What a web page has around its text, line by line: where one is, print, close, when it was put there."""

from __future__ import annotations

import re
from typing import Final

_LONGEST: Final = 120  # characters of a line that is nothing else

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


def is_furniture(folded: str) -> bool:
    """Whether a folded line is of the page that the text stood on, and of nothing else."""
    return len(folded) <= _LONGEST and _FURNITURE.fullmatch(folded) is not None
