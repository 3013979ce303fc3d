"""
The registered codes: what an enhanced status code or a reply code says where no phrase says more.

Spec:
    RFC 3463 §3 and the IANA registry of enhanced status codes; RFC 5321 §4.2.3 (reply codes).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from attrs import frozen

from bounceclass.model.reasons import Reason
from bounceclass.model.verdict import Evidence
from bounceclass.model.vocabulary import Basis
from bounceclass.rules.candidate import Candidate
from bounceclass.rules.rule import Precedence
from bounceclass.tables import read_table
from bounceclass.text.features import has_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bounceclass.rules.circumstance import Circumstance
    from bounceclass.rules.rulebook import RuleBook

__all__ = ["Code", "candidates", "reply_codes", "status_codes"]

# How often a verdict that rests on such a code alone is right.
_CONFIDENCE: Final = {Precedence.STATUS: 0.9, Precedence.AMBIGUOUS: 0.75}
# And beside words that say something, but nothing that is known.
_BESIDE_WORDS: Final = 0.3


@frozen
class Code:
    """
    One row of the registry.

    Attributes:
        code: "X.1.1", or a reply code as text.
        reason: What it says.
        sure: Whether servers use it for nothing else.
        meaning: The registry's words.
        also: What servers use it for as well.
    """

    code: str
    reason: Reason
    sure: bool
    meaning: str
    also: tuple[Reason, ...]

    @property
    def id(self) -> str:
        """The id that evidence shows."""
        return f"code.{self.code.lower()}"


def candidates(here: Circumstance, _: RuleBook) -> Iterator[Candidate]:
    """Read the codes by the registry; the enhanced one before the other."""
    code = status_codes().get(f"X{here.status[1:]}") if here.status else None
    if code and code.reason is not Reason.UNKNOWN:
        yield _candidate(code, Basis.STATUS, here.status, "status", here)
    code = reply_codes().get(here.reply)
    if code and code.reason is not Reason.UNKNOWN and _can_mean(code, here.command):
        yield _candidate(code, Basis.REPLY, here.reply, "reply_code", here)


def _can_mean(code: Code, command: str) -> bool:
    """Tell whether a reply code can speak of the mailbox: before and after RCPT it speaks of something else."""
    return code.reason is not Reason.USER_UNKNOWN or command in {"", "RCPT"}


def _candidate(code: Code, basis: Basis, excerpt: str, where: str, here: Circumstance) -> Candidate:
    precedence = Precedence.STATUS if code.sure else Precedence.AMBIGUOUS
    confidence = _CONFIDENCE[precedence] if code.sure or not has_words(here.folded) else _BESIDE_WORDS
    evidence, *also = (Evidence(code.id, reason, basis, excerpt, where) for reason in (code.reason, *code.also))
    return Candidate(evidence=evidence, precedence=precedence, confidence=confidence, also=tuple(also))


def _read(kind: str) -> dict[str, Code]:
    rows = read_table("rules/data", "codes")[kind]
    return {
        code: Code(code, Reason(row["reason"]), row["sure"], row["meaning"], tuple(Reason(name) for name in row.get("also", ()))) for code, row in rows.items()
    }


@cache
def status_codes() -> Mapping[str, Code]:
    """Give the enhanced codes by their class-less form."""
    return _read("status")


@cache
def reply_codes() -> Mapping[str, Code]:
    """Give the reply codes by their three digits."""
    return _read("reply")
