"""The same numbers as a chart shows, as a table in the reader's words. The index of each holds what a chosen row picks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from lib import schema, workload
from lib.i18n import Translator
from lib.measures import Table


def named(frame: pd.DataFrame, columns: Sequence[str], t: Translator) -> pd.DataFrame:
    """Columns of a load frame; the first is the name and the index. States are headed by their words."""
    names = {name: t(f"state.{name}") if name in workload.STATES else t(f"field.{name}") for name in columns}
    first = columns[0]
    shown = frame[list(columns)].assign(**{first: _with_others(frame, first, t)})
    return shown.rename(columns=names).set_index(frame[first])


def _with_others(frame: pd.DataFrame, name: str, t: Translator) -> list[str]:
    others = frame["others"] if "others" in frame else [0] * len(frame)
    return [t("chart.others", n=n) if n else text for text, n in zip(frame[name], others, strict=True)]


_WIDEST: Final = 540  # pixels that a cell is wide at the most


def fitted(table: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, int], int]:
    """A table whose long texts are broken into lines, the width in pixels of each column, and the lines of its tallest row.

    Chinese text has no spaces at which the browser's table would break it: it would be cut.
    """
    broken: dict[str, list[object]] = {}
    widths: dict[str, int] = {}
    tallest = 1
    for name, column in table.items():
        cells = [_lines(cell) if isinstance(cell, str) else [str(cell)] for cell in column]
        widths[str(name)] = int(max(_pixels(text) for text in (str(name), *(line for cell in cells for line in cell)))) + 22
        if any(len(cell) > 1 for cell in cells):
            broken[str(name)] = ["\n".join(cell) for cell in cells]
            tallest = max(tallest, *map(len, cells))
    return table.assign(**broken), widths, tallest


def _pixels(text: str) -> float:
    return sum(13.5 if char > "\u2e80" else 7.5 for char in text)


def _lines(text: str) -> list[str]:
    lines, line, used = [], "", 0.0
    for char in " ".join(text.split()):
        wide = _pixels(char)
        if used + wide > _WIDEST:
            lines.append(line)
            line, used = "", 0.0
        line, used = line + char, used + wide
    return [*lines, line]


def months(frame: pd.DataFrame, year: int, t: Translator) -> pd.DataFrame:
    """The twelve months with due, ongoing and in_force; picks `2020-08`."""
    shown = frame.assign(month=[t(f"month.{month}") for month in frame["month"]])
    shown = shown.rename(columns={name: t(f"field.{name}") for name in shown})
    return shown.set_index(pd.Index([f"{year}-{month:02}" for month in frame["month"]]))


def grid(found: workload.Grid, corner: str, t: Translator, by_month: bool) -> pd.DataFrame:
    """A grid of counts with the names down its side; picks the name of the row."""
    columns = [t(f"month.{name}") if by_month else name or t("chart.others", n=found.others[1]) for name in found.columns]
    shown = pd.DataFrame(found.counts, columns=columns, index=pd.Index(found.rows))
    shown.insert(0, corner, [name or t("chart.others", n=found.others[0]) for name in found.rows])
    return shown


def measures(frame: pd.DataFrame, columns: Sequence[str], t: Translator) -> pd.DataFrame:
    """Measures as people read them, from `workload.listing`; picks the measure's id."""
    words = {
        "state": [t("mark", mark=workload.MARKS[state], text=t(f"state.{state}")) for state in frame["state"]],
        **{name: [t("text.separator").join(found) for found in frame[name]] for name in ("leaders", "lead", "support")},
    }
    shown = frame.assign(**words)[list(columns)]
    return shown.rename(columns={name: t(f"field.{name}") for name in columns}).set_index(frame["measure_id"])


def milestones(frame: pd.DataFrame, t: Translator) -> pd.DataFrame:
    """Milestones from `workload.milestones`: the day they stand at, the phrase, the text, the target with its unit."""
    return pd.DataFrame(
        {
            t("field.due"): [None if pd.isna(day) else pd.Timestamp(day).date() for day in frame["shown"]],
            t("field.deadline"): frame["deadline"],
            t("field.milestone"): [
                t("milestone.moved", text=text) if moved else text
                for text, moved in zip(frame["milestone"], frame["moved"], strict=True)
            ],
            t("field.target"): [f"{target} {unit}".strip() for target, unit in zip(frame["target"], frame["unit"], strict=True)],
        }
    )


def coming(frame: pd.DataFrame, found: pd.DataFrame, as_of: date, t: Translator) -> pd.DataFrame:
    """What comes next, from `workload.next_due`, with each measure's next milestone (`workload.milestones`)."""
    columns = ("due", "days_left", "workdays_left", "title", "leaders", "lead", "milestones")
    return measures(frame.assign(milestones=_next_milestones(found, frame["position"], as_of, t)), columns, t)


def _next_milestones(found: pd.DataFrame, rows: Iterable[int], as_of: date, t: Translator) -> list[str]:
    """For each measure its next milestone on or after a day, as `10月31日 text`; "" where there is none."""
    texts: dict[int, str] = {}
    for row, shown, text in zip(found["row"], found["shown"], found["milestone"], strict=True):
        day = pd.Timestamp(shown)
        if not pd.isna(day) and day.date() >= as_of:
            texts.setdefault(int(row), f"{t('date.short', month=day.month, day=day.day, name=t(f'month.{day.month}'))} {text}")
    return [texts.get(int(row), "") for row in rows]


def bars(frame: pd.DataFrame, t: Translator) -> pd.DataFrame:
    """The bars of a timeline; picks the position of the measure."""
    columns = {t(f"field.{name}"): frame[name] for name in ("title", "start", "end", "due")}
    lane = [name or t("lane.nobody") for name in frame["lane"]]
    state = [t(f"state.{name}") for name in frame["state"]]
    shown = pd.DataFrame({t("field.lane"): lane, **columns, t("field.state"): state})
    return shown.set_index(frame["position"])


def facts(table: Table, row: int, as_of: date, t: Translator) -> list[tuple[str, str]]:
    """Everything about one measure as (heading, text): as issued, the extra columns, then what is derived."""
    cells = table.rows.iloc[row]
    issued = [(t(f"field.{name}"), cells[name]) for name in schema.COLUMNS if name not in ("title", "departments")]
    shown = workload.listing(table, np.array([row]), as_of).iloc[0]
    who = [(t(f"field.{name}"), shown[name]) for name in ("lead", "support")]
    extra = [(name, cells[name]) for name in table.rows.columns if name not in schema.ROW_COLUMNS]
    state = t("mark", mark=workload.MARKS[shown["state"]], text=t(f"state.{shown['state']}"))
    left = [("days_left", shown["days_left"]), ("workdays_left", shown["workdays_left"])]
    derived = [(t("field.due"), shown["due"]), (t("field.state"), state), *((t(f"field.{name}"), n) for name, n in left)]
    return [(name, _text(value, t)) for name, value in (*issued, *who, *extra, *derived) if _text(value, t)]


def _text(value: object, t: Translator) -> str:
    if isinstance(value, list | np.ndarray):
        return t("text.separator").join(value)
    return "" if value is None or pd.isna(value) else str(value)
