"""
Verizon's multimedia gateway.

Corpus: corpus/verizon/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import Clue, Dialect
from bounceclass.reading.dialects.shapes import line

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
            line("Error: {diagnostic}"),
            # To: 0000000000@example.com
            line("To: {recipient}"),
        ),
    ),
)
