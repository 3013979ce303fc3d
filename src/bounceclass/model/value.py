"""What all values have in common: frozen, documented, ready for JSON and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from bounceclass.serial.plain import to_plain
from bounceclass.serial.structure import read_value

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Value"]


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
