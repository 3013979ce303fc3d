"""
A mail that may be given away: people hidden in it, its structure, hosts and verdict kept.

Replaced are the local parts of addresses, the names beside them, the subjects of messages that came back, and what these
messages say; each name everywhere by the same other one.  What servers say is kept, and so may be a name that stands in it
and nowhere else: look at the mail before you give it away.
"""

from __future__ import annotations

import quopri
from base64 import encodebytes
from typing import TYPE_CHECKING, Final

from bounceclass.api import classify, parse
from bounceclass.errors import RedactionError
from bounceclass.mail.headers import decode_words
from bounceclass.mail.limits import Limits
from bounceclass.mail.message import MESSAGE_TYPES, Part, read
from bounceclass.reading.original import HEADER_TYPES, find_pasted
from bounceclass.reading.traits import is_persons
from bounceclass.regex import regex
from bounceclass.serial.redaction import COMMON_WORDS

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

    from bounceclass.model.report import Report

__all__ = ["redact_mail"]

_REMOVED: Final = "(text removed)\n"
_LEAST: Final = 2
# Fields whose words are people's.
_OF_THEIRS: Final = ("subject", "thread-topic", "comments", "keywords", "organization", "x-envelope-subject")
# What is kept of the header of a message that came back; all other fields may hold anything.
_KEPT: Final = frozenset({
    "received", "return-path", "message-id", "date", "from", "to", "cc", "bcc", "reply-to", "sender", "subject", "mime-version", "content-type",
    "content-transfer-encoding", "content-disposition", "in-reply-to", "references", "list-id", "precedence", "auto-submitted", "delivered-to",
    "x-failed-recipients", "authentication-results", "dkim-signature", "resent-from", "resent-to", "x-originating-ip",
})  # fmt: skip
_ALWAYS_REMOVED: Final = frozenset({"content-description", "organization", "x-face", "face", "x-authenticated-user", "x-authenticated-sender"})
_NAME_PIECE: Final = regex(r"[A-Za-z]{4,40}")
# Who logged in, in a Received field.
_LOGGED_IN: Final = regex(r"(?i)((?:authenticated sender|authenticated as|authenticated user|auth)[:=]?\s{1,3})[^\s()@;]{2,64}(?=[)\s;])")
_NOT_NAMES: Final = frozenset({"received", "message-id", "references", "in-reply-to", "dkim-signature", "authentication-results"})
# A mailbox with its name before it, or behind it in a comment (RFC 5322 §3.4); "Smith, Robert <bob@example.com>" lacks its quotes.
_NAMED: Final = regex(r"(?:\"((?:[^\"\\]|\\.){1,200}+)\"\s{0,4}+|(?<![^<>,;:\"@])([^<>,;:\"@]{1,200}+))<[^<>\s]{1,320}+>")
_COMMENT: Final = regex(r"@[\w.-]{1,255}+>?\s{0,4}+\(([^()]{2,100}+)\)")
_BEFORE_COMMA: Final = regex(r"(?:\A|>,)\s{0,4}+([^<>,;:\"@]{2,100}+),(?=[^<>,;:\"@]{1,100}+<)")
_QUOTED_LOCAL: Final = regex(r"\"(?:[^\"\\\n]|\\.){1,64}+\"(?=@)")
_FILE_NAME: Final = regex(rb"(?i)((?:file)?name\*?=)(?:\"[^\"\n]{0,300}+\"|[^\s;\"]{1,300}+)")
_ADDRESS: Final = regex(r"(?<![A-Za-z0-9._+=&'*/?^{}~!#$%-])([A-Za-z0-9._+=&'*/?^{}~!#$%-]{1,128})@(?=[\w\[])")
# What joins an address to others, in links and return paths.
_JOINTS: Final = regex(r"(&#64;|&commat;|%40|%3[Dd]|[=+/?&])")
_TOKEN: Final = regex(r"[A-Za-z0-9._+=&'*/?^{}~!#$%-]+")
_ENCODED: Final = regex(r"=\?[^?\s]{1,60}\?[bBqQ]\?[^?\n]{0,600}\?=(?:[ \t]*+\n?[ \t]++=\?[^?\s]{1,60}\?[bBqQ]\?[^?\n]{0,600}\?=){0,20}+")
# What programs are called; it says who wrote a mail, and not which person.
_ROLE: Final = regex(r"(?i)[a-z]{2,20}(?:[-_.][a-z]{1,20}){0,3}")
_LETTERS: Final = regex(r"[A-Za-z]{0,16}")
_FIELDS: Final = regex(rb"(?m)^(?![ \t])")


