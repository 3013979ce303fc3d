"""
The message that came back: attached, as its header block alone, or pasted below a separator.

Spec:
    RFC 3464 §2 (third part of a report), RFC 6522 §3, RFC 6533 §6 (message/global-headers).
"""

from __future__ import annotations

import re
from io import StringIO
from typing import TYPE_CHECKING, Final

from bounceclass.mail.addresses import list_addresses
from bounceclass.mail.dates import parse_date
from bounceclass.mail.headers import Headers, split_block
from bounceclass.model.report import Original
from bounceclass.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bounceclass.mail.limits import Limits
    from bounceclass.mail.message import Part

__all__ = ["HEADER_TYPES", "find_pasted", "read_headers_part", "read_original"]

HEADER_TYPES: Final = frozenset({"text/rfc822-headers", "text/rfc822-header", "message/rfc822-headers", "message/global-headers", "text/rfc822"})

# Fields that only a transported message has: a summary inside a notice has not.
_TRANSPORT: Final = (
    "received:", "return-path:", "mime-version:", "dkim-signature:", "x-mailer:", "delivered-to:", "authentication-results:",
    "content-type:", "x-originating-ip:",
)  # fmt: skip
# Sun's notices open with a summary that has a Message-ID too; a message has it only below a separator.
_MESSAGE_ID: Final = "message-id:"
_SEPARATED: Final = regex(r"(?m)^[ \t]*+[-=_*]{2}[^\n]*+\s*+\Z")
_FIELD_LINE: Final = regex(r"[A-Za-z][A-Za-z0-9-]{1,50}:(?:[ \t]|$)")
# Fields of a delivery status (RFC 3464 §2.2, §2.3).
_STATUS_FIELD: Final = regex(
    r"(?i)(?:reporting-mta|received-from-mta|arrival-date|(?:x-)?(?:original|final|actual)-recipient|action|status|remote-mta|diagnostic-code"
    r"|last-attempt-date|final-log-id|will-retry-until|original-envelope-id|x-postfix-[a-z-]{1,20})[ \t]{0,9}:"
)
_LEAST_FIELDS: Final = 3
_MAX_HEAD: Final = 128 * 2**10


def read_headers_part(part: Part) -> Headers:
    """Read a part that holds a header block as its text, in any transfer encoding."""
    return Headers(part.body.lstrip(b"\n"))


def read_original(headers: Headers, limits: Limits) -> Original | None:
    """Put the value together; None where the block holds no field."""
    fields = tuple(headers.items())
    if not fields:
        return None
    first: dict[str, str] = {}
    for name, value in fields:
        first.setdefault(name, value)
    senders = list_addresses(first.get("from", "") or first.get("return-path", ""), 1)
    addressed = ", ".join(first[name] for name in ("to", "cc") if name in first)
    return Original(
        message_id=first.get("message-id") or None,
        subject=first.get("subject"),
        sender=senders[0] if senders else None,
        recipients=list_addresses(addressed, limits.recipients),
        date=parse_date(first.get("date", "")),
        list_id=first.get("list-id") or None,
        fields=fields,
    )


def find_pasted(text: str, *, fields_too: bool = False) -> tuple[str, Headers | None]:
    """
    Part a notice's text from the message that is pasted below it.

    Found by what it is (a run of header fields, one of them a transport field), not by the
    separator above it, which every server words otherwise.

    Args:
        text: The text.
        fields_too: Fields of a delivery status (RFC 3464) right above the pasted header belong to the notice.

    Returns:
        The text up to there, and the pasted header block; None where nothing is pasted.
    """
    if text.isascii() and not _may_hold_head(text.lower()):
        return text, None
    for run_start, run_end in _field_runs(text):
        block = text[run_start:run_end]
        if _is_message_head(block, text[:run_start]):
            run_start += _status_end(block) if fields_too else 0  # noqa: PLW2901 - the message begins below them
            octets, _ = split_block(_outdent(text[run_start:]).encode("utf-8", "replace")[:_MAX_HEAD], _MAX_HEAD)
            return text[:run_start], Headers(octets)
    return text, None


def _may_hold_head(lower: str) -> bool:
    """Tell cheaply whether fields of a message can stand in a text; of other than ASCII, to make it lower case takes longer than to look."""
    return _MESSAGE_ID in lower or any(name in lower for name in _TRANSPORT)


def _status_end(block: str) -> int:
    """Give where the fields of a delivery status end that a block of fields begins with; 0 where it does not."""
    end = 0
    for line in block.splitlines(keepends=True):
        field = line.lstrip(" \t>")
        folded = end and line[:1] in {" ", "\t"} and not _FIELD_LINE.match(field)
        if field.strip() and not folded and not _STATUS_FIELD.match(field):
            return end
        end += len(line)
    return end


def _outdent(block: str) -> str:
    """Undo the indentation or the quote marks of a pasted block."""
    mark = re.match(r"[ \t]*(?:> ?)?", block)
    prefix = mark.group() if mark else ""
    return "\n".join(line.removeprefix(prefix) for line in block.split("\n")[:400]) if prefix else block


def _field_runs(text: str) -> Iterator[tuple[int, int]]:
    """Find runs of field lines (with their continuations) as start and end positions."""
    start = -1
    position = 0
    for line in StringIO(text):
        stripped = line.lstrip(" \t>")
        is_field = _FIELD_LINE.match(stripped) is not None
        if start < 0 and is_field:
            start = position
        elif start >= 0 and not is_field and not (stripped.rstrip("\n") and line[0] in " \t>"):
            yield start, position
            start = -1
        position += len(line)
    if start >= 0:
        yield start, len(text)


def _is_message_head(block: str, above: str) -> bool:
    lines = [line.lstrip(" \t>") for line in block.split("\n")]
    fields = [line for line in lines if _FIELD_LINE.match(line)]
    if len(fields) < _LEAST_FIELDS:
        return False
    names = [line.lower() for line in fields]
    separated = _SEPARATED.search(above[-200:]) is not None
    return any(name.startswith(_TRANSPORT) or (separated and name.startswith(_MESSAGE_ID)) for name in names)
