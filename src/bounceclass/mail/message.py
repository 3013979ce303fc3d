"""
Octets to a tree of parts.  Nothing is read before it is asked for, and nothing twice.

Wrong and missing boundaries, unclosed multiparts, an mbox line in front, CRLF, LF and CR
are read as their writer meant them, and noted.

Spec:
    RFC 2046 §5.1 (multipart), RFC 2045 §6 (transfer encodings), RFC 4155 (mbox).
"""

from __future__ import annotations

import binascii
import re
from typing import TYPE_CHECKING, Final

from bounceclass.cached import cached
from bounceclass.mail import charsets, html
from bounceclass.mail.headers import Headers, split_block, split_parameters
from bounceclass.model.report import Defect
from bounceclass.model.vocabulary import DefectCode
from bounceclass.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bounceclass.mail.limits import Limits

__all__ = ["MESSAGE_TYPES", "ParseLog", "Part", "read"]

MESSAGE_TYPES: Final = frozenset({"message/rfc822", "message/global", "message/partial", "message/news"})
# A delimiter line that is followed by a part's first header field, whatever the header says.
_DELIMITER: Final = regex(rb"^--([^\n]{1,200}?)[ \t]*\n(?=Content-[A-Za-z-]{4,30}:)", re.MULTILINE | re.IGNORECASE)
_LONG_LINE: Final = 2_000
_NOT_BASE64: Final = regex(rb"[^A-Za-z0-9+/]+")


class ParseLog:
    """What one parse of a mail keeps count of: the limits, the parts met, the defects found."""

    __slots__ = ("_seen", "defects", "limits", "parts")

    def __init__(self, limits: Limits) -> None:
        self.limits: Limits = limits
        self.parts: int = 0
        self.defects: list[Defect] = []
        self._seen: set[Defect] = set()

    def note(self, code: DefectCode, detail: str = "") -> None:
        """Add a defect, once."""
        defect = Defect(code, detail[:200])
        if defect not in self._seen:
            self._seen.add(defect)
            self.defects.append(defect)


