"""
Sendmail: what it writes to syslog.

    Nov 26 10:00:00 mx sendmail[123]: 4AQ900AB012345: to=<a@example.com>, delay=00:00:01, mailer=esmtp, pri=1,
    relay=mx.example.com. [192.0.2.1], dsn=5.1.1, reply=550 5.1.1 User unknown, stat=User unknown

Spec: Sendmail Installation and Operation Guide §2.1
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from bounceclass.logs.attempt import Message, attempt_of
from bounceclass.logs.format import Remembered, read_syslog_line
from bounceclass.model.vocabulary import Kind
from bounceclass.reading.draft import DraftDelivery
from bounceclass.reading.smtp_reply import clean_status
from bounceclass.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bounceclass.logs.attempt import Attempt
    from bounceclass.logs.format import Clock

__all__ = ["Sendmail"]

_NAME: Final = "sendmail"
_TAGS: Final = ("sendmail", "sm-", "mta")
_QUEUED: Final = regex(r"(?P<id>[0-9A-Za-z]{8,20}): (?P<told>(?:to|from)=.*)")
_RELAY: Final = regex(r"(?P<host>[A-Za-z0-9][A-Za-z0-9._-]{0,252})")
_FROM: Final = regex(r"from=<?(?P<from>[^>,\s]{0,320})")
_MESSAGE_ID: Final = regex(r", msgid=(?P<id><[^>\s]{1,500}>)")
_MOST: Final = 100


class Sendmail:
    """
    Sendmail.

    Args:
        clock: How times are read.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._queue: Remembered[Message] = Remembered()

    def read(self, line: str) -> Iterable[Attempt] | None:
        """Read a line."""
        told = read_syslog_line(line)
        if told is None or not told.tag.startswith(_TAGS):
            return None
        queued = _QUEUED.match(told.text)
        if not queued:
            return ()
        text, queue_id = queued["told"], queued["id"]
        if match := _FROM.match(text):
            sent = _MESSAGE_ID.search(text)
            self._queue.put(queue_id, Message(match["from"], sent["id"] if sent else None))
            return ()
        message, at = self._queue.get(queue_id, Message()), self._clock.read(told.at)
        return tuple(attempt_of(_NAME, kind, delivery, queue_id=queue_id, at=at, message=message) for kind, delivery in _deliveries(text))


def _deliveries(text: str) -> Iterable[tuple[Kind, DraftDelivery]]:
    head, found, stat = text.partition(", stat=")
    kind = _kind(stat) if found else None
    if kind is None:
        return
    head, _, reply = head.partition(", reply=")
    facts = {name: value for name, _, value in (fact.partition("=") for fact in head.split(", "))}
    words = reply or (stat.removeprefix("Sent ").strip("()") if kind is Kind.SUCCESS else stat)
    relay = _RELAY.match(facts.get("relay", ""))
    told = DraftDelivery(recipient="", diagnostic=words, status=clean_status(facts.get("dsn", "")), remote_mta=relay["host"].rstrip(".") if relay else "")
    for address in facts.get("to", "").split(",")[:_MOST]:
        yield kind, evolve(told, recipient=address.strip().strip("<>"))


def _kind(stat: str) -> Kind | None:
    if stat.startswith("queued"):
        return None
    return Kind.SUCCESS if stat.startswith("Sent") else Kind.DELAY if stat.startswith("Deferred") else Kind.FAILURE
