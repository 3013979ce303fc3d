"""Brevo's transactional webhooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bounceclass.contrib.webhooks.provider import Event, Provider, event_of
from bounceclass.model.vocabulary import Kind
from bounceclass.reading.draft import DraftDelivery
from bounceclass.reading.objects import instant_at, text_at

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PROVIDER"]

_KINDS: Final = {
    "hard_bounce": Kind.FAILURE,
    "soft_bounce": Kind.FAILURE,
    "blocked": Kind.FAILURE,
    "invalid_email": Kind.FAILURE,
    "error": Kind.FAILURE,
    "deferred": Kind.DELAY,
    "delivered": Kind.SUCCESS,
    "spam": Kind.COMPLAINT,
    "complaint": Kind.COMPLAINT,
}


def _read(row: Mapping[str, Any]) -> Event | None:
    name = text_at(row, "event")
    kind = _KINDS.get(name)
    if kind is None:
        return None
    at = instant_at(row, "ts_epoch") or instant_at(row, "ts_event") or instant_at(row, "ts") or text_at(row, "date")
    delivery = DraftDelivery(recipient=text_at(row, "email"), diagnostic=text_at(row, "reason"), last_attempt=at, label=name)
    return event_of(PROVIDER.name, kind, delivery, message_id=text_at(row, "message-id"), sender=text_at(row, "sender_email"), subject=text_at(row, "subject"))


PROVIDER: Final = Provider(
    name="brevo",
    title="Brevo",
    source="https://developers.brevo.com/docs/transactional-webhooks",
    looks_like='"event" and "email" beside "ts_event", "ts_epoch", "ts" or "message-id"',
    knows=lambda row: "event" in row and "email" in row and not {"ts_event", "ts_epoch", "ts", "message-id"}.isdisjoint(row),
    read=_read,
)
