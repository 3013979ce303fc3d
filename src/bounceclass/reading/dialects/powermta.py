"""
PowerMTA's notices where their delivery-status part is gone.

Corpus: corpus/powermta/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import ADDRESS, Capture, Clue, Dialect

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="powermta",
        title="PowerMTA",
        source="PowerMTA 5, delivery report",
        since="0.1",
        clues=(
            # Immediately below you will find a list of the affected recipients
            Clue("text", "immediately below you will find a list of the affected recipients"),
        ),
        captures=(
            #   <a@example.jp>  delivery failed; will not continue trying
            Capture(rf"^[ \t]{{0,4}}<(?P<recipient>{ADDRESS})>[ \t]++(?P<diagnostic>[^\n]{{1,300}})$"),
        ),
    ),
)
