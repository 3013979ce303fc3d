"""
Amazon SES's notifications: what SNS sends as mail or calls a program with, and what EventBridge passes on.

Spec:
    https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html
    https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bounceclass.model.vocabulary import Kind
from bounceclass.reading.draft import Draft, DraftDelivery, complaint
from bounceclass.reading.fields import untyped
from bounceclass.reading.objects import instant_at, rows_at, table_at, text_at, texts_at
from bounceclass.reading.smtp_reply import clean_status

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["NAME", "read_notification"]

NAME: Final = "amazonses"
_MAX_DIAGNOSTIC: Final = 1_000
_KINDS: Final = {
    "bounce": Kind.FAILURE,
    "complaint": Kind.COMPLAINT,
    "delivery": Kind.SUCCESS,
    "deliverydelay": Kind.DELAY,
    "reject": Kind.FAILURE,
}


def read_notification(notification: dict[str, Any]) -> Draft | None:
    """Draft what a notification tells; None of one that tells of no delivery, such as a click."""
    name = (text_at(notification, "notificationType") or text_at(notification, "eventType")).replace(" ", "").lower()
    if name not in _KINDS:
        return None
    part = table_at(notification, "deliveryDelay" if name == "deliverydelay" else name)
    host = text_at(part, "reportingMTA").rpartition(";")[2].strip()
    return Draft(kind=_KINDS[name], deliveries=tuple(_deliveries(name, part, notification)), dialect=NAME, in_fields=True, reporting_mta=host)


def _deliveries(name: str, part: dict[str, Any], notification: dict[str, Any]) -> Iterator[DraftDelivery]:
    at = instant_at(part, "timestamp")
    if name == "bounce":
        label = "/".join(text_at(part, key) for key in ("bounceType", "bounceSubType"))
        yield from (_failed(row, label, at) for row in rows_at(part, "bouncedRecipients"))
    elif name == "deliverydelay":
        until = instant_at(part, "expirationTime")
        yield from (_failed(row, text_at(part, "delayType"), at, until) for row in rows_at(part, "delayedRecipients"))
    elif name == "complaint":
        feedback = text_at(part, "complaintFeedbackType") or "abuse"
        yield from (complaint(text_at(row, "emailAddress"), feedback, at=at) for row in rows_at(part, "complainedRecipients"))
    elif name == "delivery":
        answer = text_at(part, "smtpResponse")[:_MAX_DIAGNOSTIC]
        yield from (DraftDelivery(recipient=address, diagnostic=answer, last_attempt=at) for address in texts_at(part, "recipients"))
    else:  # SES refused to send it: a virus
        label = text_at(part, "reason")
        yield from (DraftDelivery(recipient=address, label=label) for address in texts_at(notification, "mail", "destination"))


def _failed(row: dict[str, Any], label: str, at: str, until: str = "") -> DraftDelivery:
    return DraftDelivery(
        recipient=text_at(row, "emailAddress"),
        status=clean_status(text_at(row, "status")),
        diagnostic=untyped(text_at(row, "diagnosticCode"))[:_MAX_DIAGNOSTIC],
        last_attempt=at,
        retry_until=until,
        label=label.strip("/"),
    )
