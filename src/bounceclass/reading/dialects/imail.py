"""
IMail's notices, a line a recipient.

Corpus: corpus/imail/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import ADDRESS, Capture, Clue, Dialect

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="imail",
        title="Ipswitch IMail",
        source="Ipswitch IMail Server 8, SMTPD32",
        since="0.1",
        clues=(
            # Subject: Undeliverable Mail
            Clue("subject", "undeliverable mail"),
            # Original message follows.
            Clue("text", "original message follows"),
        ),
        min_clues=2,
        # Original message follows.
        closes=r"^Original message follows",
        captures=(
            # Unknown user: a@example.jp
            Capture(
                rf"^(?P<diagnostic>(?:Unknown (?:user|host)|Invalid final delivery userid|User mailbox exceeds allowed size|Delivery failed \d{{1,5}} attempts|undeliverable {{1,3}}to)):? {{1,3}}(?P<recipient>{ADDRESS})[ \t]*+$",
                takes_text_below=True,
            ),
        ),
    ),
)
