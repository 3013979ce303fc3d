"""
MDaemon's notices, with the session.

Corpus: corpus/mdaemon/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import Capture, Clue, Dialect
from bounceclass.reading.dialects.shapes import line

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="mdaemon",
        title="MDaemon",
        source="MDaemon, DSN templates",
        since="0.1",
        clues=(
            # The following addresses did NOT receive a copy of your message:
            Clue("text", "the following addresses did not receive a copy of your message"),
        ),
        # The following addresses did NOT receive a copy of your message:
        opens=r"did NOT receive a copy of your message:",
        captures=(
            # > a@example.jp
            line("> {recipient}"),
            # <-- 550 User unknown
            Capture(r"^[^\n]{0,40}?(?<![\d.])(?P<diagnostic>[45]\d\d[ -][^\n]{1,500})$"),
        ),
    ),
)
