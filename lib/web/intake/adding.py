"""What the draft would change in the board's table: shown, written, and undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from lib import errors, revisions
from lib.answers.text_table import Column, TextTable
from lib.apart import reader
from lib.apart.message import Draft
from lib.errors import BoardError
from lib.i18n import Translator
from lib.measures import schema
from lib.web import access, draw, frame, ledgers, store, table, written
from lib.web.intake.draft import OnDesk, current
from lib.web.markdown import plain
from lib.web.written import Outcome

CHOICE_WIDTH = 640  # pixels
IN_EVERY_LINE = ("article", "title")  # fields that have a column of their own

# The columns of the list of changes, by the keys of their headings
COLUMNS = (
    "intake.add.change",
    "field.article",
    "field.title",
    "field.column",
    "intake.add.before",
    "intake.add.after",
)


class Basis(NamedTuple):
    """What a revision is planned upon: the draft, the table as it is, how the draft goes in.

    replaces: the list of which it is a new version; is_copy: whether it is the table, edited.
    instead: whether nothing of the table stays.
    issued: the workbook beside which it is written; None where the table itself is.
    """

    draft: Draft
    path: Path
    version: tuple[object, ...]
    replaces: str | None
    is_copy: bool
    instead: bool
    issued: Path | None


class Plan(NamedTuple):
    """A revision, which holds as long as nothing of its basis has changed."""

    basis: Basis
    revision: revisions.Revision


class Line(NamedTuple):
    """One line of the list of changes."""

    kind: str
    article: str
    title: str
    column: str
    before: str
    after: str


def adding(on_desk: OnDesk | None, t: Translator) -> None:
    """Show what the draft would change in the board's table; write it; undo the last writing."""
    path = store.written()
    if not access.may_write():
        if on_desk is not None:
            _say_why_not(t)
        _offer_mended(path, t)
        return
    with st.container(key="adding", gap="small"):
        if on_desk is not None and on_desk.drawn.measures:
            _add(on_desk, path, t)
        _say_outcome(t)
        written.offer_undo(path, t, _keep_undone)
        _offer_mended(path, t)


def _say_why_not(t: Translator) -> None:
    """Say that this reader may not write, and which setting lets."""
    unknown = access.setting().unknown
    if unknown:
        st.warning(plain(t("intake.add.unknown_setting", setting=errors.one_line(unknown))))
    st.caption(plain(t("intake.add.off")))


def _say_outcome(t: Translator) -> None:
    outcome: Outcome | None = st.session_state.get("added")
    if outcome is None:
        return
    written.say(outcome)
    if outcome.to_see is not None:
        draw.link("measures", t("intake.add.see"), outcome.to_see)


def _add(on_desk: OnDesk, path: Path, t: Translator) -> None:
    st.subheader(t("intake.add.title"), anchor=False)
    lists = {f"list:{name}": name for name in store.own_lists()}
    choice = _choose(on_desk, lists, t)
    if choice is None:
        return
    try:
        basis = _basis(on_desk, path, choice, lists)
        revision = _planned(basis)
    except BoardError as error:
        st.error(plain(errors.describe(error, t)))
        return
    if basis.issued and not path.exists():
        st.info(plain(t("mended.sheet_first", issued=basis.issued.name, file=path.name)))
    _offer(on_desk, revision, basis, t)


def _basis(on_desk: OnDesk, path: Path, choice: str, lists: Mapping[str, str]) -> Basis:
    """What the draft goes into, and how. choice: as `_choose` has it; lists: by their codes."""
    issued = store.source()
    return Basis(
        on_desk.draft,
        path,
        store.version(),
        replaces=lists.get(choice),
        is_copy=on_desk.drawn.is_own and choice not in ("new", "instead"),
        instead=choice == "instead",
        issued=issued if issued != path else None,
    )


def _offer(on_desk: OnDesk, revision: revisions.Revision, basis: Basis, t: Translator) -> None:
    """Show what would change, and the button that writes it."""
    _summarise(revision, t)
    _say_what_has_records(revision, t)
    if revision.changes:
        table.draw(_table(revision.changes, t), "changes", t, caption=t("intake.add.title"))
    st.button(
        t("intake.add.write", file=plain(basis.path.name)),
        key="add_write",
        type="primary",
        disabled=revision.after == revision.before,
        on_click=_save,
        args=(on_desk, revision, basis, t),
    )


def _choose(on_desk: OnDesk, lists: dict[str, str], t: Translator) -> str | None:
    """Ask how the draft goes in: `instead` of the sample, as a `copy` of the table or a `new` list,
    or the code of the list that it revises.
    """

    def words(code: str) -> str:
        if code in lists:
            return t("intake.add.revise", name=lists[code])
        if code == "instead" and not is_sample:
            return t("intake.add.instead_unread")
        return t(f"intake.add.{code}")

    is_sample = store.is_sample()
    nothing_to_keep = is_sample or store.load().table is None
    ways = ["new"]
    if on_desk.drawn.is_own:
        ways = ["copy", *ways]
    if nothing_to_keep:
        ways = ["instead", *ways]
    return st.selectbox(
        t("intake.add.how"),
        [*ways, *lists],
        index=None,
        format_func=words,
        placeholder=t("intake.add.choose"),
        key=f"add_{on_desk.number}",
        on_change=lambda: st.session_state.pop("added", None),
        width=CHOICE_WIDTH,
    )


