"""Dates of mail; the one place that asks the standard library's `email` for them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from bounceclass.regex import regex

if TYPE_CHECKING:
    import re

__all__ = ["MONTHS", "parse_date"]

_MAX: Final = 100
_ISO: Final = regex(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d(?::?\d\d)?)?$")
# date-time = [ day-of-week "," ] day month year hour ":" minute ":" second zone (RFC 5322 §3.3), as nearly
# every server writes it.  The library reads it too, at ten times the price; tests/ proves that they agree.
_USUAL: Final = regex(r"(?:[A-Z][a-z]{2}, )? ?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)(?: \([^()]{0,40}\))?$")
# obs-year: two digits below 50 are of this century, the others and three digits count from 1900 (RFC 5322 §4.3).
_SHORT_YEAR: Final = regex(r"(?<=[A-Za-z]{3}[ -])(\d{2,3})(?= \d\d?:)")
MONTHS: Final = {"Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "May": 5, "Jun": 6, "Jul": 7, "Aug": 8, "Sep": 9, "Oct": 10, "Nov": 11, "Dec": 12}


def parse_date(value: str) -> datetime | None:
    """
    Read a date-time of RFC 5322 §3.3, or one of ISO 8601, which some servers write.

    Returns:
        An instant with its offset (UTC where none is given); None where it is no date.
    """
    value = value[:_MAX].strip()
    if not value:
        return None
    try:
        found = _usual(value) or _unusual(_SHORT_YEAR.sub(_whole_year, value))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _whole_year(match: re.Match[str]) -> str:
    digits = match.group()
    year = int(digits)
    return str(year + (2000 if len(digits) == 2 and year < 50 else 1900))  # noqa: PLR2004 - the RFC's own


def _usual(value: str) -> datetime | None:
    match = _USUAL.match(value)
    if not match or match.group(2) not in MONTHS:
        return None
    day, month, year, hour, minute, second, sign, hours, minutes = match.groups()
    return datetime(int(year), MONTHS[month], int(day), int(hour), int(minute), int(second), tzinfo=_zone(sign, hours, minutes))


@lru_cache
def _zone(sign: str, hours: str, minutes: str) -> timezone:
    """Give the zone of an offset; "-0000" says that it is unknown (RFC 5322 §3.3): the instant is UTC."""
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return UTC if not offset and sign == "-" else timezone(-offset if sign == "-" else offset)


def _unusual(value: str) -> datetime:
    if _ISO.match(value):
        return datetime.fromisoformat(value)
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - 12 ms, which `import bounceclass` need not cost

    return parsedate_to_datetime(value)
