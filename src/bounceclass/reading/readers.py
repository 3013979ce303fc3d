"""
Who reads mails, and in which order they are asked: the first that knows a mail says what it is.

What a mail calls itself never outweighs what it holds: fields for programs come before words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bounceclass.mail.message import read
from bounceclass.model.vocabulary import DefectCode, Kind
from bounceclass.reading.context import ParseContext, Reader
from bounceclass.reading.draft import Draft, check_draft
from bounceclass.reading.formats import arf, autoreply, dsn, enclosed, mdn, notice
from bounceclass.reading.parts import ReportParts
from bounceclass.reading.report import build_report

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bounceclass.mail.limits import Limits
    from bounceclass.model.report import Report
    from bounceclass.reading.dialects.registry import Dialects

__all__ = ["NOTHING", "READERS", "open_mail", "read_report"]

READERS: Final = (
    Reader("rfc5965", "a feedback report", arf.read),
    Reader("rfc3464", "fields of a delivery status", dsn.read),
    Reader("rfc8098", "fields of a receipt, or the subject of one", mdn.read),
    Reader("clues", "clues that only one service's notices have", notice.read_by_clues),
    Reader("enclosed", "a report within, from a program that passes them on", enclosed.read),
    Reader("rfc3834", "the subject or header fields of an automatic answer", autoreply.read),
    Reader("words", "words that say what failed, of an author who may report it", notice.read),
    Reader("answers", "sentences of automatic answers", autoreply.read_words),
)
NOTHING: Final = Draft(kind=Kind.OTHER)


def open_mail(octets: bytes, dialects: Dialects, limits: Limits, readers: Iterable[Reader] = ()) -> ParseContext:
    """
    Prepare a mail for being read.

    Args:
        octets: The mail.
        dialects: The dialects to know.
        limits: How much of it is read.
        readers: Readers of others', which are asked before ours.
    """
    mail, log = read(octets, limits)
    return ParseContext(ReportParts(mail, log), dialects, (*map(_contained, readers), *READERS))


def read_report(octets: bytes, dialects: Dialects, limits: Limits, readers: Iterable[Reader] = ()) -> Report:
    """Read one mail; never raises on what it contains.  Arguments as of `open_mail()`."""
    context = open_mail(octets, dialects, limits, readers)
    return build_report(context.answer() or NOTHING, context.parts.log, context)


def _contained(reader: Reader) -> Reader:
    """Give a reader of somebody else's whose faults are defects of the mail, as every other oddity is."""

    def read(context: ParseContext) -> Draft | None:
        try:
            return check_draft(reader.read(context))
        except Exception as error:  # noqa: BLE001 - whatever it is, the others are asked
            context.parts.log.note(DefectCode.DETECTOR_FAILED, f"{reader.name}: {error!r}")
            return None

    return Reader(reader.name, reader.looks_for, read)
