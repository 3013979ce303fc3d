"""Our reasons in the words of django-anymail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve

from bounceclass import Kind, Reason, classify_reply
from bounceclass.contrib.anymail import event_of, on_verdict

if TYPE_CHECKING:
    from bounceclass import Verdict


def test_every_reason_has_its_event() -> None:
    """Of its reason; and a delay is deferred whatever its reason."""
    verdict = classify_reply("550 5.1.1 User unknown")

    assert event_of(verdict) == ("bounced", "bounced")
    assert event_of(evolve(verdict, kind=Kind.DELAY)) == ("deferred", None)


@pytest.mark.filterwarnings("ignore")
def test_the_words_are_anymails() -> None:
    """Of the package itself."""
    signals = pytest.importorskip("anymail.signals", reason="django-anymail is not installed")
    types, reasons = ({value for name, value in vars(words).items() if name.isupper()} for words in (signals.EventType, signals.RejectReason))

    assert {event for event, _ in (reason.info.anymail for reason in Reason)} <= types
    assert {reason for _, reason in (reason.info.anymail for reason in Reason) if reason} <= reasons


@pytest.fixture
def signals(django: None) -> Any:  # noqa: ARG001 - set up
    """Give anymail's signals."""
    return pytest.importorskip("anymail.signals", reason="django-anymail is not installed")


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("facts", "reason", "action"),
    [
        ({"event_type": "bounced", "reject_reason": "bounced", "mta_response": "550 5.1.1 User unknown"}, "user_unknown", "suppress"),
        ({"event_type": "bounced", "reject_reason": "bounced", "mta_response": "550 5.7.26 DMARC policy of example.net"}, "auth_failed", "fix"),
        ({"event_type": "bounced", "reject_reason": "bounced"}, "user_unknown", "review"),
        ({"event_type": "rejected", "reject_reason": "unsubscribed"}, "suppressed", "review"),
        ({"event_type": "deferred", "mta_response": "452 4.2.2 over quota"}, "mailbox_full", "none"),
        ({"event_type": "complained"}, "complaint", "suppress"),
        ({"event_type": "autoresponded"}, "auto_reply", "none"),
        ({"event_type": "delivered"}, "delivered", "none"),
        ({"event_type": "clicked"}, None, None),
    ],
)
def test_events_are_judged_by_their_words(signals: Any, facts: dict[str, str], reason: str | None, action: str | None) -> None:
    """Through Django's signal, as anymail sends it."""
    heard: list[tuple[str, str, str]] = []

    @on_verdict
    def handle(verdict: Verdict, event: Any, esp_name: str) -> None:
        heard.append((verdict.reason, verdict.action, f"{verdict.intended_recipient} {event.event_type} {esp_name}"))

    try:
        signals.tracking.send(object, event=signals.AnymailTrackingEvent(recipient="a@example.com", **facts), esp_name="Postmark")
    finally:
        signals.tracking.disconnect(dispatch_uid=f"bounceclass.{handle.__module__}.{handle.__qualname__}")
    assert heard == ([(reason, action, f"a@example.com {facts['event_type']} Postmark")] if reason else [])
