"""
MessageLabs' notices, of qmail's shape.

Corpus: corpus/messagelabs/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import Clue, Dialect
from bounceclass.reading.dialects.shapes import line

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="messagelabs",
        title="MessageLabs",
        source="https://knowledge.broadcom.com/external/article/162445",
        since="0.1",
        clues=(
            # This is the mail delivery agent at messagelabs.com.
            Clue("text", "this is the mail delivery agent at messagelabs.com"),
        ),
        # --- Below this line is a copy of the message.
        closes=r"^--- Below this line",
        captures=(
            # a@example.jp
            #
            # Reason: 552 5.2.2 <a@example.jp>... Mailbox full
            line("{recipient}\nReason: {diagnostic}"),
            # <a@example.jp>:
            # 192.0.2.1 does not like recipient.
            line("<{recipient}>: {diagnostic}", takes_text_below=True),
        ),
    ),
)
