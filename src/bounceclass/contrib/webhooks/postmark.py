"""Postmark's webhooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bounceclass.contrib.webhooks.provider import Event, Provider, of_one
from bounceclass.model.vocabulary import Kind
from bounceclass.reading.draft import DraftDelivery, complaint
from bounceclass.reading.objects import text_at

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PROVIDER"]

# What a bounce is by its type, where it is no failure; None tells of no delivery.
_KINDS: Final = {
    "Transient": Kind.DELAY,
    "AutoResponder": Kind.AUTO_REPLY,
    "ChallengeVerification": Kind.CHALLENGE,
    "SpamComplaint": Kind.COMPLAINT,
    "Subscribe": None,
    "Unsubscribe": None,
    "InboundError": None,
    "TemplateRenderingFailed": None,
}


def _read(row: Mapping[str, Any]) -> Event | None:
    record, label = text_at(row, "RecordType"), text_at(row, "Type")
    about = {"message_id": text_at(row, "MessageID"), "sender": text_at(row, "From"), "subject": text_at(row, "Subject")}
    kind = {"Bounce": _KINDS.get(label, Kind.FAILURE), "SpamComplaint": Kind.COMPLAINT, "Delivery": Kind.SUCCESS}.get(record)
    if kind is None:
        return None
    recipient = text_at(row, "Email") or text_at(row, "Recipient")
    at = text_at(row, "BouncedAt") or text_at(row, "DeliveredAt")
    if kind is Kind.COMPLAINT:
        return of_one(kind, PROVIDER.name, complaint(recipient, "abuse", at=at), **about)
    words = text_at(row, "Details").removeprefix("smtp;").strip()
    return of_one(kind, PROVIDER.name, DraftDelivery(recipient=recipient, diagnostic=words, last_attempt=at, label=label), **about)


PROVIDER: Final = Provider(
    name="postmark",
    title="Postmark",
    source="https://postmarkapp.com/developer/webhooks/bounce-webhook",
    looks_like='"RecordType"',
    knows=lambda row: "RecordType" in row,
    read=_read,
)
