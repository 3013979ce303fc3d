"""Azure Communication Services: delivery reports through Event Grid, in its own schema and as CloudEvents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bounceclass.contrib.webhooks.provider import Event, Provider, event_of
from bounceclass.model.vocabulary import DeliveryAction, Kind
from bounceclass.reading.draft import DraftDelivery
from bounceclass.reading.objects import table_at, text_at

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PROVIDER"]

_REPORT: Final = "Microsoft.Communication.EmailDeliveryReportReceived"
_KINDS: Final = {
    "Bounced": Kind.FAILURE,
    "Failed": Kind.FAILURE,
    "FilteredSpam": Kind.FAILURE,
    "Quarantined": Kind.FAILURE,
    "Suppressed": Kind.FAILURE,
    "Delivered": Kind.SUCCESS,
    "Expanded": Kind.SUCCESS,
}


def _type(row: Mapping[str, Any]) -> str:
    return text_at(row, "eventType") or text_at(row, "type")


def _read(row: Mapping[str, Any]) -> Event | None:
    data = table_at(row, "data")
    label = text_at(data, "status")
    if _type(row) != _REPORT or label not in _KINDS:
        return None
    details = table_at(data, "deliveryStatusDetails")
    delivery = DraftDelivery(
        recipient=text_at(data, "recipient"),
        action=DeliveryAction.EXPANDED if label == "Expanded" else None,
        diagnostic=text_at(details, "statusMessage"),
        remote_mta=text_at(details, "recipientMailServerHostName"),
        last_attempt=text_at(data, "deliveryAttemptTimeStamp"),
        label=label,
    )
    sent = text_at(data, "internetMessageId") or text_at(data, "messageId")
    return event_of(PROVIDER.name, _KINDS[label], delivery, message_id=sent, sender=text_at(data, "sender"))


PROVIDER: Final = Provider(
    name="azure",
    title="Azure Communication Services",
    source="https://learn.microsoft.com/azure/event-grid/communication-services-email-events",
    looks_like=f'"eventType" or "type" {_REPORT}',
    knows=lambda row: _type(row).startswith(("Microsoft.Communication.", "Microsoft.EventGrid.")),
    read=_read,
)
