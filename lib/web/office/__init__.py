"""What the office does with the ledger on the board: start a list, act on a measure, see its history."""

from lib.web.office.acting import acts
from lib.web.office.formwork import draw_forms
from lib.web.office.history import events_of, history
from lib.web.office.reminding import remind
from lib.web.office.starting import start
from lib.web.office.unplaced import draw_unplaced

__all__ = ["acts", "draw_forms", "draw_unplaced", "events_of", "history", "remind", "start"]
