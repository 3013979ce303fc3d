"""Servers' logs among what a scan reads: told by their first lines, and read as reports, one for what became of each recipient at last."""

from __future__ import annotations

import os
import stat
import sys
import zlib
from datetime import datetime
from typing import TYPE_CHECKING, Final

from attrs import frozen

from bounceclass.cli.streams import mails_of
from bounceclass.logs import last_fates, looks_like_log, read_log
from bounceclass.model.vocabulary import DeliveryAction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bounceclass.cli.streams import RunStatus
    from bounceclass.mailboxes import Mail
    from bounceclass.model.report import Report

__all__ = ["Logged", "sources_of"]

_SNIFFED: Final = 2**14
_GZIP: Final = b"\x1f\x8b"
_GZIP_WINDOW: Final = 31  # zlib: the largest window, behind a gzip header


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
        if _is_log(path):
            yield from _of_log(path, status, attempts=attempts, onread=onread)
        else:
            yield from mails_of([path], status, onread=onread)


def _is_log(path: str) -> bool:
    try:
        return looks_like_log(_unpacked(_head(path)))
    except (OSError, ValueError, zlib.error):
        return False  # whoever reads mails says what is wrong


def _head(path: str) -> bytes:
    if path == "-":
        peek: Callable[[int], bytes] | None = getattr(sys.stdin.buffer, "peek", None)
        return peek(_SNIFFED)[:_SNIFFED] if peek else b""
    if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116 - what is taken from a pipe is gone
        return b""
    with open(path, "rb") as file:  # noqa: PTH123
        return file.read(_SNIFFED)


def _unpacked(head: bytes) -> bytes:
    return zlib.decompressobj(_GZIP_WINDOW).decompress(head, _SNIFFED) if head.startswith(_GZIP) else head


def _of_log(path: str, status: RunStatus, *, attempts: bool, onread: Callable[[int], object] | None) -> Iterator[Logged]:
    try:
        with sys.stdin.buffer if path == "-" else open(path, "rb") as file:  # noqa: PTH123
            log = read_log(file, zone=datetime.now().astimezone().tzinfo)
            done = 0
            for attempt in log if attempts else last_fates(log):
                if attempts or attempt.delivery.action is not DeliveryAction.DELIVERED:
                    yield Logged(f"{path}:{attempt.queue_id}" if attempt.queue_id else path, attempt.report)
                if onread and path != "-":
                    now = file.tell()
                    onread(now - done)
                    done = now
            status.passed_over += log.passed_over
            status.logs += 1
    except (OSError, EOFError, zlib.error) as error:
        status.say(path, error if isinstance(error, OSError) else OSError(None, f"breaks off or is damaged: {error}", path))
