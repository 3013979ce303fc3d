"""What runs in the worker: from what somebody pasted or dropped to what the page shows, as JSON."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from datetime import timedelta, timezone
from itertools import islice
from typing import TYPE_CHECKING, Any

import bounceclass
from bounceclass.mailboxes import MailboxError, read_mails

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_MAILS = 100
MOST_OCTETS = 16 * 2**20
MOST_UNPACKED = 64 * 2**20
_OLE = b"\xd0\xcf\x11\xe0"
_AUDIENCES = ("person", "support", "postmaster")


class UnreadableError(Exception):
    """What was given is nothing that can be read; its word says which sentence the page shows."""


def read(octets: memoryview, locale: str, minutes: int) -> str:
    """
    Read what was given.

    Args:
        octets: A mail, an mbox, a ZIP of mails, or any text.
        locale: The language.
        minutes: How far the reader's clock is ahead of UTC.

    Returns:
        JSON: {"mails": [...], "more": whether there were more than a hundred}, or {"problem": word}.
    """
    try:
        mails = list(islice(_mails(bytes(octets)), MOST_MAILS + 1))
        if not mails:
            raise UnreadableError("empty")  # noqa: TRY301 - as the others are raised below
    except UnreadableError as problem:
        return json.dumps({"problem": str(problem)})
    zone = timezone(timedelta(minutes=minutes))
    return json.dumps({"mails": [_told(name, mail, locale, zone) for name, mail in mails[:MOST_MAILS]], "more": len(mails) > MOST_MAILS})


def _mails(octets: bytes) -> Iterator[tuple[str, bytes]]:
    if octets.startswith(_OLE):
        raise UnreadableError("msg")
    if octets.startswith(b"PK\x03\x04"):
        yield from _zipped(octets)
        return
    if not octets.strip():
        raise UnreadableError("empty")
    if b"\0" in octets[:2_048] and b"\nReceived:" not in octets:
        raise UnreadableError("binary")
    try:
        for mail in read_mails(io.BytesIO(octets), pasted=True):
            yield mail.origin.removeprefix("-").lstrip(":"), mail.octets
    except MailboxError as error:
        raise UnreadableError("binary") from error


def _zipped(octets: bytes) -> Iterator[tuple[str, bytes]]:
    unpacked = 0
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            for entry in archive.infolist():
                if not entry.is_dir() and not entry.filename.startswith("__MACOSX/"):
                    with archive.open(entry) as file:
                        mail = file.read(MOST_OCTETS + 1)
                    unpacked += len(mail)
                    if unpacked > MOST_UNPACKED:
                        raise UnreadableError("large")
                    if mail.strip() and not mail.startswith(_OLE):
                        yield entry.filename, mail
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, zlib.error) as error:
        raise UnreadableError("zip") from error


def _told(name: str, octets: bytes, locale: str, zone: timezone) -> dict[str, Any]:
    """Tell of one mail: warnings first, the short form, the full one, texts to copy, what a program would do."""
    report = bounceclass.parse(octets)
    assessment = bounceclass.assess(report)
    forged = assessment.authenticity is bounceclass.Authenticity.FORGED
    if report.kind is bounceclass.Kind.OTHER and not forged:
        report = bounceclass.parse_pasted(octets)
    warned = not report.forwarded and (assessment.fake or assessment.backscatter)
    told = {audience: bounceclass.explain(report, locale=locale, audience=audience, zone=zone) for audience in _AUDIENCES}
    person = told["person"]
    return {
        "name": name,
        "title": f"{person.outcome}{person.label('colon') if person.outcome else ''}{person.title}",
        "warning": bounceclass.explain(assessment, locale=locale).to_html() if warned else "",
        "forged": forged and not report.forwarded,
        "short": person.brief().to_html(),
        "full": person.to_html(),
        "copies": {"person": str(person.brief()), "support": str(told["support"]), "postmaster": str(told["postmaster"])},
        "verdicts": [_row(verdict) for verdict in bounceclass.classify(report)],
        "kind": str(report.kind),
    }


def _row(verdict: bounceclass.Verdict) -> dict[str, Any]:
    winner = verdict.evidence[0] if verdict.evidence else None
    return {
        "recipient": verdict.recipient,
        "reason": str(verdict.reason),
        "address_state": str(verdict.address_state),
        "action": str(verdict.action),
        "confidence": verdict.confidence,
        "evidence": f"{winner.rule}: {winner.excerpt}" if winner else "",
    }
