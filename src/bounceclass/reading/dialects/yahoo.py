"""
Yahoo's classic notices, which other hosts of its software send too.

Corpus: corpus/yahoo/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import Clue, Dialect
from bounceclass.reading.dialects.shapes import line

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="yahoo",
        title="Yahoo and its kin",
        source="Yahoo Mail Delivery Subsystem, as sent until 2013",
        since="0.1",
        clues=(
            # Unable to deliver message to the following address(es).
            Clue("text", "unable to deliver message to the following address(es)"),
        ),
        # --- Original message follows.
        closes=r"^--- Original message",
        captures=(
            # <a@example.jp>:
            # This user doesn't have a example.jp account (a@example.jp) [-9]
            line("<{recipient}>: {diagnostic}", takes_text_below=True),
        ),
    ),
)
