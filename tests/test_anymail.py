"""Our reasons in the words of django-anymail."""

from __future__ import annotations

import pytest
from attrs import evolve

from bounceclass import Kind, Reason, classify_reply
from bounceclass.contrib.anymail import EVENTS, event_of


def test_every_reason_has_its_event() -> None:
    """None is forgotten, and a delay is deferred whatever its reason."""
    verdict = classify_reply("550 5.1.1 User unknown")

    assert set(EVENTS) == set(Reason)
    assert event_of(verdict) == ("bounced", "bounced")
    assert event_of(evolve(verdict, kind=Kind.DELAY)) == ("deferred", None)


@pytest.mark.filterwarnings("ignore")
def test_the_words_are_anymails() -> None:
    """Of the package itself."""
    signals = pytest.importorskip("anymail.signals", reason="django-anymail is not installed")
    types, reasons = ({value for name, value in vars(words).items() if name.isupper()} for words in (signals.EventType, signals.RejectReason))

    assert {event for event, _ in EVENTS.values()} <= types
    assert {reason for _, reason in EVENTS.values() if reason} <= reasons
