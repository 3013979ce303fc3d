"""
Dada Mail's bounce handler, which passes bounces on to the list's owner.

Corpus: corpus/dadamail/
"""

from __future__ import annotations

from bounceclass.dialects.dialect import Clue, Dialect

__all__ = ["DIALECT"]

DIALECT = Dialect(
    name="dadamail",
    title="Dada Mail",
    source="https://dadamailproject.com, bounce handler",
    since="0.1",
    clues=(
        Clue("text", "dada mail"),
        Clue("text", "bounce handler"),
    ),
    need=2,
    wraps=True,
)
