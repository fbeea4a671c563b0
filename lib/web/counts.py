"""What several pages count, and the headline that two of them have: made once for each view."""

from __future__ import annotations

from typing import Final

from lib import workload
from lib.answers import progress, sentences
from lib.answers.segments import Counted, Segment, counted, names, of_lights, of_states
from lib.answers.text_table import TextTable
from lib.ledger.progress import Progress
from lib.ledger.selection import SUPPORT_SILENT, Word
from lib.web.view import Board, Frame


def by_month(view: Board, year: int) -> Frame:
    """What falls due in each month of a year."""
    return view.once(_by_month, year)


def _by_month(view: Board, year: int) -> Frame:
    return workload.by_month(view.table, view.rows, year)


def by_state(view: Board) -> dict[str, int]:
    """How many measures are in each date state."""
    return view.once(_by_state)


def _by_state(view: Board) -> dict[str, int]:
    return workload.by_state(view.table, view.rows, view.as_of)


def due_soon(view: Board) -> int:
    """How many measures fall due in the next 30 days, whatever their state."""
    return view.once(_due_soon)


def _due_soon(view: Board) -> int:
    return workload.due_soon(view.table, view.rows, view.as_of)


def by_leader(view: Board) -> Frame:
    """What each leader carries, in which date state."""
    return view.once(_by_leader)


def _by_leader(view: Board) -> Frame:
    return workload.by_leader(view.table, view.rows, view.as_of)


def by_section(view: Board) -> Frame:
    """What each section holds, in which date state."""
    return view.once(_by_section)


def _by_section(view: Board) -> Frame:
    return workload.by_section(view.table, view.rows, view.as_of)


def segments(view: Board) -> list[Segment]:
    """What bars are split into: the lights where a list of the view is followed, else date states."""
    if view.progress is None:
        return of_states(view.t)
    return of_lights(view.progress.rules, view.t)


def split(view: Board, whose: workload.Whose) -> Frame:
    """What each leader, section or leading department has of each segment."""
    return view.once(_split, whose)


def _split(view: Board, whose: workload.Whose) -> Frame:
    if view.progress is not None:
        return workload.by_kind(view.table, whose, view.rows, _kinds(view, view.progress))
    count = _by_leader if whose == "leader" else _by_section
    return count(view)


def _kinds(view: Board, followed: Progress) -> workload.Kinds:
    return workload.Kinds(followed.kind, names(segments(view)))


def due_split(view: Board, year: int) -> list[Counted] | None:
    """What falls due in each month of a year by segments, None where no list is followed."""
    if view.progress is None:
        return None
    kinds = _kinds(view, view.progress)
    months = workload.months_by_kind(view.table, view.rows, year, kinds)
    return counted(months, segments(view))


def by_department(view: Board, sort: str = "weighted") -> Frame:
    """What each department leads and supports, by the view's weight."""
    return view.once(_by_department, sort)


def _by_department(view: Board, sort: str) -> Frame:
    return workload.by_department(view.table, view.rows, weight=view.weight, sort=sort)


# --- in words -------------------------------------------------------------------------------------


def headline(view: Board) -> str:
    """How many measures there are, when most fall due, how many are past, who carries most.

    Where a list is followed, `progress_headline` says what is late; a deadline alone says nothing.
    """
    return sentences.headline(
        view.total,
        view.as_of,
        view.t,
        months=by_month(view, view.as_of.year),
        passed=0 if view.progress is not None else by_state(view)["passed"],
        leaders=_leaders_of_several(view),
        departments=_departments_of_several(view),
    )


def listed_headline(view: Board, of: workload.Part) -> str:
    """How many measures are listed, and who carries most of them.

    Args:
        view: narrowed to these.
        of: what part of the rows they are.
    """
    return sentences.listed_headline(
        view.total,
        of,
        view.t,
        leaders=_leaders_of_several(view),
        departments=_departments_of_several(view),
    )


def _leaders_of_several(view: Board) -> Frame | None:
    """What each leader carries; None where the view is one leader's, whom the filters name."""
    if view.only("leaders"):
        return None
    return by_leader(view)


def _departments_of_several(view: Board) -> Frame | None:
    """What each department does; None where the view is one department's."""
    if view.only("departments"):
        return None
    return by_department(view)


def months_finding(view: Board) -> str:
    """In which month of the day's year most falls due, and what falls due in other years."""
    year = view.year
    months = by_month(view, year)
    in_other_years = workload.outside(view.table, view.rows, year)
    return sentences.months_finding(months, year, in_other_years, view.total, view.t)


def months_headline(view: Board) -> str:
    """The headline of a page that is about the months."""
    return months_finding(view) + view.t("text.stop")


