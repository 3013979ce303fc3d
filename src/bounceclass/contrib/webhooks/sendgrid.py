"""SendGrid's Event Webhook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bounceclass.contrib.webhooks.provider import Event, Provider, event_of
from bounceclass.model.vocabulary import Kind
from bounceclass.reading.draft import DraftDelivery
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
    name = text_at(row, "event")
    kind = _KINDS.get(name)
    if kind is None:
        return None
    reason = text_at(row, "reason")
    delivery = DraftDelivery(
        recipient=text_at(row, "email"),
        diagnostic=text_at(row, "response") or reason,
        status=clean_status(text_at(row, "status")),
        last_attempt=instant_at(row, "timestamp"),
        label=f"dropped/{reason}" if name == "dropped" else text_at(row, "bounce_classification"),
    )
    return event_of(PROVIDER.name, kind, delivery, message_id=text_at(row, "smtp-id") or text_at(row, "sg_message_id"))


PROVIDER: Final = Provider(
    name="sendgrid",
    title="SendGrid",
    source="https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event",
    looks_like='"event" and "email" beside "sg_event_id", "sg_message_id" or "smtp-id"',
    knows=lambda row: "event" in row and "email" in row and not {"sg_event_id", "sg_message_id", "smtp-id"}.isdisjoint(row),
    read=_read,
)
