"""
Postfix: what its delivery agents write to syslog.

    Nov 26 10:00:00 mx postfix/smtp[123]: 4cXy2B1Jz: to=<a@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=1,
    delays=0/0/1/0, dsn=5.1.1, status=bounced (host mx.example.com[192.0.2.1] said: 550 5.1.1 ... (in reply to RCPT TO command))

Spec: https://www.postfix.org/logging.html, global/log_adhoc.c
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve, field, frozen

from bounceclass.logs.attempt import Message, attempt_of
from bounceclass.logs.format import Remembered, SyslogLine, read_syslog_line
from bounceclass.model.vocabulary import Kind
from bounceclass.reading.draft import DraftDelivery
from bounceclass.reading.smtp_reply import clean_status
from bounceclass.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bounceclass.logs.attempt import Attempt
    from bounceclass.logs.format import Clock

__all__ = ["Postfix"]

_NAME: Final = "postfix"
_QUEUED: Final = regex(r"(?P<id>[0-9A-Za-z]{5,20}): (?P<told>.*)")
_FROM: Final = regex(r"from=<(?P<from>[^>]{0,320})>")
_MESSAGE_ID: Final = regex(r"message-id=(?P<id><[^>\s]{1,500}>)")
_HOST: Final = regex(r"(?P<host>[A-Za-z0-9_-][A-Za-z0-9._-]{0,252})\[")
_KINDS: Final = {"sent": Kind.SUCCESS, "bounced": Kind.FAILURE, "expired": Kind.FAILURE, "deferred": Kind.DELAY}
_MOST_DEFERRED: Final = 1_000
_EXPIRED: Final = "delivery temporarily suspended; the message expired"


@frozen
class _Queued:
    """A message in the queue: its envelope, and whom it was deferred for."""

    message: Message = field(factory=Message)
    deferred: dict[str, DraftDelivery] = field(factory=dict)


class Postfix:
    """
    Postfix.

    Args:
        clock: How times are read.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._queue: Remembered[_Queued] = Remembered()

    def read(self, line: str) -> Iterable[Attempt] | None:
        """Read a line."""
        told = read_syslog_line(line)
        if told is None or not told.tag.startswith(_NAME):
            return None
        queued = _QUEUED.match(told.text)
        return self._read(told, queued["id"], queued["told"]) if queued else ()

    def _read(self, line: SyslogLine, queue_id: str, text: str) -> Iterable[Attempt]:
        if text.startswith("to=<"):
            return self._delivered(line, queue_id, text)
        if text == "removed":
            self._queue.pop(queue_id)
            return ()
        known = self._queue.get(queue_id, _Queued())
        if match := _MESSAGE_ID.match(text):
            self._queue.put(queue_id, evolve(known, message=evolve(known.message, message_id=match["id"])))
        elif match := _FROM.match(text):
            if "status=expired" in text:
                return self._expired(line, queue_id, known)
            self._queue.put(queue_id, evolve(known, message=evolve(known.message, sender=match["from"])))
        return ()

    def _delivered(self, line: SyslogLine, queue_id: str, text: str) -> Iterable[Attempt]:
        head, _, outcome = text.partition(", status=")
        status, _, words = outcome.partition(" (")
        kind = _KINDS.get(status)
        if kind is None:  # "deliverable" answers a probe of address verification
            return ()
        known = self._queue.get(queue_id, _Queued())
        facts = {name: value.strip("<>") for name, _, value in (fact.partition("=") for fact in head.split(", "))}
        host = _HOST.match(facts.get("relay", ""))
        delivery = DraftDelivery(
            recipient=facts.get("to", ""),
            alias=facts.get("orig_to", ""),
            status=clean_status(facts.get("dsn", "")),
            diagnostic=words.removesuffix(")"),
            remote_mta=host["host"] if host else "",
        )
        if kind is Kind.DELAY:
            if len(known.deferred) < _MOST_DEFERRED:
                known.deferred[delivery.recipient] = delivery
            self._queue.put(queue_id, known)
        else:
            known.deferred.pop(delivery.recipient, None)
        return (attempt_of(_NAME, kind, delivery, queue_id=queue_id, at=self._clock.read(line.at), message=known.message),)

    def _expired(self, line: SyslogLine, queue_id: str, known: _Queued) -> Iterable[Attempt]:
        """Give up those who were deferred last: Postfix says so once for a message, and of nobody."""
        self._queue.pop(queue_id)
        at = self._clock.read(line.at)
        given_up = (evolve(delivery, status="4.4.7", diagnostic=f"{_EXPIRED}: {delivery.diagnostic}") for delivery in known.deferred.values())
        return tuple(attempt_of(_NAME, Kind.FAILURE, delivery, queue_id=queue_id, at=at, message=known.message) for delivery in given_up)
