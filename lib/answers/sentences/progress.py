"""What the ledger says, in sentences: the desk's headline, why a light is shown, what a share is of."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter

import numpy as np

from lib.answers.names import light_name
from lib.answers.sentences.conditions import period
from lib.answers.sentences.phrases import day, share
from lib.i18n import Translator
from lib.ledger.chase import Reason
from lib.ledger.lights import Range
from lib.ledger.periods import Period
from lib.ledger.progress import Progress
from lib.ledger.reporting import Outcome
from lib.ledger.selection import Word
from lib.ledger.targets import Target


def progress_headline(progress: Progress, rows: np.ndarray | None, t: Translator) -> str:
    """How many measures are followed, done and late, and how many reports of the last period are missing."""
    counts = progress.totals(rows)
    total = t("progress.headline.total", n=counts["measures"])
    closed_share = _percent(counts["closed"], counts["measures"], t)
    parts = [t("progress.headline.closed", n=counts["closed"], share=closed_share)]
    for name in ("claimed", "running", "late", "paused", "cancelled"):
        count = counts[name]
        if count:
            parts.append(t(f"progress.headline.{name}", n=count))
    of_measures = total + t("text.colon") + t("text.comma").join(parts)
    of_reports = _last_reports(progress, rows, t)
    sentences = filter(None, (of_measures, of_reports))
    return t("text.semicolon").join(sentences) + t("text.stop")


def _last_reports(progress: Progress, rows: np.ndarray | None, t: Translator) -> str:
    """How many reports of the last period were due, and how many are missing; "" before the first."""
    reporting = progress.reporting
    periods: list[Period] = []
    for of_list in reporting.last_due(progress.status.as_of):
        is_asked = reporting.of_round(of_list) != Outcome.NOT_ASKED
        if is_asked.any():
            periods.append(of_list.period)
    if not periods:
        return ""
    last = max(periods, key=attrgetter("last_day"))
    code = last.code
    asked = progress.count(Word("due", code), rows)
    missing = progress.count(Word("missing", code), rows)
    key = "progress.headline.reports" if missing else "progress.headline.all_reported"
    return t(key, period=period(code, t), asked=asked, missing=missing)


def why(progress: Progress, row: int, t: Translator) -> str:
    """Why a row has its light: each thing that its rule asks, and what is known of the row."""
    light = progress.light_of(row)
    if light is None:
        return ""
    reasons: list[str] = []
    for field, condition in light.when.asked().items():
        fact = _fact(progress, field, row, t)
        if isinstance(condition, Range):
            fact += _bounds(condition, t)
        reasons.append(fact)
    return t("text.semicolon").join(reasons) or t("progress.why.nothing_else")


def reasons(progress: Progress, row: int, t: Translator) -> str:
    """Why a row is chased, all there is: `✖ 逾期 · ? 未报送`, with the supporting departments that are silent."""
    words = [_reason(progress, reason, row, t) for reason in progress.reasons_of(row)]
    return t("text.dot").join(words)


def _reason(progress: Progress, reason: Reason, row: int, t: Translator) -> str:
    word = t(f"progress.reason.{reason.name.lower()}")
    if reason is not Reason.SUPPORT_SILENT:
        return word
    departments = t("text.separator").join(progress.silent_support[row])
    return t("part.in_role", name=word, role=departments)


def why_with_marks(progress: Progress, row: int, t: Translator) -> str:
    """Why a row has its light, and the marks beside it; without the bounds of the rule."""
    light = progress.light_of(row)
    if light is None:
        return ""
    facts = [_fact(progress, field, row, t) for field in light.when.asked()]
    facts += _marks(progress, row, t)
    if not facts and progress.reasons[Reason.SUPPORT_SILENT][row]:
        return t("progress.word.support_silent")  # of which the light, the lead's, says nothing
    return t("text.dot").join(facts) or t("progress.why.nothing_else")


def _fact(progress: Progress, field: str, row: int, t: Translator) -> str:
    """What is known of a row in a field that a rule asks."""
    status = progress.status
    today = np.datetime64(status.as_of, "D")
    if field == "days_to_due" and status.due[row] == today:
        return t("progress.why.due_today")
    value = progress.facts.values[field][row]
    if value.dtype == bool:
        return t(f"progress.why.{field}")
    number = float(value)
    whole = int(number) if number.is_integer() else round(number, 1)
    return t(f"progress.why.{field}", n=whole)


def _bounds(condition: Range, t: Translator) -> str:
    """The bounds of a rule, `（≤ 10）`."""
    least = "" if condition.min is None else f"≥ {condition.min:g}"
    most = "" if condition.max is None else f"≤ {condition.max:g}"
    bounds = t("text.separator").join(filter(None, (least, most)))
    return t("progress.why.bounds", bounds=bounds)


def due_days(progress: Progress, row: int, t: Translator) -> str:
    """The current day of a row, and where it was extended the one as issued."""
    status = progress.status
    current = status.due[row]
    if np.isnat(current):
        return ""
    if not status.extended[row]:
        return str(current)
    first = status.first_due[row]
    return t("progress.extended_due", due=str(current), first=str(first))


def punctuality(counts: Mapping[str, int], t: Translator) -> str:
    """Both figures of punctuality, with what each is of."""
    return t(
        "progress.punctuality",
        on_first=counts["on_first_due"],
        of_first=counts["of_first_due"],
        first=_percent(counts["on_first_due"], counts["of_first_due"], t),
        on_due=counts["on_due"],
        of_due=counts["of_due"],
        due=_percent(counts["on_due"], counts["of_due"], t),
    )


def _percent(part: int, whole: int, t: Translator) -> str:
    if not whole:
        return t("text.none")
    return share(part / whole)


def status_in_words(progress: Progress, row: int, t: Translator) -> str:
    """The state of a row, its light, and its marks; "" for what is not followed."""
    status = progress.status
    if not status.followed[row]:
        return ""
    light = progress.light_of(row)
    parts = [t("progress.state.cancelled")]
    if light is not None:
        name = light_name(light, t)
        parts = [t("mark", mark=light.mark, text=name)]
    closed_on = status.closed_on[row]
    if not np.isnat(closed_on):
        done = day(closed_on.astype(object), t)
        parts.append(t("progress.done_on", day=done))
    parts += _marks(progress, row, t)
    return t("text.dot").join(parts)


def _marks(progress: Progress, row: int, t: Translator) -> list[str]:
    """What is to be known of a row beside its light: that it is claimed, asked for, given back."""
    status = progress.status
    marks = {
        "claimed": progress.facts.values["claimed"],
        "asked": status.asked,
        "returned": status.returned,
        "reopened": status.reopened,
    }
    until = str(status.asked_until[row])
    texts: list[str] = []
    for name, has_mark in marks.items():
        if has_mark[row]:
            texts.append(t(f"progress.mark.{name}", until=until))
    return texts


def target_in_words(target: Target) -> str:
    """What is to be reached, with its unit, where the text doesn't say it: `4 个`, `4%以内`."""
    if target.unit in target.text:
        return target.text
    return f"{target.text} {target.unit}"


def reached(target: Target, number: float | None, t: Translator) -> str:
    """How far a target has come; a share only where there is a number that it could be of."""
    aim = target_in_words(target)
    if number is None:
        return t("progress.target.nothing", name=target.name, target=aim)
    so_far = f"{number:.15g}"
    if target.number is None:
        return t("progress.target.number", name=target.name, number=so_far, target=aim)
    return t(
        "progress.target.share",
        name=target.name,
        number=so_far,
        target=aim,
        share=share(number / target.number),
    )
