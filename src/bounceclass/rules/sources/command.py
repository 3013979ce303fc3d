"""Evidence from the command alone: what its refusal can be about, where nothing else is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bounceclass.model.reasons import Reason
from bounceclass.model.verdict import Evidence
from bounceclass.model.vocabulary import Basis
from bounceclass.rules.candidate import Candidate
from bounceclass.rules.rule import Precedence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bounceclass.rules.circumstance import Circumstance
    from bounceclass.rules.rulebook import RuleBook

__all__ = ["candidates"]

# What a refusal of a command can only be about, where nothing else is known (RFC 5321 §4.3.2).
_OF_COMMAND: Final = {
    "CONNECT": Reason.POLICY_REJECTED,
    "HELO": Reason.POLICY_REJECTED,
    "EHLO": Reason.POLICY_REJECTED,
    "RCPT": Reason.USER_UNKNOWN,
    "MAIL": Reason.SENDER_REJECTED,
    "DATA": Reason.POLICY_REJECTED,
    "STARTTLS": Reason.TLS_FAILED,
    "AUTH": Reason.SMTP_AUTH_REQUIRED,
}
_CONFIDENCE: Final = 0.6


def candidates(here: Circumstance, _: RuleBook) -> Iterator[Candidate]:
    """Say what the refused command can only be about."""
    if here.reply and (reason := _OF_COMMAND.get(here.command)):
        evidence = Evidence(f"command.{here.command.lower()}", reason, Basis.COMMAND, here.command, "command")
        yield Candidate(evidence=evidence, precedence=Precedence.COMMAND, confidence=_CONFIDENCE)
