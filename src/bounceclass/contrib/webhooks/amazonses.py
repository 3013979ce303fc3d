"""Amazon SES: notifications through SNS, bare ones, and events through EventBridge."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from bounceclass.contrib.webhooks.provider import Event, Provider
from bounceclass.errors import PayloadError
from bounceclass.reading.amazonses import NAME, read_notification
from bounceclass.reading.objects import table_at, text_at, texts_at

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PROVIDER"]

# What SES sends once, when a topic is set up.
_GREETING: Final = "Successfully validated SNS topic"
_ENVELOPES: Final = frozenset({"Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation"})


def _knows(row: Mapping[str, Any]) -> bool:
    if text_at(row, "Type") in _ENVELOPES and "TopicArn" in row:
        return True
    return "notificationType" in row or ("eventType" in row and "mail" in row) or (row.get("source") == "aws.ses" and "detail" in row)


def _read(row: Mapping[str, Any]) -> Event | None:
    notification = _unwrapped(row)
    draft = read_notification(notification)
    if draft is None:
        return None
    common = table_at(notification, "mail", "commonHeaders")
    sent = text_at(common, "messageId") or text_at(notification, "mail", "messageId")
    author = next(iter(texts_at(common, "from")), "") or text_at(notification, "mail", "source")
    return Event(draft=draft, message_id=sent, sender=author, subject=text_at(common, "subject"))


def _unwrapped(row: Mapping[str, Any]) -> dict[str, Any]:
    """Take the notification out of what SNS or EventBridge puts around it; SNS's own messages hold none."""
    if row.get("Type") == "Notification" and isinstance(row.get("Message"), str):
        if row["Message"].startswith(_GREETING):
            return {}
        try:
            inner = json.loads(row["Message"])
        except (ValueError, RecursionError) as error:
            raise PayloadError("the Message of an SNS notification must be the JSON that Amazon SES writes") from error
        return inner if isinstance(inner, dict) else {}
    return table_at(row, "detail") or dict(row)


PROVIDER: Final = Provider(
    name=NAME,
    title="Amazon SES",
    source="https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html",
    looks_like='"notificationType" or "eventType" beside "mail", bare, as the "Message" of SNS or the "detail" of EventBridge',
    knows=_knows,
    read=_read,
)
