"""Servers' logs among what a scan reads: told by their first lines, and read as reports, one for what became of each recipient at last."""

from __future__ import annotations

import io
import os
import stat
import sys
import time
import zlib
from datetime import UTC, datetime, timedelta, tzinfo
from typing import IO, TYPE_CHECKING, Final

from attrs import frozen

from bounceclass.cli.streams import mails_of
from bounceclass.logs import last_fates, looks_like_log, read_log
from bounceclass.mailboxes import read_mails
from bounceclass.model.vocabulary import DeliveryAction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from typing_extensions import Buffer  # in typing itself from Python 3.12 on

    from bounceclass.cli.streams import RunStatus
    from bounceclass.mailboxes import Mail
    from bounceclass.model.report import Report

__all__ = ["Logged", "sources_of"]

_SNIFFED: Final = 2**14
_SNIFFED_LINES: Final = 5


@frozen
class Logged:
    """What a log tells of one delivery; `origin` is the log's path, with ":" and what the server calls the message."""

    origin: str
    report: Report


def sources_of(paths: tuple[str, ...], status: RunStatus, *, attempts: bool, onread: Callable[[int], object] | None) -> Iterator[Mail | Logged]:
    """
    Give the mails of all paths, and what logs among them tell.

    Args:
        paths: Mailboxes, folders, logs.
        status: Is told what cannot be read.
        attempts: Of logs every attempt is given, deliveries too; else what became of each recipient at last, where that is trouble.
        onread: Is told how many octets have just been read.
    """
    for path in paths:
        try:
            file = _opened(path)
        except OSError:
            file = None  # whoever reads mails says what is wrong
        if file is None:
            yield from mails_of([path], status, onread=onread)
            continue
        with file:
            if looks_like_log(file.head):
                yield from _of_log(path, file, status, attempts=attempts, onread=onread)
            else:
                yield from read_mails(io.BufferedReader(file), onerror=status.say, onread=onread)


def _opened(path: str) -> _Begun | None:
    """Open what may be a log; a folder is none."""
    if path == "-":
        return _Begun(sys.stdin.buffer, path)
    if stat.S_ISDIR(os.stat(path).st_mode):  # noqa: PTH116 - pathlib costs 7 ms to import
        return None
    return _Begun(open(path, "rb"), path)  # noqa: PTH123 - closed by whoever asked


class _Begun(io.RawIOBase):
    """
    A stream whose first lines were read, to be read from its beginning all the same: what came through a pipe comes once.

    Args:
        stream: Where it stands at its beginning.
        name: What it is called.
    """

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._stream = stream
        self.name: str = name
        self.onread: Callable[[int], object] | None = None
        self.head: bytes = b"".join(stream.readline(_SNIFFED) for _ in range(_SNIFFED_LINES))
        self._rest = self.head

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        room = memoryview(buffer)
        octets = self._rest[: len(room)] if self._rest else getattr(self._stream, "read1", self._stream.read)(len(room))
        self._rest = self._rest[len(octets) :]
        room[: len(octets)] = octets
        if self.onread:
            self.onread(len(octets))
        return len(octets)

    def close(self) -> None:
        if not self.closed and self.name != "-":
            self._stream.close()
        super().close()


class _Local(tzinfo):
    """The zone of this machine, summer times of the past among it."""

    def utcoffset(self, instant: datetime | None) -> timedelta:
        naive = (instant or datetime.now(UTC)).replace(tzinfo=None)
        return datetime.fromtimestamp(time.mktime(naive.timetuple()), UTC).astimezone().utcoffset() or timedelta(0)

    def dst(self, _instant: datetime | None) -> None:
        return None

    def tzname(self, _instant: datetime | None) -> None:
        return None


def _of_log(path: str, file: _Begun, status: RunStatus, *, attempts: bool, onread: Callable[[int], object] | None) -> Iterator[Logged]:
    try:
        file.onread = onread
        log = read_log(io.BufferedReader(file), zone=_Local())
        for attempt in log if attempts else last_fates(log):
            if attempts or attempt.delivery.action is not DeliveryAction.DELIVERED:
                yield Logged(f"{path}:{attempt.queue_id}" if attempt.queue_id else path, attempt.report)
        status.passed_over += log.passed_over
        status.logs += 1
    except (OSError, EOFError, zlib.error) as error:
        status.say(path, error if isinstance(error, OSError) else OSError(None, f"breaks off or is damaged: {error}", path))
