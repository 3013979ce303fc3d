"""
Notices that carry Mailgun's words for a failure.

Corpus: corpus/mailgun/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import ADDRESS, Capture, Clue, Dialect

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="mailgun",
        title="Mailgun",
        source="https://help.mailgun.com/hc/en-us/articles/25099259504411",
        since="0.1",
        clues=(
            # Delivery status message: Not delivering to previously bounced address
            Clue("text", "delivery status message:"),
            # Severity: permanent
            Clue("text", "severity:"),
        ),
        min_clues=2,
        captures=(
            # Recipient: a@example.jp
            Capture(rf"^[ \t]*+Recipient:[ \t]*+(?P<recipient>{ADDRESS})[ \t]*+$"),
            # Delivery status code: 605
            Capture(r"^[ \t]*+Delivery status code:[ \t]*+(?P<diagnostic>\d{3})[ \t]*+$"),
            # Delivery status message: …
            Capture(r"^[ \t]*+Delivery status message:[ \t]*+(?P<diagnostic>[^\n]{1,1000})"),
        ),
    ),
)
