"""
McAfee WebShield, and others of its wording.

Corpus: corpus/mcafee/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import Clue, Dialect
from bounceclass.reading.dialects.shapes import line

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="mcafee",
        title="McAfee WebShield",
        source="McAfee WebShield SMTP, Delivery Status",
        since="0.1",
        clues=(
            #     --- The following addresses had delivery problems ---
            Clue("text", "--- the following addresses had delivery problems ---"),
        ),
        captures=(
            # <a@example.jp>   (Unknown user a@example.jp)
            line("<{recipient}> ({diagnostic})"),
        ),
    ),
)
