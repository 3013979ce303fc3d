"""Values as plain JSON types: dicts, lists, strings and numbers."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from attrs import fields, has

from bounceclass.serial.redaction import Holds, Redaction

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

__all__ = ["to_plain"]


def to_plain(value: object, *, redact: bool = False) -> Any:  # noqa: ANN401 - JSON is what it is
    """
    Give a value, or what dicts, lists and tuples hold of values, as plain JSON types.

    Args:
        value: Enums become their wire name, instants ISO 8601, tuples lists.
        redact: Hide the local part of every address, ``***@example.jp``, wherever it stands in any of them.
    """
    if not redact:
        return _plain(value, Holds.TEXT, _as_it_is)
    texts: list[tuple[str, Holds]] = []

    def note(text: str, holds: Holds) -> str:
        texts.append((text, holds))
        return text

    plain = _plain(value, Holds.TEXT, note)
    return _plain(value, Holds.TEXT, Redaction(texts).hide) if texts else plain


def _as_it_is(text: str, _: Holds) -> str:
    return text


@cache
def _fields(kind: Hashable) -> tuple[tuple[str, Holds], ...]:
    """Name the fields of a kind of values, and what they hold; of what is no such kind none."""
    return tuple((a.name, a.metadata.get("holds", Holds.TEXT)) for a in fields(kind)) if isinstance(kind, type) and has(kind) else ()


def _plain(value: Any, holds: Holds, leaf: Callable[[str, Holds], str]) -> Any:  # noqa: ANN401 - as above
    if isinstance(value, str):
        return str(value) if isinstance(value, StrEnum) else leaf(value, holds)
    if isinstance(value, (tuple, list)):
        return [_plain(item, holds, leaf) for item in value]
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(item, holds, leaf) for name, item in value.items()}
    named = _fields(cast("Hashable", type(value)))
    return {name: _plain(getattr(value, name), held, leaf) for name, held in named} if named else value
