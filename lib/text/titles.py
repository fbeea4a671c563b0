"""How the titles of lists, plans and notices end."""

from __future__ import annotations

import re
from typing import Final

# Of a folded text; a note in brackets may follow: (征求意见稿)
ENDING: Final = re.compile(
    r"(?:清单|方案|安排|分解表?|台账|通知|要点|计划|任务|分工|举措|措施|一览表|责任书|意见|办法|章程"
    r"|规定|细则|表|公告|通报|总结|报告|函|纪要|目标|实事|项目|工程|行动|事项|责任分解|责任分工|时间表"
    r"|路线图|任务书|进度表|分工表|信息|简报|规则|制度|公约|指南|部署|规划"
    r"|(?i:list|plan|measures|actions))(?: *\([^()]{1,24}\))?$"
)
