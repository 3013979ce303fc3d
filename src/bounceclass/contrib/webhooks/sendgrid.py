"""SendGrid's Event Webhook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bounceclass.contrib.webhooks.provider import Event, Provider, of_one
from bounceclass.model.vocabulary import Kind
from bounceclass.reading.draft import DraftDelivery, complaint
from bounceclass.reading.objects import instant_at, text_at
from bounceclass.reading.smtp_reply import clean_status

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PROVIDER"]

_KINDS: Final = {
    "bounce": Kind.FAILURE,
    "dropped": Kind.FAILURE,
    "deferred": Kind.DELAY,
    "delivered": Kind.SUCCESS,
    "spamreport": Kind.COMPLAINT,
}


def _read(row: Mapping[str, Any]) -> Event | None:
    name, recipient = text_at(row, "event"), text_at(row, "email")
    kind = _KINDS.get(name)
    if kind is None:
        return None
    if kind is Kind.COMPLAINT:
        return of_one(kind, PROVIDER.name, complaint(recipient, "abuse", at=instant_at(row, "timestamp")), message_id=text_at(row, "smtp-id"))
    reason = text_at(row, "reason")
    delivery = DraftDelivery(
        recipient=recipient,
        diagnostic=text_at(row, "response") or reason,
        status=clean_status(text_at(row, "status")),
        last_attempt=instant_at(row, "timestamp"),
        label=f"dropped/{reason}" if name == "dropped" else text_at(row, "bounce_classification"),
    )
    return of_one(kind, PROVIDER.name, delivery, message_id=text_at(row, "smtp-id") or text_at(row, "sg_message_id"))


PROVIDER: Final = Provider(
    name="sendgrid",
    title="SendGrid",
    source="https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event",
    looks_like='"event" and "email" beside "sg_event_id", "sg_message_id" or "smtp-id"',
    knows=lambda row: "event" in row and "email" in row and not {"sg_event_id", "sg_message_id", "smtp-id"}.isdisjoint(row),
    read=_read,
)
