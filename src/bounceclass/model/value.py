"""What all values have in common: frozen, documented, ready for JSON and back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Self

from attrs import NOTHING, Factory, fields

from bounceclass.serial.plain import to_plain
from bounceclass.serial.structure import read_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Value"]

_SHOWN: Final = 60


class Value:
    """A frozen value that can turn into a plain dict, and back."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Give one line: what is set, long texts and lists cut short."""
        return f"{type(self).__name__}({', '.join(f'{name}={_brief(value)}' for name, value in _set(self))})"

    def __rich_repr__(self) -> Iterator[tuple[str, object]]:
        """Give what is set, whole, for `rich.pretty`."""
        return _set(self)

    def to_dict(self, *, redact: bool = False) -> dict[str, Any]:
        """
        Give this value as plain JSON types, as the schema says (`bounceclass schema`).

        Args:
            redact: Hide the local part of every address, ``***@example.jp``, wherever it stands.

        Returns:
            One key an attribute, in their order; enums as their wire name, instants in
            ISO 8601, tuples as lists, unset values as None.
        """
        plain: dict[str, Any] = to_plain(self, redact=redact)
        return plain

    @classmethod
    def from_dict(cls, table: Mapping[str, Any]) -> Self:
        """
        Give the value back that `to_dict()` was made of.

        Args:
            table: As `to_dict()` gives it; keys that are left out have their defaults.

        Raises:
            ValueError: A key is unknown or missing, or a value is of a wrong form.
        """
        return read_value(table, cls)


def _set(value: Any) -> Iterator[tuple[str, object]]:  # noqa: ANN401 - any of the values
    """Give the attributes that differ from their defaults."""
    for attribute in (attribute for attribute in fields(type(value)) if attribute.repr):
        default = attribute.default
        found = getattr(value, attribute.name)
        if default is NOTHING or found != (default.factory() if isinstance(default, Factory) else default):  # type: ignore[arg-type]  # a class, though typed as a function
            yield attribute.name, found


def _brief(value: object) -> str:
    """Write a value in a few words: an enum as its wire name, an instant in ISO 8601, a value or list by its kind where it is long."""
    text = repr(str(value)) if isinstance(value, (str, datetime)) else repr(value)
    if isinstance(value, tuple) and value and (len(value) > 1 or len(text) > _SHOWN):
        return f"<{len(value)} of {type(value[0]).__name__}>"
    if len(text) <= _SHOWN:
        return text
    return f"<{type(value).__name__}>" if isinstance(value, Value) else f"{text[:_SHOWN]}…"
