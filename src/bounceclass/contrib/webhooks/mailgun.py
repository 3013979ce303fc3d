"""Mailgun's webhooks, and its Events API, which gives the same objects without an envelope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bounceclass.contrib.webhooks.provider import Event, Provider, event_of
from bounceclass.model.vocabulary import Kind
from bounceclass.reading.draft import DraftDelivery
from bounceclass.reading.objects import addresses_at, instant_at, table_at, text_at
from bounceclass.reading.smtp_reply import clean_status
from bounceclass.text.folding import on_one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PROVIDER"]

_KINDS: Final = {"failed": Kind.FAILURE, "rejected": Kind.FAILURE, "delivered": Kind.SUCCESS, "complained": Kind.COMPLAINT}


def _read(row: Mapping[str, Any]) -> Event | None:
    event = table_at(row, "event-data") or row
    name, recipient = text_at(event, "event"), text_at(event, "recipient")
    if name not in _KINDS:
        return None
    kind = Kind.DELAY if name == "failed" and text_at(event, "severity") == "temporary" else _KINDS[name]
    headers = table_at(event, "message", "headers")
    sent = text_at(headers, "message-id")
    sent = f"<{sent}>" if "@" in sent and sent[0] != "<" else sent
    recipients = [recipient] if recipient else addresses_at(headers, "to")  # what it rejects itself names nobody else
    deliveries = (_delivery(event, address) for address in recipients)
    return event_of(PROVIDER.name, kind, *deliveries, message_id=sent, sender=text_at(headers, "from"), subject=text_at(headers, "subject"))


def _delivery(event: Mapping[str, Any], recipient: str) -> DraftDelivery:
    answer = table_at(event, "delivery-status")
    code, words = text_at(answer, "code"), text_at(answer, "message") or text_at(answer, "description") or text_at(event, "reject", "description")
    # Codes of Mailgun's own (605: on its suppression list) are no SMTP codes.
    said = f"{code} {words}" if words and code[:1] in {"2", "4", "5"} and len(code) == 3 and not words.startswith(code) else words  # noqa: PLR2004
    return DraftDelivery(
        recipient=recipient,
        diagnostic=on_one_line(said),
        status=clean_status(text_at(answer, "enhanced-code")),
        remote_mta=text_at(answer, "mx-host"),
        last_attempt=instant_at(event, "timestamp"),
        label="/".join(filter(None, (text_at(event, "severity"), text_at(event, "reason") or text_at(event, "reject", "reason")))),
    )


PROVIDER: Final = Provider(
    name="mailgun",
    title="Mailgun",
    source="https://documentation.mailgun.com/docs/mailgun/user-manual/events/events",
    looks_like='"event-data"; or "event" beside "log-level"',
    knows=lambda row: "event-data" in row or ("event" in row and ("log-level" in row or "delivery-status" in row)),
    read=_read,
)
