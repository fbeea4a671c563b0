"""How a document number and a date are written."""

from __future__ import annotations

import re
from typing import Final

NUMBER: Final = re.compile(  # 乐工发〔2020〕1号
    r"(?:[一-鿿]{2,14}(?:字)? *)?[\[(] *(20[0-9]{2}) *[\])] *+第? *+[0-9]{1,4} *[号期]"
)
DATE: Final = re.compile(
    r"(20[0-9]{2}|二[〇0][〇一二三四五六七八九0]{2}) *[年./-] *"
    r"([0-9]{1,2}|[一二三四五六七八九十]{1,2}) *[月./-] *"
    r"([0-9]{1,2}|[一二三四五六七八九十]{1,3}) *[日号]?"
)
