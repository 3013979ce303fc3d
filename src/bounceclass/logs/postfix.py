"""
Postfix: what its delivery agents write to syslog.

    Nov 26 10:00:00 mx postfix/smtp[123]: 4cXy2B1Jz: to=<a@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=1,
    delays=0/0/1/0, dsn=5.1.1, status=bounced (host mx.example.com[192.0.2.1] said: 550 5.1.1 ... (in reply to RCPT TO command))

Spec: https://www.postfix.org/logging.html, global/log_adhoc.c
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from bounceclass.logs.format import SyslogLine, read_syslog_line
from bounceclass.logs.mailqueue import QueueFormat
from bounceclass.model.vocabulary import Kind
from bounceclass.reading.draft import DraftDelivery
from bounceclass.reading.smtp_reply import clean_status
from bounceclass.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bounceclass.logs.attempt import Attempt

__all__ = ["Postfix"]

# Instances have names of their own ("postfix-out/smtp", "relay/smtp"); what stands last is the daemon's.
_DAEMONS: Final = frozenset({
    "anvil", "bounce", "cleanup", "discard", "dnsblog", "error", "flush", "lmtp", "local", "master", "oqmgr", "pickup", "pipe", "postqueue", "postscreen",
    "postsuper", "proxymap", "qmgr", "qmqpd", "retry", "scache", "sendmail", "showq", "smtp", "smtpd", "spawn", "tlsmgr", "tlsproxy", "trace", "verify",
    "virtual",
})  # fmt: skip
_QUEUED: Final = regex(r"(?P<id>[0-9A-Za-z]{5,20}): (?P<told>.*)")
_ADDRESS: Final = r"(?:\"(?:[^\"\\]|\\.){0,128}+\"@)?[^>]{0,320}"
_TO: Final = regex(rf"to=<(?P<to>{_ADDRESS})>(?:, orig_to=<(?P<orig>{_ADDRESS})>)?, (?P<facts>.*)")
_FROM: Final = regex(rf"from=<(?P<from>{_ADDRESS})>")
_EXPIRED: Final = (", status=expired,", ", status=force-expired,")
_MESSAGE_ID: Final = regex(r"message-id=(?P<id><[^>\s]{1,500}>)")
_HOST: Final = regex(r"(?P<host>[A-Za-z0-9_-][A-Za-z0-9._-]{0,252})\[")
# With soft_bounce=yes a refusal is a delay.
_KINDS: Final = {"sent": Kind.SUCCESS, "bounced": Kind.FAILURE, "expired": Kind.FAILURE, "deferred": Kind.DELAY, "SOFTBOUNCE": Kind.DELAY}


class Postfix(QueueFormat):
    """What Postfix writes to syslog."""

    NAME = "postfix"

    def read(self, line: str) -> Iterable[Attempt] | None:
        """Read a line."""
        told = read_syslog_line(line)
        if told is None or not _is_postfix(told.tag):
            return None
        queued = _QUEUED.match(told.text)
        return self._read(told, queued["id"], queued["told"]) if queued else ()

    def _read(self, line: SyslogLine, queue_id: str, text: str) -> Iterable[Attempt]:
        if text.startswith("to=<"):
            return self._delivered(line, queue_id, text)
        if text == "removed":
            self.queue.forget(queue_id)
        elif match := _MESSAGE_ID.match(text):
            self.queue.put(queue_id, evolve(self.queue.message(queue_id), message_id=match["id"]))
        elif match := _FROM.match(text):
            if any(mark in text for mark in _EXPIRED):
                return self.queue.given_up(queue_id, line.at)
            self.queue.put(queue_id, evolve(self.queue.message(queue_id), sender=match["from"]))
        return ()

    def _delivered(self, line: SyslogLine, queue_id: str, text: str) -> Iterable[Attempt]:
        match = _TO.match(text)
        head, _, outcome = match["facts"].partition(", status=") if match else ("", "", "")
        status, _, words = outcome.partition(" (")
        kind = _KINDS.get(status)
        if not match or kind is None:  # "deliverable" answers a probe of address verification
            return ()
        facts = {name: value for name, _, value in (fact.partition("=") for fact in head.split(", "))}
        host = _HOST.match(facts.get("relay", ""))
        delivery = DraftDelivery(
            recipient=match["to"],
            alias=match["orig"] if "@" in (match["orig"] or "") else "",  # "root" is a name of this machine's
            status=clean_status(facts.get("dsn", "")),
            diagnostic=words.removesuffix(")"),
            remote_mta=host["host"] if host else "",
        )
        return self.queue.tried(queue_id, line.at, (kind, delivery))


def _is_postfix(tag: str) -> bool:
    instance, slash, daemon = tag.rpartition("/")
    return bool(slash and instance) and daemon in _DAEMONS
