"""
MailEnable's notices.

Corpus: corpus/mailenable/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import Clue, Dialect
from bounceclass.reading.dialects.shapes import line

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
            line("Recipient: [SMTP:{recipient}]\nReason: {diagnostic}"),
        ),
    ),
)
