"""
Domino's notices; only the last sentence is translated.

Corpus: corpus/domino/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import Capture, Clue, Dialect

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="domino",
        title="HCL Domino",
        source="https://help.hcltechsw.com/domino/14.0.0/admin/conf_deliveryfailuremessages.html",
        since="0.1",
        clues=(
            # was not delivered to:
            Clue("text", "was not delivered to:"),
            # because:
            Clue("text", "because:"),
        ),
        min_clues=2,
        captures=(
            # was not delivered to:
            #   a@example.jp
            Capture(r"was not delivered to:[ \t]*+\n++[ \t]*+(?P<recipient>[^\n]{3,320})$"),
            # because:
            #   User taro (a@example.jp) not listed in Domino Directory
            Capture(r"^[ \t]*+because:[ \t]*+\n++(?P<diagnostic>[^\n]++(?:\n[^\n]++){0,7})"),
        ),
    ),
)
