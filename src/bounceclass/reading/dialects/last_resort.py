"""
flufl.bounce, behind all dialects of our own, with its crashes contained.

Where it answers and we did not, that is a gap to close in a table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bounceclass.model.vocabulary import DefectCode
from bounceclass.reading.draft import DraftDelivery
from bounceclass.regex import regex
from bounceclass.text.folding import on_one_line

if TYPE_CHECKING:
    from bounceclass.reading.parts import ReportParts

__all__ = ["NAME", "decode"]

NAME: Final = "flufl.bounce"
_MAX_WORDS: Final = 1_000
_MAX_OCTETS: Final = 2**16
_NESTING: Final = regex(rb"(?i)content-type:[ \t]{0,9}(?:message|multipart)/")
_MOST_NESTED: Final = 50
_MAX_LINES: Final = 1_000
_EMPTY_LINES: Final = regex(rb"\n[ \t]*+\n(?:[ \t]*+\n)*+")
_MAX_LINE: Final = 998  # RFC 5322 §2.1.1


def _bounded(octets: bytes) -> bytes:
    """Cut what costs it most: long lines, long mails, and empty lines, each of which every one of its detectors takes anew."""
    octets = _EMPTY_LINES.sub(b"\n\n", octets[:_MAX_OCTETS])
    return b"\n".join(line[:_MAX_LINE] for line in octets.splitlines()[:_MAX_LINES])


def decode(parts: ReportParts) -> list[DraftDelivery]:
    """Ask flufl.bounce for failed addresses; whatever it raises becomes a defect."""
    octets = parts.mail.octets
    if len(_NESTING.findall(octets)) > _MOST_NESTED:
        return []  # the library walks parts in parts in quadratic time
    import logging  # noqa: PLC0415 - as below
    from email import message_from_bytes  # noqa: PLC0415 - as below

    from flufl.bounce import all_failures  # noqa: PLC0415 - 30 ms, and hardly any mail gets here

    # It logs what it raises; without a handler of the program's own that would go to standard error.
    logger = logging.getLogger(NAME)
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    try:
        temporary, permanent = all_failures(message_from_bytes(_bounded(octets)))
        found = {address.decode("utf-8", "replace") for address in (*temporary, *permanent)}
    except Exception as error:  # noqa: BLE001 - foreign detectors raise IndexError, AttributeError, LookupError …
        parts.log.note(DefectCode.DETECTOR_FAILED, f"flufl.bounce: {type(error).__name__}")
        return []
    words = on_one_line(parts.text)[:_MAX_WORDS]
    return [DraftDelivery(recipient=address, diagnostic=words) for address in sorted(found) if "@" in address]
