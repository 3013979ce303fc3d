"""
hMailServer's notices.

Corpus: corpus/hmailserver/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import Clue, Dialect
from bounceclass.reading.dialects.shapes import line

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="hmailserver",
        title="hMailServer",
        source="https://github.com/hmailserver/hmailserver, SMTPDeliverer.cpp",
        since="0.1",
        clues=(
            # Remote server replied: 550 5.1.1 User unknown
            Clue("text", "hmailserver sent:"),
            Clue("text", "remote server replied:"),
        ),
        # The following recipient(s) could not be reached:
        opens=r"could not be reached:",
        # hMailServer
        closes=r"^hMailServer[ \t]*+$",
        captures=(
            # a@example.jp
            #    Error Type: SMTP
            line("{recipient}", takes_text_below=True),
        ),
    ),
)
