"""The sample notices: `python -m tests.notices.golden` reads them all, writes what was read beside what is expected,
shows the differences and the score.

    python -m tests.notices.golden [NAME …] [--blind] [--quiet] [--accept]

--accept writes what was read as the expected table (to be reviewed with `git diff`, line by line); --blind reads the
samples in `blind/`, which were written without knowledge of the parser.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from lib import notices
from lib.errors import BoardError

FOLDER = Path(__file__).parent
COLUMNS = {
    "板块": "section",
    "条目": "article",
    "举措": "title",
    "责任领导": "leaders",
    "牵头部门": "lead_departments",
    "配合部门": "support_departments",
    "完成时限": "deadline",
    "到期日": "due",
}
AS_WRITTEN = ("section", "article", "title", "deadline")  # all others are names or derived
HEADS = ("title", "issuer", "document_number", "year", "issued")
ANYTHING = "*"  # a cell or a title that may be whatever it is

# How like two titles are, 0 to 1
LIKE_ANY_TITLE = 0.6
LIKE_A_BEGINNING = 0.9
LIKE_ENOUGH = 0.6
NEXT_TITLES = 40  # as far ahead the measure of a title is looked for
WORDS_IN_COMMON = 0.5  # of the characters of a milestone

Row = dict[str, str]


@dataclass
class Score:
    """Counts over all samples.

    matched, extra, missed: measures that are expected and read, only read, only expected;
    right, wrong, lost: the cells of each field; sure_wrong: the sure cells that are wrong.
    """

    matched: int = 0
    extra: int = 0
    missed: int = 0
    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    sure: int = 0
    sure_wrong: list[str] = field(default_factory=list)
    cells: int = 0
    heads: Counter[str] = field(default_factory=Counter)
    milestones: Counter[str] = field(default_factory=Counter)

    def of_field(self, name: str) -> Ratios:
        return Ratios.of(self.right[name], self.wrong[name], self.lost[name])

    def lines(self) -> Iterator[str]:
        ratios = Ratios.of(self.matched, self.extra, self.missed)
        counts = f"({self.matched} found, {self.extra} extra, {self.missed} missed)"
        yield f"{'measures':<20}{ratios}   {counts}"
        for name in COLUMNS.values():
            yield f"{name:<20}{self.of_field(name)}"
        share = 1 - len(self.sure_wrong) / self.sure if self.sure else 1.0
        counts = f"({self.sure} of {self.cells} cells sure, {len(self.sure_wrong)} of them wrong)"
        yield f"sure cells right    {share:.4f}   {counts}"
        for name in HEADS:
            yield f"notice {name:<16} {self.heads[name]} of {self.heads['all']}"
        yield f"milestones found    {self.milestones['found']} of {self.milestones['all']}"


class Ratios(NamedTuple):
    """How much of what was read is right, and how much of what is right was read; 1 for nothing."""

    precision: float
    recall: float

    @classmethod
    def of(cls, right: int, wrong: int, lost: int) -> Ratios:
        return cls(_share(right, wrong), _share(right, lost))

    @property
    def f1(self) -> float:
        if not self.precision + self.recall:
            return 0.0
        return 2 * self.precision * self.recall / (self.precision + self.recall)

    def __str__(self) -> str:
        return f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}"


def _share(right: int, others: int) -> float:
    return right / (right + others) if right + others else 1.0


def samples(folder: Path) -> list[Path]:
    """The documents of a folder that have an expected table."""
    return sorted(
        path
        for table in folder.glob("*.expected.csv")
        for path in folder.glob(table.name.split(".")[0] + ".*")
        if ".expected" not in path.name
    )


def rows(notice: notices.Notice) -> list[Row]:
    """A notice's measures in the columns of the expected tables."""
    return [_row(measure) for measure in notice.measures]


def _row(measure: notices.Measure) -> Row:
    cells = {name: _cell_text(name, cell) for name, cell in measure.cells.items()}
    cells["due"] = measure.due.isoformat() if measure.due else ""
    return {head: cells[name] for head, name in COLUMNS.items()}


def _cell_text(name: str, cell: notices.Cell) -> str:
    if cell.names:
        return "、".join(cell.names)
    return cell.text if name in AS_WRITTEN else ""


def expected(path: Path) -> tuple[list[Row], dict]:
    """The table and the facts beside a sample."""
    stem = path.parent / path.name.split(".")[0]
    table = list(
        csv.DictReader(io.StringIO(Path(f"{stem}.expected.csv").read_text(encoding="utf-8-sig")))
    )
    facts = Path(f"{stem}.expected.json")
    return table, json.loads(facts.read_text(encoding="utf-8")) if facts.exists() else {}


def same(text: str, expected_text: str) -> bool:
    """Whether two cells say the same: without spaces and the full stop at the end."""
    return expected_text == ANYTHING or _bare(text) == _bare(expected_text)


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text).rstrip("。；;.")


class Pair(NamedTuple):
    """The numbers of a measure that was read and of the one that is expected; None for neither."""

    read: int | None
    expected: int | None


def pairs(read_rows: Sequence[Row], expected_rows: Sequence[Row]) -> list[Pair]:
    """Which measure read is which expected one: by their titles, in order."""
    expected_titles = [_bare(row["举措"]) for row in expected_rows]
    without_pair = list(range(len(expected_titles)))
    matches = []
    for number, row in enumerate(read_rows):
        title = _bare(row["举措"])
        likeness = {
            candidate: _likeness(title, expected_titles[candidate])
            for candidate in without_pair[:NEXT_TITLES]
        }
        best = max(likeness, key=likeness.__getitem__, default=None)
        if best is None or likeness[best] < LIKE_ENOUGH:
            matches.append(Pair(number, None))
        else:
            without_pair.remove(best)
            matches.append(Pair(number, best))
    return matches + [Pair(None, number) for number in without_pair]


