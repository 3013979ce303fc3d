"""
SurfControl E-mail Filter.

Corpus: corpus/surfcontrol/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import ADDRESS, Capture, Clue, Dialect

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="surfcontrol",
        title="SurfControl E-mail Filter",
        source="SurfControl E-mail Filter, message non-deliverable",
        since="0.1",
        clues=(
            # Your message could not be sent.
            Clue("text", "your message could not be sent"),
            # Addressed To: a@example.jp
            Clue("text", "addressed to:"),
        ),
        min_clues=2,
        captures=(
            # a@example.jp: [192.0.2.1], 554 Service currently unavailable
            Capture(rf"^(?P<recipient>{ADDRESS}): \[[^\]\n]{{1,60}}\], ?(?P<diagnostic>[^\n]{{1,1000}})"),
            # Addressed To: a@example.jp
            Capture(rf"^Addressed To:[ \t]*+(?P<recipient>{ADDRESS})[ \t]*+$"),
        ),
    ),
)
