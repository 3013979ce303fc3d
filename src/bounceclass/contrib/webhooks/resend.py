"""Resend's webhooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bounceclass.contrib.webhooks.provider import Event, Provider, event_of
from bounceclass.model.vocabulary import Kind
from bounceclass.reading.draft import DraftDelivery
from bounceclass.reading.fields import untyped
from bounceclass.reading.objects import addresses_at, table_at, text_at, texts_at

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PROVIDER"]

_KINDS: Final = {
    "email.bounced": Kind.FAILURE,
    "email.failed": Kind.FAILURE,
    "email.suppressed": Kind.FAILURE,
    "email.delivery_delayed": Kind.DELAY,
    "email.delivered": Kind.SUCCESS,
    "email.complained": Kind.COMPLAINT,
}


def _read(row: Mapping[str, Any]) -> Event | None:
    kind, data = _KINDS.get(text_at(row, "type")), table_at(row, "data")
    if kind is None:
        return None
    addressed, answers = addresses_at(data, "to"), " ".join(texts_at(data, "bounce", "diagnosticCode")).lower()
    named = [address for address in addressed if address.lower() in answers]
    deliveries = (_delivery(row, address) for address in named or addressed)
    about = {"message_id": text_at(data, "email_id"), "sender": text_at(data, "from"), "subject": text_at(data, "subject")}
    return event_of(PROVIDER.name, kind, *deliveries, **about)


def _delivery(row: Mapping[str, Any], address: str) -> DraftDelivery:
    data = table_at(row, "data")
    bounce = table_at(data, "bounce")
    answers = untyped(" ".join(texts_at(bounce, "diagnosticCode")))
    reason = text_at(data, "failed", "reason") or ("suppressed" if text_at(row, "type") == "email.suppressed" else "")
    return DraftDelivery(
        recipient=address,
        diagnostic=answers or text_at(bounce, "message") or text_at(data, "suppressed", "message"),
        last_attempt=text_at(row, "created_at"),
        label="/".join(filter(None, (text_at(bounce, "type"), text_at(bounce, "subType")))) or reason,
    )


PROVIDER: Final = Provider(
    name="resend",
    title="Resend",
    source="https://resend.com/docs/dashboard/webhooks/event-types",
    looks_like='"type" that begins with "email." beside "data"',
    knows=lambda row: text_at(row, "type").startswith(("email.", "contact.", "domain.")) and "data" in row,
    read=_read,
)
