"""What a sending service is to us: by what its events are known, and how one is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

from bounceclass.model.vocabulary import Kind
from bounceclass.reading.draft import Draft, DraftDelivery, complaint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Event", "Provider", "event_of"]


@frozen(kw_only=True)
class Event:
    """
    What one event tells.

    Attributes:
        draft: What became of whom.
        message_id: Of the message that was sent; what only the service itself calls it stands without angle brackets.
        sender: Its author.
        subject: Its subject.
        unsure: It names several recipients, and does not say who of them failed: nobody is dropped for it.
    """

    draft: Draft
    message_id: str = ""
    sender: str = ""
    subject: str = ""
    unsure: bool = False


@frozen(kw_only=True)
class Provider:
    """
    One service.

    Attributes:
        name: For `Report.dialect`.
        title: What people call it.
        source: Where its events are documented.
        looks_like: What its events are known by, in words.
        knows: Whether an event is one of its.
        read: Gives what an event tells; None of one that tells of no delivery, such as a click.
    """

    name: str
    title: str
    source: str
    looks_like: str
    knows: Callable[[Mapping[str, Any]], bool]
    read: Callable[[Mapping[str, Any]], Event | None]


def event_of(  # noqa: PLR0913 - what a message is known by, each by its name
    provider: str, kind: Kind, *deliveries: DraftDelivery, feedback_type: str = "", message_id: str = "", sender: str = "", subject: str = ""
) -> Event:
    """Give the event of a recipient, or of several; of a complaint the words are its feedback type (RFC 5965 §3.1), "abuse" where none is told."""
    if kind is Kind.COMPLAINT:
        deliveries = tuple(complaint(delivery.recipient, feedback_type or "abuse", at=delivery.last_attempt) for delivery in deliveries)
    draft = Draft(kind=kind, deliveries=deliveries, dialect=provider, in_fields=True)
    return Event(draft=draft, unsure=len(deliveries) > 1, message_id=message_id, sender=sender, subject=subject)
