"""The overview's questions: ``python -m bench.questions TABLE``.

They are asked of the product, of DuckDB and of polars. Five questions — load by leader,
department × role, month due, department × month, leader × department — of all measures, and of one
section and leader. All answer the same: the two grids name the twenty busiest and put the rest
together, as the page shows them; counts are compared before anything is timed.

What is prepared once is not timed: the product's table, and for the others a table of the same
rows with the names split into lists already and the month due worked out. Both get text and
dictionary-coded names (ENUM, Categorical), and the faster of the two counts. Prints one line of
JSON.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from bench.questions.compare import compare


def main() -> None:
    """Compare over one table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("table", type=Path)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--alone", action="store_true", help="only the product")
    parser.add_argument("--self-test", action="store_true", help="polars plays the product")
    options = parser.parse_args()
    answer = compare(
        options.table, options.repeat, alone=options.alone, self_test=options.self_test
    )
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
