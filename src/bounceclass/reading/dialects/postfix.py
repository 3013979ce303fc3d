"""
Postfix's notices without a delivery-status part, and the words of those with one, localised templates included.

Corpus: corpus/postfix/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import Capture, Clue, Dialect

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="postfix",
        title="Postfix",
        source="https://www.postfix.org/bounce.5.html",
        since="0.1",
        clues=(
            # This is the mail system at host mx.example.jp.
            Clue("text", "this is the mail system at host"),
            # This is the Postfix program at host mx.example.jp.
            Clue("text", "this is the postfix program at host"),
            Clue("text", "i'm sorry to have to inform you that the message returned below could not be delivered"),
            Clue("text", "i'm sorry to have to inform you that your message could not be delivered"),
            # Subject: Undelivered Mail Returned to Sender
            Clue("subject", "undelivered mail returned to sender"),
            # Subject: Delayed Mail (still being retried)
            Clue("subject", "delayed mail (still being retried)"),
        ),
        captures=(
            # <a@example.jp> (expanded from <b@example.jp>): host mx.example.jp[192.0.2.1] said: 550 …
            Capture(
                r"^<(?P<recipient>[^>\n]{1,320})>(?: \(expanded from[: ]{0,2}<(?P<alias>[^>\n]{1,320})>\))?:[ \t]*+(?P<diagnostic>[^\n]*)$",
                takes_text_below=True,
            ),
        ),
    ),
)
