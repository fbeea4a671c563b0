"""`python -m lib`: the board from a terminal."""

import sys

from lib.apart import pool

pool.of_the_board.start()  # it imports what reads while this process imports the rest

from lib import terminal  # noqa: E402

sys.exit(terminal.main())
