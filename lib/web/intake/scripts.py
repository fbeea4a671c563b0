"""The scripts of our components, from the modules that they are written in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

ASSETS: Final = Path(__file__).with_name("assets")

_IMPORT: Final = re.compile(r'^import [^;]+ from "\./\w+\.js";\n', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export (?!default )", re.MULTILINE)


def joined(modules: Iterable[str]) -> str:
    """Modules as one: Streamlit loads a component's script from a blob, which imports no files.

    They share one scope then, so a name at the top level stands in one of them only.

    Args:
        modules: the names of their files, each after those that it imports.
    """
    parts = []
    for name in modules:
        source = (ASSETS / name).read_text(encoding="utf-8")
        parts.append(_EXPORT.sub("", _IMPORT.sub("", source)))
    return "\n".join(parts)
