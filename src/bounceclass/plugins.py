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

import warnings
from functools import cache
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
    from importlib.metadata import entry_points  # noqa: PLC0415 - 20 ms, at the first use and not at import

    for entry in sorted(entry_points(group=group), key=lambda entry: (entry.name, entry.value)):
        try:
            accept(_values(entry, kind))
        except Exception as error:
            problem = PluginError(_name(entry), "", group, f"plugin failed: {error!r}")
            if strict:
                raise problem from error
            warnings.warn(str(problem), PluginWarning, stacklevel=2)


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
