"""Dates of mail; the one place that asks the standard library's `email` for them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

__all__ = ["parse_date"]

_MAX: Final = 100
_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:?\d\d)?$")


def parse_date(value: str) -> datetime | None:
    """
    Read a date-time of RFC 5322 §3.3, or one of ISO 8601, which some servers write.

    Returns:
        An instant with its offset (UTC where none is given); None where it is no date.
    """
    value = value[:_MAX].strip()
    if not value:
        return None
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - 12 ms, which `import bounceclass` need not cost

    try:
        found = datetime.fromisoformat(value) if _ISO.match(value) else parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
