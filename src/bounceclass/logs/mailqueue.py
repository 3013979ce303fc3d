"""A server's queue, as far as its log has told of it: lines name a message by its queue id alone, and tell of its recipients one by one."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, ClassVar, Final

from attrs import evolve

from bounceclass.logs.attempt import Message, attempt_of
from bounceclass.logs.format import LogFormat, Remembered
from bounceclass.model.vocabulary import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bounceclass.logs.attempt import Attempt
    from bounceclass.logs.format import Clock
    from bounceclass.reading.draft import DraftDelivery

__all__ = ["MailQueue", "QueueFormat"]

_MOST_DEFERRED: Final = 100_000
_EXPIRED: Final = "delivery temporarily suspended; the message expired"


class MailQueue:
    """
    The messages that a log has told of, and whom they were deferred for last.

    Args:
        program: Whose log it is, for `Attempt.program`.
        clock: How times are read.
    """

    def __init__(self, program: str, clock: Clock) -> None:
        self._program = program
        self._clock = clock
        self._messages: Remembered[Message] = Remembered()
        self._deferred = _Deferrals()

    def message(self, queue_id: str) -> Message:
        """Give what was told of a message; one without facts where nothing was."""
        return self._messages.get(queue_id, Message())

    def put(self, queue_id: str, message: Message) -> None:
        """Remember what was told of a message."""
        self._messages.put(queue_id, message)

    def tried(self, queue_id: str, at: str, *told: tuple[Kind, DraftDelivery]) -> tuple[Attempt, ...]:
        """Give the attempts of one line, and remember whom it defers."""
        for kind, delivery in told:
            self._deferred.note(queue_id, kind, delivery)
        return self._attempts(queue_id, at, told)

    def given_up(self, queue_id: str, at: str) -> tuple[Attempt, ...]:
        """Give those who were deferred last as failures: servers give up a message, and name nobody."""
        held = self._deferred.forget(queue_id)
        expired = [evolve(delivery, status="4.4.7", diagnostic=f"{_EXPIRED}: {delivery.diagnostic}") for delivery in held]
        attempts = self._attempts(queue_id, at, [(Kind.FAILURE, delivery) for delivery in expired])
        self.forget(queue_id)
        return attempts

    def forget(self, queue_id: str) -> None:
        """Forget a message that has left the queue."""
        self._messages.pop(queue_id)
        self._deferred.forget(queue_id)

    def _attempts(self, queue_id: str, at: str, told: Iterable[tuple[Kind, DraftDelivery]]) -> tuple[Attempt, ...]:
        message, when = self.message(queue_id), self._clock.read(at)
        return tuple(attempt_of(self._program, kind, delivery, queue_id=queue_id, at=when, message=message) for kind, delivery in told)


class QueueFormat(LogFormat):
    """The log of a server that names messages by their queue id alone."""

    NAME: ClassVar[str]

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.queue: MailQueue = MailQueue(self.NAME, clock)


class _Deferrals:
    """Whom messages were deferred for last, so many at most: the messages longest unheard of are forgotten first."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, dict[str, DraftDelivery]] = OrderedDict()
        self._count = 0

    def note(self, queue_id: str, kind: Kind, delivery: DraftDelivery) -> None:
        """Remember a deferral; forget it when the recipient is settled."""
        held = self._held.setdefault(queue_id, {}) if kind is Kind.DELAY else self._held.get(queue_id, {})
        self._count -= held.pop(delivery.recipient, None) is not None
        if kind is Kind.DELAY:
            held[delivery.recipient] = delivery
            self._count += 1
            self._held.move_to_end(queue_id)
            while self._count > _MOST_DEFERRED:
                self._count -= len(self._held.popitem(last=False)[1])

    def forget(self, queue_id: str) -> list[DraftDelivery]:
        """Forget a message, and give who was deferred last."""
        held = self._held.pop(queue_id, {})
        self._count -= len(held)
        return [*held.values()]
