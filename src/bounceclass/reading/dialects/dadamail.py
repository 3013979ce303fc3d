"""
Dada Mail's bounce handler, which passes bounces on to the list's owner.

Corpus: corpus/dadamail/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import Clue, Dialect

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="dadamail",
        title="Dada Mail",
        source="https://dadamailproject.com, bounce handler",
        since="0.1",
        clues=(
            # X-Mailer: Dada Mail 9.7.0
            Clue("x-mailer", "dada mail"),
            # Hello, This is Mystery Girl, the bounce handler for Example Letters
            Clue("text", "the bounce handler for"),
        ),
        min_clues=2,
        wraps=True,
    ),
)
