"""What the log formats have in common: a line in, attempts out; tables of columns; what is remembered, of so many at most; times without a year."""

from __future__ import annotations

import csv
from abc import ABC, abstractmethod
from collections import OrderedDict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from attrs import frozen

from bounceclass.mail.dates import MONTHS, parse_date
from bounceclass.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    from bounceclass.logs.attempt import Attempt

__all__ = ["Clock", "CsvFormat", "LogFormat", "Remembered", "SyslogLine", "read_syslog_line"]

T = TypeVar("T")

MOST_MESSAGES: Final = 100_000
_TIME: Final = (
    r"(?P<at>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,9})?|"
    r"(?:[A-Z][a-z]{2} )?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d(?::?\d\d)?| UTC)?)"
)
# RFC 3164 §4.1 (TIMESTAMP HOSTNAME TAG[PID]: CONTENT), and the same with an ISO time, as rsyslog and journald write it.
_SYSLOG: Final = regex(rf"(?:<\d{{1,3}}>)?{_TIME} (?P<host>\S{{1,255}}) (?P<tag>[^\s:\[]{{1,100}})(?:\[\d{{1,10}}\])?: (?P<text>.*)")
# VERSION TIMESTAMP HOSTNAME APP-NAME PROCID MSGID STRUCTURED-DATA MSG (RFC 5424 §6).
_SYSLOG_NEW: Final = regex(rf"(?:<\d{{1,3}}>)?1 {_TIME} \S{{1,255}} (?P<tag>\S{{1,48}}) \S{{1,128}} \S{{1,32}} (?:-|\[[^\]]{{0,1000}}\]) (?P<text>.*)")
# What stands in front of the text: Solaris's message id, the number of a piece of a long line.
_IN_FRONT: Final = regex(r"\[(?:ID \d{1,10} [a-z0-9.]{1,30}|\d{1,3}[/\\]\d{1,3})\] ")
_WEEKDAY: Final = len("Thu ")
_NO_ZONE: Final = regex(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?$")


@frozen
class Clock:
    """
    How times without a zone or a year are read.

    Attributes:
        zone: The server's.
        now: No line is later than a day after it.
    """

    zone: tzinfo = UTC
    now: datetime | None = None

    def read(self, text: str) -> datetime | None:
        """Read a time of a log; None where it is none."""
        text = text.replace(",", ".").replace(" +", "+").replace(" -", "-").replace(" UTC", "Z")
        text = text[_WEEKDAY:] if text[_WEEKDAY + 4 : _WEEKDAY + 5] == "-" else text  # "Thu 2026-11-26 10:00:00 UTC"
        found = self._without_year(text) if text[:1].isalpha() else parse_date(text)
        return found.replace(tzinfo=self.zone) if found and _NO_ZONE.match(text) else found

    def _without_year(self, text: str) -> datetime | None:
        """Read "Nov 26 10:00:00": of the latest year in which it is not of the future, and there is such a day."""
        latest = (self.now or datetime.now(UTC)) + timedelta(days=1)
        for year in range(latest.year, latest.year - 5, -1):  # the 29th of February comes every fourth
            try:
                day, hour, minute, second = int(text[4:6]), int(text[7:9]), int(text[10:12]), int(text[13:15])
                found = datetime(year, MONTHS[text[:3]], day, hour, minute, second, tzinfo=self.zone)
            except (KeyError, ValueError):
                continue
            if found <= latest:
                return found
        return None


class LogFormat(ABC):
    """
    The log of one server.  It remembers what earlier lines of the same log told.

    Args:
        clock: How times are read.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock: Clock = clock

    @abstractmethod
    def read(self, line: str) -> Iterable[Attempt] | None:
        """Give the attempts that a line tells, often none; None of a line that is not of this format."""


class CsvFormat(LogFormat):
    """One of columns (RFC 4180), under a line that names them."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.columns: list[str] = []

    def name_columns(self, line: str) -> None:
        """Take their names."""
        self.columns = [name.strip().strip('"') for name in line.split(",")]

    def row(self, line: str) -> dict[str, str] | None:
        """Give what stands in a line by column; None where it is no CSV."""
        try:
            return dict(zip(self.columns, next(csv.reader([line]), []), strict=False))
        except csv.Error:
            return None


@frozen
class SyslogLine:
    """One line of a syslog."""

    at: str
    tag: str
    text: str


def read_syslog_line(line: str) -> SyslogLine | None:
    """Part a line of a syslog; None of another line."""
    match = _SYSLOG.match(line) or _SYSLOG_NEW.match(line)
    if not match:
        return None
    text = match["text"]
    in_front = _IN_FRONT.match(text)
    return SyslogLine(match["at"], match["tag"], text[in_front.end() :] if in_front else text)


class Remembered(Generic[T]):
    """What was told by queue id, of so many messages at most: the longest unheard of is forgotten first."""

    def __init__(self, most: int = MOST_MESSAGES) -> None:
        self._most = most
        self._held: OrderedDict[str, T] = OrderedDict()

    def get(self, key: str, default: T) -> T:
        """Give what was told."""
        if key in self._held:
            self._held.move_to_end(key)
        return self._held.get(key, default)

    def put(self, key: str, value: T) -> T | None:
        """Remember; give what is forgotten for it."""
        self._held[key] = value
        self._held.move_to_end(key)
        return self._held.popitem(last=False)[1] if len(self._held) > self._most else None

    def pop(self, key: str) -> T | None:
        """Forget, and give what was told."""
        return self._held.pop(key, None)

    def all(self) -> list[T]:
        """Give all that is still there, the longest unheard of first."""
        return list(self._held.values())
