"""Every compiled pattern of the code, how it is called, and texts made to hold it up."""

from __future__ import annotations

import ast
import functools
import importlib
import inspect
import itertools
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from re import _parser  # type: ignore[attr-defined]
from typing import Any, Final, NamedTuple

import lib

METHODS: Final = frozenset(
    {"search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
)
_OFTEN: Final = 16  # times that a part may come again from which on it counts as without limit
_EXAMPLES: Final = 3  # of a class or of alternatives
_VARIOUS: Final = "一 a1、(\n\0"  # where all but some characters may stand
_GENERIC: Final = (
    " ",
    "(",
    ")",
    "()",
    "(一",
    "1",
    "一",
    "、",
    "a",
    "\n",
    "一、",
    "1月",
    " 一",
    ",一",
)
_PROGRAMS: Final = frozenset({"lib.apart.__main__"})  # that run when they are imported
_ENDS: Final = ("", "\0", "\n")


class Found(NamedTuple):
    """A compiled pattern.

    name: where it stands, lib.text.marks._FIRST; methods: by which its module calls it, none
    where it is passed on or stands in a list.
    """

    name: str
    pattern: re.Pattern[Any]
    methods: frozenset[str]


# --- the patterns of the code ---------------------------------------------------------------------


@functools.cache
def of_the_code() -> list[Found]:
    """Every pattern that a module of lib holds, or writes into a call, once."""
    by_pattern: dict[int, Found] = {}
    for info in pkgutil.walk_packages(lib.__path__, "lib."):
        if info.name in _PROGRAMS:
            continue
        module = importlib.import_module(info.name)
        tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
        methods_by_name = _methods(tree)
        for name, value in vars(module).items():
            for path, pattern in _within(value, f"{info.name}.{name}", info.name):
                before = by_pattern.get(id(pattern), Found(path, pattern, frozenset()))
                methods = before.methods | methods_by_name.get(name, set())
                by_pattern[id(pattern)] = before._replace(methods=methods)
        for method, pattern in _written_in_calls(tree):
            name = f"{info.name}: {pattern.pattern}"
            by_pattern.setdefault(id(pattern), Found(name, pattern, frozenset({method})))
    return sorted(by_pattern.values(), key=lambda pattern: pattern.name)


def _within(value: Any, path: str, module: str) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """The patterns in a value, with where they stand."""
    if isinstance(value, re.Pattern):
        yield path, value
    else:
        for inner_path, inner in _inside(value, path, module).items():
            yield from _within(inner, inner_path, module)


def _inside(value: Any, path: str, module: str) -> dict[str, Any]:
    """What a value of a module holds: its items and fields, what a class has, what a cache gives."""
    if isinstance(value, dict):
        value = tuple(value.items())
    if isinstance(value, (list, tuple, set, frozenset)):
        return {f"{path}[{place}]": item for place, item in enumerate(value)}
    if getattr(value, "__module__", "") != module:
        return {}
    if isinstance(value, functools._lru_cache_wrapper):
        needs_nothing = not inspect.signature(value).parameters
        return {path: value()} if needs_nothing else {}
    if isinstance(value, type):
        held = {name: item for name, item in vars(value).items() if not isinstance(item, type)}
    else:
        held = {name: getattr(value, name) for name in getattr(value, "__dataclass_fields__", ())}
    return {f"{path}.{name}": item for name, item in held.items()}


def _methods(tree: ast.Module) -> dict[str, set[str]]:
    """How a module calls its patterns, by their names: NAME.match(text) or span.match(NAME)."""
    methods: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=owner, attr=method), args=arguments):
                for part in (owner, *arguments):
                    if method in METHODS and isinstance(part, ast.Name):
                        methods.setdefault(part.id, set()).add(method)
    return methods


