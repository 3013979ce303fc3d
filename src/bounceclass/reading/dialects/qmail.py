"""
qmail-send's notices, and those of its many kin (netqmail, Yahoo, secureserver, Outblaze …).

Corpus: corpus/qmail/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import Clue, Dialect
from bounceclass.reading.dialects.shapes import line

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="qmail",
        title="qmail",
        source="https://cr.yp.to/proto/qsbmf.txt",
        since="0.1",
        clues=(
            # qmail-send.c: "Hi. This is the qmail-send program at …"
            Clue("text", "this is the qmail-send program at"),
            Clue("text", "i'm afraid i wasn't able to deliver your message to the following addresses"),
            Clue("text", "your mail message to the following address(es) could not be delivered"),
            # qmail-send.c: "--- Below this line is a copy of the message."
            Clue("text", "--- below this line is a copy of the message"),
            Clue("text", "--- below the next line is a copy of the message"),
            Clue("text", "--- enclosed is a copy of the message"),
        ),
        # --- Below this line is a copy of the message.
        # --- Undelivered message follows ---
        closes=r"^--- (?:below|original message|enclosed|undelivered message|mensaje original)",
        captures=(
            # <a@example.jp>:
            # Sorry, no mailbox here by that name. (#5.1.1)
            line("<{recipient}>: {diagnostic}", takes_text_below=True),
        ),
    ),
)
