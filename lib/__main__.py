"""`python -m lib`: the board from a terminal."""

import sys

from lib.apart import pool

if __name__ == "__main__":
    pool.of_the_board.start()  # it imports what reads while this process imports the rest

    from lib import terminal

    sys.exit(terminal.main())
