"""
LSMTP for LISTSERV.

Corpus: corpus/lsmtp/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import Capture, Clue, Dialect

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="lsmtp",
        title="LSMTP",
        source="LSMTP for Windows NT v1.1b",
        since="0.1",
        clues=(
            # Error-for:  a@example.jp
            Clue("text", "error-for:"),
            # Error-Text: …
            Clue("text", "error-text:"),
        ),
        min_clues=2,
        captures=(
            # Error-for:  a@example.jp
            Capture(r"^Error-for:[ \t]*+(?P<recipient>[^\n]{1,320})$"),
            # Error-Text: Mailer mx.example.jp said:
            Capture(r"^Error-Text:[ \t]*+(?P<diagnostic>[^\n]{1,500}(?:\n[ \t]++[^\n]{1,500}){0,5})"),
        ),
    ),
)
