"""
Message disposition notifications: read receipts, and the failures that some of them report.

Spec:
    RFC 8098 §3.2.6 (disposition), §3.2.7 (failure, error and warning fields).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bounceclass.mail.addresses import bare
from bounceclass.model.vocabulary import Kind
from bounceclass.reading.draft import Draft, DraftDelivery, join_drafts
from bounceclass.reading.fields import first, read_groups, untyped
from bounceclass.reading.words import says_failed

if TYPE_CHECKING:
    from bounceclass.reading.context import ParseContext

__all__ = ["read", "read_disposition"]

_FORMAT: Final = "rfc8098"


def read(context: ParseContext) -> Draft | None:
    """Read a receipt, unless it reports that the message never reached the mailbox."""
    parts, traits = context.parts, context.parts.traits
    if parts.disposition is None:
        if traits.report_type == "disposition-notification":
            return Draft(kind=Kind.DISPOSITION, dialect=_FORMAT, basis="the report's type")
        named = traits.subject_kind is Kind.DISPOSITION and traits.automatic
        return Draft(kind=Kind.DISPOSITION, dialect=_FORMAT, basis="the subject of an automatic mail") if named else None
    told = read_disposition(parts.disposition)
    if told and (told[1] or says_failed(parts.folded)):
        words = context.words[0] or [DraftDelivery(recipient=told[0].recipient, diagnostic=context.lines.words)]
        return Draft(
            kind=Kind.FAILURE, deliveries=tuple(join_drafts([told[0]], words)), dialect=_FORMAT, basis="the fields of a receipt that reports a failure"
        )
    return Draft(kind=Kind.DISPOSITION, dialect=_FORMAT, basis="the fields of a receipt")


def read_disposition(text: str) -> tuple[DraftDelivery, bool] | None:
    """
    Read a message/disposition-notification part.

    disposition-type is displayed, deleted, dispatched or processed; "failed" is of its
    predecessor (RFC 2298) and still written by gateways that could not deliver.

    Returns:
        The recipient, and whether the message never reached the mailbox; None where no recipient is named.
    """
    fields = [field for group in read_groups(text) for field in group]
    recipient = bare(untyped(first(fields, "final-recipient", "original-recipient")))
    if not recipient:
        return None
    words = first(fields, "failure", "error", "diagnostic-code")
    kind = first(fields, "disposition").rpartition(";")[2].strip().lower()
    failed = bool(first(fields, "failure")) or kind.startswith("failed")
    alias = bare(untyped(first(fields, "original-recipient")))
    return DraftDelivery(recipient=recipient, alias="" if alias.lower() == recipient.lower() else alias, diagnostic=untyped(words)), failed
