"""
Sun Java System (iPlanet, Oracle) Messaging Server.

Corpus: corpus/messagingserver/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import Capture, Clue, Dialect

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
            Capture(r"^[ \t]*+Recipient address:[ \t]*+(?P<recipient>[^\n]{1,320})$"),
            #   Original address: b@example.jp
            Capture(r"^[ \t]*+Original address:[ \t]*+(?P<alias>[^\n]{1,320})$"),
            #   Reason: Remote SMTP server has rejected address
            Capture(r"^[ \t]*+Reason:[ \t]*+(?P<diagnostic>[^\n]{1,500})$"),
            #   Diagnostic code: smtp;550 5.1.1 <a@example.jp>... User Unknown
            Capture(r"^[ \t]*+Diagnostic code:[ \t]*+(?:smtp;)?(?P<diagnostic>[^\n]{1,1000})$"),
            #   Remote system: dns;mx.example.jp (TCP|192.0.2.1|25)
            Capture(r"^[ \t]*+Remote system:[ \t]*+dns;(?P<remote>[^\s(;]{1,255})"),
        ),
    ),
)
