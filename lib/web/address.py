"""The URL: one register of all parameters that the board reads from it.

A parameter has a name, the texts that fit it, what a text means, and the words that a reader sees
for it. Nothing here knows Streamlit: whoever reads the URL hands over its texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple

from lib import i18n, workload
from lib.answers import sentences
from lib.answers.tables import CHOOSABLE, FIXED
from lib.i18n import Translator
from lib.ledger import selection
from lib.measures import schema

FIRST_DAY: Final = date(1949, 1, 1)
LAST_DAY: Final = date(2100, 12, 31)
LOADS: Final = ("lead", "support", "weighted")  # by what the departments are sorted
MONTHS_A_YEAR: Final = 12
BETWEEN_COLUMNS: Final = ","
YEAR_DIGITS: Final = 4
ALL_YEARS: Final = "all"


class Reading(NamedTuple):
    """What the URL says of a parameter.

    text: the one that fits, "" for none.
    misfits: the ones that don't.
    """

    text: str
    misfits: list[str]


@dataclass(frozen=True)
class Parameter:
    """One parameter of the URL.

    name: in the URL, and the key of the widget that is bound to it.
    parse: a text → its value; None where it fits nothing.
    codes: the texts that fit, in the order in which a page offers them; () where `parse` decides.
    default: the text that stands for no choice.
    word: a code → what the reader sees for it.
    """

    name: str
    parse: Callable[[str], object | None] = str
    codes: tuple[str, ...] = ()
    default: str = ""
    word: Callable[[str, Translator], str] = lambda code, _t: code

    def fits(self, text: str) -> bool:
        """Whether a text means something here."""
        if self.codes:
            return text in self.codes
        return self.parse(text) is not None

    def read(self, texts: Iterable[str]) -> Reading:
        """Sort what the URL gives this parameter; of several texts that fit, the last counts."""
        fitting = ""
        misfits: list[str] = []
        for text in texts:
            if self.fits(text):
                fitting = text
            else:
                misfits.append(text)
        return Reading(fitting, misfits)

    def among(
        self, codes: Sequence[str], word: Callable[[str, Translator], str] | None = None
    ) -> Parameter:
        """The same parameter where the table decides which codes there are."""
        only = frozenset(codes)

        def parse(text: str) -> str | None:
            return text if text in only else None

        return replace(self, parse=parse, codes=tuple(codes), word=word or self.word)


def parse_day(text: str) -> date | None:
    """Read a day of the calendar as the widget writes it: 2020-09-15, not 20200915."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    is_written_so = day.isoformat() == text
    if is_written_so and FIRST_DAY <= day <= LAST_DAY:
        return day
    return None


def parse_year(text: str) -> int | None:
    """Read a year of four digits, or ALL_YEARS, which is 0."""
    if text == ALL_YEARS:
        return 0
    if len(text) != YEAR_DIGITS or not (text.isascii() and text.isdigit()):
        return None
    return int(text)


def parse_weight(text: str) -> float | None:
    """Read what a support counts beside a lead, 0 to 1."""
    try:
        weight = float(text)
    except ValueError:
        return None
    if 0 <= weight <= 1:
        return weight
    return None


def parse_columns(text: str) -> tuple[str, ...] | None:
    """Read the columns of a list of measures: due,leaders. In their own order, with the fixed ones."""
    names = text.split(BETWEEN_COLUMNS)
    if not set(names) <= set(CHOOSABLE):
        return None
    columns = {*names, *FIXED}
    return tuple(name for name in CHOOSABLE if name in columns)


def write_columns(names: Sequence[str]) -> str:
    """The columns as the URL has them."""
    return BETWEEN_COLUMNS.join(names)


# --- the register ---------------------------------------------------------------------------------

# What the frame holds on every page
LANGUAGE: Final = Parameter(
    "lang", codes=i18n.LANGUAGES, word=lambda code, _t: i18n.translator(code)("app.language")
)
AS_OF: Final = Parameter("as_of", parse_day)
DUE_FROM: Final = Parameter("from", parse_day)
DUE_TO: Final = Parameter("to", parse_day)
YEAR: Final = Parameter("year", parse_year)
WEIGHT: Final = Parameter("w", parse_weight, default=f"{schema.DEFAULT_WEIGHT:g}")
QUERY: Final = Parameter("q")
ROLE: Final = Parameter("role", codes=schema.ROLES, word=lambda code, t: t(f"role.{code}"))
LIST: Final = Parameter("list")
SECTION: Final = Parameter("section")
LEADER: Final = Parameter("leader")
DEPARTMENT: Final = Parameter("department")

