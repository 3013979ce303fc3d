"""
Exim: its mainlog, by itself or through syslog.

    2026-11-26 10:00:00 1tFabc-000abc-Xy ** a@example.com R=dnslookup T=remote_smtp H=mx.example.com [192.0.2.1]: SMTP error
    from remote mail server after RCPT TO:<a@example.com>: 550 5.1.1 User unknown

Spec: https://www.exim.org/exim-html-current/doc/html/spec_html/ch-log_files.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bounceclass.logs.attempt import Message
from bounceclass.logs.format import read_syslog_line
from bounceclass.logs.mailqueue import QueueFormat
from bounceclass.model.vocabulary import Kind
from bounceclass.reading.draft import DraftDelivery
from bounceclass.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bounceclass.logs.attempt import Attempt

__all__ = ["Exim"]

# Message ids have 6-6-2 characters, and 6-11-4 from 4.97 on.
_LINE: Final = regex(
    r"(?P<at>\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z| ?[+-]\d\d:?\d\d)?|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d) (?:\[\d{1,10}\] )?"
    r"(?P<id>[0-9A-Za-z]{6}-(?:[0-9A-Za-z]{6}|[0-9A-Za-z]{11})-[0-9A-Za-z]{2,4}) (?P<told>.*)"
)
# Lines of Exim's that are of no message: "2026-11-26 10:00:00 Start queue run: pid=1".
_OTHER: Final = regex(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?(?: ?[+-]\d{4})? \S")
# "=>", "->" and ">>" (while the message was still coming in) delivered, "**" failed, "==" was deferred; "*>" was held back by an option.
_KINDS: Final = {"=>": Kind.SUCCESS, "->": Kind.SUCCESS, ">>": Kind.SUCCESS, "**": Kind.FAILURE, "==": Kind.DELAY}
_DOMAIN: Final = r"(?:\[[0-9A-Za-z.:]{3,60}\]|[^\s<>:\[]{1,255})"
_ADDRESS: Final = regex(rf"(?P<to>\"(?:[^\"\\]|\\.){{1,128}}+\"@{_DOMAIN}|[^\s<>:\"@|/]{{1,128}}@{_DOMAIN}|[^\s<>:\"@|/]{{1,128}}(?=[ :]|$))")
# What it was written to, behind the address, the program or the file that it came to: "|/usr/bin/vacation jane <jane@example.com>".
_ORIGINAL: Final = regex(r"<(?P<orig>[^<>\s]{1,320})>")
_FACTS: Final = regex(r" (?:F=|P=<|R=|T=|H=|defer )")
_HOST: Final = regex(r" H=(?P<host>[A-Za-z0-9][A-Za-z0-9._-]{0,252})(?=[ \[]|$)")
_ANSWER: Final = regex(r" C=\"(?P<words>[^\"]{0,2000})\"")
_QUOTED: Final = regex(r"\"[^\"]{0,500}\"")
_FROM: Final = regex(r"(?P<from>\S{1,320})")
_MESSAGE_ID: Final = regex(r" id=(?P<id>\S{1,500})")


class Exim(QueueFormat):
    """The mainlog of Exim, by itself or through syslog."""

    NAME = "exim"

    def read(self, line: str) -> Iterable[Attempt] | None:
        """Read a line."""
        through = read_syslog_line(line)
        ours = through is not None and through.tag.startswith(self.NAME)
        if through and ours:  # with a time of its own, or by that of the syslog (syslog_timestamp = no)
            line = through.text if _OTHER.match(through.text) else f"{through.at} {through.text}"
        match = _LINE.match(line)
        if not match:
            return () if ours or _OTHER.match(line) else None
        return self._read(match["at"], match["id"], match["told"])

    def _read(self, at: str, queue_id: str, told: str) -> Iterable[Attempt]:
        flag, _, text = told.partition(" ")
        if flag == "<=" and (sender := _FROM.match(text)):
            sent = _MESSAGE_ID.search(text)
            self.queue.put(queue_id, Message("" if sender["from"] == "<>" else sender["from"], f"<{sent['id']}>" if sent else None))
        elif flag == "Completed":
            self.queue.forget(queue_id)
        elif flag in _KINDS and (delivery := _delivery(flag, text)):
            return self.queue.tried(queue_id, at, (_KINDS[flag], delivery))
        return ()


def _delivery(flag: str, text: str) -> DraftDelivery | None:
    facts = _FACTS.search(text)
    named = text[: facts.start() if facts else None]
    match, written = _ADDRESS.match(named), _ORIGINAL.search(named)
    final, original = match["to"] if match else "", written["orig"] if written else ""
    if "@" not in final and "@" in original:  # a local mailbox, a program, a file
        final, original = original, ""
    if not final:
        return None
    # Words begin behind the first ": " that is not within quotes (a certificate's name).
    told = _QUOTED.sub(lambda quoted: "_" * len(quoted.group()), text)
    start = told.find(": ", match.end() if match else 0)
    answer = _ANSWER.search(text)
    words = (answer["words"] if answer else "") if _KINDS[flag] is Kind.SUCCESS else text[start + 2 :] if start >= 0 else text[len(named) :]
    host = _HOST.search(text[: start if start >= 0 else None])
    return DraftDelivery(recipient=final, alias=original, diagnostic=words.strip(), remote_mta=host["host"] if host else "")
