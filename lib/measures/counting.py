"""What is counted as one name: without titles and 等. Where that is in doubt, it is reported."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.measures import name_forms
from lib.measures.arrays import Bools, Ints
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
    report: Report, header: str, named: Names, rows: Ints | None, *, persons: bool
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
    doubtful: list[int] = []
    with_others: list[int] = []
    spellings: dict[int, str] = {}
    for code in _looked_at(named.names, persons=persons):
        printed = named.names[code].as_py()
        if is_doubtful(printed, persons=persons):
            doubtful.append(code)
        name = without_unnamed(printed)
        if name != printed:
            with_others.append(code)
        if persons:
            name = counted(name)
        spelling = even(name)
        if spelling != printed:
            spellings[code] = spelling
    if doubtful or with_others:
        of_rows = named if rows is None else named.at(rows)
        _report_names(report, "name_doubtful", header, of_rows, doubtful)
        _report_names(report, "others_unnamed", header, of_rows, with_others)
    return named.renamed(spellings)


def goes_on(printed: Names, counted: Names) -> Bools:
    """For each code whether it is a title that goes on in the next name of its cell.

    区委常委、副区长屈仲平 is one person with two titles; 校长、屈仲平 may be two.

    Args:
        printed, counted: the names of persons as printed and as they are counted.
    """
    goes_on = np.zeros(len(printed.codes), bool)
    folded = map(fold, printed.names.to_pylist())
    is_title = np.array([*map(name_forms.is_title, folded)], bool)
    if not is_title.any():
        return goes_on
    pairs = map(_has_title, _names_of_codes(printed), _names_of_codes(counted))
    has_title = np.array([*pairs], bool)
    is_title_alone = is_title[printed.codes]
    row = printed.row
    goes_on[:-1] = is_title_alone[:-1]
    goes_on[:-1] &= has_title[1:]  # of the next name
    goes_on[:-1] &= row[1:] == row[:-1]
    return goes_on


def _names_of_codes(named: Names) -> list[str]:
    """The name of each code of a column."""
    texts: list[str] = named.names.take(pa.array(named.codes)).to_pylist()
    return texts


def _has_title(printed: str, person: str) -> bool:
    """Whether a person's name is printed with a title before it."""
    return printed != person and printed.endswith(person)


def _without_long(named: Names) -> Names:
    """A column with the beginning of each name that no page can show."""
    lengths = pc.utf8_length(named.names)
    is_long = as_mask(pc.greater(lengths, DRAWN))
    long_names = np.flatnonzero(is_long)
    beginnings: dict[int, str] = {}
    for code in long_names.tolist():
        name = named.names[code].as_py()
        beginnings[code] = excerpt(name)
    return named.renamed(beginnings)


def _looked_at(names: pa.Array, *, persons: bool) -> list[int]:
    """The codes of the names that may be counted otherwise, or be in doubt."""
    is_looked_at = pc.match_substring_regex(names, _LOOKED_AT)
    if persons:
        may_have_title = pc.greater_equal(pc.utf8_length(names), _SHORTEST_TITLED)
        is_looked_at = pc.or_(is_looked_at, may_have_title)
    codes: list[int] = np.flatnonzero(as_mask(is_looked_at)).tolist()
    return codes


def _report_names(
    report: Report, problem: str, header: str, named: Names, codes: list[int]
) -> None:
    """Report each row that has one of some names."""
    has_name = np.isin(named.codes, codes)
    rows = named.row[has_name]
    names = named.names.take(pa.array(named.codes[has_name]))
    report.add_at(problem, header, rows, names.to_pylist())


def _without_marks(names: Sequence[str]) -> list[str]:
    """Names without what two spellings of one may differ in, folded all at once, which is fast."""
    folded = fold("\n".join(names))
    return _MARKS.sub("", folded.lower()).split("\n")


def report_two_ways(report: Report, header: str, named: Names) -> None:
    """Report each name that another may be a spelling of: in the other writing, without a dot.

    It is reported once, where the later of the two stands first.
    """
    if not 1 < len(named.names) <= _MOST_COMPARED:
        return
    names = named.names.to_pylist()
    bare_names = _without_marks(names)
    if len(set(bare_names)) == len(names):
        return
    first_spelling: dict[str, str] = {}
    for code, name in enumerate(names):
        spelling = first_spelling.setdefault(bare_names[code], name)
        if spelling == name:
            continue
        places = np.flatnonzero(named.codes == code)
        first_row = named.row[places[:1]]
        both_spellings = f"{spelling}、{name}"
        report.add_at("name_two_ways", header, first_row, [both_spellings])
