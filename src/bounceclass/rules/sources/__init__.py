"""Who is asked why a delivery came out as it did; one more is a module of this room, a row of `SOURCES`, its `Basis` and its `Precedence`."""

from __future__ import annotations

from typing import Final

from bounceclass.rules.candidate import EvidenceSource
from bounceclass.rules.rule import Precedence
from bounceclass.rules.sources import codes, command, label, learned, written

__all__ = ["SOURCES"]

SOURCES: Final = (
    EvidenceSource(name="rules", candidates=written.candidates),
    EvidenceSource(name="codes", candidates=codes.candidates),
    EvidenceSource(name="learned", candidates=learned.candidates, unless=Precedence.PRECISE),
    EvidenceSource(name="command", candidates=command.candidates, unless=Precedence.AMBIGUOUS),
    EvidenceSource(name="label", candidates=label.candidates),
)
