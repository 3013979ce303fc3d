"""What all values have in common: frozen, documented, ready for JSON and back."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self, cast

from attrs import Attribute, AttrsInstance, fields

from bounceclass.serial.plain import read_value, redacted

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Value"]


def _plain(value: object) -> Any:  # noqa: ANN401 - JSON is what it is
    if isinstance(value, Value):
        attributes: tuple[Attribute[Any], ...] = fields(cast("type[AttrsInstance]", type(value)))
        return {a.name: _plain(getattr(value, a.name)) for a in attributes}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return value


class Value:
    """A frozen value that can turn into a plain dict, and back."""

    __slots__ = ()

    def to_dict(self, *, redact: bool = False) -> dict[str, Any]:
        """
        Give this value as plain JSON types, as the schema says (`bounceclass schema`).

        Args:
            redact: Hide the local part of every address, "***@example.jp", wherever it stands.

        Returns:
            One key an attribute, in their order; enums as their wire name, instants in
            ISO 8601, tuples as lists, unset values as None.
        """
        plain: dict[str, Any] = _plain(self)
        return redacted(plain) if redact else plain

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
