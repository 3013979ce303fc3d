"""
ezmlm's bounce warnings and probes to a subscriber, with the bounce pasted below.

Corpus: corpus/ezmlm/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import Clue, Dialect

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="ezmlm",
        title="ezmlm",
        source="https://cr.yp.to/ezmlm.html, text/bounce-bottom",
        since="0.1",
        clues=(
            # Hi! This is the ezmlm program.
            Clue("text", "this is the ezmlm program"),
            # --- Enclosed is a copy of the bounce message I received.
            Clue("text", "a copy of the bounce message i received"),
        ),
        min_clues=2,
        wraps=True,
    ),
)
