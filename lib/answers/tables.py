"""The numbers of a chart as a table, in the reader's words. The index of each holds what a chosen row picks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from lib import workload
from lib.i18n import Translator
from lib.measures import Table, schema

_WIDEST: Final = 760  # pixels that a cell is wide at the most
_WIDE, _NARROW, _MARGIN = (
    12.4,
    7.2,
    20,
)  # pixels of a Chinese character, of any other, and beside the text


# --- load ------------------------------------------------------------------------------------------------------------


def leaders(frame: pd.DataFrame, t: Translator) -> pd.DataFrame:
    """Leaders with their measures and the date states of these, from `workload.top`; picks the name."""
    heads = {name: t(f"state.{name}") for name in schema.STATE_ORDER}
    return _named(frame, {"leader": t("field.leader"), "measures": t("field.measures"), **heads}, t)


def departments(frame: pd.DataFrame, weight: float, t: Translator) -> pd.DataFrame:
    """Departments with what they lead and support, and the load at a weight, from `workload.top`; picks the name."""
    heads = {name: t(f"field.{name}") for name in ("department", *workload.ROLES)}
    weighted = t("field.weighted") + t("chart.weight", w=f"{weight:g}")
    return _named(frame, {**heads, "weighted": weighted}, t)


def _named(frame: pd.DataFrame, heads: Mapping[str, str], t: Translator) -> pd.DataFrame:
    name = next(iter(heads))
    shown = [_others(text, n, t) for text, n in zip(frame[name], frame["others"], strict=True)]
    return frame[list(heads)].assign(**{name: shown}).rename(columns=heads).set_index(frame[name])


def _others(name: str, n: int, t: Translator) -> str:
    return t("chart.others_names", n=n) if name == workload.OTHERS else name


def months(frame: pd.DataFrame, year: int, t: Translator) -> pd.DataFrame:
    """The twelve months with due, ongoing and in_force, from `workload.by_month`; picks `2020-08`."""
    heads = {"month": "month", "due": "falling_due", "ongoing": "ongoing", "in_force": "in_force"}
    shown = frame.assign(month=[t(f"month.{month}") for month in frame["month"]])
    shown = shown.rename(columns={name: t(f"field.{head}") for name, head in heads.items()})
    return shown.set_index(pd.Index([f"{year}-{month:02}" for month in frame["month"]]))


def grid(found: workload.Grid, corner: str, t: Translator, by_month: bool) -> pd.DataFrame:
    """A grid of counts with the names down its side; picks the name of the row."""
    if by_month:
        columns = [t(f"month.{name}") for name in found.columns]
    else:
        columns = [_others(name, found.others[1], t) for name in found.columns]
    # A department may be called like the heading of the names; the browser's table has each heading once
    corner += "\u200b" * (corner in columns)
    shown = pd.DataFrame(found.counts, columns=columns, index=pd.Index(found.rows))
    shown.insert(0, corner, [_others(name, found.others[0], t) for name in found.rows])
    return shown


# --- measures --------------------------------------------------------------------------------------------------------


def measures(frame: pd.DataFrame, columns: Sequence[str], t: Translator) -> pd.DataFrame:
    """Measures as people read them, from `workload.listing`; picks the measure's id."""
    shown = frame.assign(
        state=[_state(name, t) for name in frame["state"]],
        **{
            name: [t("text.separator").join(found) for found in frame[name]]
            for name in ("leaders", "lead", "support")
        },
    )
    heads = {name: t(f"field.{name}") for name in columns}
    return shown[list(columns)].rename(columns=heads).set_index(frame["measure_id"])


def _state(name: str, t: Translator) -> str:
    return t("mark", mark=workload.MARKS[name], text=t(f"state.{name}"))


def bars(frame: pd.DataFrame, t: Translator) -> pd.DataFrame:
    """The bars of a timeline, from `workload.bars`; picks the position of the measure."""
    shown = pd.DataFrame(
        {
            t("field.lane"): [name or t("lane.nobody") for name in frame["lane"]],
            **{t(f"field.{name}"): frame[name] for name in ("title", "start", "end", "due")},
            t("field.state"): [_state(name, t) for name in frame["state"]],
        }
    )
    return shown.set_index(frame["position"])


def facts(table: Table, row: int, as_of: date, t: Translator) -> list[tuple[str, str]]:
    """Everything about one measure as (heading, text): as issued, the extra columns, then what is derived."""
    cells = table.rows.iloc[row]
    listed = workload.listing(table, np.array([row]), as_of).iloc[0]
    issued = [name for name in schema.COLUMNS if name != "title"]
    found: list[tuple[str, object]] = [(t(f"field.{name}"), cells[name]) for name in issued]
    found += [(t(f"field.{name}"), listed[name]) for name in workload.ROLES]
    found += [(str(name), cells[name]) for name in cells.index.drop(list(schema.ROW_COLUMNS))]
    found += [(t("field.due"), listed["due"]), (t("field.state"), _state(listed["state"], t))]
    found += [(t(f"field.{name}"), listed[name]) for name in ("days_left", "workdays_left")]
    return [(heading, text) for heading, value in found if (text := _text(value, t))]


