"""What the arrays of a table hold, one value a row, a code, a place or a byte.

The fields of records that go between processes are plain `np.ndarray`: by these types they are read
on the other side (`lib/apart/wire.py`).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.integer[Any]]  # codes, rows, offsets, counts, bytes
