"""How many examples Hypothesis tries: some, the same each time, in the gate; many others by
`make test-long`.
"""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("gate", settings.get_profile("ci"), max_examples=40)
settings.register_profile("long", settings.get_profile("ci"), derandomize=False, max_examples=400)
