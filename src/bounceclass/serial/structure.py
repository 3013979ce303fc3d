"""Plain JSON types back to values."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args, get_origin

if TYPE_CHECKING:
    from datetime import datetime

    from cattrs import Converter

__all__ = ["read_value"]

T = TypeVar("T")


@cache
def _converter() -> Converter:
    from datetime import date, datetime  # noqa: PLC0415 - here as all of this: `import bounceclass` needs none of it

    from cattrs import Converter  # noqa: PLC0415 - 40 ms

    converter = Converter(forbid_extra_keys=True)
    converter.register_structure_hook(datetime, lambda text, _: _moment(datetime.fromisoformat(text)))
    converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
    for kind in (str, int, float, bool):
        converter.register_structure_hook(kind, _strictly)
    converter.register_structure_hook_func(_is_tuple, lambda items, kind: _tuple(converter, items, get_args(kind)))
    return converter


def _is_tuple(kind: Any) -> bool:  # noqa: ANN401 - any annotation
    return get_origin(kind) is tuple


def _strictly(value: Any, kind: type[T]) -> T:  # noqa: ANN401 - whatever stands there
    """Take a value of that very type: cattrs by itself would turn None into "None"."""
    if type(value) is kind:
        return value
    if issubclass(kind, StrEnum):  # a str too, so that it comes here
        return kind(value)
    if kind is float and type(value) is int:
        return cast("T", float(value))
    raise TypeError(f"expected {kind.__name__}, not {value!r}")


def _moment(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("an instant must have its offset")
    return moment


def _tuple(converter: Converter, items: Any, kinds: tuple[Any, ...]) -> tuple[Any, ...]:  # noqa: ANN401 - whatever stands there
    if not isinstance(items, (list, tuple)):
        raise TypeError(f"expected a list, not {items!r}")
    if kinds[-1] is ...:
        return tuple(converter.structure(item, kinds[0]) for item in items)
    if len(items) != len(kinds):
        raise ValueError(f"expected {len(kinds)} items, not {len(items)}")
    return tuple(converter.structure(item, kind) for item, kind in zip(items, kinds, strict=True))


def read_value(table: Mapping[str, Any], kind: type[T]) -> T:
    """
    Give a value of a kind out of plain JSON types.

    Raises:
        ValueError: A key is unknown or missing, or a value is of a wrong form; it says which.
    """
    from cattrs import BaseValidationError, transform_error  # noqa: PLC0415 - as above

    if not isinstance(table, Mapping):
        raise ValueError(f"{kind.__name__}: expected a dict, not {type(table).__name__}")  # noqa: TRY004 - as for any other wrong form
    try:
        return _converter().structure(table, kind)
    except BaseValidationError as error:
        raise ValueError(f"{kind.__name__}: {'; '.join(transform_error(error))}") from error
    except (TypeError, AttributeError) as error:
        raise ValueError(f"{kind.__name__}: {error}") from error