# What a page adds
PICK: Final = Parameter("pick")
PART: Final = Parameter("part", codes=schema.ROLES, word=lambda code, t: t(f"role.{code}"))
BESIDE: Final = Parameter("beside")
AT: Final = Parameter("at")
MEASURE: Final = Parameter("measure")
STATE: Final = Parameter(
    "state",
    codes=(workload.NEXT_30, *workload.STATES),
    word=lambda code, t: t(f"state.{code}"),
)
PROGRESS: Final = Parameter("progress", selection.parse, word=sentences.progress_word)
MONTH: Final = Parameter("month", word=sentences.month)
SORT: Final = Parameter("sort", codes=workload.SORTS)
COLUMNS: Final = Parameter("columns", parse_columns)
PAPER: Final = Parameter("paper", codes=("1",))
SORT_LOADS: Final = Parameter(
    "sort", codes=LOADS, default="weighted", word=lambda code, t: t(f"field.{code}")
)
GROUP: Final = Parameter("group", codes=("section",), word=lambda code, t: t(f"group.{code}"))
LANE: Final = Parameter(
    "lane",
    codes=tuple(workload.LANES),
    default="leader",
    word=lambda code, t: t(f"lane.{code}"),
)
OPEN: Final = Parameter("open")
COUNT: Final = Parameter(
    "count", codes=("due", "ongoing", "in_force"), word=lambda code, t: t(f"count.{code}")
)
NAMES: Final = Parameter("names", codes=("all",))
PAGE: Final = Parameter("page", default="1")

PARAMETERS: Final = (
    *(LANGUAGE, AS_OF, YEAR, WEIGHT, QUERY, ROLE, LIST, SECTION, LEADER, DEPARTMENT),
    *(DUE_FROM, DUE_TO),
    *(
        PICK,
        PART,
        BESIDE,
        AT,
        MEASURE,
        STATE,
        PROGRESS,
        MONTH,
        COUNT,
        SORT,
        SORT_LOADS,
        GROUP,
        LANE,
        OPEN,
    ),
    *(NAMES, PAGE, COLUMNS, PAPER),
)
# What the frame holds on every page, so that a link to another page has it too
FRAME: Final = tuple(
    parameter.name
    for parameter in (
        *(LANGUAGE, AS_OF, YEAR, WEIGHT, QUERY, ROLE, LIST, SECTION, LEADER, DEPARTMENT),
        *(DUE_FROM, DUE_TO),
    )
)
# All that says what is opened on a page; `count` belongs to a month
OPENED: Final = tuple(
    parameter.name for parameter in (PICK, PART, BESIDE, STATE, PROGRESS, MONTH, COUNT, AT)
)
# The filters by name → what `measures.select` calls them
NAME_FILTERS: Final = {
    LIST.name: "lists",
    SECTION.name: "sections",
    LEADER.name: "leaders",
    DEPARTMENT.name: "departments",
}


# --- the day --------------------------------------------------------------------------------------


def nearest_day(day: date, years: Sequence[int]) -> date:
    """The day itself, or the nearest one inside the years; the day itself where there are none."""
    if not years or day.year in years:
        return day
    ends = [_nearest_end(year, day) for year in years]
    return min(ends, key=lambda end: abs(end - day))


def _nearest_end(year: int, day: date) -> date:
    if year < day.year:
        return date(year, 12, 31)
    return date(year, 1, 1)


def month_moved(month: str, months: int) -> str:
    """A month of the address some months later or earlier: 2020-12 and 1 give 2021-01."""
    year, number = map(int, month.split("-"))
    months_before = year * MONTHS_A_YEAR + number - 1  # since the year 0
    moved_year, months_of_year = divmod(months_before + months, MONTHS_A_YEAR)
    return f"{moved_year:04}-{months_of_year + 1:02}"
