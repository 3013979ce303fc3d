"""
The Lotus SMTP MTA's notices.

Corpus: corpus/notes/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import ADDRESS, Capture, Clue, Dialect

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="notes",
        title="Lotus Notes SMTP MTA",
        source="Lotus SMTP MTA 1.1, failure report",
        since="0.1",
        clues=(
            # ------- Failure Reasons  --------
            Clue("text", "------- failure reasons"),
        ),
        # ------- Failure Reasons  --------
        opens=r"^-{3,} Failure Reasons[^\n]*",
        # ------- Returned Message --------
        closes=r"^-{3,} Returned Message",
        captures=(
            # ディレクトリのリストにありません
            # a@example.jp
            Capture(rf"^(?P<diagnostic>[^\n-][^\n]{{2,300}})\n[ \t]*+(?P<recipient>{ADDRESS})[ \t]*+$"),
        ),
    ),
)
