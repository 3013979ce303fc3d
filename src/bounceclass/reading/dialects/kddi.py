"""
KDDI's notices for dion.ne.jp.

Corpus: corpus/kddi/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import Capture, Clue, Dialect

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="kddi",
        title="KDDI",
        source="KDDI, as sent in 2013",
        since="0.1",
        clues=(
            #      As their mailbox is full.
            Clue("text", "could not be delivered to:"),
            Clue("text", "your mail sent on:"),
        ),
        min_clues=2,
        captures=(
            #      Could not be delivered to: <a@example.jp>
            #      As their mailbox is full.
            Capture(r"Could not be delivered to:\s{0,20}<(?P<recipient>[^>\n]{1,320})>\s{1,40}(?P<diagnostic>[^\n]{1,500})"),
        ),
    ),
)