def redact_mail(octets: bytes) -> bytes:
    """
    Hide people in a mail.

    Args:
        octets: The mail.

    Returns:
        The mail to give away, with the line ends that it had: what `parse()` and `classify()` make of it is the same, but for names.

    Raises:
        RedactionError: Hidden, the mail would be read otherwise; it says what would change.
    """
    before = parse(octets)
    mail, _ = read(octets, Limits())
    people = _People(mail, before)
    for keeps_texts in (False, True):  # a report may stand within the message that looks as if it came back
        hidden = _Hiding(people, keeps_texts=keeps_texts).part(mail, within=False)
        change = _changed(before, parse(hidden))
        if not change:
            return hidden.replace(b"\n", b"\r\n") if b"\r\n" in octets[:1_000] else hidden
    raise RedactionError(f"hidden, the mail would be read otherwise: {change}")


def _changed(before: Report, after: Report) -> str:
    """Say what of the verdict is another; "" where nothing is."""
    if (before.kind, before.dialect) != (after.kind, after.dialect):
        return f"{before.kind} by {before.dialect} becomes {after.kind} by {after.dialect}"
    one, other = (
        [(str(verdict.reason), str(verdict.action), verdict.status, verdict.reply_code, verdict.remote_mta) for verdict in classify(report)]
        for report in (before, after)
    )
    return "" if one == other else f"{one} becomes {other}"


class _People:
    """Who is named in a mail, and what each is called instead."""

    def __init__(self, mail: Part, report: Report) -> None:
        self._locals: dict[str, str] = {}
        self._literals: dict[str, str] = {}
        for part, within in _all_parts(mail):
            self._note_fields(part.headers.items())
            if within:
                self._note_words([part.headers.get(name) for name in _OF_THEIRS])
            self._note_locals(part.octets.decode("latin-1"))
            if not part.children:
                self._note_locals(part.decoded if part.media_type.startswith("text/") else part.body.decode("latin-1"))
        self._note_words([report.original.subject or ""] if report.original else [])
        for delivery in report.deliveries:
            self._note_locals(f"{delivery.recipient} {delivery.original_recipient or ''}")
        self._note_fields(report.original.fields if report.original else ())

    def _note_fields(self, fields: Iterable[tuple[str, str]]) -> None:
        for name, value in fields:
            if "@" in value and name not in _NOT_NAMES and is_persons(value):
                self._note_names(value)

    def _note_names(self, value: str) -> None:
        names = [quoted or plain for quoted, plain in _NAMED.findall(value)]
        for name in map(str.strip, (*names, *_COMMENT.findall(value), *_BEFORE_COMMA.findall(value))):
            if len(name) >= _LEAST and "@" not in name:
                other = self._literals.setdefault(name, f"Person {len(self._literals) + 1}")
                for piece in _NAME_PIECE.findall(name):  # "Dear Mr Miller"
                    if piece.lower() not in COMMON_WORDS:
                        self._locals.setdefault(piece.lower(), other.replace(" ", ""))

    def _note_words(self, values: list[str]) -> None:
        for value in values:
            if len(value) > _LEAST:
                self._literals.setdefault(value, f"Subject {len(self._literals) + 1}")

    def _note_locals(self, text: str) -> None:
        for local in _ADDRESS.findall(text):
            personal = is_persons(f"{local}@example.org")
            if local.lower() not in self._locals and (personal or not _ROLE.fullmatch(local)):
                kept = "user" if personal else "".join(_LETTERS.findall(local)[:1])
                self._locals[local.lower()] = f"{kept or 'id'}{len(self._locals) + 1}"
        for quoted in _QUOTED_LOCAL.findall(text):
            self._literals.setdefault(quoted, f"user{len(self._locals) + len(self._literals) + 1}")

    def hide(self, text: str) -> str:
        """Give a text without them, encoded-words (RFC 2047) among them."""
        text = _ENCODED.sub(self._decoded, text) if "=?" in text else text
        text = _LOGGED_IN.sub(r"\1user", text)
        for literal in sorted(self._literals, key=len, reverse=True):
            text = text.replace(literal, self._literals[literal])
        return _TOKEN.sub(self._other, text)

    def _decoded(self, match: re.Match[str]) -> str:
        """Give what stands for an encoded-word that is a name, or a piece of one."""
        said = decode_words(match.group()).strip()
        return next((other for literal, other in self._literals.items() if said in literal or literal in said), match.group())

    def _other(self, match: re.Match[str]) -> str:
        token = match.group()
        core = token.rstrip(".'")
        before_at = match.string[match.end() : match.end() + 1] == "@"
        if (other := self._locals.get(core.lower())) and (before_at or self._stands_alone(core)):
            return other + token[len(core) :]
        return "".join(self._locals[piece.lower()] if piece.lower() in self._locals and self._stands_alone(piece) else piece for piece in _JOINTS.split(token))

    @staticmethod
    def _stands_alone(name: str) -> bool:
        """Tell a name that is hidden wherever it stands, and no common word."""
        return len(name) > _LEAST and name.lower() not in COMMON_WORDS


