"""
MessageLabs' notices, of qmail's shape.

Corpus: corpus/messagelabs/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import ADDRESS, Capture, Clue, Dialect

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
            Capture(rf"^(?P<recipient>{ADDRESS})[ \t]*+\n++Reason: (?P<diagnostic>[^\n]{{1,1000}})"),
            # <a@example.jp>:
            # 192.0.2.1 does not like recipient.
            Capture(r"^<(?P<recipient>[^>\n]{1,320})>:[ \t]*+(?P<diagnostic>[^\n]*)$", takes_text_below=True),
        ),
    ),
)
