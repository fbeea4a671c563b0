"""What a page uses of the address in a run: what it has no use for, or fits nothing, is said once."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import NamedTuple

import streamlit as st

from lib.web import address
from lib.web.address import Parameter, Reading


class Misfit(NamedTuple):
    """A parameter of the URL with a text that fits nothing."""

    key: str
    text: str


@dataclass(frozen=True)
class _Uses:
    """What has been done with the address in this run.

    read: the names of the parameters that somebody has a use for.
    misfits: what did not fit, each with whether it is named on the page.
    """

    read: set[str] = field(default_factory=set)
    misfits: dict[Misfit, bool] = field(default_factory=dict)


_USES: ContextVar[_Uses] = ContextVar("uses")


def begin() -> None:
    """Nothing has been read or named yet: first thing in a run."""
    _USES.set(_Uses())


def texts(parameter: Parameter) -> list[str]:
    """What the address says of a parameter; who asks has a use for it."""
    _USES.get(_Uses()).read.add(parameter.name)
    return st.query_params.get_all(parameter.name)


def reading(parameter: Parameter) -> Reading:
    """What the address says of a parameter, sorted."""
    answer = parameter.read(texts(parameter))
    for text in answer.misfits:
        _USES.get(_Uses()).misfits.setdefault(Misfit(parameter.name, text), False)
    return answer


def misfits(parameter: Parameter) -> list[Misfit]:
    """What the address says of a parameter and does not fit."""
    return [Misfit(parameter.name, text) for text in reading(parameter).misfits]


def is_news(misfit: Misfit) -> bool:
    """Whether a text that does not fit is yet to be named on the page; from now on it is."""
    misfits = _USES.get(_Uses()).misfits
    is_named = misfits.get(misfit, False)
    misfits[misfit] = True
    return not is_named


def unnamed() -> list[Misfit]:
    """What a page has read, did not fit, and is named nowhere."""
    misfits = _USES.get(_Uses()).misfits
    return [
        misfit
        for misfit, is_named in misfits.items()
        if not is_named and misfit.key not in address.FRAME
    ]


def unused() -> list[str]:
    """What the address says and nobody has read, as it stands there: `month=2020-12`."""
    names = dict.fromkeys(parameter.name for parameter in address.PARAMETERS)
    known = {*address.FRAME, *_USES.get(_Uses()).read}
    return [
        f"{name}={text}"
        for name in names
        if name not in known
        for text in st.query_params.get_all(name)
    ]
