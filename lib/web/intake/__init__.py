"""The intake desk: a notice comes in, a person checks what was read, the board gets the table."""

from lib.web.intake.adding import adding
from lib.web.intake.desk import show
from lib.web.intake.draft import OnDesk, current
from lib.web.intake.page import ask, head, headline

__all__ = ["OnDesk", "adding", "ask", "current", "head", "headline", "show"]
