"""Names as a reader sees them, and the words where a name stands for nobody or for several."""

from __future__ import annotations

from lib import workload
from lib.i18n import Translator
from lib.ledger.lights import Light


def named(name: str, t: Translator) -> str:
    """A name; where nobody is named, words that say so."""
    if name == workload.NOBODY:
        return t("chart.nobody")
    return name


def name_or_others(name: str, others: int, t: Translator) -> str:
    """A name, or the words for what OTHERS and NOBODY stand for.

    others: how many names OTHERS are, 0 where nobody counted.
    """
    if name != workload.OTHERS:
        return named(name, t)
    if others:
        return t("chart.others_names", n=others)
    return t("chart.other")


def light_name(light: Light, t: Translator) -> str:
    """What a light is called in the reader's language."""
    name: str = getattr(light.name, t("app.lang")[:2])
    return name
