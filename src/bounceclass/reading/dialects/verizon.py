"""
Verizon's multimedia gateway.

Corpus: corpus/verizon/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import ADDRESS, Capture, Clue, Dialect

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="verizon",
        title="Verizon Wireless",
        source="Verizon Wireless vzwpix.com, as sent in 2013",
        since="0.1",
        clues=(
            # Message could not be delivered to mobile.
            Clue("text", "message could not be delivered to mobile"),
        ),
        captures=(
            # Error: No valid recipients for this MM
            Capture(r"^Error:[ \t]*+(?P<diagnostic>[^\n]{1,500})$"),
            # To: 0000000000@example.com
            Capture(rf"^[ \t]*+To:[ \t]*+(?P<recipient>{ADDRESS})[ \t]*+$"),
        ),
    ),
)