def _planned(basis: Basis) -> revisions.Revision:
    """The plan for the draft and the table as they are, kept until one of them changes."""
    plan: Plan | None = st.session_state.get("planned")
    if plan is None or plan.basis != basis:
        revision = reader.plan(
            basis.path,
            basis.draft,
            basis.replaces,
            is_copy=basis.is_copy,
            instead=basis.instead,
            issued=basis.issued,
        )
        plan = Plan(basis, revision)
        st.session_state["planned"] = plan
    return plan.revision


# --- what would change ----------------------------------------------------------------------------


def _summarise(revision: revisions.Revision, t: Translator) -> None:
    counts = Counter(change.kind for change in revision.changes)
    kinds = [t(f"intake.add.{kind}", n=counts[kind]) for kind in ("added", "removed", "changed")]
    words = t("text.comma").join(kinds)
    st.markdown(plain(t("intake.add.summary", words=words, n=revision.unchanged)))
    if revision.renamed:
        before, after = revision.renamed
        st.markdown(plain(t("intake.add.renamed", before=before, after=after)))


def _say_what_has_records(revision: revisions.Revision, t: Translator) -> None:
    """Which measures that go have records in the ledger, which stay there without a row."""
    going = [change.measure_id for change in revision.changes if change.kind == "removed"]
    with_records = ledgers.recorded(going)
    if with_records:
        ids = t("text.separator").join(with_records)
        st.warning(plain(t("intake.add.has_records", ids=ids, n=sum(with_records.values()))))


def _table(changes: Iterable[revisions.Change], t: Translator) -> TextTable:
    """A line for each field of a changed measure, one for a measure that comes or goes."""
    lines = [line for change in changes for line in _lines(change, t)]
    columns = [Column(heading.rpartition(".")[2], t(heading)) for heading in COLUMNS]
    cells_of_columns = zip(*lines, strict=True)
    return TextTable.of(dict(zip(columns, cells_of_columns, strict=True)))


def _lines(change: revisions.Change, t: Translator) -> Iterator[Line]:
    kind = t(f"intake.add.kind.{change.kind}")
    if change.kind != "changed":
        before, after = _whole(change, t)
        yield Line(kind, change.article, change.title, "", before, after)
        return
    for name, (before, after) in change.fields.items():
        column = _heading(name, t)
        yield Line(kind, change.article, change.title, column, before, after)


def _heading(name: str, t: Translator) -> str:
    """The words for a field, or the header of a column of the office's own."""
    if name in schema.OWN_COLUMNS or name == "milestones":
        return t(f"field.{name}")
    return name


def _whole(change: revisions.Change, t: Translator) -> tuple[str, str]:
    """All fields of a measure that comes or goes, before and after."""
    before: list[str] = []
    after: list[str] = []
    for name, (old, new) in change.fields.items():
        if name in IN_EVERY_LINE:
            continue
        label = _heading(name, t) + t("text.colon")
        if old:
            before.append(label + old)
        if new:
            after.append(label + new)
    semicolon = t("text.semicolon")
    return semicolon.join(before), semicolon.join(after)


# --- written and undone ---------------------------------------------------------------------------


def _save(on_desk: OnDesk, revision: revisions.Revision, basis: Basis, t: Translator) -> None:
    before = store.own_lists()
    done = t("intake.add.written", file=revision.path.name)
    outcome = written.outcome_of(partial(_write, revision), done, t)
    _keep(outcome)
    if outcome.done:
        new = [name for name in store.own_lists() if name not in before]
        list_written = next(iter(new), basis.replaces)
        to_see = {"list": list_written} if list_written else {}
        on_desk.saved = basis.draft
        _keep(outcome._replace(to_see=to_see))
    st.session_state[f"add_{on_desk.number}"] = None


def _write(revision: revisions.Revision) -> None:
    """Write the table, then tell the ledger what it calls otherwise.

    The ledger is told last, since it can't be taken back; what it was not told is offered on Progress.
    """
    revisions.save(revision)
    added = [change.measure_id for change in revision.changes if change.kind == "added"]
    ledgers.follow_revision(added, revision.renamed)


def _offer_mended(path: Path, t: Translator) -> None:
    """Offer the mended table of a workbook as a file: where the workbook stands may be another place."""
    if path == store.source() or not path.exists():
        return
    st.download_button(
        t("mended.download"), path.read_bytes(), path.name, key="mended", on_click="ignore"
    )


def _keep(outcome: Outcome) -> None:
    """Keep what came of writing or undoing for the run that follows."""
    st.session_state["added"] = outcome
    if outcome.done:
        frame.end_preview()


def _keep_undone(outcome: Outcome) -> None:
    """Keep what came of an undo; the draft may be all that is left of what was written."""
    _keep(outcome)
    on_desk = current()
    if outcome.done and on_desk:
        on_desk.saved = None
