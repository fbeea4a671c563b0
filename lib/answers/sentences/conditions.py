"""In words: the filters in force, and what part of the rows a mark stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lib import workload
from lib.answers.sentences.phrases import day, month
from lib.i18n import Translator
from lib.ledger import selection
from lib.ledger.events import Cadence
from lib.ledger.periods import Period
from lib.measures import When


def filters(
    chosen: Mapping[str, Sequence[str]],
    role: str,
    query: str,
    when: When,
    t: Translator,
) -> str:
    """The filters in force in words, "" where there are none.

    Args:
        chosen: field → values.
        role: of the departments, "" for any.
        when: between which days it falls due.
    """
    parts = [_names(field, names, role, t) for field, names in chosen.items() if names]
    if when.first or when.last:
        parts.append(_due_between(when, t))
    if query.strip():
        parts.append(t("filter.query", query=query.strip()))
    return t("text.semicolon").join(parts)


def _names(field: str, names: Sequence[str], role: str, t: Translator) -> str:
    """The names of one filter, any of which fits; of departments with the role."""
    alternatives = t("text.or").join(names)
    text = t("filter.in_words", field=t(f"field.{field}"), values=alternatives)
    if role and field == "department":
        text += t("filter.role", role=t(f"role.{role}"))
    return text


def _due_between(when: When, t: Translator) -> str:
    first = day(when.first, t) if when.first else ""
    last = day(when.last, t) if when.last else ""
    if not last:
        return t("filter.in_words_from", first=first)
    if not first:
        return t("filter.in_words_to", last=last)
    return t("filter.in_words_between", first=first, last=last)


def progress_word(text: str, t: Translator) -> str:
    """A word of the ledger as the reader sees it: late, `missing:2026-09` of one period, `light:✖`."""
    word = selection.parse(text)
    if word is None:
        return text
    if word.name == selection.LIGHT:
        return t("progress.of_light", mark=word.about)
    if not word.about:
        return t(f"progress.word.{word.name}")
    of_period = t(f"progress.of_period.{word.name}")
    return t("progress.in_period", period=period(word.about, t), text=of_period)


def period(code: str, t: Translator, year: int = 0) -> str:
    """A period in words: 2026-09 is 2026年9月, 2026-Q3 is 2026年第3季度.

    year: the one in which a month is called by its name alone, 9月.
    """
    of_code = Period.of_code(code)
    if of_code.cadence is Cadence.MONTH:
        return t(f"month.{of_code.number}") if of_code.year == year else month(code, t)
    return t("progress.quarter", year=of_code.year, n=of_code.number)


def part(of: workload.Part, t: Translator) -> str:
    """A part of the rows in words, "" for all: its state, and what of a month it counts."""
    parts: list[str] = []
    if of.state:
        state = t(f"state.{of.state}")
        parts.append(t("mark", mark=workload.MARKS[of.state], text=state))
    if of.progress:
        parts.append(progress_word(of.progress, t))
    if of.month:
        count = of.count or "any"
        parts.append(t(f"part.{count}", month=month(of.month, t)))
    return t("text.dot").join(parts)
