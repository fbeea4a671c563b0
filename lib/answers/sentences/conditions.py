"""The filters in force in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lib.i18n import Translator


def filters(chosen: Mapping[str, Sequence[str]], role: str, query: str, t: Translator) -> str:
    """The filters in force in words, "" where there are none.

    Args:
        chosen: field → values.
        role: of the departments, "" for any.
    """
    parts: list[str] = []
    for field, values in chosen.items():
        if not values:
            continue
        alternatives = t("text.or").join(values)
        text = t("filter.in_words", field=t(f"field.{field}"), values=alternatives)
        if role and field == "department":
            text += t("filter.role", role=t(f"role.{role}"))
        parts.append(text)
    if query.strip():
        parts.append(t("filter.query", query=query.strip()))
    return t("text.semicolon").join(parts)
