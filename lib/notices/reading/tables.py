"""Grids of cells → measures: merged cells, headers of two rows, section rows, columns that are none of ours."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from lib.errors import BoardError
from lib.notices import labels
from lib.notices.layout import marks
from lib.notices.model import FIELDS, Block, Cell, Line, Measure, Source
from lib.notices.reading import cells, duties, kinds
from lib.notices.reading.cells import Rules
from lib.notices.reading.duties import Claim
from lib.notices.reading.outline import MOST
from lib.text import folding

_LOOK: Final = 12  # rows in which the header must stand
_WIDEST: Final = 2  # columns that a cell of names may cover: 办公室 under 牵头 and 配合 alike
_ROLES: Final = {"lead_who": "lead_departments", "support_who": "support_departments"}
_NOTE: Final = re.compile(
    r"^(?:注|备注|说明|附注|填表|填报|制表|审核|联系人|合计|总计|小计|单位[:(]|共计)"
)
_SUM: Final = re.compile(r"(?:本页|全[省市县区])?(?:合 *计|总 *计|小 *计)(?:$|[ :(\d])")
_FIGURE: Final = re.compile(r"[约¥]? *[0-9.,]+ *(?:[%个项件条户]|[万亿]?元)?|[-/—]+|〇")
_TALLY: Final = re.compile(
    r"[一二三四五六七八九十]{1,3}|\([一二三四五六七八九十]{1,3}\)|[壹贰叁参肆伍陆柒捌玖拾]{1,3}|[A-Z]|[IVX]{1,4}|[\u2160-\u216b]"
    r"|第[一二三四五六七八九十]{1,3}[类部章]分?"
)
_HEADINGS: Final = frozenset(
    {"chapter", "formal", "han", "han_bracket"}
)  # numbers of a heading above a table
_DEPTHS: Final = {
    "chapter": 0,
    "formal": 0,
    "han_bracket": 2,
}  # of section rows among themselves; of all others 1
_DEEPEST: Final = 9
_ABOVE: Final = 3  # lines above a table that may say something of it
_TITLE: Final = 60  # characters of a table's title
_NAMED: Final = {  # the columns of which one says it
    "leaders": {"leaders", "lead_who", "who", "both"},
    "lead_departments": {"departments", "lead_departments", "lead_who", "who", "both"},
    "deadline": {"deadline"},
}


@dataclass
class Columns:
    """Which column of a table holds what. title, section: -1 for none; words: the header of each column."""

    fields: dict[int, str] = field(default_factory=dict)
    words: dict[int, str] = field(default_factory=dict)
    title: int = -1
    section: int = -1
    serial: int = -1
    guessed: bool = False
    sparse: bool = False  # the section stands in its first row alone
    unknown: tuple[int, ...] = ()  # columns whose header says nothing that is known
    doubts: dict[str, int] = field(default_factory=dict)  # cells that an unknown column may hold
    body: tuple[int, ...] = ()


@dataclass(frozen=True)
class Level:
    """A heading over rows, a section row or the line above the table, and what it says of who answers."""

    cell: Cell
    claims: list[Claim]
    depth: int


@dataclass
class Found:
    """What tables hold. headings: the lines of the text that belong to a table below them."""

    measures: list[Measure] = field(default_factory=list)
    rows: list[tuple[int, Measure]] = field(default_factory=list)  # the block at which each begins
    bodies: list[list[Source]] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    headings: set[int] = field(default_factory=set)


def read(blocks: Sequence[Block], lines: dict[int, Line], rules: Rules) -> Found:
    """The measures of all tables among the blocks."""
    grids: dict[int, list[int]] = defaultdict(list)
    for at, block in enumerate(blocks):
        if block.table >= 0:
            grids[block.table].append(at)
    reader = _Reader(blocks, lines, rules)
    for members in grids.values():
        first = len(reader.found.measures)
        reader.table(members)
        reader.found.measures[first:] = cells.pointed_out(reader.found.measures[first:])
    return reader.found


class _Reader:
    def __init__(self, blocks: Sequence[Block], lines: dict[int, Line], rules: Rules) -> None:
        self.blocks, self.lines, self.rules = blocks, lines, rules
        self.found = Found()
        self.columns: Columns | None = None
        self.width = 0
        self.before: dict[str, Cell] | None = None
        self.section = Cell()
        self.levels: list[Level] = []
        self.title_block = -1
        self.titled = ""
        self.claims: list[Claim] = []

    # -- one table

    def table(self, members: Sequence[int]) -> None:
        """Read a table; one without a header goes on with the columns of the table before, if it is as wide."""
        grid = self._grid(members)
        width = max((len(row) for row in grid), default=0)
        header = self._header(grid)
        if header is None and (self.columns is None or width != self.width):
            return
        start = 0
        if header is not None:
            start, self.columns, self.width = header[1], header[0], width
            self.found.used |= {at for row in grid[:start] for at in row}
            self.titled = self._titled(members[0], grid[: start - 1])
        columns = self.columns or Columns()
        self._above(members[0], columns, goes_on=header is None)
        self.title_block = -1
        if len(grid) > MOST * 2:
            raise BoardError("notice_too_long", limit=MOST)
        self._arrange(columns, grid[start:])
        at = start
        while at < len(grid):
            again = self._header_at(grid, at)
            if again:
                columns, at = again
                self.columns = columns
                self._arrange(columns, grid[at:])
                continue
            self._row(grid[at], columns)
            at += 1

    def _titled(self, first: int, over: Sequence[Sequence[int]]) -> str:
        """The lines and rows above a header of which one may be the table's title."""
        above = [at for at in range(max(first - _ABOVE, 0), first) if self.blocks[at].table < 0]
        alone = [row[0] for row in over if row and len(set(row)) == 1]
        found = (self._folded(at).strip() for at in (*above, *alone))
        return "\n".join(text for text in found if len(text) <= _TITLE and "。" not in text)

    def _grid(self, members: Sequence[int]) -> list[list[int]]:
        """Block index of each place, -1 for none."""
        height = max(self.blocks[at].row + self.blocks[at].down for at in members)
        width = min(max(self.blocks[at].column + self.blocks[at].across for at in members), 256)
        grid = [[-1] * width for _ in range(min(height, 70_000))]
        for at in members:
            block = self.blocks[at]
            for row in range(block.row, min(block.row + block.down, len(grid))):
                for column in range(block.column, min(block.column + block.across, width)):
                    if grid[row][column] < 0:
                        grid[row][column] = at
        return grid

    def _text(self, at: int) -> str:
        return self.blocks[at].text if at >= 0 else ""

    def _folded(self, at: int) -> str:
        return self.lines[at].folded if at >= 0 else ""

    # -- header

    def _header(self, grid: Sequence[Sequence[int]]) -> tuple[Columns, int] | None:
        for at in range(min(len(grid), _LOOK)):
            if found := self._header_at(grid, at):
                return found
        return None

    def _header_at(self, grid: Sequence[Sequence[int]], at: int) -> tuple[Columns, int] | None:
        """The columns, if a header stands in this row (and the next), and the row behind it."""
        fields = self._fields(grid[at])
        if len(set(grid[at])) < 2 or not fields:
            return None
        below = at + 1
        if below < len(grid) and self._second(grid[at], grid[below]):
            lower = self._fields(grid[below])
            for column, block in enumerate(grid[below]):
                if block >= 0 and block != grid[at][column] and column in lower:
                    whole = labels.field_of(self._folded(grid[at][column]) + self._folded(block))
                    named = (
                        lower[column] == "named" and fields.get(column) in labels.DUTIES
                    )  # 姓名 below 责任领导
                    fields[column] = whole or (fields[column] if named else lower[column])
            below += 1
        columns = self._columns(fields, grid[at], grid[below - 1])
        return (columns, below) if columns else None

    def _fields(self, row: Sequence[int]) -> dict[int, str]:
        found = {}
        for column, block in enumerate(row):
            text = self._folded(block).replace("\n", "")
            if block >= 0 and len(text) <= 40 and (field_ := labels.header(text)):
                found[column] = field_
        return found

    def _second(self, upper: Sequence[int], lower: Sequence[int]) -> bool:
        """Whether a row is the second of a header: below a cell that spans several columns stand labels."""
        own = [
            (column, block)
            for column, block in enumerate(lower)
            if block >= 0 and block != upper[column] and self._text(block).strip()
        ]
        if not own:
            return False
        spans = Counter(block for block in upper if block >= 0)
        places = [column for column, block in enumerate(lower) if block != upper[column]]
        if all(spans[upper[column]] > 1 for column in places) and all(
            len(self._text(block)) <= 12 for _, block in own
        ):
            return True
        return all(labels.header(self._folded(block).replace("\n", "")) for _, block in own) and (
            any(spans[upper[column]] > 1 for column, _ in own) or len(own) < len(lower)
        )

    def _columns(
        self, fields: dict[int, str], upper: Sequence[int], lower: Sequence[int]
    ) -> Columns | None:
        periods = [column for column, name in fields.items() if name == "period"]
        if periods and "deadline" not in fields.values():
            days = [column for column in periods if self._folded(lower[column]).strip() == "日期"]
            fields[next(iter(days or periods))] = "deadline"
        who = [column for column, name in fields.items() if name in labels.DUTIES - {"deadline"}]
        texts = [column for column, name in fields.items() if name == "title"]
        sections = [column for column, name in fields.items() if name == "section"]
        unknown = [
            column
            for column, block in enumerate(lower)
            if column not in fields and self._text(block).strip()
        ]
        filled = len({block for block in lower if self._text(block).strip()})
        named = any(name in ("deadline", "leaders") for name in fields.values())
        listed = {"serial", "title"} <= set(fields.values())
        if (
            not (who or (listed and named))
            or (not texts and not sections and not named)
            or (not texts and not sections and not unknown)
            or len(set(fields.values())) < 2
            or (len(fields) * 2 < filled and not (who and listed))
        ):
            return None
        if any(len(self._text(block)) > 40 for block in set(lower)):
            return None
        serials = [column for column, name in fields.items() if name == "serial"]
        columns = Columns(
            dict(fields),
            {column: labels.key(self._folded(lower[column])) for column in (*fields, *unknown)},
            serial=serials[0] if serials else -1,
        )
        columns.body = tuple(_distinct(texts + sections, lower))
        columns.guessed = not columns.body
        columns.unknown = tuple(unknown)
        columns.body = columns.body or tuple(unknown)
        return columns

    def _arrange(self, columns: Columns, rows: Sequence[Sequence[int]]) -> None:
        """Which column is what in these rows; a roster, an account and a table without words have no measures."""
        columns.title = columns.section = -1
        named = set(columns.fields.values())
        account = kinds.is_account(self.titled) and "deadline" not in named
        if not kinds.is_roster(self.titled) and not account:
            self._place(columns, rows)
        if columns.serial < 0:
            columns.serial = next(
                (at for at in range(columns.title) if self._counts(at, columns, rows)), -1
            )
        rest = [
            at
            for at in columns.unknown
            if at not in (columns.title, columns.section, columns.serial)
        ]
        columns.doubts = {}
        for name, kind in kinds.OF_CELLS:
            held = [at for at in rest if kinds.mostly(kind, self._column(at, rows))]
            if held and not named & _NAMED[name]:
                columns.doubts[name] = held[0]
        groups = [at for at in rest if at < columns.title and self._repeats(at, rows)]
        if groups and columns.section < 0:
            columns.doubts["section"] = groups[0]

    def _column(self, column: int, rows: Sequence[Sequence[int]]) -> list[str]:
        """The folded cells of a column in the first rows."""
        return [self._folded(row[column]) for row in rows[:50] if column < len(row)]

    def _counts(self, column: int, columns: Columns, rows: Sequence[Sequence[int]]) -> bool:
        """Whether a column without a known header, or without any, counts the rows that say something."""
        if column in columns.fields:
            return False
        return kinds.counts(
            [text for row in rows for text in self._column(column, [row]) if len(set(row)) > 1]
        )

    def _place(self, columns: Columns, rows: Sequence[Sequence[int]]) -> None:
        """Which text column is the measure: the first that is not merged over rows of the next; that is the section."""
        texts = sorted(columns.body)
        names = columns.fields
        sections = [column for column in texts if names.get(column) == "section"]
        titles = [column for column in texts if names.get(column) != "section"]
        if columns.guessed or (
            columns.unknown and not titles and self._repeats(sections[-1], rows)
        ):
            titles, columns.guessed = self._longest(columns.unknown or texts, rows), True
        while len(titles) > 1 and self._groups(titles[0], titles[1], rows):
            sections.append(titles.pop(0))
        if not titles:
            titles, sections = sections[-1:], sections[:-1]
        if not titles:
            return
        columns.title = titles[0]
        merged = [
            at for at in columns.unknown if at < titles[0] and self._merged(at, titles[0], rows)
        ]
        columns.section = next(iter(sections or merged), -1)
        columns.sparse = columns.section >= 0 and self._groups(columns.section, columns.title, rows)

    def _longest(self, columns: Sequence[int], rows: Sequence[Sequence[int]]) -> list[int]:
        """Of the columns of words, neither dates nor people nor figures, the one with the most text."""
        cells_ = {at: self._column(at, rows) for at in columns}
        worded = [at for at in columns if kinds.mostly(kinds.words, cells_[at])]
        return sorted(worded, key=lambda at: -sum(map(len, cells_[at])))[:1]

    def _repeats(self, column: int, rows: Sequence[Sequence[int]]) -> bool:
        """Whether a column says the same in row after row: sections, not measures."""
        said = [self._text(row[column]).strip() for row in rows if column < len(row)]
        return len(said) > 1 and len(set(said)) * 4 <= len(said) * 3

    def _groups(self, left: int, right: int, rows: Sequence[Sequence[int]]) -> bool:
        """Whether the left column's cells stand for several of the right."""
        pairs = [
            (row[left], row[right])
            for row in rows
            if right < len(row) and self._text(row[right]).strip()
        ]
        blank = sum(not self._text(a).strip() for a, _ in pairs)
        return self._merged(left, right, rows) or blank * 5 >= len(pairs) > 0

    def _merged(self, left: int, right: int, rows: Sequence[Sequence[int]]) -> bool:
        """Whether a cell of the left column covers several of the right."""
        pairs = [
            (row[left], row[right])
            for row in rows
            if right < len(row) and self._text(row[right]).strip()
        ]
        return any(
            a == b and c != d and self._text(a).strip() for (a, c), (b, d) in pairwise(pairs)
        )

    # -- headings

    def _above(self, first: int, columns: Columns, *, goes_on: bool) -> None:
        """What the lines above a table say of it: a numbered heading is its section, labels say who answers.

        goes_on: it has no header, and stands under the headings of the table before where it has none of its own.
        """
        claims: list[Claim] = []
        if not goes_on:
            self.levels, self.section = [], Cell()
        for at in range(first - 1, max(first - 1 - _ABOVE, -1), -1):
            line_ = self.lines[at]
            if self.blocks[at].table >= 0 or "。" in line_.folded:
                break
            mark = marks.at(line_.folded, line_.text)
            level = self._level(line_, mark, columns)
            numbered = mark is not None and mark.style in _HEADINGS and len(level.cell.text) < 40
            if not numbered and (len(line_.text) > 30 and not level.claims):
                break
            claims += level.claims
            self.found.headings |= {at} if numbered or level.claims else set()
            if numbered:
                self.levels = []
                self._open(Level(level.cell, claims, -1 if claims else _DEEPEST - 1))
                return
        if claims:
            self.levels = []
            self._open(Level(Cell(), claims, -1))

    def _open(self, level: Level) -> None:
        """A heading ends those of its own depth and deeper ones; the section is the topmost."""
        self.levels = [*(above for above in self.levels if above.depth < level.depth), level]
        self.section = next((above.cell for above in self.levels if above.cell.text), Cell())

    def _level(self, line_: Line, mark: marks.Mark | None, columns: Columns) -> Level:
        """A heading without its responsibility, and what it says of who answers."""
        begin, stop = mark.end if mark else 0, len(line_.text)
        spans = [span for span in duties.duty_brackets(line_) if span[0] >= begin]
        given = [
            label
            for label in labels.labels_in(line_.folded, begin, stop)
            if label.field in labels.DUTIES
        ]
        claims: list[Claim] = []
        if spans:
            claims, stop = duties.read(line_, spans[0][0] + 1, spans[0][1] - 1), spans[0][0]
        elif given:
            claims = duties.read(line_, given[0].start, stop) if len(given[0].word) > 2 else []
            stop = given[0].start if claims and (given[0].start > begin or not mark) else stop
        claims = cells.layered(
            claims, self._named(line_, *duties.trimmed(line_.folded, begin, stop), columns)
        )
        start, stop = duties.trimmed(line_.folded, mark.start if mark else 0, stop)
        cell = Cell(
            " ".join(line_.text[start:stop].split()),
            (),
            "heading",
            True,
            Source(line_.block, start, stop),
        )
        return Level(cell, claims, _DEPTHS.get(mark.style, 1) if mark else 1)

    def _named(self, line_: Line, start: int, end: int, columns: Columns) -> list[Claim]:
        """Whom a heading names: 副市长王强负责的工作, or an office or a titled person alone, over a table that has no
        column for them."""
        fields = set(columns.fields.values())
        claims = duties.headed(line_, start, end)
        if claims or fields & {"departments", "lead_departments", "lead_who", "who", "both"}:
            return claims or [
                claim for claim in duties.alone(line_, start, end) if claim.field == "leaders"
            ]
        return [
            replace(claim, sure=claim.field == "leaders" or "support_departments" in fields)
            for claim in duties.alone(line_, start, end)
        ]

    # -- rows

    def _row(self, row: Sequence[int], columns: Columns) -> None:
        if columns.title < 0:
            return
        filled = [at for at in dict.fromkeys(row) if at >= 0 and self._text(at).strip()]
        if not filled or any(_SUM.match(self._folded(at).strip()) for at in filled[:2]):
            return
        if self._is_section(row, filled, columns) or self._is_foot(row, filled, columns):
            return
        title = row[columns.title] if columns.title < len(row) else -1
        claims = self._claims(row, columns)
        if title >= 0 and title == self.title_block and self._text(title).strip():
            self._more(claims)
        elif self._text(title).strip():
            self._measure(row, title, columns, claims)
        elif claims and self.found.measures and not self._serial(row, columns):
            self._more(claims)
        self.found.used |= set(filled)

    def _is_section(self, row: Sequence[int], filled: Sequence[int], columns: Columns) -> bool:
        """A row that says one thing, with a number and sums beside it: a section's heading, or a note below all."""
        serial = self._at(row, columns.serial)
        number = serial if serial in filled and serial != self._at(row, columns.title) else -1
        said = [
            at for at in filled if at != number and not _FIGURE.fullmatch(self._folded(at).strip())
        ]
        if not said and number >= 0:
            said, number = [number], -1
        if (
            len(said) != 1
            or len(row) == 1
            or not self._is_heading(row, said[0], number, columns, alone=len(filled) == 1)
        ):
            return False
        folded = self._folded(said[0]).strip()
        if not _NOTE.match(folded) and len(folded) <= 60 and not duties.is_note(folded):
            self._section_row(said[0], number, columns)
        return True

    def _is_heading(
        self, row: Sequence[int], at: int, number: int, columns: Columns, *, alone: bool
    ) -> bool:
        """Whether the only words of a row are a heading by their width, their number or what they count."""
        block, folded = self.blocks[at], self._folded(at).strip()
        if block.across > 2:
            return True
        if number >= 0:
            return bool(_TALLY.fullmatch(self._folded(number).strip(" 、.")))
        if block.across == 1 and (
            block.down > 1 or columns.fields.get(row.index(at)) in labels.DUTIES
        ):
            return False
        headed = (alone and marks.at(folded, folded)) or duties.COUNT.search(folded)
        return block.across > 1 or self._at(row, columns.title) != at or bool(headed)

    def _section_row(self, at: int, number: int, columns: Columns) -> None:
        line_ = self.lines[at]
        level = self._level(line_, marks.at(line_.folded, line_.text), columns)
        text, depth = level.cell.text, level.depth
        if number >= 0:
            tally = self._text(number).strip(" 、.．")
            text = f"{tally}{'' if text[:1] in '、.' else '、'}{text}"
            depth = 2 if tally[0] in "(（" else 1
        cell = Cell(text, (), "section_row", True, Source(at, 0, len(line_.text)))
        self._open(Level(cell if text else Cell(), level.claims, depth if text else _DEEPEST))
        self.found.used.add(at)

    def _is_foot(self, row: Sequence[int], filled: Sequence[int], columns: Columns) -> bool:
        """填表人：… 审核人：… below the rows: labels of none of ours with their colons, where a number should stand."""
        first = self._folded(filled[0]).strip()
        found = labels.labels_in(first, 0, min(len(first), 20))
        other = bool(found) and found[0].start == 0 and found[0].field in ("other", "leaders")
        return other and (
            len(filled) < len(columns.fields) or filled[0] == row[max(columns.serial, 0)]
        )

    def _at(self, row: Sequence[int], column: int) -> int:
        return row[column] if 0 <= column < len(row) else -1

    def _serial(self, row: Sequence[int], columns: Columns) -> str:
        return self._text(self._at(row, columns.serial)).strip()

    def _claims(self, row: Sequence[int], columns: Columns) -> list[Claim]:
        claims: list[Claim] = []
        seen: set[tuple[int, str]] = set()
        for column, name in sorted(columns.fields.items()):
            at = row[column] if column < len(row) else -1
            if (
                at >= 0
                and name in labels.DUTIES
                and (at, name) not in seen
                and self.blocks[at].across <= _WIDEST
            ):
                seen.add((at, name))
                claims += self._of_cell(
                    self.lines[at], name, columns.words[column], merged=self.blocks[at].down > 1
                )
        own = any(claim.field == "deadline" and claim.reason != "sentence" for claim in claims)
        return [claim for claim in claims if not (own and claim.reason == "sentence")]

    def _of_cell(self, line_: Line, name: str, word: str, *, merged: bool) -> list[Claim]:
        start, end = duties.trimmed(line_.folded, 0, len(line_.text))
        if line_.folded[start:end] in duties.DASHES:
            return []
        reason = "merged" if merged else "column"
        if name == "deadline":
            claims = [duties.deadline(line_, start, end, word)]
        else:
            stop = duties.names_end(line_.folded, start, end)
            claims = self._of_names(line_, *duties.trimmed(line_.folded, start, stop), name, word)
            claims += duties.behind_names(line_, stop, end, word)
        return [
            replace(claim, reason=reason if claim.reason in ("label", "form") else claim.reason)
            for claim in claims
        ]

    def _of_names(self, line_: Line, start: int, end: int, name: str, word: str) -> list[Claim]:
        """A cell below 责任领导 or 责任部门: a list of names, or words that say who leads and who supports."""
        if name == "leaders":
            return duties.leaders(line_, start, end, word)
        inside = labels.labels_in(line_.folded, start, end)
        spoken = (
            duties.read(line_, start, end)
            if inside
            else duties.clauses(line_, start, end, strict=True)
        )
        if not self._persons(line_, start, end):
            name = _ROLES.get(name, name)
        return [claim for claim in spoken if claim.field != "deadline"] or duties.listed(
            line_, start, end, "lead_who" if name == "both" else name, word
        )

    def _persons(self, line_: Line, start: int, end: int) -> bool:
        found = [folding.fold(name) for name, _ in duties.names(line_, start, end)]
        return bool(found) and all(
            labels.is_person(name) and not labels.is_department(name) for name in found
        )

    def _told(self, columns: Columns) -> bool:
        """Whether the table says who answers: in a column, or in headings that say nothing else."""
        own = {"deadline", *columns.fields.values()} & (labels.DUTIES - {"deadline"})
        return bool(own) or any(
            claim.text in level.cell.text or not level.cell.text
            for level in self.levels
            for claim in level.claims
        )

    def _measure(
        self, row: Sequence[int], title: int, columns: Columns, claims: list[Claim]
    ) -> None:
        if not self._told(columns):
            return
        line_ = self.lines[title]
        mark = marks.at(line_.folded, line_.text)
        start = mark.end if mark else 0
        extra, stop = self._bracket(line_, start, cells.has_who(claims))
        self.claims = claims + extra
        start, stop = duties.trimmed(line_.folded, start, stop)
        serial = self._serial(row, columns)
        words = _one_line(line_.text[start:stop])
        found, printed = cells.cells(self._with_headings(), self.rules, self.before)
        found["title"] = Cell(
            words,
            (),
            "column",
            not columns.guessed,
            Source(title, start, stop),
            columns.words.get(columns.title, ""),
        )
        found["article"] = self._article(row, columns, serial, mark)
        found["section"] = self._section_of(row, columns)
        found |= {
            name: Cell(
                "",
                (),
                "unknown_label",
                False,
                Source(row[at], 0, len(self._text(row[at]))),
                columns.words[at],
            )
            for name, at in columns.doubts.items()
            if found[name].reason == "absent" and self._text(self._at(row, at)).strip()
        }
        found = {name: found[name] for name in FIELDS}
        sources = [
            Source(at, 0, len(self._text(at)))
            for at in dict.fromkeys(
                row[c] for c in columns.body if c < len(row) and c >= columns.title
            )
            if at >= 0
        ]
        text = "\n".join(self._text(source.block).strip() for source in sources)
        year = self.rules.year_of(found["deadline"].text)
        where = Source(title, 0, len(line_.text))
        measure = Measure(found, printed, text, where, year, self.rules.issued)
        self.title_block, self.before = title, found
        self.found.measures.append(measure)
        self.found.rows.append((title, measure))
        self.found.bodies.append(sources)

    def _with_headings(self) -> list[Claim]:
        """The row's own claims, and those that it inherits from the headings over it."""
        return cells.layered(self.claims, *(level.claims for level in reversed(self.levels)))

    def _bracket(self, line_: Line, start: int, told: bool) -> tuple[list[Claim], int]:
        """A bracket of responsibility inside the measure's own cell."""
        spans = [
            span
            for span in duties.duty_brackets(line_)
            if span[0] >= start and labels.labels_in(line_.folded, *span)
        ]
        if not spans or told:
            return [], len(line_.text)
        return duties.read(line_, spans[0][0] + 1, spans[0][1] - 1), spans[0][0]

    def _article(
        self, row: Sequence[int], columns: Columns, serial: str, mark: marks.Mark | None
    ) -> Cell:
        if serial:
            at = row[columns.serial]
            folded = folding.fold(serial).strip("、. ")
            text = serial.strip("、.． ") if folded else ""
            return Cell(
                text,
                (),
                "merged" if self.blocks[at].down > 1 else "column",
                True,
                Source(at, 0, len(self._text(at))),
                columns.words.get(columns.serial, ""),
            )
        return (
            Cell(mark.label, (), "number", True, Source(row[columns.title], mark.start, mark.end))
            if mark
            else Cell()
        )

    def _section_of(self, row: Sequence[int], columns: Columns) -> Cell:
        rows_above = [above.cell for above in self.levels if above.cell.reason == "section_row"]
        if (
            rows_above
        ):  # of several levels the top one: a column inside a section divides it further
            return rows_above[0]
        at = row[columns.section] if 0 <= columns.section < len(row) else -1
        if at >= 0 and self._text(at).strip():
            text = _one_line(self._text(at))
            cell = Cell(
                text,
                (),
                "merged" if self.blocks[at].down > 1 else "column",
                True,
                Source(at, 0, len(self._text(at))),
                columns.words.get(columns.section, ""),
            )
            self.section = cell
            return cell
        blank = at >= 0 and self.section.reason in ("column", "merged", "above")
        return replace(self.section, reason="above", sure=columns.sparse) if blank else self.section

    def _more(self, claims: list[Claim]) -> None:
        """A second row of the same measure adds to it."""
        new = [claim for claim in claims if claim not in self.claims and claim.field != "deadline"]
        if not new:
            return
        self.claims += new
        found, printed = cells.cells(self._with_headings(), self.rules, None)
        last = self.found.measures[-1]
        merged = last.cells | {
            name: replace(cell, sure=False, reason="rows") if cell != last.cells[name] else cell
            for name, cell in found.items()
        }
        self.found.measures[-1] = replace(last, cells=merged, departments=printed)
        self.found.rows[-1] = (self.found.rows[-1][0], self.found.measures[-1])
        self.before = merged


def _distinct(columns: Sequence[int], row: Sequence[int]) -> list[int]:
    """Columns without those that are one cell with an earlier one."""
    seen: set[int] = set()
    out = []
    for column in sorted(columns):
        if row[column] not in seen:
            out.append(column)
            seen.add(row[column])
    return out


def _one_line(text: str) -> str:
    """A cell's text on one line: a break between Chinese characters is none."""
    return re.sub(r"(?<=[^\x00-\x7f])\s*\n\s*|\s*\n\s*(?=[^\x00-\x7f])", "", text.strip()).replace(
        "\n", " "
    )
