"""Mails out of files of all forms: streamed, and whatever is broken stops nothing."""

from __future__ import annotations

import gzip
import io
import mailbox
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest

from bounceclass.mail.limits import Limits
from bounceclass.mailboxes import MailboxError, NoMailError, read_mails
from corpus_mails import CORPUS, MAILS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAIL = b"From: a@example.jp\nSubject: one\n\nHello.\n"
MBOX = (
    b"From a@example.jp Sat Nov 21 10:00:00 2026\nSubject: one\n\nHello.\nFrom here on it goes at 10:00.\n\n>From quoted\n>>From twice\n\n"
    b"From b@example.jp Sat Nov 21 10:01:00 2026\nSubject: two\n\nFrom the start of a line, no date\n\n"
    b"From MAILER-DAEMON Sat Nov 21 10:02:00 2026\nSubject: three\n\n"
)


def octets(path: Any, **keywords: Any) -> list[bytes]:
    """Give the mails of a path."""
    return [mail.octets for mail in read_mails(path, **keywords)]


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("content", [MAIL, b"\n\n" + MAIL, MAIL.replace(b"\n", b"\r\n")], ids=["LF", "empty lines first", "CRLF"])
def test_a_single_mail(tmp_path: Path, content: bytes, packed: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """As it stands, whatever its name."""
    path = tmp_path / "mail.gz.txt"
    path.write_bytes(gzip.compress(content) if packed else content)

    assert octets(path) == [content]
    assert [mail.origin for mail in read_mails(path)] == [str(path)]


@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_mbox(tmp_path: Path, newline: bytes) -> None:
    """Parted at From_ lines alone; of quoted ones one mark is undone."""
    path = tmp_path / "box"
    path.write_bytes(MBOX.replace(b"\n", newline))
    mails = [*read_mails(path)]

    assert [mail.origin for mail in mails] == [f"{path}:1", f"{path}:2", f"{path}:3"]
    assert [mail.octets.split(newline)[0] for mail in mails] == [b"Subject: one", b"Subject: two", b"Subject: three"]
    assert b"Hello." + newline + b"From here" in mails[0].octets
    assert newline + b"From quoted" in mails[0].octets
    assert newline + b">From twice" in mails[0].octets


def test_the_standard_librarys_boxes(tmp_path: Path) -> None:
    """What `mailbox` writes is read: mbox and Maildir."""
    sample = MAILS[::10]
    box, maildir = mailbox.mbox(str(tmp_path / "mbox")), mailbox.Maildir(str(tmp_path / "maildir"))
    for mail in sample:
        box.add(mail.octets.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
        maildir.add(mail.octets)
    box.close()
    (tmp_path / "maildir" / "tmp" / "half").write_bytes(b"Subject: half")
    (tmp_path / "maildir" / "index").write_bytes(b"\0")

    assert len(octets(tmp_path / "mbox")) == len(sample)
    assert len(octets(tmp_path / "maildir")) == len(sample)


def test_folders_are_walked_in_order(tmp_path: Path) -> None:
    """Files below it, by name; hidden files and pipes are left out."""
    for name in ("b.eml", "a/x.eml", "a/.hidden", "c"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(MAIL)

    assert [mail.origin.removeprefix(f"{tmp_path}/") for mail in read_mails(tmp_path)] == ["b.eml", "c", "a/x.eml"]


def test_streams() -> None:
    """Any binary file, gzipped or not; no file name is needed."""
    assert octets(io.BytesIO(MAIL)) == [MAIL]
    assert len(octets(io.BytesIO(gzip.compress(MBOX)))) == 3


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\0\0\0", b"Just a text.\nNothing more.\n", b"{}", b"\0" * 5_000])
def test_what_is_no_mail_is_refused(tmp_path: Path, content: bytes) -> None:
    """With one clear line."""
    path = tmp_path / "file"
    path.write_bytes(content)

    with pytest.raises(NoMailError, match=r"is neither a mail nor a mailbox|is empty") as caught:
        octets(path)
    assert caught.value.filename == str(path)


def test_what_breaks_off_gives_what_it_has(tmp_path: Path) -> None:
    """A gzip cut in its middle: the mails before the cut, then an error."""
    path = tmp_path / "box.gz"
    path.write_bytes(gzip.compress(MBOX * 400, compresslevel=1)[:-200])
    told: list[tuple[str, OSError]] = []
    mails = [*read_mails(path, onerror=lambda name, error: told.append((name, error)))]

    assert len(mails) > 200
    assert [name for name, _ in told] == [str(path)]
    assert isinstance(told[0][1], MailboxError)
    with pytest.raises(MailboxError, match="breaks off"):
        octets(path)


def test_errors_stop_nothing(tmp_path: Path) -> None:
    """Each is told with its file, and the next one is read."""
    (tmp_path / "a").write_bytes(b"\0")
    (tmp_path / "b").write_bytes(MAIL)
    told: list[str] = []

    assert octets(tmp_path, onerror=lambda name, _: told.append(name)) == [MAIL]
    assert told == [str(tmp_path / "a")]
    with pytest.raises(FileNotFoundError):
        octets(tmp_path / "none")


class Endless(io.RawIOBase):
    """An mbox of so many mails, none of which is kept."""

    def __init__(self, mails: int) -> None:
        self._pieces = self._make(mails)
        self._rest = b""

    def _make(self, mails: int) -> Iterator[bytes]:
        for number in range(mails):
            yield b"From a@example.jp Sat Nov 21 10:00:00 2026\nSubject: %d\n\n" % number + b"x" * 10_000 + b"\n\n"

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Give the next octets."""
        self._rest = self._rest or next(self._pieces, b"")
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


def test_a_large_mbox_needs_constant_memory() -> None:
    """50 MB of mails pass through less than 2 MB."""
    tracemalloc.start()
    count = sum(1 for _ in read_mails(io.BufferedReader(Endless(5_000))))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 5_000
    assert peak < 2 * 2**20


@pytest.mark.parametrize("content", [b"From a Sat Nov 21 10:00:00 2026\nSubject: x\n\n" * 200_000, b"From a Sat Nov 21 10:00:00 2026\n" + b"a" * (100 * 2**20)])
@pytest.mark.parametrize("seekable", [True, False])
def test_a_packed_bomb_is_said(content: bytes, seekable: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """25 kB that unpack to 200,000 mails, or to one of 100 MB: the first ones are read, and the rest is refused."""
    packed = io.BytesIO(gzip.compress(content))
    stream: Any = packed if seekable else io.BufferedReader(Unseekable(packed))
    said: list[str] = []

    mails = list(read_mails(stream, onerror=lambda _, error: said.append(str(error.strerror))))

    assert len(mails) < 5_000
    assert len(said) == 1
    assert "packed more tightly" in said[0]


class Unseekable(io.RawIOBase):
    """A pipe."""

    def __init__(self, stream: io.BytesIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read on."""
        return self._stream.readinto(buffer)


def test_many_real_mails_are_no_bomb() -> None:
    """A log of thousands of like bounces packs well, and is read to its end."""
    mail = MAILS[0].octets
    content = b"".join(
        b"From a Sat Nov 21 10:00:00 2026\nMessage-ID: <%d.%d@x.example>\n" % (number, number * 7919 % 99_991) + mail + b"\n" for number in range(5_000)
    )

    assert sum(1 for _ in read_mails(io.BytesIO(gzip.compress(content)))) == 5_000


def test_a_large_mail_is_cut(tmp_path: Path) -> None:
    """Not more than the limit and one octet is read, so that parsing notices; in an mbox the next mail is found."""
    limits = Limits(octets=1_000)
    path = tmp_path / "box"
    path.write_bytes(MBOX.replace(b"Hello.", b"x" * 5_000_000))

    assert [len(mail) for mail in octets(path, limits=limits)][:2] == [1_001, 49]
    assert len(octets(io.BytesIO(b"Subject: x\n\n" + b"x" * 10_000), limits=limits)[0]) == 1_001


def test_the_corpus_is_a_mailbox() -> None:
    """Each mail once."""
    assert len(octets(CORPUS, onerror=lambda *_: None)) == len(MAILS)
