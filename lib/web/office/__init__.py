"""What the office does with the ledger on the board: start a list, act on a measure, see its history."""

from lib.web.office.acting import acts
from lib.web.office.formwork import draw_forms
from lib.web.office.history import events_of, history
from lib.web.office.starting import start

__all__ = ["acts", "draw_forms", "events_of", "history", "start"]
