"""
Apache James, the remote delivery mailet's notices.

Corpus: corpus/james/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import ADDRESS, Capture, Clue, Dialect
from bounceclass.reading.dialects.shapes import line

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="james",
        title="Apache James",
        source="https://github.com/apache/james-project, DSNBounce and NotifySender mailets",
        since="0.1",
        clues=(
            # Error message below:
            Clue("text", "error message below:"),
            # Message details:
            Clue("text", "message details:"),
        ),
        min_clues=2,
        clues_suffice=True,  # its subject is "Re:" and that of the message, as in a person's answer
        captures=(
            # Error message below:
            # 550 - Requested action not taken: no such user here
            line("Error message below:\n{diagnostic}"),
            #   RCPT TO: a@example.jp
            Capture(rf"^[ \t]*+RCPT TO:[ \t]*+<?(?P<recipient>{ADDRESS})>?"),
        ),
    ),
)
