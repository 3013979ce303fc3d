"""
Entry points of installed distributions: rules, dialects, readers and catalogs that come with other packages.

    [project.entry-points."bounceclass.rules"]
    acme = "acme_bounces:rules"            # a function that gives Rules, or the Rules themselves

    [project.entry-points."bounceclass.dialects"]
    acme = "acme_bounces:DIALECT"          # a Dialect, several, or a function that gives them

    [project.entry-points."bounceclass.readers"]
    acme = "acme_bounces:READER"           # a Reader, several, or a function that gives them

    [project.entry-points."bounceclass.catalogs"]
    acme = "acme_bounces:catalog"          # a Catalog, several, or a function that gives them

A plugin that fails is left out with a `PluginWarning`; asked for strictly, it is a `PluginError`.
"""

from __future__ import annotations

import os
import sys
import warnings
from functools import cache
from importlib.machinery import PathFinder
from typing import TYPE_CHECKING, Any, TypeVar

from bounceclass.errors import PluginError, PluginWarning
from bounceclass.reading.context import Reader
from bounceclass.reading.dialects.dialect import Dialect
from bounceclass.reading.dialects.registry import Dialects, builtin_dialects
from bounceclass.rules.rule import Rule
from bounceclass.rules.rulebook import RuleBook

if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.metadata import EntryPoint

    from bounceclass.advice.catalog import Catalog

__all__ = ["installed_catalogs", "installed_dialects", "installed_readers", "installed_rules", "load_plugins"]

T = TypeVar("T")


def load_plugins(group: str, kind: type[T], *, strict: bool = False) -> list[T]:
    """
    Load what the installed plugins of a group give.

    Args:
        group: "bounceclass.rules", "bounceclass.dialects", "bounceclass.readers" or "bounceclass.catalogs".
        kind: What each must give.
        strict: Raise for a plugin that fails, instead of leaving it out with a warning.

    Returns:
        All values, in the order of the entry points' names.

    Raises:
        PluginError: A plugin fails, and `strict` is set; it names distribution and entry point.
    """
    found: list[T] = []
    _load(group, kind, found.extend, strict=strict)
    return found


def _load(group: str, kind: type[T], accept: Callable[[list[T]], None], *, strict: bool = False) -> None:
    """Hand over what each plugin gives; what cannot be loaded, or is not accepted, is left out."""
    for entry in _entry_points(group):
        try:
            accept(_values(entry, kind))
        except Exception as error:
            problem = PluginError(_name(entry), "", group, f"plugin failed: {error!r}")
            if strict:
                raise problem from error
            warnings.warn(str(problem), PluginWarning, stacklevel=2)


def _entry_points(group: str) -> list[EntryPoint]:
    if not _may_have_plugins():
        return []
    from importlib.metadata import entry_points  # noqa: PLC0415 - see below

    return sorted(entry_points(group=group), key=lambda entry: (entry.name, entry.value))


def _may_have_plugins() -> bool:
    """
    Tell whether a distribution on the path may have entry points of ours.

    `importlib.metadata` knows, but takes 20 ms to import, a quarter of the time to the first verdict.  It is
    left to it as soon as anything is there, or lies where we cannot look: an archive, an egg, another finder.
    """
    if "importlib.metadata" in sys.modules or any(finder is not PathFinder and hasattr(finder, "find_distributions") for finder in sys.meta_path):
        return True
    return any(map(_may_have_plugins_in, sys.path))


def _may_have_plugins_in(root: str) -> bool:
    try:
        names = os.listdir(root or ".")  # noqa: PTH208 - pathlib costs 7 ms to import
    except NotADirectoryError:
        return True
    except OSError:
        return False
    return root.endswith(".egg") or any(name.endswith((".dist-info", ".egg-info")) and _has_plugins(f"{root}/{name}/entry_points.txt") for name in names)


def _has_plugins(entry_points: str) -> bool:
    try:
        with open(entry_points, "rb") as file:  # noqa: PTH123 - as above
            return b"[bounceclass." in file.read()
    except OSError:
        return False


def _name(entry: EntryPoint) -> str:
    dist = entry.dist
    return f"{entry.name} ({dist.name} {dist.version})" if dist else entry.name


def _values(entry: EntryPoint, kind: type[T]) -> list[T]:
    loaded: Any = entry.load()
    if callable(loaded) and not isinstance(loaded, kind):
        loaded = loaded()
    values = [loaded] if isinstance(loaded, kind) else list(loaded)
    for value in values:
        if not isinstance(value, kind):
            raise TypeError(f"gives {type(value).__name__}, not {kind.__name__}")
    return values


@cache
def installed_rules() -> RuleBook:
    """Give our rules and, before them, those of the installed plugins."""
    book = RuleBook.default()

    def accept(rules: list[Rule]) -> None:
        nonlocal book
        book = book.extend(rules)

    _load("bounceclass.rules", Rule, accept)
    return book


@cache
def installed_dialects() -> Dialects:
    """Give the dialects of the installed plugins and, after them, ours."""
    known = builtin_dialects()

    def accept(dialects: list[Dialect]) -> None:
        nonlocal known
        for dialect in dialects:
            dialect.check()  # ours need none
        known = Dialects((*dialects, *known.dialects), check=False)

    _load("bounceclass.dialects", Dialect, accept)
    return known


@cache
def installed_readers() -> tuple[Reader, ...]:
    """Give the readers of the installed plugins; ours come after them."""
    return tuple(load_plugins("bounceclass.readers", Reader))


@cache
def installed_catalogs() -> dict[str, Catalog]:
    """Give the catalogs of the installed plugins by their locale, in lower case; of several for one, the last by name."""
    from bounceclass.advice.catalog import Catalog  # noqa: PLC0415 - for who explains alone

    return {catalog.locale.lower(): catalog for catalog in load_plugins("bounceclass.catalogs", Catalog)}
