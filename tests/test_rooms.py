"""The rooms: every module of lib has its layer, no test file takes its helpers from another."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST_PAGE = 80  # lines (docs/design.md)


def contracts() -> ConfigParser:
    parser = ConfigParser()
    parser.read(ROOT / ".importlinter", "utf-8")
    return parser


LAYERS = {
    section["containers"].strip(): section
    for section in contracts().values()
    if section.get("type") == "layers"
}


def modules(package: str) -> set[str]:
    """The modules and packages right inside a package, by their names."""
    folder = ROOT.joinpath(*package.split("."))
    files = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    packages = {path.parent.name for path in folder.glob("*/__init__.py")}
    return files | packages


@pytest.mark.parametrize("package", LAYERS)
def test_every_module_has_its_layer(package: str) -> None:
    """A contract that is exhaustive fails for a new module; a layer without a module is old."""
    names = LAYERS[package]["layers"].replace("|", " ").replace(":", " ").split()
    assert LAYERS[package].get("exhaustive") == "True"
    assert len(names) == len(set(names))
    assert set(names) == modules(package)


def test_lib_itself_has_layers() -> None:
    assert "lib" in LAYERS


def imported(path: Path) -> set[str]:
    """The modules that a file imports from, whole names."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
    return names


def offending(folder: str, offends: Callable[[str], bool]) -> dict[str, set[str]]:
    """The imports below a folder that offend, by file."""
    by_file = {}
    for path in sorted((ROOT / folder).rglob("*.py")):
        names = {name for name in imported(path) if offends(name)}
        if names:
            by_file[path.relative_to(ROOT).as_posix()] = names
    return by_file


@pytest.mark.no_cover
def test_no_test_file_takes_a_helper_from_another() -> None:
    """What several need has a module of its own, such as tests/tables.py."""
    assert (
        offending("tests", lambda name: re.match(r"tests\.(\w+\.)*test_", name) is not None) == {}
    )


@pytest.mark.no_cover
def test_no_module_takes_a_private_name_of_another() -> None:
    """A name that another module needs has no underscore before it."""
    assert offending("lib", lambda name: re.match(r"lib\.(\w+\.)*_(?!_)", name) is not None) == {}


@pytest.mark.parametrize("page", sorted((ROOT / "pages").glob("*.py")), ids=lambda page: page.stem)
def test_a_page_is_short_enough_to_be_read_at_a_glance(page: Path) -> None:
    assert len(page.read_text("utf-8").splitlines()) <= LONGEST_PAGE
