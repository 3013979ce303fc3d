"""
Complaints: feedback reports.

Spec:
    RFC 5965 (ARF), RFC 6591 (authentication failure), RFC 6692 (source port).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bounceclass.mail.addresses import bare, list_addresses
from bounceclass.model.vocabulary import Kind
from bounceclass.reading.draft import Draft, DraftDelivery, complaint
from bounceclass.reading.fields import first, read_groups

if TYPE_CHECKING:
    from bounceclass.reading.context import ParseContext

__all__ = ["read"]


def read(context: ParseContext) -> Draft | None:
    """Read a message/feedback-report part; reports that leave out or blacken whom they mean mean the addressees of the message that came back."""
    parts = context.parts
    if parts.feedback is None:
        return None
    deliveries = _read_feedback(parts.feedback, parts.original.get("to") if parts.original else "", context.limit)
    return Draft(kind=Kind.COMPLAINT, deliveries=tuple(deliveries), dialect="rfc5965", basis="the fields of a feedback report", in_fields=True)


def _read_feedback(text: str, addressed: str, limit: int) -> list[DraftDelivery]:
    """Give one delivery for each Original-Rcpt-To, in order; else one for each addressee."""
    fields = [field for group in read_groups(text) for field in group]
    named = [bare(value) for name, value in fields if name in {"original-rcpt-to", "original-recipient"} and "@" in value]
    kind = first(fields, "feedback-type")
    if failed := first(fields, "auth-failure"):  # RFC 6591 §3.1
        kind = f"{kind}, Auth-Failure: {failed}"
    return [complaint(address, kind) for address in dict.fromkeys(named) or list_addresses(addressed, limit)]
