"""
Mails out of files: single mails, mbox, Maildir, folders of them, standard input, gzip over any of it.

Streamed: of an mbox of any size one mail is in memory, and of a mail of any size as much as is read of one.
(The standard library's `mailbox` keeps a table of all mails of an mbox, and reads neither pipes nor gzip.)

Spec:
    RFC 4155 (mbox), https://cr.yp.to/proto/maildir.html (Maildir), RFC 1952 (gzip).
"""

from __future__ import annotations

import gzip
import io
import os
import stat
import sys
import zlib
from typing import IO, TYPE_CHECKING, Any, Final

from attrs import evolve, frozen

from bounceclass.mail.limits import Limits
from bounceclass.regex import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from os import PathLike

    from typing_extensions import Buffer  # in typing itself from Python 3.12 on

__all__ = ["Mail", "MailboxError", "NoMailError", "read_mails", "size_of"]

_GZIP: Final = b"\x1f\x8b"
_LINE: Final = 2**16
_LONGEST_END: Final = 3  # of a line: some gateways write CR CR LF
_SNIFFED: Final = 2_048
# From_ line: "From " envelope-sender date (RFC 4155, appendix A).  The time tells it from a sentence.
_FROM: Final = regex(rb"From .{0,500}?\d{1,2}:\d\d")
_QUOTED_FROM: Final = regex(rb"\A>++From ")
# What a mail begins with: a field, or the line of an mbox, maybe behind empty lines.
_MAIL: Final = regex(rb"\s{0,100}(?:[A-Za-z0-9_][!-9;-~]{0,199}[ \t]*:|>?From )")
# What a packed file may hold for its size, beyond what any may: thousands of the same mail with other numbers pack to some twenty octets each.
_MAILS_OF_ANY: Final = 1_000
_PACKED_OCTETS_A_MAIL: Final = 8
_OCTETS_OF_ANY: Final = 64 * 2**20
_MOST_PACKED: Final = 200
_DEFAULT_LIMITS: Final = Limits()


class MailboxError(OSError):
    """A file that holds no mail, or breaks off; `filename` names it."""

    def __init__(self, problem: str, filename: str) -> None:
        super().__init__(None, problem, filename)

    def __str__(self) -> str:
        """Give the problem without the file's name, as `strerror` of other errors is."""
        return str(self.strerror)


class NoMailError(MailboxError):
    """A file that is neither a mail nor a mailbox."""


@frozen
class Mail:
    """
    One mail out of a file.

    Attributes:
        origin: Where it stood: the path, with ":" and its 1-based number where the file holds several.
        octets: The mail, not more than the limit and one octet, so that parsing notices what is missing.
    """

    origin: str
    octets: bytes


def read_mails(
    path: str | PathLike[str] | IO[bytes],
    *,
    limits: Limits | None = None,
    onerror: Callable[[str, OSError], None] | None = None,
    pasted: bool = False,
    onread: Callable[[int], object] | None = None,
) -> Iterator[Mail]:
    """
    Read the mails of a file, folder or stream, one by one.

    Args:
        path: A mail, an mbox, a Maildir, a folder with any of these below it, each plain or
            gzipped; "-" for standard input; or a binary file that is open.
        limits: How much is read of one mail.
        onerror: Is told of each file that cannot be read, and of why; then the next one is read.
            None raises instead.
        onread: Is told how many octets of a file have just been read, as they lie on the disk.
        pasted: Give a text that is no mail as one too, for `parse_pasted()`; not one in a folder.

    Yields:
        The mails in the order of the file; of a folder in the order of the names.

    Raises:
        OSError: A file cannot be read; `NoMailError` where it is no mail, `MailboxError` where it breaks off,
            or where a gzipped one unpacks to more than mails can (a bomb): the mails up to there are given.
    """
    how = _Reading(most=(limits or _DEFAULT_LIMITS).octets + 1, onerror=onerror, pasted=pasted, onread=onread)
    if not isinstance(path, (str, os.PathLike)):
        yield from _of_stream(path, str(getattr(path, "name", "-")), how)
    elif os.fspath(path) == "-":
        yield from _of_stream(sys.stdin.buffer, "-", how)
    elif os.path.isdir(path):  # noqa: PTH112 - pathlib costs 7 ms to import
        for name in _files(os.fspath(path), how.failed):
            yield from _of_file(name, evolve(how, pasted=False))
    else:
        yield from _of_file(os.fspath(path), how)


def size_of(path: str | PathLike[str]) -> int | None:
    """Say how many octets `read_mails()` will read of a file or folder; None for standard input and pipes, which nobody knows."""
    if os.path.isdir(path):  # noqa: PTH112
        return sum(size for name in _files(os.fspath(path), lambda *_: None) if (size := size_of(name)))
    try:
        found = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    return found.st_size if stat.S_ISREG(found.st_mode) else None


