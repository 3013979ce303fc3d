"""
KumoMTA's log records: of its JSON logs and of its log hooks.

Spec:
    https://docs.kumomta.com/reference/log_record/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bounceclass.model.vocabulary import Kind
from bounceclass.reading.draft import Draft, DraftDelivery, complaint
from bounceclass.reading.objects import instant_at, table_at, text_at, texts_at
from bounceclass.reading.smtp_reply import clean_status

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["NAME", "read_record"]

NAME: Final = "kumomta"
_KINDS: Final = {
    "Bounce": Kind.FAILURE,
    "AdminBounce": Kind.FAILURE,
    "Expiration": Kind.FAILURE,
    "OOB": Kind.FAILURE,
    "TransientFailure": Kind.DELAY,
    "Delivery": Kind.SUCCESS,
    "Feedback": Kind.COMPLAINT,
}


def read_record(record: Mapping[str, Any]) -> Draft | None:
    """Draft what a record tells; None of one that tells of no delivery, such as a reception."""
    kind = _KINDS.get(text_at(record, "type"))
    if kind is None:
        return None
    if kind is Kind.COMPLAINT:
        feedback = table_at(record, "feedback_report")
        addresses = texts_at(feedback, "original_rcpt_to") or texts_at(record, "recipient")
        deliveries = tuple(
            complaint(address, text_at(feedback, "feedback_type") or "abuse", at=instant_at(record, "timestamp")) for address in addresses if address
        )
    else:
        deliveries = tuple(_delivery(record, address) for address in texts_at(record, "recipient"))
    return Draft(kind=kind, deliveries=deliveries, dialect=NAME, in_fields=True)


def _delivery(record: Mapping[str, Any], address: str) -> DraftDelivery:
    answer = table_at(record, "response")
    enhanced = ".".join(text_at(answer, "enhanced_code", part) for part in ("class", "subject", "detail"))
    code, words = text_at(answer, "code"), text_at(answer, "content")
    label = text_at(record, "bounce_classification")
    return DraftDelivery(
        recipient=address,
        diagnostic=f"{code} {words}".strip() if code != "0" else words,
        status=clean_status(enhanced),
        command=text_at(answer, "command").rpartition("\n")[2].partition(" ")[0],  # of several that were sent at once the last
        remote_mta=text_at(record, "peer_address", "name").rstrip("."),
        last_attempt=instant_at(record, "timestamp"),
        label="" if label == "Uncategorized" else label,
    )