class Part:
    """
    One part of a mail, or the mail itself.

    Args:
        octets: Header block and body, line ends LF.
        log: What is kept count of.
        depth: 0 for the mail itself.
        default: The media type where none is stated.
    """

    def __init__(self, octets: bytes, log: ParseLog, depth: int = 0, default: str = "text/plain") -> None:
        self._log = log
        self._depth = depth
        self._default = default
        log.parts += 1
        limit = log.limits.header_octets
        block, self._start = split_block(octets, limit)
        if self._start > limit + 1:
            log.note(DefectCode.HEADER_CUT)
        self._octets = octets
        self.headers: Headers = Headers(block)

    @cached
    def _content_type(self) -> tuple[str, dict[str, str]]:
        value = self.headers.get("content-type")
        return split_parameters(value) if value else (self._default, {})

    @property
    def media_type(self) -> str:
        """The media type in lower case, "text/plain" where none is stated."""
        return self._content_type[0]

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters of the Content-Type field, by lower-case name."""
        return self._content_type[1]

    @cached
    def raw_body(self) -> bytes:
        """The body as it stands, transfer encoding not undone."""
        return self._octets[self._start :]

    @cached
    def body(self) -> bytes:
        """The body, transfer encoding undone."""
        encoding = self.headers.get("content-transfer-encoding").lower()
        if encoding.startswith("quoted"):
            return binascii.a2b_qp(self.raw_body)
        if encoding.startswith("base64"):
            return self._base64()
        return self.raw_body

    def _base64(self) -> bytes:
        octets = _NOT_BASE64.sub(b"", self.raw_body)
        if len(octets) % 4 == 1:
            self._log.note(DefectCode.BASE64_BROKEN, self.media_type)
            octets = octets[:-1]
        return binascii.a2b_base64(octets + b"=" * (-len(octets) % 4)).replace(b"\r\n", b"\n")

    @cached
    def text(self) -> str:
        """The body as text; HTML as its visible text."""
        return html.to_text(self.decoded) if self.is_html else self.decoded

    @cached
    def is_html(self) -> bool:
        """Whether the body is HTML, said or not."""
        return self.media_type == "text/html" or html.looks_like_html(self.decoded)

    @property
    def octets(self) -> bytes:
        """Header block and body as they stand, line ends LF."""
        return self._octets

    @cached
    def decoded(self) -> str:
        """The body decoded, HTML as it stands."""
        octets, limit = self.body, self._log.limits.text_octets
        if len(octets) > limit:
            self._log.note(DefectCode.TEXT_CUT, self.media_type)
            octets = octets[: octets.rfind(b"\n", max(0, limit - _LONG_LINE), limit) + 1 or limit]  # no character is cut in two
        label = self.parameters.get("charset", "")
        text, defect = charsets.decode(octets, label)
        if defect:
            self._log.note(defect, label)
        return text

    @cached
    def children(self) -> tuple[Part, ...]:
        """The parts of a multipart, or the one message in a message/rfc822; empty for all else."""
        if self.media_type in MESSAGE_TYPES:
            return self._make_children([self.body.lstrip(b"\n")])
        if self.media_type.startswith("multipart/") or "content-type" not in self.headers:
            return self._make_children(self._split())
        return ()

    def _make_children(self, pieces: list[bytes]) -> tuple[Part, ...]:
        log = self._log
        if pieces and self._depth >= log.limits.depth:
            log.note(DefectCode.DEPTH_CUT)
            return ()
        room = max(0, log.limits.parts - log.parts)
        if len(pieces) > room:
            log.note(DefectCode.PARTS_CUT)
        default = "message/rfc822" if self.media_type == "multipart/digest" else "text/plain"
        return tuple(Part(piece, log, self._depth + 1, default) for piece in pieces[:room])

    def _split(self) -> list[bytes]:
        """multipart-body = [preamble CRLF] dash-boundary … close-delimiter (RFC 2046 §5.1.1)."""
        boundary = self.parameters.get("boundary", "").rstrip().encode("utf-8", "replace")
        body = b"\n" + self.raw_body
        if boundary and b"\n--" + boundary in body:
            return self._split_at(body, boundary)
        multipart = self.media_type.startswith("multipart/")
        guessed = (_DELIMITER.search if multipart else _DELIMITER.match)(self.raw_body)
        if not guessed:
            if multipart:
                self._log.note(DefectCode.BOUNDARY_MISSING)
            return []
        self._log.note(DefectCode.BOUNDARY_GUESSED)
        return self._split_at(body, guessed.group(1))

    def _split_at(self, body: bytes, boundary: bytes) -> list[bytes]:
        delimiter = b"\n--" + boundary
        pieces: list[bytes] = []
        start = -1
        at = body.find(delimiter)
        while at >= 0 and len(pieces) <= self._log.limits.parts:
            end = at + len(delimiter)
            line_end = body.find(b"\n", end)
            tail = body[end : line_end if line_end >= 0 else len(body)].strip()
            if tail not in {b"", b"--"}:  # a longer boundary that begins alike
                at = body.find(delimiter, end)
                continue
            if start >= 0:
                pieces.append(body[start:at])
            if tail == b"--" or line_end < 0:
                return pieces
            start = line_end + 1
            at = body.find(delimiter, line_end)
        self._log.note(DefectCode.BOUNDARY_UNCLOSED)
        if start >= 0:
            pieces.append(body[start:])
        return pieces

    def walk(self) -> Iterator[Part]:
        """This part and all below it, depth first, in their order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def inner(self, octets: bytes) -> Part:
        """Read octets found in this part as a message of its own."""
        return Part(octets, self._log, self._depth + 1)


def read(octets: bytes, limits: Limits) -> tuple[Part, ParseLog]:
    """
    Read a mail.

    Args:
        octets: The whole mail; CRLF, LF or CR line ends, an mbox "From " line in front or not.
        limits: How much of it is read.

    Returns:
        The mail as a part, and the log of its defects.  Never raises.
    """
    log = ParseLog(limits)
    if len(octets) > limits.octets:
        log.note(DefectCode.OCTETS_CUT)
        octets = octets[: limits.octets]
    if b"\r" in octets:
        octets = octets.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return Part(_from_first_field(octets, log), log), log


def _from_first_field(octets: bytes, log: ParseLog) -> bytes:
    """Leave out empty lines before the first field, and what looks empty: lines of blanks, as mail that was pasted has them."""
    octets = octets.lstrip(b"\n")
    start = octets.lstrip(b" \t\n")
    if len(start) == len(octets) or b"\n" not in octets[: len(octets) - len(start)]:
        return octets
    log.note(DefectCode.HEADER_LATE)
    return start
