"""Timeline: what falls due in which month, and in lanes each measure's window."""

from lib.answers import charts, tables
from lib.web import address, choices, counts, details, draw, lanes, opened
from lib.web.drawing import Drawing
from lib.web.view import FIRST_NAMES, Board, board


def month_head(view: Board, month: str) -> Drawing:
    t = view.t
    day = view.as_of
    year = view.year
    months = counts.by_month(view, year)
    return Drawing(
        chart=charts.month_head(
            months, day, t, year=year, picked=month, split=counts.due_split(view, year)
        ),
        key="month_head",
        finding=t("finding.months_of", year=year),
        table=lambda: tables.months(months, year, t),
    )


view = board()
t = view.t
draw.headline(view.once(counts.months_headline))
with choices.row():
    lane = choices.choose(address.LANE, t("lane.by"), width=180)
    choices.month(view)
    count = view.once(lanes.count, lane)
    limits = choices.limits(count, FIRST_NAMES.main)
    in_lanes = view.once(lanes.by_lane, lane, limits.main)
    open_lanes = lanes.opened(in_lanes)
    fullest = lanes.longest(in_lanes, open_lanes)
    part = choices.part(fullest)
whose = lanes.WHOSE[lane]
open_lane = lanes.picked(in_lanes)
open_mark = opened.opened(view, open_lane, lanes.FIGURE)
months = view.once(month_head, open_mark.of.month)
draw.figure(months, opened.here())
details.below(view, whose, open_mark, "")
lanes.figure(view, lane, limits.main, open_lanes, part)
details.below(view, whose, open_mark, lanes.FIGURE)
draw.note(view.once(counts.state_notes))