def _text(value: object, t: Translator) -> str:
    if isinstance(value, list | np.ndarray):
        return t("text.separator").join(value)
    return "" if value is None or value is pd.NA else str(value)


# --- milestones ------------------------------------------------------------------------------------------------------


def milestones(frame: pd.DataFrame, t: Translator) -> pd.DataFrame:
    """Milestones from `workload.milestones`: the day they stand at, the phrase, the text, the target with its unit.

    The measure's id stands before them where they belong to several.
    """
    several = frame["measure_id"].nunique() > 1
    texts = [
        t("milestone.moved", text=text) if moved else text
        for text, moved in zip(frame["milestone"], frame["moved"], strict=True)
    ]
    return pd.DataFrame(
        {
            **({t("field.measure_id"): frame["measure_id"]} if several else {}),
            t("field.due"): frame["shown"].to_numpy("datetime64[D]").astype(object),
            t("field.milestone_deadline"): frame["deadline"],
            t("field.milestone"): texts,
            t("field.target"): [
                f"{n} {unit}".strip()
                for n, unit in zip(frame["target"], frame["unit"], strict=True)
            ],
        }
    )


def coming(frame: pd.DataFrame, found: pd.DataFrame, as_of: date, t: Translator) -> pd.DataFrame:
    """What comes next, from `workload.next_due`, with each measure's next milestone (`workload.milestones`)."""
    columns = ("due", "title", "days_left", "workdays_left", "leaders", "lead", "next_milestone")
    return measures(
        frame.assign(next_milestone=_next_milestones(found, frame["position"], as_of, t)),
        columns,
        t,
    )


def _next_milestones(
    found: pd.DataFrame, rows: Iterable[int], as_of: date, t: Translator
) -> list[str]:
    """For each measure its next milestone on or after a day, as `10月31日 text`; "" where there is none.

    One that is shown at its measure's deadline has its own phrase instead of the day: `下半年 text`.
    """
    waiting = found[found["shown"].to_numpy("datetime64[D]") >= np.datetime64(as_of, "D")]
    texts = {}
    for row, of_row in waiting.groupby("row"):
        soonest = of_row[of_row["shown"] == of_row["shown"].min()]
        first = soonest.iloc[0]
        text = f"{first['deadline'] if first['moved'] else _day(first['shown'], t)} {first['milestone']}"
        texts[row] = (
            text if len(soonest) == 1 else t("milestone.and_more", text=text, n=len(soonest))
        )
    return [texts.get(row, "") for row in rows]


def _day(value: date, t: Translator) -> str:
    return t("date.short", month=value.month, day=value.day, name=t(f"month.{value.month}"))


# --- in the browser --------------------------------------------------------------------------------------------------


class Fitted(NamedTuple):
    """A table as it is drawn: long texts broken into lines, each column's width in pixels, the tallest row's lines.

    table: in the form in which it goes to the browser; picks: what each row picks.
    """

    table: pa.Table
    widths: dict[str, int]
    lines: int
    picks: list[object]


def fitted(table: pd.DataFrame) -> Fitted:
    """A table made ready to be drawn.

    Chinese text has no spaces at which the browser's table would break it: it would be cut.
    """
    shown = table.copy()
    widths: dict[str, int] = {}
    tallest = 1
    for name, column in table.items():
        cells = [_lines(cell) if isinstance(cell, str) else [str(cell)] for cell in column]
        widest = max(map(_pixels, [str(name), *(line for cell in cells for line in cell)]))
        widths[str(name)] = int(widest) + _MARGIN
        most = max(map(len, cells), default=0)
        if most > 1:
            shown[name] = ["\n".join(cell) for cell in cells]
        tallest = max(tallest, most)
    return Fitted(
        pa.Table.from_pandas(shown, preserve_index=False), widths, tallest, table.index.tolist()
    )


def _pixels(text: str) -> float:
    return sum(_WIDE if char > "\u2e80" else _NARROW for char in text)


def _lines(text: str) -> list[str]:
    lines, line, used = [], "", 0.0
    for char in " ".join(text.split()):
        wide = _pixels(char)
        if used + wide > _WIDEST:
            lines.append(line)
            line, used = "", 0.0
        line, used = line + char, used + wide
    return [*lines, line]
