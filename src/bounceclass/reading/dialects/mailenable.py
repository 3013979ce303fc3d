"""
MailEnable's notices.

Corpus: corpus/mailenable/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import Capture, Clue, Dialect

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="mailenable",
        title="MailEnable",
        source="MailEnable, message delivery failure",
        since="0.1",
        clues=(
            # MailEnable: Message could not be delivered to some recipients.
            Clue("text", "mailenable: message could not be delivered"),
        ),
        captures=(
            # Recipient: [SMTP:a@example.jp]
            # Reason: Remote SMTP Server Returned: 550 …
            Capture(r"Recipient:[ \t]*+\[SMTP:(?P<recipient>[^\]\n]{1,320})\][ \t]*+\n[ \t]*+Reason:[ \t]*+(?P<diagnostic>[^\n]{1,1000})"),
        ),
    ),
)
