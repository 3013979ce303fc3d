"""What a scan keeps of the mails that it has let go: counts, dead addresses, distinct answers; all bounded."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from attrs import define, field

from bounceclass.api import assess
from bounceclass.insight.flood import REFUSALS, Surveyor
from bounceclass.mail.addresses import SOUGHT, normalise
from bounceclass.model.vocabulary import Action, Kind
from bounceclass.serial.plain import redacted

if TYPE_CHECKING:
    from bounceclass.model.insight import Survey
    from bounceclass.model.reasons import Reason
    from bounceclass.model.report import Report
    from bounceclass.model.verdict import Verdict

__all__ = ["Answer", "Summary"]

_MOST_ANSWERS: Final = 5_000
_MOST_DEAD: Final = 1_000_000
_SHOWN_DEAD: Final = 5_000
_LONGEST: Final = 500
_ADDRESS: Final = re.compile(SOUGHT)
# What changes from mail to mail in an answer that is the same: addresses, hosts in brackets, queue ids, digits.
_CHANGING: Final = re.compile(r"(?<![\w.-])(?=[A-Za-z_-]{0,40}\d)[\w-]{8,200}+(?:\.[\w-]{1,63}+){0,9}|\[[0-9a-fA-F.:]{3,45}\]|\b\d{1,3}(?:\.\d{1,3}){3}\b")


@define
class Answer:
    """A server's answer, as it first came, and how often the like of it came."""

    reason: Reason
    text: str
    count: int = 0


@define
class Summary:
    """
    Counts of the mails seen so far.

    Attributes:
        redact: Whether addresses are hidden in what is kept of the mails.
    """

    redact: bool = False
    mails: int = 0
    faults: Counter[Reason] = field(factory=Counter)
    answers: dict[tuple[Reason, str], Answer] = field(factory=dict)
    dead: list[tuple[str, Reason]] = field(factory=list)
    dead_count: int = 0
    _seen_dead: set[int] = field(factory=set)
    _surveyor: Surveyor = field(factory=Surveyor)

    def add(self, report: Report, verdicts: tuple[Verdict, ...]) -> list[tuple[str, Reason]]:
        """
        Count one mail; of one that looks forged nothing is believed.

        Returns:
            The dead addresses in it that were not met before, with the reason.
        """
        self.mails += 1
        assessment = assess(report)
        self._surveyor.add(report, verdicts, assessment)
        if assessment.fake:
            return []
        return [found for verdict in verdicts if (found := self._add_verdict(verdict))]

    def _add_verdict(self, verdict: Verdict) -> tuple[str, Reason] | None:
        if verdict.kind is Kind.FAILURE:
            self._add_answer(verdict)
            if verdict.reason in REFUSALS:
                self.faults[verdict.reason] += 1
        address = verdict.intended_recipient
        if verdict.action is not Action.SUPPRESS or not normalise(address)[1] or hash(address.lower()) in self._seen_dead:
            return None
        if len(self._seen_dead) < _MOST_DEAD:
            self._seen_dead.add(hash(address.lower()))
        self.dead_count += 1
        if len(self.dead) < _SHOWN_DEAD:
            self.dead.append((redacted({"recipient": address})["recipient"] if self.redact else address, verdict.reason))
        return address, verdict.reason

    def _add_answer(self, verdict: Verdict) -> None:
        text = (verdict.to_dict(redact=True)["diagnostic"] if self.redact else verdict.diagnostic)[:_LONGEST]
        key = (verdict.reason, _CHANGING.sub("#", _ADDRESS.sub("@", text.lower())))
        if text and key not in self.answers and len(self.answers) < _MOST_ANSWERS:
            self.answers[key] = Answer(verdict.reason, text)
        if key in self.answers:
            self.answers[key].count += 1

    def survey(self) -> Survey:
        """Tell what the mails mean together."""
        return self._surveyor.survey()

    def most_frequent(self) -> list[Answer]:
        """Give the distinct answers, those that came most often first."""
        return sorted(self.answers.values(), key=lambda answer: (-answer.count, answer.text))
