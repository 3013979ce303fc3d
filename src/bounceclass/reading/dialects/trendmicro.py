"""
InterScan VirusWall and Messaging Security Suite.

Corpus: corpus/trendmicro/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import Clue, Dialect
from bounceclass.reading.dialects.shapes import line

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="trendmicro",
        title="Trend Micro InterScan",
        source="Trend Micro InterScan MSS 5, notifications",
        since="0.1",
        clues=(
            # Sent <<< RCPT TO:<a@example.jp>
            Clue("text", "sent <<< rcpt to:"),
            # ****** Message from InterScan Messaging Security Suite ******
            Clue("text", "message from interscan"),
        ),
        captures=(
            # Sent <<< RCPT TO:<a@example.jp>
            # Received >>> 550 5.1.1 unknown user.
            line("Sent <<< RCPT TO: <{recipient}>\nReceived >>> {diagnostic}"),
            # Unable to deliver message to <a@example.jp> (and other recipients in the same domain).
            line("Unable to deliver message to <{recipient}> ("),
        ),
    ),
)
