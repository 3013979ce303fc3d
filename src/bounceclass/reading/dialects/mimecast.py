"""
Mimecast's own notices.

Corpus: corpus/mimecast/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import Capture, Clue, Dialect
from bounceclass.reading.dialects.shapes import line

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="mimecast",
        title="Mimecast",
        source="https://community.mimecast.com",
        since="0.1",
        clues=(
            # The problem appears to be :
            Clue("text", "the problem appears to be"),
            # Additional information follows :
            Clue("text", "additional information follows"),
        ),
        min_clues=2,
        # This condition occurred after 1 attempt(s) to deliver over
        closes=r"^This condition occurred after",
        captures=(
            # -- a@example.jp
            line("-- {recipient}"),
            # The problem appears to be :
            # -- Recipient email address is possibly incorrect
            Capture(r"The problem appears to be ?:[ \t]*+\n++--[ \t]*+(?P<diagnostic>[^\n]{1,500})"),
            # Additional information follows :
            # -- 5.4.1 Recipient address rejected: Access denied.
            line("Additional information follows :\n-- {diagnostic}"),
        ),
    ),
)
