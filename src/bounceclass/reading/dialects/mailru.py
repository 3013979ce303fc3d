"""
Mail.ru's own notice of its scanner, in Russian and English; its others are Exim's.

Corpus: corpus/mailru/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import ADDRESS, Capture, Clue, Dialect

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="mailru",
        title="Mail.ru",
        source="https://help.mail.ru/notspam-support/errors",
        since="0.1",
        clues=(
            # Local mailbox a@example.ru is unavailable: user not found
            Clue("text", "local mailbox * is unavailable"),
            # Message was not accepted -- invalid mailbox.
            Clue("text", "message was not accepted -- invalid mailbox"),
        ),
        min_clues=2,
        captures=(
            #  Local mailbox a@example.ru is unavailable: user not found
            Capture(rf"^[ \t]*+(?P<diagnostic>Local mailbox (?P<recipient>{ADDRESS}) is unavailable[^\n]{{0,300}})"),
        ),
    ),
)
