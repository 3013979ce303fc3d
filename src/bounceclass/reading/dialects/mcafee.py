"""
McAfee WebShield, and others of its wording.

Corpus: corpus/mcafee/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import Capture, Clue, Dialect

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
            Capture(r"^<(?P<recipient>[^>\n]{1,320})>[ \t]++\((?P<diagnostic>[^\n]{1,500})\)[ \t]*+$"),
        ),
    ),
)
