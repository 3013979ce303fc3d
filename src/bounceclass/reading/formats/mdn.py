"""
Message disposition notifications: read receipts, and the failures that some of them report.

Spec:
    RFC 8098 §3.2.6 (disposition), §3.2.7 (failure, error and warning fields).
"""

from __future__ import annotations

from attrs import frozen

from bounceclass.mail.addresses import bare
from bounceclass.reading.draft import DraftDelivery
from bounceclass.reading.formats.dsn import untyped
from bounceclass.reading.formats.fields import first, read_groups

__all__ = ["Disposition", "read_disposition"]


@frozen
class Disposition:
    """What a disposition says; `failed` where the message never reached the mailbox."""

    finding: DraftDelivery
    failed: bool


def read_disposition(text: str) -> Disposition | None:
    """
    Read a message/disposition-notification part.

    disposition-type is displayed, deleted, dispatched or processed; "failed" is of its
    predecessor (RFC 2298) and still written by gateways that could not deliver.

    Returns:
        None where no recipient is named.
    """
    fields = [field for group in read_groups(text) for field in group]
    recipient = bare(untyped(first(fields, "final-recipient", "original-recipient")))
    if not recipient:
        return None
    words = first(fields, "failure", "error", "diagnostic-code")
    kind = first(fields, "disposition").rpartition(";")[2].strip().lower()
    failed = bool(first(fields, "failure")) or kind.startswith("failed")
    alias = bare(untyped(first(fields, "original-recipient")))
    return Disposition(
        DraftDelivery(recipient=recipient, alias="" if alias.lower() == recipient.lower() else alias, diagnostic=untyped(words)),
        failed,
    )
