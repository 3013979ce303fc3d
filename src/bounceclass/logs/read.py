"""A log, line by line: each line is offered to the formats that are known."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from typing import IO, TYPE_CHECKING, Any, Final

from bounceclass.logs.exchange import Exchange
from bounceclass.logs.exim import Exim
from bounceclass.logs.format import Clock, read_syslog_line
from bounceclass.logs.kumomta import KumoMta
from bounceclass.logs.postfix import Postfix
from bounceclass.logs.powermta import PowerMta
from bounceclass.logs.sendmail import Sendmail

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime, tzinfo
    from os import PathLike

    from bounceclass.logs.attempt import Attempt
    from bounceclass.logs.format import LogFormat

    LogSource = str | PathLike[str] | IO[bytes] | IO[str] | Iterable[str] | Iterable[bytes]

__all__ = ["Log", "looks_like_log", "read_log"]

FORMATS: Final = (Postfix, Exim, Sendmail, KumoMta, PowerMta, Exchange)
_GZIP: Final = b"\x1f\x8b"
_GZIP_WINDOW: Final = 31  # zlib: the largest window, behind a gzip header
_LONGEST_LINE: Final = 2**16
_SNIFFED_LINES: Final = 5


class Log:
    """
    The attempts that a log tells, in its order; to be read once.

    Args:
        lines: Its lines.
        clock: How times without a zone or a year are read.

    Attributes:
        lines: How many lines were read so far.
        passed_over: How many of them were of no server that is known, or broken.
    """

    def __init__(self, lines: Iterable[str], clock: Clock) -> None:
        self.lines: int = 0
        self.passed_over: int = 0
        self._source = lines
        self._formats: list[LogFormat] = [kind(clock) for kind in FORMATS]

    def __iter__(self) -> Iterator[Attempt]:
        """Read on."""
        for line in self._source:
            self.lines += 1
            found = self._read(line.rstrip("\r\n").removeprefix("\ufeff")[:_LONGEST_LINE])
            if found is None:
                self.passed_over += 1
            else:
                yield from found

    def _read(self, line: str) -> Iterable[Attempt] | None:
        for number, known in enumerate(self._formats):
            found = known.read(line)
            if found is not None:
                if number:  # a log is mostly of one server: who knew this line is asked first for the next
                    self._formats.insert(0, self._formats.pop(number))
                return found
        return None


def read_log(source: LogSource, *, zone: tzinfo | None = None, now: datetime | None = None) -> Log:
    """
    Read a server's log.

    Args:
        source: The path of a file, an open one, or lines; gzipped or not, but for lines.
        zone: The server's, for times that tell none; None for UTC.
        now: What no line is later than, for times that tell no year; None for the clock's.

    Returns:
        The log, to be iterated over once, an `Attempt` at a time.

    Raises:
        OSError: The file cannot be read.
        TypeError: `source` is none of these.
    """
    clock = Clock(now=now) if zone is None else Clock(zone, now)
    return Log(_lines(source), clock)


def looks_like_log(head: bytes) -> bool:
    """Tell by its first octets, gzipped or not, whether a file is a log that `read_log()` can read, or a syslog of any programs."""
    lines = _unpacked(head).decode("utf-8", "replace").removeprefix("\ufeff").strip("\0 \r\n").splitlines()[:_SNIFFED_LINES]
    formats = [kind(Clock()) for kind in FORMATS]
    return any(read_syslog_line(line) or any(known.read(line) is not None for known in formats) for line in lines)


def _unpacked(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(_GZIP_WINDOW).decompress(head, _LONGEST_LINE) if head.startswith(_GZIP) else head
    except zlib.error:
        return b""


def _lines(source: Any) -> Iterator[str]:  # noqa: ANN401 - whatever a caller hands over
    if isinstance(source, (str, os.PathLike)):
        with open(source, "rb") as file:  # noqa: PTH123
            yield from _lines(file)
    elif hasattr(source, "readline"):
        yield from _lines_of_file(source)
    elif hasattr(source, "__iter__") and not isinstance(source, bytes):
        yield from map(_text, source)
    else:
        raise TypeError(f"read_log() takes a path, a file or lines, not {type(source).__name__}")


def _lines_of_file(file: IO[bytes] | IO[str]) -> Iterator[str]:
    """Read lines, of each no more than is looked at: a file without line ends is not held in memory."""
    source: Any = file
    if not isinstance(file, io.TextIOBase):
        source = source if hasattr(source, "peek") else io.BufferedReader(source)
        source = gzip.GzipFile(fileobj=source) if source.peek(2)[:2] == _GZIP else source
    whole = True
    while line := source.readline(_LONGEST_LINE):
        if whole:
            yield _text(line)
        whole = line[-1:] in {"\n", b"\n"}


def _text(line: object) -> str:
    if isinstance(line, str):
        return line
    if isinstance(line, (bytes, bytearray)):
        return line.decode("utf-8", "replace")
    raise TypeError(f"read_log() takes lines of text or octets, not {type(line).__name__}")
