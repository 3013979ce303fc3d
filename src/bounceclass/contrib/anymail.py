"""
Verdicts in the words of django-anymail's tracking events, for bounces that come by mail.

    from bounceclass.contrib.anymail import event_of

Spec: https://anymail.dev/en/stable/sending/tracking/ (event_type, reject_reason).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bounceclass.model.vocabulary import Kind, Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bounceclass.model.verdict import Verdict

__all__ = ["EVENTS", "event_of"]

_R = Reason
# Each pair of event type and reject reason, and the reasons that it stands for.
_REASONS: Final[Mapping[tuple[str, str | None], tuple[Reason, ...]]] = {
    ("bounced", "bounced"): (_R.USER_UNKNOWN, _R.HOST_UNKNOWN, _R.DOMAIN_REFUSES_MAIL, _R.RECIPIENT_MOVED, _R.MAILBOX_DISABLED, _R.MAILBOX_FULL),
    ("bounced", "invalid"): (_R.BAD_ADDRESS_SYNTAX,),
    ("bounced", "blocked"): (
        *(_R.RECIPIENT_REFUSED, _R.SENDER_REJECTED, _R.AUTH_FAILED, _R.RELAY_DENIED),
        *(_R.BLOCKLISTED, _R.POOR_REPUTATION, _R.MISSING_REVERSE_DNS, _R.POLICY_REJECTED),
    ),
    ("rejected", "blocked"): (_R.SUPPRESSED,),
    ("bounced", "spam"): (_R.SPAM_DETECTED,),
    ("bounced", "timed_out"): (_R.DELIVERY_EXPIRED, _R.NETWORK_ERROR, _R.GREYLISTED),
    ("bounced", "other"): (
        *(_R.TLS_FAILED, _R.CLOCK_SKEW, _R.RATE_LIMITED, _R.VIRUS_DETECTED, _R.MESSAGE_TOO_LARGE, _R.CONTENT_REJECTED, _R.NOT_RFC_COMPLIANT),
        *(_R.SERVER_ERROR, _R.SERVER_FULL, _R.ROUTING_LOOP, _R.MAILER_ERROR, _R.PROTOCOL_ERROR, _R.UNKNOWN),
    ),
    ("failed", "other"): (_R.SMTP_AUTH_REQUIRED,),
    ("delivered", None): (_R.DELIVERED,),
    ("autoresponded", None): (_R.AUTO_REPLY,),
    ("complained", "spam"): (_R.COMPLAINT,),
}
# The event type and the reject reason of each reason.
EVENTS: Final[Mapping[Reason, tuple[str, str | None]]] = {reason: event for event, reasons in _REASONS.items() for reason in reasons}


def event_of(verdict: Verdict) -> tuple[str, str | None]:
    """
    Give the event type and the reject reason of a verdict, as `AnymailTrackingEvent` names them.

    Args:
        verdict: Of `classify()`.

    Returns:
        The values of anymail's `EventType` and `RejectReason`; of a delay ("deferred", None).
    """
    return ("deferred", None) if verdict.kind is Kind.DELAY else EVENTS[verdict.reason]
