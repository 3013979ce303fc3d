"""
Verdicts in the words of django-anymail's tracking events, for bounces that come by mail.

    from bounceclass.contrib.anymail import event_of

Spec: https://anymail.dev/en/stable/sending/tracking/ (event_type, reject_reason).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bounceclass.model.vocabulary import Kind

if TYPE_CHECKING:
    from bounceclass.model.verdict import Verdict

__all__ = ["event_of"]


def event_of(verdict: Verdict) -> tuple[str, str | None]:
    """
    Give the event type and the reject reason of a verdict, as `AnymailTrackingEvent` names them.

    Args:
        verdict: Of `classify()`.

    Returns:
        The values of anymail's `EventType` and `RejectReason`; of a delay ("deferred", None).
    """
    return ("deferred", None) if verdict.kind is Kind.DELAY else verdict.reason.info.anymail
