"""
The DragonFly Mail Agent's notices.

Corpus: corpus/dragonfly/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import Capture, Clue, Dialect

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="dragonfly",
        title="DragonFly Mail Agent",
        source="https://github.com/corecode/dma/blob/master/local.c",
        since="0.1",
        clues=(
            # This is the DragonFly Mail Agent v0.13 at mx.example.jp.
            Clue("text", "this is the dragonfly mail agent"),
        ),
        # Message headers follow.
        closes=r"^(?:Message headers|Message|Original message) follows?\.",
        captures=(
            # There was an error delivering your mail to <a@example.jp>.
            Capture(r"^There was an error delivering your mail to <(?P<recipient>[^>\n]{1,320})>\.", takes_text_below=True),
        ),
    ),
)
