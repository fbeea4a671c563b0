"""Times that offices know and no calendar does, 汛期前 and 学期末, and what names no time: 适时.

They are read, and say no day: whoever issues them knows what is meant.
"""

from __future__ import annotations

from typing import Final

from lib.text.spellings import DONE_ALREADY

_SEASONS: Final = (
    "(?:主|防)?汛期|[入进]汛|雨季|台风季|[采供取][暖热](?:期|季节?)|[入进][冬夏秋春]|封冻|上冻|"
    "春耕|春播|秋收|秋种|防火期"
)
_HALF_OF_SCHOOL_YEAR: Final = r"[春秋]季?(?:\([春秋]季?\))?"
_TERM: Final = f"(?:(?:{_HALF_OF_SCHOOL_YEAR}|新|本|下)?学期)"
_OF_SCHOOLS: Final = f"[高中]考|[寒暑]假|放假|(?:{_TERM}|{_HALF_OF_SCHOOL_YEAR})?开学|期[中末]考试"
_SESSIONS: Final = "(?:全国|[省市县区])?两会"
_NEAR: Final = "(?:来临|-来|开始|结束)?前|期间|内"  # 到来 is -来 there
_EVENT: Final = f"(?:(?:{_SEASONS}|{_OF_SCHOOLS}|{_SESSIONS})(?:{_NEAR}))"
# Whose weeks these are, and when a term ends, only the school says.
_END_OF_TERM: Final = f"{_TERM}(?:[末底]|结束)前?|期末前?"
_WEEK: Final = f"{_TERM}?第[0-9]{{1,2}}(?:-第?[0-9]{{1,2}})?周[末内]?前?"

# All in the one form of `spellings`, unwrapped; with pieces in braces, as rules have them.
TIMES: Final = f"{_EVENT}(?:[、,和及]{_EVENT})*|{_END_OF_TERM}|{_WEEK}".replace("{", "{{").replace(
    "}", "}}"
)
EARLY_IN_YEAR: Final = "{in_year}初"

_SAID: Final = "要求|部署|安排|规定|通知|文件|精神"
UNTIMED: Final = (  # 限期整改 is 限期 there
    f"适时|限期|{DONE_ALREADY}|按照?(?:时序|序时|计划|工程|工作)?进度(?:计划|要求|安排)?|"
    f"(?:按照?|根据)上级(?:有关)?(?:部门)?的?(?:{_SAID})+"
)
