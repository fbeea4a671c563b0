"""Invented names of departments and leaders."""

from __future__ import annotations

from itertools import product

import numpy as np

from bench.table.words import FUNCTIONS, GIVEN, PLACE_HEADS, PLACE_KINDS, PLACE_TAILS, SURNAMES

FIRST_OF_TWO = 20  # given names that are the first character of two, the others the second


def department_names(count: int) -> list[str]:
    """Give the city's own departments, then those of as many invented places as are needed."""
    places = ["市"]
    for kind, tail, head in product(PLACE_KINDS, PLACE_TAILS, PLACE_HEADS):
        places.append(head + tail + kind)
    names = []
    for place in places[: count // len(FUNCTIONS) + 1]:
        for function in FUNCTIONS:
            inside = f"（{place}"  # 文广旅局（体育局） is 市文广旅局（市体育局）
            names.append(place + function.replace("（", inside))
    if count > len(names):
        raise ValueError(f"no words for {count} departments")
    return names[:count]


def leader_names(count: int, rng: np.random.Generator) -> list[str]:
    """Give names of two and three characters, all different."""
    parts = [
        *product(SURNAMES, GIVEN),
        *product(SURNAMES, GIVEN[:FIRST_OF_TWO], GIVEN[FIRST_OF_TWO:]),
    ]
    if count > len(parts):
        raise ValueError(f"no words for {count} leaders")
    order = rng.permutation(len(parts))
    return ["".join(parts[index]) for index in order[:count]]
