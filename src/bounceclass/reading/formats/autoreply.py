"""
Automatic answers: a program wrote them for the recipient, who therefore got the message.

Spec:
    RFC 3834 §5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bounceclass.mail.addresses import list_addresses
from bounceclass.model.vocabulary import Kind
from bounceclass.reading.draft import Draft, DraftDelivery

if TYPE_CHECKING:
    from bounceclass.reading.context import ParseContext
    from bounceclass.reading.traits import HeaderTraits

__all__ = ["read"]

_FORMAT: Final = "rfc3834"


def read(context: ParseContext) -> Draft | None:
    """Tell an automatic answer, or one that asks the sender to confirm, by its header fields and its subject."""
    traits, headers = context.parts.traits, context.parts.headers
    named = traits.subject_kind
    if traits.names_delivery and (traits.daemon or (traits.subject_opens and not headers.get("subject").startswith("["))):
        return None
    if named is Kind.CHALLENGE and not traits.daemon:
        return Draft(kind=Kind.CHALLENGE, dialect=_FORMAT, basis="the subject")
    if traits.daemon or not _is_answer(traits):
        return None
    author = list_addresses(headers.get("from") or headers.get("reply-to"), 1)
    deliveries = tuple(DraftDelivery(recipient=address) for address in author)
    return Draft(
        kind=Kind.AUTO_REPLY, deliveries=deliveries, dialect=_FORMAT, basis="the subject" if named is Kind.AUTO_REPLY else "header fields of automatic answers"
    )


def _is_answer(traits: HeaderTraits) -> bool:
    if traits.subject_kind is Kind.AUTO_REPLY:
        return traits.automatic or traits.sure_reply
    return traits.vacation or (traits.auto_submitted.startswith("auto-replied") and not (traits.failed_recipients or traits.ndr))
