"""What a source of evidence says: one reason that something speaks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bounceclass.model.verdict import Evidence
    from bounceclass.model.vocabulary import Permanence
    from bounceclass.rules.circumstance import Circumstance
    from bounceclass.rules.rule import Precedence
    from bounceclass.rules.rulebook import RuleBook

__all__ = ["Candidate", "EvidenceSource"]


@frozen(kw_only=True)
class Candidate:
    """
    One reason that something speaks for.

    Attributes:
        evidence: What speaks for it.
        precedence: What it goes before.
        confidence: 0 to 1: how often a verdict that rests on this alone is right.
        provider: The service whose own table says so; empty where none does.
        permanence: What it says of trying again, where that differs from the codes.
        also: What the same may mean as well.
    """

    evidence: Evidence
    precedence: Precedence
    confidence: float
    provider: str = ""
    permanence: Permanence | None = None
    also: tuple[Evidence, ...] = ()


@frozen(kw_only=True)
class EvidenceSource:
    """
    Who is asked why a delivery came out as it did.

    Attributes:
        name: For `bounceclass trace`.
        candidates: Gets what is known, and the rules to judge by; gives what it says.
        unless: It is not asked where somebody before it said what proves this much; None: it is always asked.
    """

    name: str
    candidates: Callable[[Circumstance, RuleBook], Iterable[Candidate]]
    unless: Precedence | None = None
