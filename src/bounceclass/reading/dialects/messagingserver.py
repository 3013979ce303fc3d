"""
Sun Java System (iPlanet, Oracle) Messaging Server.

Corpus: corpus/messagingserver/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import Capture, Clue, Dialect
from bounceclass.reading.dialects.shapes import line

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="messagingserver",
        title="Sun/Oracle Messaging Server",
        source="Oracle Communications Messaging Server, return_failed.txt",
        since="0.1",
        clues=(
            # This report relates to a message you sent with the following header fields:
            Clue("text", "this report relates to a message you sent with the following header fields"),
            # Your message cannot be delivered to the following recipients:
            Clue("text", "your message cannot be delivered to the following recipients"),
            Clue("text", "your message has been enqueued and undeliverable"),
        ),
        captures=(
            #   Recipient address: a@example.jp
            line("Recipient address: {recipient}"),
            #   Original address: b@example.jp
            line("Original address: {alias}"),
            #   Reason: Remote SMTP server has rejected address
            line("Reason: {diagnostic}"),
            #   Diagnostic code: smtp;550 5.1.1 <a@example.jp>... User Unknown
            Capture(r"^[ \t]*+Diagnostic code:[ \t]*+(?:smtp;)?(?P<diagnostic>[^\n]{1,1000})$"),
            #   Remote system: dns;mx.example.jp (TCP|192.0.2.1|25)
            line("Remote system: dns;{remote}"),
        ),
    ),
)