def leaders_finding(view: Board) -> str:
    """Who carries most; where the view is one leader's, what that one carries."""
    name = view.only("leaders")
    if not name:
        return sentences.leaders_finding(by_leader(view), view.total, view.t)
    year = view.year
    departments = by_department(view)
    months = by_month(view, year)
    return sentences.leader_alone(name, view.total, departments, months, year, view.t)


def leaders_headline(view: Board) -> str:
    """The headline of a page that is about the leaders."""
    return leaders_finding(view) + view.t("text.stop")


def departments_finding(view: Board) -> str:
    """Who leads and supports most; where the view is one department's, what that one does."""
    departments = by_department(view)
    name = _department(view)
    if not name:
        return sentences.departments_finding(departments, view.t)
    year = view.year
    months = by_month(view, year)
    return sentences.department_alone(name, view.total, departments, months, year, view.t)


def departments_headline(view: Board) -> str:
    """The headline of a page that is about the departments."""
    return departments_finding(view) + view.t("text.stop")


def sections_headline(view: Board) -> str:
    """Which section holds most, and what stands in none."""
    sections = by_section(view)
    in_several_lists = workload.in_several_lists(view.table, view.rows)
    finding = sentences.sections_finding(sections, in_several_lists, view.t)
    return finding + view.t("text.stop")


def weight_effect(view: Board, sort: str) -> list[str]:
    """What the weight does to the ranking; where the view is one department's, to its load."""
    departments = by_department(view, sort)
    name = _department(view)
    if name:
        return [sentences.weighted_alone(name, departments, view.weight, view.t)]
    return sentences.weight_effect(departments, view.weight, view.t)


def weight_finding(view: Board, sort: str) -> str:
    """The same as one sentence, which stands above the figure of the departments."""
    finding, *_effects = weight_effect(view, sort)
    return finding


def _department(view: Board) -> str:
    """The one department of the view as the table writes it, "" where it has several or none."""
    departments = view.table.codes.lead
    code = departments.code_of(view.only("departments"))
    if code < 0:
        return ""
    return str(departments.names[code])


def pressing_finding(view: Board, whose: workload.Whose) -> str:
    """Who has most past the deadline and due this month; where the view is one's, how many it has.

    Where a list is followed, who has most that is late.
    """
    if view.progress is not None:
        return _late_finding(view, whose, view.progress)
    loads = split(view, whose)
    name = view.only(f"{whose}s")
    rows_of_name = loads[loads[whose] == name]
    if len(rows_of_name):
        return sentences.pressing_alone(rows_of_name.iloc[0], view.t)
    return sentences.pressing_finding(loads, view.t)


def _late_finding(view: Board, whose: workload.Whose, followed: Progress) -> str:
    if view.only(f"{whose}s"):
        return sentences.late_alone(followed.totals(view.rows)["late"], view.t)
    is_late = followed.status.late.astype(int)
    kinds = workload.Kinds(is_late, ("in_time", "late"))
    loads = workload.by_kind(view.table, whose, view.rows, kinds)
    return sentences.late_finding(loads, view.t)


def state_notes(view: Board) -> str:
    """What the words of the date states mean that the view's measures have.

    Where a list is followed, what its lights do not mean, and by which day months count.
    """
    if view.progress is not None:
        is_extended = view.progress.totals(view.rows)["extended"] > 0
        notes = [view.t("progress.words_in_note")]
        notes += [view.t("progress.months_in_note")] if is_extended else []
        return " ".join(notes)
    used = [state for state, count in by_state(view).items() if count]
    return " ".join(sentences.state_notes(used, view.t))


def department_notes(view: Board, name: str) -> str:
    """The same of one department's measures, none where no name is given."""
    if not name:
        return ""
    of_department = view.within(departments=(name,))
    return state_notes(of_department)


def weight_effects(view: Board, sort: str) -> str:
    """What another weight would do to the ranking, in one line."""
    _finding, *effects = weight_effect(view, sort)
    return sentences.clauses(effects, view.t)


# --- what the ledger says -------------------------------------------------------------------------

WAITING: Final = ("late", "claimed", "asked", "due_soon", "silent")  # words that have cards


def progress_headline(view: Board) -> str:
    """How much is done, late and silent."""
    return sentences.progress_headline(view.followed, view.rows, view.t)


def in_progress(view: Board) -> dict[str, int]:
    """How many of the view's measures each word with a card means."""
    words = (*WAITING, SUPPORT_SILENT) if view.followed.reporting.asks_support else WAITING
    return {name: view.followed.count(Word(name), view.rows) for name in words}


def punctuality(view: Board) -> str:
    """How much was done in time, by both days."""
    return sentences.punctuality(view.followed.totals(view.rows), view.t)


def completion(view: Board, whose: str) -> TextTable:
    """What each leader or leading department has done. whose: leader or department."""
    followed = view.followed
    count = followed.by_leader if whose == "leader" else followed.by_department
    return progress.completion(count(view.rows), whose, view.t)
