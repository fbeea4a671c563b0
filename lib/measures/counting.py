"""What is counted as one name: without titles and 等. Where that is in doubt, it is reported."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.measures import name_forms
from lib.measures.columns import as_mask
from lib.measures.joined import MAY_BE_OFFICES, is_doubtful, without_unnamed
from lib.measures.name_column import Names
from lib.measures.person_names import counted
from lib.measures.report import Report
from lib.measures.spelling import even
from lib.text.excerpts import DRAWN, excerpt
from lib.text.folding import fold

_SHORTEST_TITLED: Final = 4  # characters of a person's name with a title, 张慧同志, or of two names
# What a name may hold that has other spellings, leaves others out, or may be several
_LOOKED_AT: Final = (
    "[\uff01-\uff07\uff0a\uff0b\uff0d-\uff19\uff1c-\uff5e•・‧∙⋅･﹙﹚❨❩⦅⦆(),:;]|^[^㐀-鿿]*[（）]"
    r"|[\s\p{Z}]|等|.(?:以及|[和及与并&+\\]).|[㐀-鿿][.—–―-][㐀-鿿]|"
    f"{MAY_BE_OFFICES}"
)
_MOST_COMPARED: Final = 5_000  # names of a column that are compared with one another
_MARKS: Final = re.compile(r"[ ·.\-()\[\],、:;]")  # that two spellings of a name may differ in


def as_counted(
    report: Report, header: str, named: Names, rows: np.ndarray | None, *, persons: bool
) -> Names:
    """A column with its names as they are counted: 张慧等 and, among persons, 副主席张慧 are 张慧.

    Each is in one spelling (`spelling.even`), and of a name that no page can show its beginning.

    Reports the names that may be several, and those that leave others unnamed.

    Args:
        header: of the column.
        named: its cells with the names as printed, or its distinct cells.
        rows: which of the distinct cells each row has; None where there is a cell for each row.
        persons: whether persons are named.
    """
    named = _without_long(named)
    doubts: dict[str, list[int]] = {"name_doubtful": [], "others_unnamed": []}
    texts: dict[int, str] = {}
    for code in _looked_at(named.names, persons=persons):
        printed = named.names[code].as_py()
        if is_doubtful(printed, persons=persons):
            doubts["name_doubtful"].append(code)
        name = without_unnamed(printed)
        if name != printed:
            doubts["others_unnamed"].append(code)
        spelled = even(counted(name) if persons else name)
        if spelled != printed:
            texts[code] = spelled
    if any(doubts.values()):
        _report(report, header, named if rows is None else named.at(rows), doubts)
    return named.renamed(texts)


def goes_on(printed: Names, counted: Names) -> np.ndarray:
    """For each code whether it is a title that goes on in the next name of its cell.

    区委常委、副区长屈仲平 is one person with two titles; 校长、屈仲平 may be two.

    Args:
        printed, counted: the names of persons as printed and as they are counted.
    """
    goes_on = np.zeros(len(printed.codes), bool)
    is_title = np.array([name_forms.is_title(fold(n)) for n in printed.names.to_pylist()], bool)
    if not is_title.any():
        return goes_on
    pairs = zip(
        printed.names.take(pa.array(printed.codes)).to_pylist(),
        counted.names.take(pa.array(counted.codes)).to_pylist(),
        strict=True,
    )
    has_title = np.array([name != person and name.endswith(person) for name, person in pairs])
    is_alone = is_title[printed.codes]
    same_cell = printed.row[1:] == printed.row[:-1]
    goes_on[:-1] = is_alone[:-1] & has_title[1:] & same_cell
    return goes_on


def _without_long(named: Names) -> Names:
    is_long = as_mask(pc.greater(pc.utf8_length(named.names), DRAWN))
    long_names = np.flatnonzero(is_long).tolist()
    return named.renamed({code: excerpt(named.names[code].as_py()) for code in long_names})


def _looked_at(names: pa.Array, *, persons: bool) -> list[int]:
    """The codes of the names that may be counted otherwise, or be in doubt."""
    may_be = pc.match_substring_regex(names, _LOOKED_AT)
    if persons:
        may_be = pc.or_(may_be, pc.greater_equal(pc.utf8_length(names), _SHORTEST_TITLED))
    codes: list[int] = np.flatnonzero(as_mask(may_be)).tolist()
    return codes


def _report(report: Report, header: str, named: Names, doubts: dict[str, list[int]]) -> None:
    """Report each row that has one of the names of a doubt."""
    for problem, codes in doubts.items():
        places = np.flatnonzero(np.isin(named.codes, codes))
        names = named.names.take(pa.array(named.codes[places])).to_pylist()
        report.add_at(problem, header, named.row[places], names)


def report_two_ways(report: Report, header: str, named: Names) -> None:
    """Report each name that another may be a spelling of: in the other writing, without a dot.

    It is reported once, where the later of the two stands first.
    """
    if not 1 < len(named.names) <= _MOST_COMPARED:
        return
    names = named.names.to_pylist()
    folded = _MARKS.sub("", fold("\n".join(names)).lower()).split("\n")
    if len(set(folded)) == len(names):
        return
    spellings: dict[str, str] = {}
    for code, (name, spelling) in enumerate(zip(names, folded, strict=True)):
        other = spellings.setdefault(spelling, name)
        if other != name:
            first = named.row[np.flatnonzero(named.codes == code)[:1]]
            report.add_at("name_two_ways", header, first, [f"{other}、{name}"])
