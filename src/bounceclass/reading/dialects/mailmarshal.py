"""
Trustwave MailMarshal.

Corpus: corpus/mailmarshal/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import ADDRESS, Capture, Clue, Dialect
from bounceclass.reading.dialects.shapes import line

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="mailmarshal",
        title="MailMarshal",
        source="MailMarshal SMTP, template NDR",
        since="0.1",
        clues=(
            # The following recipients were affected:
            Clue("text", "the following recipients were affected"),
            # Could not be delivered because of
            Clue("text", "could not be delivered because of"),
        ),
        # Additional Information
        closes=r"^Additional Information",
        captures=(
            # Could not be delivered because of
            #
            # 550 5.1.1 User unknown
            line("Could not be delivered because of\n{diagnostic}"),
            #     a@example.jp
            Capture(rf"^[ \t]{{2,12}}(?P<recipient>{ADDRESS})[ \t]*+$"),
        ),
    ),
)