def _all_parts(part: Part, *, within: bool = False) -> Iterator[tuple[Part, bool]]:
    yield part, within
    for child in part.children:
        yield from _all_parts(child, within=within or part.media_type in MESSAGE_TYPES)


class _Hiding:
    """Writes a mail anew, part by part, each where it stood."""

    def __init__(self, people: _People, *, keeps_texts: bool) -> None:
        self._people = people
        self._keeps_texts = keeps_texts

    def part(self, part: Part, *, within: bool) -> bytes:
        """Give a part, header and body; `within` a message that came back its texts are left out."""
        body = part.raw_body
        block = part.octets[: len(part.octets) - len(body)]
        return self._block(block, within=within) + (self._parts(part, body, within=within) if part.children else self._leaf(part, body, within=within))

    def _block(self, block: bytes, *, within: bool) -> bytes:
        return b"".join(self._field(piece, within=within and not self._keeps_texts) for piece in _FIELDS.split(block))

    def _field(self, piece: bytes, *, within: bool) -> bytes:
        name, colon, octets = piece.partition(b":")
        if not colon:
            return self._plain(piece)
        known = name.strip().lower().decode("latin-1")
        if known in _ALWAYS_REMOVED or known.startswith("x-spam-") or (within and known not in _KEPT):
            return name + b": (removed)\n"
        if known in {"content-type", "content-disposition"}:
            octets = _FILE_NAME.sub(rb'\1"attachment"', octets)
            piece = name + colon + octets
        value = octets.decode("utf-8", "replace")
        decoded = decode_words(" ".join(value.split()))
        hidden = self._people.hide(decoded)
        if hidden == decoded:
            return piece
        if not hidden.isascii():
            from email.header import Header  # noqa: PLC0415 - for such names alone

            hidden = Header(hidden, "utf-8").encode()
        return name + b": " + hidden.encode("ascii", "replace") + b"\n"

    def _parts(self, part: Part, body: bytes, *, within: bool) -> bytes:
        out, rest = [], 0
        inside = within or part.media_type in MESSAGE_TYPES
        for child in part.children:
            start = body.find(child.octets, rest)
            if start < 0:  # a message in base64, whose octets do not stand in the body
                return self._encoded(part, self.part(child, within=inside).decode("latin-1"), "latin-1")
            out += [self._plain(body[rest:start]), self.part(child, within=inside)]
            rest = start + len(child.octets)
        return b"".join((*out, self._plain(body[rest:])))

    def _plain(self, octets: bytes) -> bytes:
        return self._people.hide(octets.decode("latin-1")).encode("latin-1", "replace")

    def _leaf(self, part: Part, body: bytes, *, within: bool) -> bytes:
        if part.media_type in HEADER_TYPES:
            return self._block(body, within=True)
        if not part.media_type.startswith(("text/", "message/")):
            fields = self._keeps_texts and part.body.isascii()  # a delivery status that calls itself something else
            return self._encoded(part, self._people.hide(part.body.decode("latin-1")), "latin-1") if fields else _REMOVED.encode()
        if within and not self._keeps_texts and part.media_type.startswith("text/"):
            return self._encoded(part, _REMOVED, "utf-8")
        notice, pasted = find_pasted(part.decoded) if part.media_type == "text/plain" else (part.decoded, None)
        if pasted is None or self._keeps_texts:
            return self._encoded(part, self._people.hide(part.decoded), part.parameters.get("charset", ""))
        below = part.decoded[len(notice) :]
        head = below.lstrip("\n").partition("\n\n")[0] + "\n"
        gap = "\n" * (len(below) - len(below.lstrip("\n")))
        block = self._block(head.encode("utf-8", "replace"), within=True).decode("utf-8", "replace")
        return self._encoded(part, f"{self._people.hide(notice)}{gap}{block}\n{_REMOVED}", part.parameters.get("charset", ""))

    def _encoded(self, part: Part, text: str, charset: str) -> bytes:
        """Write a text as the part says that it is written."""
        try:
            octets = text.encode(charset or "utf-8", "replace")
        except (LookupError, ValueError):
            octets = text.encode("utf-8", "replace")
        encoding = part.headers.get("content-transfer-encoding").lower()
        if encoding.startswith("base64"):
            return encodebytes(octets)
        return quopri.encodestring(octets) if encoding.startswith("quoted") else octets