def _written_in_calls(tree: ast.Module) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """The patterns that are written in a call: re.sub("[a-z]", …)."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name("re"), attr=method),
                args=[ast.Constant(value=pattern), *_],
            ) if method in METHODS:
                yield method, re.compile(pattern)


# --- texts made for a pattern ---------------------------------------------------------------------


class Made(NamedTuple):
    """A text of any size: what stands first, what comes again and again, and what stands last."""

    start: str
    unit: str
    end: str

    def of_size(self, characters: int) -> str:
        return self.start + self.unit * (characters // len(self.unit)) + self.end


def texts_for(pattern: re.Pattern[Any]) -> list[Made]:
    """Texts of what a pattern repeats, after what stands before it, and with an end that fails."""
    tree = _parser.parse(pattern.pattern, pattern.flags)
    beginnings = {("", unit) for unit in (*_GENERIC, *_examples(tree))}
    for start, unit in _repeated(tree, ""):
        beginnings |= {("", unit), (start, unit), ("", start + unit)}
    beginnings_and_ends = itertools.product(sorted(beginnings), _ENDS)
    return [Made(start, unit, end) for (start, unit), end in beginnings_and_ends if unit]


def _repeated(tree: Iterable[Any], start: str) -> Iterator[tuple[str, str]]:
    """What a pattern repeats often, each with an example of what stands before it."""
    for operator, argument in tree:
        if str(operator).endswith("REPEAT") and argument[1] >= _OFTEN:
            for example in _examples(argument[2]):
                yield start, example
        for inner in _inner(argument):
            yield from _repeated(inner, start)
        start += _examples([(operator, argument)])[0]


def _inner(argument: Any) -> Iterator[Any]:
    """The patterns inside an operator's argument."""
    if isinstance(argument, _parser.SubPattern):
        yield argument
    elif isinstance(argument, (tuple, list)):
        for part in argument:
            yield from _inner(part)


def _examples(tree: Iterable[Any]) -> list[str]:
    """Some texts that a pattern fits, or nearly."""
    examples = [""]
    for operator, argument in tree:
        longer = itertools.product(examples, _examples_of(str(operator), argument))
        examples = _some([*map("".join, longer)])
    return examples


def _some(examples: list[str]) -> list[str]:
    """A few, from all of them."""
    step = max(1, len(examples) // _EXAMPLES)
    return examples[::step][:_EXAMPLES]


def _examples_of(operator: str, argument: Any) -> list[str]:
    """Some texts for one part of a pattern; "" for what takes no room, and for what is not known."""
    match operator:
        case "LITERAL":
            examples = [chr(argument)]
        case "NOT_LITERAL" | "ANY":
            examples = _some([char for char in _VARIOUS if ord(char) != argument])
        case "IN":
            examples = _of_class(argument)
        case "BRANCH":
            examples = _some([_examples(branch)[0] for branch in argument[1]])
        case "SUBPATTERN":
            examples = _examples(argument[-1])
        case "ATOMIC_GROUP":
            examples = _examples(argument)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            least, _, body = argument
            examples = [example * max(1, least) for example in _examples(body)]
        case _:
            examples = [""]
    return examples


def _of_class(items: list[Any]) -> list[str]:
    """Examples of a class of characters."""
    (first, _), *others = items
    if str(first) == "NEGATE":
        return _some([char for char in _VARIOUS if not any(_fits(char, *part) for part in others)])
    spelled = [_example_of_item(*item) for item in items]
    return _some([char for char in spelled if char])


def _example_of_item(operator: Any, argument: Any) -> str:
    match str(operator):
        case "LITERAL":
            return chr(argument)
        case "RANGE":
            return chr(argument[0])
    return next((char for char in _VARIOUS if _fits(char, operator, argument)), "")


def _fits(char: str, operator: Any, argument: Any) -> bool:
    """Whether a character belongs to an item of a class: a character, a range, a category."""
    match str(operator):
        case "LITERAL":
            return ord(char) == argument
        case "RANGE":
            return bool(argument[0] <= ord(char) <= argument[1])
    category = str(argument)
    return _CATEGORIES[category.rsplit("_", 1)[1]](char) != ("NOT" in category)


_CATEGORIES: Final[dict[str, Callable[[str], bool]]] = {
    "SPACE": str.isspace,
    "DIGIT": str.isdigit,
    "WORD": str.isalnum,
}