def _likeness(title: str, expected_title: str) -> float:
    if title == expected_title:
        return 1.0
    if expected_title == ANYTHING:
        return LIKE_ANY_TITLE  # where no other is as like
    if not title or not expected_title:
        return 0.0
    if title.startswith(expected_title) or expected_title.startswith(title):
        return LIKE_A_BEGINNING
    return SequenceMatcher(None, title, expected_title, autojunk=False).ratio()


def compare(path: Path, score: Score) -> Iterator[str]:
    """Read a sample, count, and give a line for each difference."""
    expected_rows, facts = expected(path)
    try:
        notice = notices.read(path)
    except BoardError as error:
        score.missed += len(expected_rows)
        yield f"can't be read: {error}"
        return
    read_rows = rows(notice)
    for pair in pairs(read_rows, expected_rows):
        if pair.read is None:
            score.missed += 1
            row = expected_rows[pair.expected or 0]
            yield f"- missed {row['条目']} {row['举措']}"
        elif pair.expected is None:
            score.extra += 1
            yield f"+ extra {read_rows[pair.read]}"
        else:
            score.matched += 1
            measure = notice.measures[pair.read]
            yield from _cells(path, measure, expected_rows[pair.expected], score)
    if facts:
        yield from _heads(notice, facts, score)
        yield from _milestones(notice, facts, score)
        yield from _problems(notice, facts)


def _cells(path: Path, measure: notices.Measure, expected_row: Row, score: Score) -> Iterator[str]:
    read_row = _row(measure)
    for head, name in COLUMNS.items():
        text, expected_text = read_row[head], expected_row.get(head) or ""
        cell = measure.cells["deadline" if name == "due" else name]
        score.cells += 1
        score.sure += cell.sure
        if same(text, expected_text):
            score.right[name] += bool(expected_text)
            continue
        score.wrong[name] += bool(text)
        score.lost[name] += bool(expected_text)
        place = f"{expected_row['条目']} {head}"
        sure = " (sure)" if cell.sure else ""
        if cell.sure:
            score.sure_wrong.append(f"{path.name} {place}")
        yield f"  {place}{sure}: {text!r} instead of {expected_text!r}  <{cell.reason}>"


def _heads(notice: notices.Notice, facts: dict, score: Score) -> Iterator[str]:
    score.heads["all"] += 1
    for name in HEADS:
        value, expected_text = getattr(notice, name), str(facts.get(name) or "")
        if not expected_text or _bare(str(value or "")) == _bare(expected_text):
            score.heads[name] += 1
        else:
            yield f"  {name}: {value!r} instead of {expected_text!r}"


def _milestones(notice: notices.Notice, facts: dict, score: Score) -> Iterator[str]:
    for fact in facts.get("milestones", []):
        score.milestones["all"] += 1
        if any(_is_milestone(milestone, fact) for milestone in notice.milestones):
            score.milestones["found"] += 1
        else:
            of_the_measure = [
                (milestone.deadline, milestone.text, milestone.target)
                for milestone in notice.milestones
                if milestone.measure == fact["measure"]
            ]
            yield f"  milestone {fact} not among {of_the_measure}"


def _problems(notice: notices.Notice, facts: dict) -> Iterator[str]:
    codes = {problem.code for problem in notice.problems}
    for name in facts.get("problems", []):
        if PROBLEMS.get(name, name) not in codes:
            yield f"  problem {name} not pointed out"


PROBLEMS = {
    "no-measures": "notice_no_measures",
    "label-two-ways": "notice_label_two_ways",
    "body-two-ways": "notice_body_two_ways",
    "name-two-ways": "notice_name_two_ways",
    "numbering-gap": "notice_number_gap",
    "numbering-twice": "notice_number_twice",
    "date-after-deadline": "notice_date_after_deadline",
    "year-missing": "notice_year_missing",
}


def _is_milestone(milestone: notices.Milestone, fact: dict) -> bool:
    if milestone.measure != fact["measure"]:
        return False
    if fact.get("target") and not _is_target(milestone.target, fact["target"]):
        return False
    if fact["deadline"] and _bare(milestone.deadline) != _bare(fact["deadline"]):
        return False
    characters = set(fact["milestone"])
    return len(characters & set(milestone.text)) >= WORDS_IN_COMMON * max(1, len(characters))


def _is_target(target: str | None, expected_target: float) -> bool:
    return bool(target) and f"{float(target or 0):g}" == f"{expected_target:g}"


def accept(path: Path) -> None:
    """Write what was read as the expected table."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(COLUMNS), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows(notices.read(path)))
    (path.parent / f"{path.name.split('.')[0]}.expected.csv").write_text(
        "\ufeff" + out.getvalue(), encoding="utf-8"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", help="how the samples' names begin; all without")
    for option in ("--blind", "--quiet", "--accept"):
        parser.add_argument(option, action="store_true")
    options = parser.parse_args(arguments)
    score, differing = Score(), 0
    for path in samples(FOLDER / "blind" if options.blind else FOLDER):
        if options.names and not path.name.startswith(tuple(options.names)):
            continue
        differences = list(compare(path, score))
        if not differences:
            continue
        differing += 1
        if options.accept:
            accept(path)
        if not options.quiet:
            print(path.name, *differences, sep="\n")
    print(*score.lines(), sep="\n")
    return int(bool(differing))


if __name__ == "__main__":
    sys.exit(main())
