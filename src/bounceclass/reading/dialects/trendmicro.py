"""
InterScan VirusWall and Messaging Security Suite.

Corpus: corpus/trendmicro/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import Capture, Clue, Dialect

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
            Capture(r"^Sent <<< RCPT TO:[ \t]*+<(?P<recipient>[^>\n]{1,320})>[ \t]*+\nReceived >>> (?P<diagnostic>[^\n]{1,1000})"),
            # Unable to deliver message to <a@example.jp> (and other recipients in the same domain).
            Capture(r"^Unable to deliver message to <(?P<recipient>[^>\n]{1,320})>"),
        ),
    ),
)
