"""The words by which a text says who answers and by when, beside the names and dates themselves."""

from __future__ import annotations

import re
from typing import Final

from lib.measures import placeholders
from lib.notices.model import Span
from lib.notices.reading.claims import verbs
from lib.text import spellings

_LONGEST: Final = 40  # characters of such words in one place
_WORD: Final = re.compile(r"\w")
_LEADS_OVER: Final = re.compile(  # to names: 以上任务由甲负责; to a date: 力争于6月底前
    "以上|上述|本项|其中|原则上|任务|工作|事项|各项|内容|措施|举措|分别|统一|具体|一并|密切|积极|共同"
    "|力争|争取|确保|务必|截至|最迟|[由请均都并等在于]"
)
_WORDING: Final = (
    verbs.VERB,
    verbs.TOGETHER,
    _LEADS_OVER,
    re.compile(f"{spellings.ENDINGS}|{spellings.BEGUN}"),
)


def says_more(span: Span) -> bool:
    """Whether a text around names and dates says more than that: 无, 由 or 牵头 does not."""
    if span.length > _LONGEST:
        return _WORD.search(span.text) is not None
    if placeholders.kind_of(span.text) != placeholders.STATED:
        return False
    rest = span.folded
    for words in _WORDING:
        rest = words.sub("", rest)
    return _WORD.search(rest) is not None
