"""What became of each recipient at last: ten deferrals and a delivery are no failure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bounceclass.logs.format import Remembered
from bounceclass.model.vocabulary import DeliveryAction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bounceclass.logs.attempt import Attempt

__all__ = ["last_fates"]


def last_fates(attempts: Iterable[Attempt]) -> Iterator[Attempt]:
    """
    Give the last attempt for each message and recipient.

    Deliveries and failures are given as they come.  Deferrals are held back until something else comes for the same
    message and recipient, or nothing does: those are given at the end, the oldest first (and before, when there are
    more than 100,000).
    """
    held: Remembered[Attempt] = Remembered()
    for attempt in attempts:
        message = attempt.queue_id or attempt.message_id or attempt.sender or ""
        key = f"{message} {attempt.delivery.recipient.lower()}"
        if attempt.delivery.action is DeliveryAction.DELAYED:
            forgotten = held.put(key, attempt)
            if forgotten:
                yield forgotten
        else:
            held.pop(key)
            yield attempt
    yield from held.all()
