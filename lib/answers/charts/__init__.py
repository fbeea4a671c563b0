"""What `workload` counted, as figures; the only package that knows Plotly.

Each chart is a function that takes the data first, then the words. A figure has no title: the page
writes the finding above it. Names are data and appear as written. `customdata` says what a click
means. In place of an empty chart stands a sentence.

Vertical axes are in pixels, downwards, so that bars keep their thickness and names their room at
any width. Margins are computed here, since Plotly's own cost a second drawing. Figures are built
without Plotly's validation, which costs twenty times the figure; the tests validate them instead.
"""

from lib.answers.charts.departments import department_load
from lib.answers.charts.figure import config, packed
from lib.answers.charts.heat import Columns, heat
from lib.answers.charts.lanes import Lane, OpenLanes
from lib.answers.charts.month_strip import month_head, month_strip
from lib.answers.charts.split import load_in_segments
from lib.answers.charts.timeline import Timeline, timeline

__all__ = [
    "Columns",
    "Lane",
    "OpenLanes",
    "Timeline",
    "config",
    "department_load",
    "heat",
    "load_in_segments",
    "month_head",
    "month_strip",
    "packed",
    "timeline",
]
