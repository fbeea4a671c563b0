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
Row = dict[str, str]


@dataclass
class Score:
    """Counts over all samples: measures found; for each field right, wrong and lost; of the sure cells the wrong."""

    found: int = 0
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

    def lines(self) -> Iterator[str]:
        precision, recall, f1 = _f1(self.found, self.extra, self.missed)
        counts = f"({self.found} found, {self.extra} extra, {self.missed} missed)"
        yield f"measures            P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}   {counts}"
        for name in COLUMNS.values():
            precision, recall, f1 = _f1(self.right[name], self.wrong[name], self.lost[name])
            yield f"{name:<20}P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}"
        share = 1 - len(self.sure_wrong) / self.sure if self.sure else 1.0
        counts = f"({self.sure} of {self.cells} cells sure, {len(self.sure_wrong)} of them wrong)"
        yield f"sure cells right    {share:.4f}   {counts}"
        for name in ("title", "issuer", "document_number", "year", "issued"):
            yield f"notice {name:<16} {self.heads[name]} of {self.heads['all']}"
        yield f"milestones found    {self.milestones['found']} of {self.milestones['all']}"


def _f1(right: int, wrong: int, lost: int) -> tuple[float, float, float]:
    precision = right / (right + wrong) if right + wrong else 1.0
    recall = right / (right + lost) if right + lost else 1.0
    return (
        precision,
        recall,
        2 * precision * recall / (precision + recall) if precision + recall else 0.0,
    )


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
    out = []
    for measure in notice.measures:
        cells = {
            name: "、".join(cell.names)
            or (cell.text if name in ("section", "article", "title", "deadline") else "")
            for name, cell in measure.cells.items()
        }
        cells["due"] = measure.due.isoformat() if measure.due else ""
        out.append({head: cells[name] for head, name in COLUMNS.items()})
    return out


def expected(path: Path) -> tuple[list[Row], dict]:
    """The table and the facts beside a sample."""
    stem = path.parent / path.name.split(".")[0]
    table = list(
        csv.DictReader(io.StringIO(Path(f"{stem}.expected.csv").read_text(encoding="utf-8-sig")))
    )
    facts = Path(f"{stem}.expected.json")
    return table, json.loads(facts.read_text(encoding="utf-8")) if facts.exists() else {}


def same(name: str, one: str, other: str) -> bool:
    """Whether two cells say the same: without spaces and the full stop at the end."""
    return other == "*" or _bare(one) == _bare(other)


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text).rstrip("。；;.")


def pairs(got: Sequence[Row], want: Sequence[Row]) -> list[tuple[int | None, int | None]]:
    """Which measure found is which expected one: by their titles, in order."""
    left, right = [_bare(row["举措"]) for row in got], [_bare(row["举措"]) for row in want]
    out: list[tuple[int | None, int | None]] = []
    open_: list[int] = list(range(len(right)))
    for at, title in enumerate(left):
        best = max(open_[:40], key=lambda i: _likeness(title, right[i]), default=None)
        if best is not None and _likeness(title, right[best]) >= 0.6:
            open_.remove(best)
            out.append((at, best))
        else:
            out.append((at, None))
    return out + [(None, i) for i in open_]


def _likeness(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if other == "*":  # any title will do, where no other is as like
        return 0.6
    if one and other and (one.startswith(other) or other.startswith(one)):
        return 0.9
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def compare(path: Path, score: Score) -> Iterator[str]:
    """Read a sample, count, and give a line for each difference."""
    want, facts = expected(path)
    try:
        notice = notices.read(path)
    except BoardError as error:
        score.missed += len(want)
        yield f"can't be read: {error}"
        return
    got = rows(notice)
    for left, right in pairs(got, want):
        if left is None or right is None:
            score.extra += right is None
            score.missed += left is None
            yield (
                f"- missed {want[right]['条目']} {want[right]['举措']}"
                if left is None and right is not None
                else f"+ extra {got[left or 0]}"
            )
            continue
        score.found += 1
        yield from _cells(path, notice.measures[left], got[left], want[right], score)
    yield from _facts(notice, facts, score)


def _cells(
    path: Path, measure: notices.Measure, got: Row, want: Row, score: Score
) -> Iterator[str]:
    for head, name in COLUMNS.items():
        one, other = got[head], want.get(head) or ""
        cell = measure.cells[name if name != "due" else "deadline"]
        score.cells += 1
        score.sure += cell.sure
        if same(name, one, other):
            score.right[name] += bool(other)
            continue
        score.wrong[name] += bool(one)
        score.lost[name] += bool(other)
        if cell.sure:
            score.sure_wrong.append(f"{path.name} {want['条目']} {head}")
        yield f"  {want['条目']} {head}{' (sure)' if cell.sure else ''}: {one!r} instead of {other!r}  <{cell.reason}>"


def _facts(notice: notices.Notice, facts: dict, score: Score) -> Iterator[str]:
    if not facts:
        return
    score.heads["all"] += 1
    for name in ("title", "issuer", "document_number", "year", "issued"):
        wanted = str(facts.get(name) or "")
        value = getattr(notice, name)
        if not wanted or _bare(str(value or "")) == _bare(wanted):
            score.heads[name] += 1
        else:
            yield f"  {name}: {value!r} instead of {wanted!r}"
    for wanted in facts.get("milestones", []):
        score.milestones["all"] += 1
        if any(_is_milestone(item, wanted) for item in notice.milestones):
            score.milestones["found"] += 1
        else:
            have = [
                (i.deadline, i.text, i.target)
                for i in notice.milestones
                if i.measure == wanted["measure"]
            ]
            yield f"  milestone {wanted} not among {have}"
    codes = {problem.code for problem in notice.problems}
    for code in facts.get("problems", []):
        if (name := PROBLEMS.get(code, code)) not in codes:
            yield f"  problem {code} not pointed out"


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


def _is_milestone(item: notices.Milestone, wanted: dict) -> bool:
    target = "" if wanted.get("target") is None else f"{wanted['target']:g}"
    if item.measure != wanted["measure"] or (
        target and (not item.target or f"{float(item.target):g}" != target)
    ):
        return False
    words, text = wanted["milestone"], item.text
    common = len(set(words) & set(text)) / max(1, len(set(words)))
    return common >= 0.5 and (
        _bare(item.deadline) == _bare(wanted["deadline"]) or not wanted["deadline"]
    )


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
        found = list(compare(path, score))
        differing += bool(found)
        if options.accept and found:
            accept(path)
        if found and not options.quiet:
            print(path.name, *found, sep="\n")
    print(*score.lines(), sep="\n")
    return int(bool(differing))


if __name__ == "__main__":
    sys.exit(main())
