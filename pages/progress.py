"""Progress: whom to chase and for what, who has reported, what is done; forms out and in."""

from lib.answers import progress as answers
from lib.answers.text_table import TextTable
from lib.web import choices, counts, details, draw, listing, office, opened
from lib.web.view import Board, Frame, board, slice_of_part


def headline(view: Board) -> str:
    if view.progress is None:
        return view.t("progress.headline.nothing")
    return counts.progress_headline(view)


def chased(view: Board) -> Frame:
    return view.followed.chased(view.rows)


def chase(view: Board, part: int) -> TextTable:
    rows = view.once(chased).iloc[slice_of_part(part)]
    last_reports = listing.last_reports(view, rows["position"].to_numpy())
    return answers.chase(view.followed, rows, last_reports, view.t)


def reports(view: Board) -> TextTable:
    return answers.reports(view.followed.reports(view.rows), view.year, view.t)


def by_department(view: Board) -> Frame:
    return view.followed.by_department(view.rows)


def desk(view: Board) -> None:
    t = view.t
    draw.progress_cards(view.once(counts.in_progress))
    with choices.row():
        departments = view.once(by_department)["department"]
        name = choices.picked(departments, t("pick.department"), kind="name")
        waiting = len(view.once(chased))
        part = choices.part(waiting)
    shown = opened.opened(view, name, "reports", "completion")
    draw.heading(t("progress.chase", n=waiting))
    draw.grid(view.once(chase, part), "chase", opened.here(), caption=t("progress.chase_about"))
    details.below(view, "department", shown, "")
    office.remind(view)
    draw.heading(t("progress.reports"))
    draw.note(t("progress.reports_about"))
    draw.grid(view.once(reports), "reports", opened.here("reports"), caption=t("progress.reports"))
    details.below(view, "department", shown, "reports")
    details.completion(view, "department", shown)
    office.draw_forms(view)


view = board()
draw.headline(view.once(headline))
office.start(view)
if view.progress:
    desk(view)
else:
    draw.note(view.t("progress.start.about"))
office.draw_unplaced(view)