@frozen(kw_only=True)
class _Reading:
    """How much is read of one mail, who is told of faults and of progress, and whether a text that is no mail counts as one."""

    most: int
    onerror: Callable[[str, OSError], None] | None
    pasted: bool
    onread: Callable[[int], object] | None

    def failed(self, name: str, error: OSError) -> None:
        """Tell of a file that cannot be read, or raise."""
        if self.onerror is None:
            raise error
        self.onerror(name, error)


def _files(folder: str, failed: Callable[[str, OSError], None]) -> Iterator[str]:
    """Name the files below a folder; of a Maildir those of new and cur alone, not its indices and half-written mails."""
    for place, folders, names in os.walk(folder, onerror=lambda error: failed(str(error.filename), error)):
        if {"new", "cur", "tmp"} <= {*folders}:
            folders.remove("tmp")
            names = []  # noqa: PLW2901 - what stands beside them are indices
        folders.sort()
        for name in sorted(names):
            path = os.path.join(place, name)  # noqa: PTH118
            if not name.startswith(".") and os.path.isfile(path):  # noqa: PTH113 - no pipes, no devices
                yield path


def _of_file(name: str, how: _Reading) -> Iterator[Mail]:
    try:
        file = open(name, "rb")  # noqa: PTH123, SIM115 - closed below
    except OSError as error:
        how.failed(name, error)
        return
    with file:
        yield from _of_stream(file, name, how)


def _of_stream(stream: IO[bytes], name: str, how: _Reading) -> Iterator[Mail]:
    """Read what a stream holds: told by its first octets, and not by its name."""
    try:
        source, packing = _unpacked(stream, name, how.onread)
        head = source.peek(_SNIFFED)[:_SNIFFED]
        if not _MAIL.match(head) and not (how.pasted and head.strip() and b"\0" not in head):
            raise NoMailError("is empty" if not head else "is neither a mail nor a mailbox", name)
        if head.lstrip().startswith(b"From "):
            yield from _of_mbox(source, name, how.most, packing)
        else:
            yield Mail(name, source.read(how.most))
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        how.failed(name, MailboxError(f"breaks off or is damaged: {error}", name))
    except OSError as error:
        how.failed(name, error)


@frozen
class _Packing:
    """How much may come out of what a gzipped file has given so far."""

    packed: _Raw
    name: str

    def check(self, mails: int, octets: int) -> None:
        """
        Refuse what no mailbox is.

        Raises:
            MailboxError: It holds more mails, or more octets, than its size allows.
        """
        size = self.packed.octets
        if mails > _MAILS_OF_ANY + size // _PACKED_OCTETS_A_MAIL or octets > _OCTETS_OF_ANY + size * _MOST_PACKED:
            raise MailboxError(f"is packed more tightly than mails can be: after the first {mails:,} mails nothing more was read", self.name)


def _unpacked(stream: IO[bytes], name: str, onread: Callable[[int], object] | None) -> tuple[io.BufferedReader, _Packing | None]:
    raw = _Raw(stream, onread)
    source: Any = io.BufferedReader(raw)
    if source.peek(2)[:2] == _GZIP:
        unpacked: Any = gzip.GzipFile(fileobj=source)  # a raw file in all but name
        return io.BufferedReader(unpacked), _Packing(raw, name)
    return source, None


class _Raw(io.RawIOBase):
    """Any binary file as one that can be buffered, and that counts what it has given."""

    def __init__(self, stream: IO[bytes], onread: Callable[[int], object] | None) -> None:
        self._onread = onread
        self._read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)  # of a pipe, what is there
        self.octets: int = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        room = memoryview(buffer)
        octets = self._read(len(room))
        self.octets += len(octets)
        if self._onread:
            self._onread(len(octets))
        room[: len(octets)] = octets
        return len(octets)


def _of_mbox(source: io.BufferedReader, name: str, most: int, packing: _Packing | None) -> Iterator[Mail]:
    """
    Part an mbox at its From_ lines.

    A From_ line counts behind an empty line or at the start alone.  Of ">From " one mark is undone, as mboxrd wants it.
    """
    number, octets, mail, behind_empty = 0, 0, bytearray(), True
    while line := source.readline(_LINE):
        octets += len(line)
        if packing and (octets > _OCTETS_OF_ANY or number >= _MAILS_OF_ANY):
            packing.check(number, octets)
        if behind_empty and _FROM.match(line):
            if mail and not mail.isspace():
                number += 1
                yield Mail(f"{name}:{number}", bytes(mail))
            mail = bytearray()
        elif len(mail) < most:
            mail += (line[1:] if line[:1] == b">" and _QUOTED_FROM.match(line) else line)[: most - len(mail)]
        behind_empty = len(line) <= _LONGEST_END and not line.strip(b"\r\n")
    if mail and not mail.isspace():
        yield Mail(f"{name}:{number + 1}", bytes(mail))
