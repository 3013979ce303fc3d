"""Evidence from what a sending service files the failure under, where the server's words say nothing: a label proves nothing by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bounceclass.labels import reason_of_label
from bounceclass.model.verdict import Evidence
from bounceclass.model.vocabulary import Basis
from bounceclass.rules.candidate import Candidate
from bounceclass.rules.rule import Precedence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bounceclass.rules.circumstance import Circumstance
    from bounceclass.rules.rulebook import RuleBook

__all__ = ["candidates"]

_CONFIDENCE: Final = 0.5


def candidates(here: Circumstance, _rules: RuleBook) -> Iterator[Candidate]:
    """Say what the label says."""
    label = here.delivery.label
    if label and (reason := reason_of_label(here.dialect, label)):
        evidence = Evidence(f"label.{here.dialect}", reason, Basis.LABEL, label, "label")
        yield Candidate(evidence=evidence, precedence=Precedence.LABEL, confidence=_CONFIDENCE)
