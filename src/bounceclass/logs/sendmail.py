"""
Sendmail: what it writes to syslog.

    Nov 26 10:00:00 mx sendmail[123]: 4AQ900AB012345: to=<a@example.com>, delay=00:00:01, mailer=esmtp, pri=1,
    relay=mx.example.com. [192.0.2.1], dsn=5.1.1, reply=550 5.1.1 User unknown, stat=User unknown

Spec: Sendmail Installation and Operation Guide §2.1
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from bounceclass.logs.attempt import Message
from bounceclass.logs.format import SyslogLine, read_syslog_line
from bounceclass.logs.mailqueue import QueueFormat
from bounceclass.model.vocabulary import Kind
from bounceclass.reading.draft import DraftDelivery
from bounceclass.reading.smtp_reply import clean_status
from bounceclass.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bounceclass.logs.attempt import Attempt

__all__ = ["Sendmail"]

_TAG: Final = regex(r"(?:sendmail(?:-[a-z0-9-]{1,30})?|sm-[a-z0-9-]{1,30}|mta)")
_QUEUED: Final = regex(r"(?P<id>[0-9A-Za-z]{8,20}): (?P<told>.*)")
_RELAY: Final = regex(r"(?P<host>[A-Za-z0-9][A-Za-z0-9._-]{0,252})")
_FROM: Final = regex(r"from=<?(?P<from>[^>,\s]{0,320})")
_MESSAGE_ID: Final = regex(r", msgid=(?P<id><[^>\s]{1,500}>)")
_GIVEN_UP: Final = regex(r"[0-9A-Za-z]{8,20}: return to sender: Cannot send message for ")
_MOST: Final = 100


class Sendmail(QueueFormat):
    """What Sendmail writes to syslog."""

    NAME = "sendmail"

    def read(self, line: str) -> Iterable[Attempt] | None:
        """Read a line."""
        told = read_syslog_line(line)
        if told is None or not _TAG.fullmatch(told.tag):
            return None
        queued = _QUEUED.match(told.text)
        return self._read(told, queued["id"], queued["told"]) if queued else ()

    def _read(self, line: SyslogLine, queue_id: str, text: str) -> Iterable[Attempt]:
        if text.startswith("from=") and (match := _FROM.match(text)):
            sent = _MESSAGE_ID.search(text)
            self.queue.put(queue_id, Message(match["from"], sent["id"] if sent else None))
        elif text.startswith("to="):
            return self.queue.tried(queue_id, line.at, *_deliveries(text))
        elif _GIVEN_UP.match(text):
            return self.queue.given_up(queue_id, line.at)
        return ()


def _deliveries(text: str) -> Iterable[tuple[Kind, DraftDelivery]]:
    told_facts, stat = _cut(_parted(text, ", "), "stat=")
    kind = _kind(stat) if stat else None
    if kind is None:
        return
    told_facts, reply = _cut(told_facts, "reply=")
    facts = {name: value for name, _, value in (fact.partition("=") for fact in told_facts)}
    words = reply or (stat.removeprefix("Sent ").strip("()") if kind is Kind.SUCCESS else stat)
    relay = _RELAY.match(facts.get("relay", ""))
    told = DraftDelivery(recipient="", diagnostic=words, status=clean_status(facts.get("dsn", "")), remote_mta=relay["host"].rstrip(".") if relay else "")
    for address in filter(None, _parted(facts.get("to", ""), ",")[:_MOST]):
        yield kind, evolve(told, recipient=_recipient(address.strip(), facts.get("ctladdr", "")))


def _parted(text: str, separator: str) -> list[str]:
    """Part a text where a separator stands outside quotes: to="john, doe"@example.com is one fact."""
    pieces = text.split('"')
    return '"'.join(piece if index % 2 else piece.replace(separator, "\n") for index, piece in enumerate(pieces)).split("\n")


def _cut(facts: list[str], name: str) -> tuple[list[str], str]:
    """Cut the facts at the first one of a name, whose value is all that stands behind; "" where there is none."""
    at = next((index for index, fact in enumerate(facts) if fact.startswith(name)), len(facts))
    return facts[:at], ", ".join(facts[at:]).removeprefix(name)


def _recipient(address: str, controlling: str) -> str:
    """Give the address; of a program or a file, the one that it stands for (ctladdr)."""
    if address.strip('"').lstrip().startswith(("|", "/", ":")):
        return controlling.partition(" ")[0].strip("<>")
    return address.removeprefix("<").removesuffix(">")


def _kind(stat: str) -> Kind | None:
    if stat.startswith("queued"):
        return None
    return Kind.SUCCESS if stat.startswith("Sent") else Kind.DELAY if stat.startswith("Deferred") else Kind.FAILURE
