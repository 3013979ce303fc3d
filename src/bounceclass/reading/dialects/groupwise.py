"""
GroupWise Internet Agent's notices.

Corpus: corpus/groupwise/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import ADDRESS, Capture, Clue, Dialect

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="groupwise",
        title="GroupWise",
        source="Novell GroupWise Internet Agent, status messages",
        since="0.1",
        clues=(
            # The message that you sent was undeliverable to the following:
            Clue("text", "the message that you sent was undeliverable to the following"),
        ),
        # The message that you sent was undeliverable to the following:
        opens=r"undeliverable to the following:",
        # Possibly truncated original message follows:
        closes=r"^Possibly truncated original message",
        captures=(
            # 	a@example.jp (user not found)
            Capture(rf"^[ \t]++(?P<recipient>{ADDRESS})(?:[ \t]++\((?P<diagnostic>[^\n]{{1,300}})\))?[ \t]*+$"),
        ),
    ),
)
