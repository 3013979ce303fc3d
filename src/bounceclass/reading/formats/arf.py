"""
Complaints: feedback reports.

Spec:
    RFC 5965 (ARF), RFC 6591 (authentication failure), RFC 6692 (source port).
"""

from __future__ import annotations

from bounceclass.mail.addresses import bare
from bounceclass.reading.draft import DraftDelivery
from bounceclass.reading.formats.fields import first, read_groups

__all__ = ["complaint", "read_feedback"]


def read_feedback(text: str, original_recipients: tuple[str, ...]) -> list[DraftDelivery]:
    """
    Read a message/feedback-report part.

    Args:
        text: The decoded part.
        original_recipients: Whom the returned message was addressed to, for reports
            that leave the optional recipient fields out or blacken them.

    Returns:
        One finding for each Original-Rcpt-To, in order; else one for each addressee.
    """
    fields = [field for group in read_groups(text) for field in group]
    named = [bare(value) for name, value in fields if name in {"original-rcpt-to", "original-recipient"} and "@" in value]
    who = list(dict.fromkeys(named)) or list(original_recipients)
    kind = first(fields, "feedback-type")
    return [complaint(address, kind) for address in who]


def complaint(recipient: str, feedback_type: str) -> DraftDelivery:
    """Give what a service found that complains in a format of its own: its feedback type (RFC 5965 §3.1) is its words."""
    return DraftDelivery(recipient=recipient, diagnostic=f"Feedback-Type: {feedback_type}" if feedback_type else "")
