"""SparkPost's event webhooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bounceclass.contrib.webhooks.provider import Event, Provider, event_of
from bounceclass.model.vocabulary import Kind
from bounceclass.reading.draft import DraftDelivery
from bounceclass.reading.objects import instant_at, table_at, text_at

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PROVIDER"]

_KINDS: Final = {
    "bounce": Kind.FAILURE,
    "out_of_band": Kind.FAILURE,
    "policy_rejection": Kind.FAILURE,
    "generation_rejection": Kind.FAILURE,
    "delay": Kind.DELAY,
    "delivery": Kind.SUCCESS,
    "spam_complaint": Kind.COMPLAINT,
}
# Bounce classes that are no failures: automatic answers, challenges; None asks to be subscribed, or not to be.
_OF_CLASS: Final = {"60": Kind.AUTO_REPLY, "100": Kind.CHALLENGE, "80": None, "90": None}


def _read(row: Mapping[str, Any]) -> Event | None:
    event = table_at(row, "msys", "message_event") or table_at(row, "msys", "gen_event")
    label = text_at(event, "bounce_class")
    kind = _KINDS.get(text_at(event, "type"))
    kind = _OF_CLASS.get(label, kind) if kind is Kind.FAILURE else kind
    if kind is None:
        return None
    delivery = DraftDelivery(
        recipient=text_at(event, "raw_rcpt_to") or text_at(event, "rcpt_to"),
        diagnostic=text_at(event, "raw_reason") or text_at(event, "reason"),
        last_attempt=instant_at(event, "timestamp"),
        label=label,
    )
    return event_of(
        PROVIDER.name,
        kind,
        delivery,
        feedback_type=text_at(event, "fbtype"),
        message_id=text_at(event, "message_id"),
        sender=text_at(event, "friendly_from") or text_at(event, "msg_from"),
        subject=text_at(event, "subject"),
    )


PROVIDER: Final = Provider(
    name="sparkpost",
    title="SparkPost",
    source="https://developers.sparkpost.com/api/webhooks/",
    looks_like='"msys"',
    knows=lambda row: "msys" in row,
    read=_read,
)
