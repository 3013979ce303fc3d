"""Evidence from rules: of the user and of plugins, of providers' own tables, of phrases that prove much or little."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bounceclass.model.verdict import Evidence
from bounceclass.model.vocabulary import Basis
from bounceclass.rules.candidate import Candidate
from bounceclass.rules.rule import Precedence
from bounceclass.text.folding import LONGEST_EXCERPT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bounceclass.rules.circumstance import Circumstance
    from bounceclass.rules.rulebook import Match, RuleBook

__all__ = ["candidates"]

# How often a verdict that rests on such a rule is right (docs/verdict.md says how it was measured).
_CONFIDENCE: Final = {Precedence.USER: 0.97, Precedence.PROVIDER: 0.96, Precedence.PRECISE: 0.96, Precedence.WEAK: 0.45}


def candidates(here: Circumstance, rules: RuleBook) -> Iterator[Candidate]:
    """Give what the rules say that match, in the order in which they were found."""
    for match in rules.matches(here):
        rule = match.rule
        precedence = Precedence.PROVIDER if rule.provider and rule.precedence is not Precedence.USER else rule.precedence
        yield Candidate(
            evidence=_evidence(match, here),
            precedence=precedence,
            confidence=_CONFIDENCE[precedence],
            provider=rule.provider,
            permanence=rule.permanence,
        )


def _evidence(match: Match, here: Circumstance) -> Evidence:
    """Say what a match rests on: words, else the code that called the rule up."""
    rule = match.rule
    basis, excerpt, where = (Basis.PHRASE, match.excerpt[:LONGEST_EXCERPT], "diagnostic") if match.excerpt else _code(match, here)
    return Evidence(rule.id, rule.reason, Basis.PROVIDER if rule.provider else basis, excerpt, where)


def _code(match: Match, here: Circumstance) -> tuple[Basis, str, str]:
    return (Basis.STATUS, here.status, "status") if match.rule.status else (Basis.REPLY, here.reply, "reply_code")
