"""What a scan keeps of the mails that it has let go: counts, dead addresses, distinct answers; all bounded."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from attrs import define, evolve, field

from bounceclass.cli.unread import Unread, wording_of
from bounceclass.insight.flood import REFUSALS, Surveyor
from bounceclass.mail.addresses import normalise
from bounceclass.model.vocabulary import Action, Kind
from bounceclass.serial.plain import to_plain
from bounceclass.serial.redaction import hide_address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bounceclass.model.insight import Assessment, Survey
    from bounceclass.model.reasons import Reason
    from bounceclass.model.report import Report
    from bounceclass.model.verdict import Verdict

__all__ = ["Answer", "Summary"]

_MOST_ANSWERS: Final = 5_000
_MOST_DEAD: Final = 1_000_000
_SHOWN_DEAD: Final = 5_000
_LONGEST: Final = 500


@define
class Answer:
    """A server's answer, as it first came, and how often the like of it came."""

    reason: Reason
    text: str
    count: int


@define
class Summary:
    """
    Counts of the mails seen so far.

    Attributes:
        redact: Whether addresses are hidden in what is kept of the mails.
        quotes: Whether the servers' distinct answers are kept, for a page: telling them apart costs as much as judging them.
        unread: Answers that nobody understood; None where nobody asked for them.
    """

    redact: bool = False
    quotes: bool = True
    unread: Unread | None = None
    mails: int = 0
    faults: Counter[Reason] = field(factory=Counter)
    answers: dict[tuple[Reason, str], Answer] = field(factory=dict)
    dead: list[tuple[str, Reason]] = field(factory=list)
    dead_count: int = 0
    _seen_dead: set[int] = field(factory=set)
    surveyor: Surveyor = field(factory=Surveyor)

    def add(self, report: Report, verdicts: tuple[Verdict, ...], assessment: Assessment) -> list[tuple[str, Reason]]:
        """
        Count one mail; of one that looks forged nothing is believed.

        Returns:
            The dead addresses in it, with the reason.  They are counted by `add_dead()`.
        """
        self.mails += 1
        self.surveyor.add(report, verdicts, assessment)
        if assessment.fake:
            return []
        for verdict, text in zip(verdicts, self._answers(verdicts), strict=True):
            if verdict.kind is Kind.FAILURE:
                if self.quotes:
                    self._add_answer(Answer(verdict.reason, text[:_LONGEST], 1))
                if self.unread:
                    self.unread.add(verdict)
                if verdict.reason in REFUSALS:
                    self.faults[verdict.reason] += 1
        dead = [verdict for verdict in verdicts if verdict.action is Action.SUPPRESS]
        return [(verdict.intended_recipient, verdict.reason) for verdict in dead if normalise(verdict.intended_recipient)[1]]

    def add_dead(self, found: Iterable[tuple[str, Reason]]) -> list[tuple[str, Reason]]:
        """Count dead addresses; give those that were not met before."""
        return [(address, reason) for address, reason in found if self._is_new(address, reason)]

    def _is_new(self, address: str, reason: Reason) -> bool:
        key = hash(address.lower())
        if key in self._seen_dead:
            return False
        if len(self._seen_dead) < _MOST_DEAD:
            self._seen_dead.add(key)
        self.dead_count += 1
        if len(self.dead) < _SHOWN_DEAD:
            self.dead.append((hide_address(address) if self.redact else address, reason))
        return True

    def merge(self, other: Summary) -> None:
        """Count what another has counted, but for dead addresses."""
        self.mails += other.mails
        self.surveyor.merge(other.surveyor)
        self.faults.update(other.faults)
        if self.unread and other.unread:
            self.unread.merge(other.unread)
        for key, answer in other.answers.items():
            self._count_answer(key, answer)

    def _answers(self, verdicts: tuple[Verdict, ...]) -> list[str]:
        """Give what was answered for each; what is hidden of one recipient is hidden in the others' answers too."""
        if self.redact:
            return [plain["diagnostic"] for plain in to_plain(verdicts, redact=True)]
        return [verdict.diagnostic for verdict in verdicts]

    def _add_answer(self, answer: Answer) -> None:
        """Count an answer, with those that are the same but for what changes from mail to mail."""
        self._count_answer((answer.reason, wording_of(answer.text) or answer.text), answer)

    def _count_answer(self, key: tuple[Reason, str], answer: Answer) -> None:
        if key in self.answers:
            self.answers[key].count += answer.count
        elif answer.text and len(self.answers) < _MOST_ANSWERS:
            self.answers[key] = evolve(answer)

    def survey(self) -> Survey:
        """Tell what the mails mean together."""
        return self.surveyor.survey()

    def most_frequent(self) -> list[Answer]:
        """Give the distinct answers, those that came most often first."""
        return sorted(self.answers.values(), key=lambda answer: (-answer.count, answer.text))
