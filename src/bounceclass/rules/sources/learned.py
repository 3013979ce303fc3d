"""Evidence from examples: what the words of an answer spoke for in others, where no rule is sure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bounceclass.model.verdict import Evidence
from bounceclass.model.vocabulary import Basis
from bounceclass.rules.candidate import Candidate
from bounceclass.rules.rule import Precedence
from bounceclass.text.features import has_words, read_features

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bounceclass.rules.circumstance import Circumstance
    from bounceclass.rules.rulebook import RuleBook

__all__ = ["candidates"]

# Below it the judge holds its tongue; from the second on its judgement goes before phrases that prove little.
_LEAST: Final = 0.25
_SURE: Final = 0.5


def candidates(here: Circumstance, rules: RuleBook) -> Iterator[Candidate]:
    """Say what the words most likely speak for."""
    if rules.learned is None or not has_words(here.folded):
        return
    features = read_features(here.folded, here.status, here.reply, here.command)
    found = rules.learned.judge(features)
    if found.probability >= _LEAST:
        words = ", ".join(rules.learned.heaviest(features, found.reason))
        evidence = Evidence(f"learned.{found.reason}", found.reason, Basis.LEARNED, words, "diagnostic")
        precedence = Precedence.LEARNED if found.probability >= _SURE else Precedence.SUPPOSED
        yield Candidate(evidence=evidence, precedence=precedence, confidence=round(found.probability, 2))
