"""Our reasons in the words of django-anymail."""

from __future__ import annotations

import pytest
from attrs import evolve

from bounceclass import Kind, Reason, classify_reply
from bounceclass.contrib.anymail import event_of


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
