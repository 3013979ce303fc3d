"""JSON objects of others: what stands in them is text or nothing, whatever they hold."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from bounceclass.mail.addresses import list_addresses

__all__ = ["addresses_at", "instant_at", "rows_at", "table_at", "text_at", "texts_at"]

_LONGEST: Final = 4_000
_MOST_ROWS: Final = 10_000
# Epochs count seconds, and some milliseconds; from here on a number of seconds would be of the year 5138.
_MILLISECONDS: Final = 1e11


def _at(table: object, keys: tuple[str, ...]) -> Any:  # noqa: ANN401 - whatever stands there
    for key in keys:
        table = table.get(key) if isinstance(table, dict) else None
    return table


def text_at(table: object, *keys: str) -> str:
    """Give the text, or the number as text, that stands in an object below these keys; "" where there is none."""
    value = _at(table, keys)
    if isinstance(value, str):
        return value[:_LONGEST].strip()
    return str(value)[:_LONGEST] if isinstance(value, (int, float)) and not isinstance(value, bool) else ""


def addresses_at(table: object, *keys: str) -> list[str]:
    """Give the addresses of a list, or of one text, without the names beside them; what is no address as it is."""
    texts = texts_at(table, *keys)
    return [address for text in texts if text for address in (list_addresses(text, _MOST_ROWS) or (text,))]


def texts_at(table: object, *keys: str) -> list[str]:
    """Give the texts of a list; of a text alone a list of it."""
    value = _at(table, keys)
    return [
        item[:_LONGEST].strip()
        for item in ([value] if isinstance(value, str) else value if isinstance(value, list) else [])[:_MOST_ROWS]
        if isinstance(item, str)
    ]


def table_at(table: object, *keys: str) -> dict[str, Any]:
    """Give the object that stands there; an empty one where there is none."""
    value = _at(table, keys)
    return value if isinstance(value, dict) else {}


def rows_at(table: object, *keys: str) -> list[dict[str, Any]]:
    """Give the objects of a list; none where there is no list."""
    value = _at(table, keys)
    return [row for row in value[:_MOST_ROWS] if isinstance(row, dict)] if isinstance(value, list) else []


def instant_at(table: object, *keys: str) -> str:
    """Give a time in ISO 8601, out of an epoch in seconds or milliseconds, or a text as it is; "" where there is none."""
    value = text_at(table, *keys)
    try:
        number = float(value)
    except ValueError:
        return value
    try:
        return datetime.fromtimestamp(number / 1_000 if number > _MILLISECONDS else number, UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return ""
