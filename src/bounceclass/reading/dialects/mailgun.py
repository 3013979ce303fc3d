"""
Notices that carry Mailgun's words for a failure.

Corpus: corpus/mailgun/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import Clue, Dialect
from bounceclass.reading.dialects.shapes import line

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
            line("Recipient: {recipient}"),
            # Delivery status code: 605
            line("Delivery status code: {diagnostic}"),
            # Delivery status message: …
            line("Delivery status message: {diagnostic}"),
        ),
    ),
)
