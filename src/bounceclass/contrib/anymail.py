"""
django-anymail: the tracking events of its services judged by the server's words, and our verdicts in its words.

::

    from bounceclass.contrib.anymail import on_verdict


    @on_verdict
    def handle(verdict, event, esp_name):
        if verdict.action == "suppress":
            Subscriber.objects.filter(email=verdict.intended_recipient).update(active=False)

Spec: https://anymail.dev/en/stable/sending/tracking/ (event_type, reject_reason, mta_response).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import evolve

from bounceclass.api import classify
from bounceclass.mail.limits import Limits
from bounceclass.mail.message import ParseLog
from bounceclass.model.vocabulary import Kind
from bounceclass.reading.draft import Draft, DraftDelivery, complaint
from bounceclass.reading.report import build_report
from bounceclass.text.folding import on_one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from anymail.signals import AnymailTrackingEvent

    from bounceclass.model.report import Report
    from bounceclass.model.verdict import Verdict

    Handler = Callable[[Verdict, AnymailTrackingEvent, str], object]

__all__ = ["event_of", "on_verdict", "report_of"]

_KINDS: Final = {
    "bounced": Kind.FAILURE,
    "failed": Kind.FAILURE,
    "rejected": Kind.FAILURE,
    "deferred": Kind.DELAY,
    "delivered": Kind.SUCCESS,
    "complained": Kind.COMPLAINT,
    "autoresponded": Kind.AUTO_REPLY,
}


def event_of(verdict: Verdict) -> tuple[str, str | None]:
    """
    Give the event type and the reject reason of a verdict, as `AnymailTrackingEvent` names them.

    Args:
        verdict: Of `classify()`.

    Returns:
        The values of anymail's `EventType` and `RejectReason`; of a delay ("deferred", None).
    """
    return ("deferred", None) if verdict.kind is Kind.DELAY else verdict.reason.info.anymail


def report_of(event: AnymailTrackingEvent) -> Report | None:
    """
    Give what a tracking event tells, for `classify()`: the server's words decide, and the service's label only where there are none.

    Args:
        event: Of anymail's `tracking` signal.

    Returns:
        The report; None of an event that tells of no delivery, such as a click.
    """
    kind = _KINDS.get(event.event_type)
    if kind is None:
        return None
    recipient = event.recipient or ""
    words = on_one_line(event.mta_response or event.description or "")
    label = "/".join(filter(None, (event.event_type, event.reject_reason)))
    delivery = complaint(recipient, "abuse") if kind is Kind.COMPLAINT else DraftDelivery(recipient=recipient, diagnostic=words, label=label)
    report = build_report(Draft(kind=kind, deliveries=(delivery,), dialect="anymail", in_fields=True), ParseLog(Limits()))
    return evolve(report, deliveries=tuple(evolve(made, last_attempt_at=event.timestamp) for made in report.deliveries))


def on_verdict(handler: Handler) -> Handler:
    """
    Call a function for the verdict of each tracking event, with the event and the service's name.

    Args:
        handler: Takes the verdict, the event, and `esp_name`; held for good.
    """
    from anymail.signals import tracking  # noqa: PLC0415 - it needs a Django that is set up

    def receive(sender: object, event: AnymailTrackingEvent, esp_name: str, **_: Any) -> None:  # noqa: ANN401, ARG001 - as Django sends
        report = report_of(event)
        for verdict in classify(report) if report else ():
            handler(verdict, event, esp_name)

    tracking.connect(receive, weak=False, dispatch_uid=f"bounceclass.{handler.__module__}.{handler.__qualname__}")
    return handler
