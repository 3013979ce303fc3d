"""From a payload to reports: the service is found by the shape of each event."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve

from bounceclass.contrib.webhooks import amazonses, azure, brevo, kumomta, mailgun, mailjet, postmark, resend, sendgrid, sparkpost
from bounceclass.contrib.webhooks.provider import Provider
from bounceclass.errors import PayloadError
from bounceclass.mail.addresses import first_address
from bounceclass.mail.limits import Limits
from bounceclass.mail.message import ParseLog
from bounceclass.model.report import Original
from bounceclass.reading.report import build_report
from bounceclass.text.folding import safe_line

if TYPE_CHECKING:
    from bounceclass.contrib.webhooks.provider import Event
    from bounceclass.model.report import Report

__all__ = ["PROVIDERS", "Provider", "read_event"]

PROVIDERS: Final = (
    amazonses.PROVIDER, azure.PROVIDER, brevo.PROVIDER, kumomta.PROVIDER, mailgun.PROVIDER,
    mailjet.PROVIDER, postmark.PROVIDER, resend.PROVIDER, sendgrid.PROVIDER, sparkpost.PROVIDER,
)  # fmt: skip
_LIMITS: Final = Limits()
_MOST_EVENTS: Final = 10_000
_SHOWN: Final = 80


def read_event(payload: bytes | str | dict[str, Any] | list[Any]) -> tuple[Report, ...]:
    """
    Read what a sending service calls a program with.

    Args:
        payload: The body of the call, as it came or with its JSON decoded: one event, or a list of them, of any of the services.

    Returns:
        A report for each event that tells of a delivery, in their order: failure, delay, success, complaint, automatic answer.
        Of other events (opened, clicked, subscribed) there is none.

    Raises:
        PayloadError: It is no JSON, or an event is of none of the services; it says what was expected.
        TypeError: It is of another type.
    """
    return tuple(_report(event) for row in _rows(_decoded(payload)) if (event := _provider(row).read(row)))


def _decoded(payload: object) -> object:
    if isinstance(payload, (dict, list)):
        return payload
    if not isinstance(payload, (bytes, bytearray, str)):
        raise TypeError(f"read_event() takes bytes, str or decoded JSON, not {type(payload).__name__}")
    try:
        decoded = json.loads(payload)
    except (ValueError, RecursionError) as error:
        raise PayloadError(f"the payload is no JSON: {safe_line(str(error))[:_SHOWN]}") from error
    if not isinstance(decoded, (dict, list)):
        raise PayloadError(f"the payload must be a JSON object, or a list of them, not {type(decoded).__name__}")
    return decoded


def _rows(decoded: object) -> list[dict[str, Any]]:
    """Give the single events."""
    listed = decoded.get("items", decoded) if isinstance(decoded, dict) else decoded
    rows: list[Any] = listed if isinstance(listed, list) else [listed]
    if len(rows) > _MOST_EVENTS:
        raise PayloadError(f"the payload holds {len(rows):,} events; no service sends more than {_MOST_EVENTS:,} at once")
    for row in rows:
        if not isinstance(row, dict):
            raise PayloadError(f"an event must be a JSON object, not {type(row).__name__}")
    return rows


def _provider(row: dict[str, Any]) -> Provider:
    for provider in PROVIDERS:
        if provider.knows(row):
            return provider
    keys = ", ".join(safe_line(str(key))[:_SHOWN] for key in list(row)[:8]) or "nothing"
    expected = "; ".join(f"{provider.title}: {provider.looks_like}" for provider in PROVIDERS)
    raise PayloadError(f"an event with the keys {keys} is of no service that is known.  Expected is one of: {expected}")


def _report(event: Event) -> Report:
    named = tuple(
        evolve(delivery, recipient=first_address(delivery.recipient) or delivery.recipient) for delivery in event.draft.deliveries if delivery.recipient
    )
    report = evolve(build_report(evolve(event.draft, deliveries=named), ParseLog(_LIMITS)), secondhand=event.unsure)
    if not (event.message_id or event.sender or event.subject):
        return report
    original = Original(message_id=safe_line(event.message_id) or None, sender=first_address(event.sender) or None, subject=event.subject or None)
    return evolve(report, original=original)
