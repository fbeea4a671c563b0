"""A cache for all sessions: things are made once, and the one unused for the longest goes first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from functools import lru_cache
from types import CodeType, FunctionType
from typing import Any


class _Entry:
    """One thing. Its lock is held while it is made: two who ask at once wait for one making."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.made = False
        self.thing: Any = None


class Kept:
    """A bounded cache. What it hands out is shared, so never changed in place."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._entries: OrderedDict[Hashable, _Entry] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What was made under a key, or what `make` makes now; what raises is not kept."""
        entry = self._entry(key)
        with entry.lock:
            if not entry.made:
                entry.thing = make()
                entry.made = True
            return entry.thing

    def _entry(self, key: Hashable) -> _Entry:
        with self._lock:
            entry = self._entries.setdefault(key, _Entry())
            self._entries.move_to_end(key)
            if len(self._entries) > self._size:
                self._entries.popitem(last=False)
            return entry


def code_key(function: Callable[..., Any]) -> tuple[Hashable, ...]:
    """What a function does, as a key: functions of one name and place differ if their code does.

    The key has its file, its code with all that is nested in it, its defaults, what it closes over,
    and what it names of its own file: other functions, by keys of the same kind, and constants,
    which are written in capitals. An import counts by its name alone.

    Raises:
        TypeError: as soon as the key is used, if a default or what it closes over is not hashable.
    """
    return tuple(_parts_of_key(function, set()))


def _parts_of_key(function: Callable[..., Any], seen: set[CodeType]) -> Iterator[Hashable]:
    code = function.__code__
    seen.add(code)
    yield code.co_filename, code
    yield function.__defaults__
    yield tuple((function.__kwdefaults__ or {}).items())
    for thing in _things_of_its_own(function):
        if not _stands_in(code.co_filename, thing):
            yield thing
        elif thing.__code__ not in seen:
            yield from _parts_of_key(thing, seen)


def _things_of_its_own(function: Callable[..., Any]) -> Iterator[Any]:
    """What a function closes over, and the functions and constants of its file that it names."""
    code = function.__code__
    for cell in function.__closure__ or ():
        yield cell.cell_contents
    for name in _names(code):
        thing = function.__globals__.get(name)
        if name.isupper() or _stands_in(code.co_filename, thing):
            yield thing


def _stands_in(file: str, thing: object) -> bool:
    """Whether something is a function that is written in a file."""
    return isinstance(thing, FunctionType) and thing.__code__.co_filename == file


@lru_cache(maxsize=512)
def _names(code: CodeType) -> tuple[str, ...]:
    """The names of globals and attributes that code uses, and code nested in it."""
    names = [*code.co_names]
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            names += _names(constant)
    return tuple(names)
