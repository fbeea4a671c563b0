"""What bars are split into: the date states, or where a list is followed, its lights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import pandas as pd

from lib.answers import palette
from lib.answers.names import light_name
from lib.answers.palette import Look
from lib.i18n import Translator
from lib.ledger.lights import Rules
from lib.ledger.progress import WITHOUT_LIGHT
from lib.ledger.selection import Word
from lib.measures import schema
from lib.workload import EXPLAINED

_MARKS: Final = {"cancelled": "⊘", "unfollowed": "○"}


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a bar.

    Attributes:
        name: of the column that counts it.
        mark, label: what it is called.
        look: how it is filled.
        parameter, text: of the address, that mean its rows.
        help: what its words mean, where they are easily taken for more.
    """

    name: str
    mark: str
    label: str
    look: Look
    parameter: str
    text: str
    help: str = ""

    @property
    def words(self) -> str:
        """Its mark and its label."""
        return f"{self.mark} {self.label}"

    @property
    def ink(self) -> str:
        """The colour of words on it."""
        return palette.ink_on(self.look.colour)

    @property
    def part(self) -> dict[str, str]:
        """What of a name or a month it is, as `marks.opens` takes it."""
        return {self.parameter: self.text}


def of_states(t: Translator) -> list[Segment]:
    """The date states as a reader wants them stacked."""
    return [
        Segment(
            name=state,
            mark=schema.STATES[state],
            label=t(f"state.{state}"),
            look=palette.look(state),
            parameter="state",
            text=state,
            help=t(f"help.{state}") if state in EXPLAINED else "",
        )
        for state in schema.STATE_ORDER
    ]


def of_lights(rules: Rules, t: Translator) -> list[Segment]:
    """The lights in the order of their rules, and what has none: `Progress.kind` counts by them."""
    lights = [
        Segment(
            name=f"light_{place}",
            mark=light.mark,
            label=light_name(light, t),
            look=Look(light.colour),
            parameter="progress",
            text=str(Word("light", light.mark)),
        )
        for place, light in enumerate(rules.light)
    ]
    without = [
        Segment(
            name=name,
            mark=_MARKS[name],
            label=t(f"progress.segment.{name}"),
            look=palette.look(name),
            parameter="progress",
            text=name,
        )
        for name in WITHOUT_LIGHT
    ]
    return lights + without


def names(segments: Sequence[Segment]) -> tuple[str, ...]:
    """The columns that count them."""
    return tuple(segment.name for segment in segments)


class Counted(NamedTuple):
    """A segment, and how many it has: row by row, or month by month."""

    segment: Segment
    counts: list[int]


def counted(frame: pd.DataFrame, segments: Sequence[Segment]) -> list[Counted]:
    """The segments with what a frame counts of them."""
    return [Counted(segment, frame[segment.name].tolist()) for segment in segments]
