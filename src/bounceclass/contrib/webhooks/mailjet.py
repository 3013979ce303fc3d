"""Mailjet's Event API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bounceclass.contrib.webhooks.provider import Event, Provider, event_of
from bounceclass.model.vocabulary import Kind
from bounceclass.reading.draft import DraftDelivery
from bounceclass.reading.objects import instant_at, text_at

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PROVIDER"]

_KINDS: Final = {"bounce": Kind.FAILURE, "blocked": Kind.FAILURE, "sent": Kind.SUCCESS, "spam": Kind.COMPLAINT}


def _read(row: Mapping[str, Any]) -> Event | None:
    kind = _KINDS.get(text_at(row, "event"))
    if kind is None:
        return None
    label = "/".join(filter(None, (text_at(row, "error_related_to"), text_at(row, "error"))))
    words = text_at(row, "comment") or text_at(row, "smtp_reply")
    delivery = DraftDelivery(recipient=text_at(row, "email"), diagnostic=words, last_attempt=instant_at(row, "time"), label=label)
    return event_of(PROVIDER.name, kind, delivery, message_id=text_at(row, "MessageID"))


PROVIDER: Final = Provider(
    name="mailjet",
    title="Mailjet",
    source="https://dev.mailjet.com/email/guides/webhooks/",
    looks_like='"event", "email" and "time" beside "MessageID" or "mj_campaign_id"',
    knows=lambda row: {"event", "email", "time"} <= row.keys() and not {"MessageID", "mj_campaign_id"}.isdisjoint(row),
    read=_read,
)
