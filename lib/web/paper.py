"""A page on paper: what `paper=1` in the URL makes of it, and the button that asks for it."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
import streamlit as st

from lib import workload
from lib.answers import sentences, tables
from lib.answers.marks import opens
from lib.answers.text_table import TextTable
from lib.i18n import Translator
from lib.web import address, bound, choices, components, draw
from lib.web.listing import of_rows
from lib.web.table import draw_on_paper
from lib.web.view import Board, board

ON: Final = "1"  # the value of the parameter
STYLE: Final = components.ASSETS / "on_paper.css"
MOST_ROWS: Final = 2000  # that are printed
BAR: Final = components.of_assets("paper", '<button type="button"></button>' * 2)


def wanted() -> bool:
    """Whether the page is asked for as it is printed."""
    return choices.code_in_url(address.PAPER) == ON


def button(t: Translator) -> None:
    """The button that opens this view as it is printed."""
    ask = partial(bound.put, address.PAPER.name, ON)
    st.button(t("paper.open"), key="paper_open", on_click=ask)


def sheet_button(page: str, name: str, t: Translator) -> None:
    """The button that opens the sheet of a name, on the page of its like.

    Args:
        page: its file.
        name: of a leader, department or section.
        t: the reader's words.
    """
    query = opens(pick=name, paper=ON)
    st.button(t("paper.open"), key="paper_open", on_click=draw.go(page), args=(query,))


def begin(t: Translator) -> None:
    """Leave of the page what is printed; above it, not on paper, the ways to the printer and back."""
    st.html(STYLE)
    leave = partial(bound.put, address.PAPER.name, None)
    words = {"print": t("paper.print"), "back": t("paper.back")}
    BAR(key="paper_bar", data=words, on_back_change=leave)


def measures(rows: np.ndarray, columns: tuple[str, ...], of: workload.Part) -> None:
    """All rows of a list, below its headline.

    Args:
        rows: in their order; those beyond MOST_ROWS are left out, and counted.
        columns: what is shown of them.
        of: what the page's own choices narrow them to.
    """
    view = board()
    t = view.t
    first_rows = tuple(rows[:MOST_ROWS].tolist())
    left_out = len(rows) - len(first_rows)
    with st.container(key="paper"):
        begin(t)
        conditions = [view.scope_words, sentences.part(of, t)]
        words = [text for text in conditions if text]
        words.append(t("paper.rows", n=len(rows)))
        draw.note(t("text.dot").join(words))
        if left_out:
            draw.note(t("paper.left_out", n=MOST_ROWS, left=left_out))
        table = view.once(_on_paper, first_rows, columns)
        draw_on_paper(table, "paper_rows", t, "list")


def _on_paper(view: Board, rows: tuple[int, ...], columns: tuple[str, ...]) -> TextTable:
    listing = of_rows(view, np.array(rows, np.int64))
    return tables.measures(listing, columns, view.t)
