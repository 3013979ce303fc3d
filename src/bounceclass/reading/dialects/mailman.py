"""
Mailman's "uncaught bounce notification" to a list's owner, with the bounce attached.

Corpus: corpus/mailman/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import Clue, Dialect

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="mailman",
        title="GNU Mailman",
        source="https://gitlab.com/mailman/mailman, src/mailman/templates/en/list:admin:action:bounce… (unrecognized bounce)",
        since="0.1",
        clues=(
            # Subject: Uncaught bounce notification
            Clue("subject", "uncaught bounce notification"),
            # The attached message was received as a bounce, but either the bounce format was not recognized …
            Clue("text", "the attached message was received as a bounce"),
        ),
        min_clues=1,
        wraps=True,
    ),
)
