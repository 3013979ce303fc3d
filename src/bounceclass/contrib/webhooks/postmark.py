"""Postmark's webhooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bounceclass.contrib.webhooks.provider import Event, Provider, event_of
from bounceclass.model.vocabulary import Kind
from bounceclass.reading.draft import DraftDelivery
from bounceclass.reading.fields import untyped
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
    kind = {"Bounce": _KINDS.get(label, Kind.FAILURE), "SpamComplaint": Kind.COMPLAINT, "Delivery": Kind.SUCCESS}.get(record)
    if kind is None:
        return None
    delivery = DraftDelivery(
        recipient=text_at(row, "Email") or text_at(row, "Recipient"),
        diagnostic=untyped(text_at(row, "Details")),
        last_attempt=text_at(row, "BouncedAt") or text_at(row, "DeliveredAt"),
        label=label,
    )
    return event_of(PROVIDER.name, kind, delivery, message_id=text_at(row, "MessageID"), sender=text_at(row, "From"), subject=text_at(row, "Subject"))


PROVIDER: Final = Provider(
    name="postmark",
    title="Postmark",
    source="https://postmarkapp.com/developer/webhooks/bounce-webhook",
    looks_like='"RecordType"',
    knows=lambda row: "RecordType" in row,
    read=_read,
)
