"""
What a window of reports tells as a whole: single failures, an abused account, a forged sender, a refusal.

Reports are counted one by one and let go, so that a program can run for months: whatever is
counted by name is counted for a bounded number of names.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from attrs import frozen

from bounceclass.model.insight import Count, Survey
from bounceclass.model.reasons import Reason
from bounceclass.model.vocabulary import Action, Kind, Situation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bounceclass.model.insight import Assessment
    from bounceclass.model.report import Report
    from bounceclass.model.verdict import Verdict

__all__ = ["REFUSALS", "Surveyor"]

# Mail was not sent before, and will be read otherwise after; other dates are typos or lies.
_YEARS: Final = range(1980, 2100)
_MOST_NAMES: Final = 10_000
_SHOWN: Final = 20
# From how many reports on a window is a flood; below, each failure is a case of its own.
_MANY: Final = 20
# A receiver that refuses the sender: this many failures for one reason of the sender's, so large a part of a provider's failures, and of all.
_LEAST_REFUSALS: Final = 5
_REFUSED_OF_PROVIDER: Final = 0.6
_REFUSED_OF_ALL: Final = 0.2
_REFUSED_OF_FLOOD: Final = 0.5
# A rise: so many times the usual day, and so many mails more.
_RISE: Final = 3
_RISE_MAILS: Final = 20
# So large a part of what one sends may come back without anybody forging anything.
_ORDINARY: Final = 0.1
# So many of the reports may be dated outside the window.
_OUTSIDE: Final = 0.05
_HALF: Final = 0.5
# Reasons by which a provider refuses the sender, not a recipient.
REFUSALS: Final = frozenset({reason for reason in Reason if reason.info.action is Action.FIX} | {Reason.RATE_LIMITED})


class _Tally:
    """Counts by name, of so many names at most; what comes after that counts in the total alone."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}

    def add(self, name: str) -> bool:
        """Count; tell whether the name is one of those that are counted."""
        counted = name in self.counts or len(self.counts) < _MOST_NAMES
        if counted:
            self.counts[name] = self.counts.get(name, 0) + 1
        return counted

    def merge(self, other: _Tally) -> None:
        """Count what another has counted."""
        for name, count in other.counts.items():
            if name in self.counts or len(self.counts) < _MOST_NAMES:
                self.counts[name] = self.counts.get(name, 0) + count

    def top(self) -> tuple[Count, ...]:
        return tuple(Count(name, count) for name, count in sorted(self.counts.items(), key=lambda item: (-item[1], item[0])))


@frozen
class _Refusal:
    """Who refuses the sender (None: nearly everybody), why, and how often."""

    name: str | None
    reason: Reason
    count: int


def _most(counts: Mapping[str, int]) -> tuple[str, int]:
    return max(counts.items(), key=lambda item: (item[1], item[0]), default=("", 0))


class Surveyor:
    """
    Counts reports as they come, and tells what they mean together.  Its memory is bounded.

    A program that runs for long starts a new one for each window, a day or a week.
    """

    def __init__(self) -> None:
        self._reports = 0
        self._failures = 0
        self._mine = 0
        self._not_sent_by_us = 0
        self._fake = 0
        self._delays = 0
        self._days = _Tally()
        self._reasons, self._domains, self._providers = _Tally(), _Tally(), _Tally()
        self._of_host, self._refusals = _Tally(), _Tally()

    def add(self, report: Report, verdicts: Iterable[Verdict], assessment: Assessment | None = None) -> None:
        """
        Count one mail.  Only failures and delays count; complaints, receipts and other mail do not.

        Args:
            report: The report.
            verdicts: What `classify()` gave for it.
            assessment: What `assess()` gave for it; with it forged reports are told apart, and mail that is not one's own.
        """
        if not report.kind.is_trouble:
            return
        self._reports += 1
        if assessment and assessment.fake:
            self._fake += 1
            return
        self._delays += report.kind is Kind.DELAY
        self._note_day(report)
        if assessment and assessment.sent_by_us is False:
            self._not_sent_by_us += 1
        else:
            self._mine += bool(assessment and assessment.sent_by_us)
            for verdict in verdicts:
                if verdict.kind is Kind.FAILURE:
                    self._note_failure(verdict)

    def merge(self, other: Surveyor) -> None:
        """Count what another surveyor has counted, such as one in another process."""
        for name, value in vars(other).items():
            if isinstance(value, _Tally):
                getattr(self, name).merge(value)
            else:
                setattr(self, name, getattr(self, name) + value)

    def _note_day(self, report: Report) -> None:
        if report.provenance.date and report.provenance.date.year in _YEARS:
            self._days.add(report.provenance.date.date().isoformat())

    def _window(self) -> tuple[date, date] | None:
        """Give the first and the last day, without the few reports that lie far outside: a wrong clock, or a lie."""
        counts = sorted(self._days.counts.items())
        spare = int(sum(count for _, count in counts) * _OUTSIDE)
        for end in (0, -1):
            while len(counts) > 1 and counts[end][1] <= spare:
                spare -= counts.pop(end)[1]
        return (date.fromisoformat(counts[0][0]), date.fromisoformat(counts[-1][0])) if counts else None

    def _note_failure(self, verdict: Verdict) -> None:
        self._failures += 1
        domain = verdict.recipient.rpartition("@")[2].lower()
        self._reasons.add(verdict.reason)
        if domain:
            self._domains.add(domain)
        if verdict.details.provider:
            self._providers.add(verdict.details.provider)
        host = verdict.details.provider or domain
        if host and self._of_host.add(host) and verdict.reason in REFUSALS:
            self._refusals.add(f"{verdict.reason} {host}")

    def survey(self, sent_counts: Mapping[date, int] | None = None) -> Survey:
        """
        Tell what the reports counted so far mean together; counting can go on afterwards.

        Args:
            sent_counts: How many mails one's server sent, by day: those of the window, and some
                before it for a usual day: without those no rise can be told.  None where nobody knows.

        Raises:
            ValueError: A count is no number of mails.
        """
        window = self._window()
        usual, now, total = _sent(sent_counts or {}, window)
        refusal = self._refusal()
        return Survey(
            situation=self._situation(refusal, usual, now, total),
            reports=self._reports,
            failures=self._failures,
            not_sent_by_us=self._not_sent_by_us,
            suspicious=self._fake,
            first=window[0] if window else None,
            last=window[1] if window else None,
            by_day=tuple(Count(day, count) for day, count in sorted(self._days.counts.items())),
            by_reason=self._reasons.top(),
            by_domain=self._domains.top()[:_SHOWN],
            by_provider=self._providers.top()[:_SHOWN],
            refused_by=refusal.name if refusal else None,
            refused_for=refusal.reason if refusal else None,
            sent_usual=usual,
            sent_now=now,
        )

    def _refusal(self) -> _Refusal | None:
        """Find the provider that refuses the sender for one reason, if one stands out; else the reason for which nearly all do."""
        name, count = _most(self._refusals.counts)
        reason, _, host = name.partition(" ")
        if count >= _LEAST_REFUSALS and count >= _REFUSED_OF_PROVIDER * self._of_host.counts.get(host, count) and count >= _REFUSED_OF_ALL * self._failures:
            return _Refusal(host, Reason(reason), count)
        name, count = _most({reason: self._reasons.counts.get(reason, 0) for reason in REFUSALS})
        return _Refusal(None, Reason(name), count) if count >= max(_LEAST_REFUSALS, _REFUSED_OF_FLOOD * self._failures) else None

    def _situation(self, refusal: _Refusal | None, usual: float | None, now: int | None, total: int) -> Situation:
        if not self._reports:
            return Situation.QUIET
        genuine = self._reports - self._fake
        foreign = self._not_sent_by_us >= _HALF * genuine
        if refusal and not foreign and (genuine < _MANY or refusal.count >= _REFUSED_OF_FLOOD * self._failures or self._is_own):
            return Situation.SENDING_REFUSED
        if genuine - self._delays < _MANY or self._is_own:
            return Situation.SINGLE_FAILURES if genuine - self._delays < _MANY else Situation.OWN_FAILURES
        if usual is None or now is None:
            return Situation.UNCLEAR
        # Of what one sends some always comes back: only what cannot come from that speaks of a forger.
        ordinary = not foreign and genuine <= _ORDINARY * total
        return Situation.ACCOUNT_ABUSED if _has_risen(usual, now) else Situation.SINGLE_FAILURES if ordinary else Situation.ADDRESS_FORGED

    @property
    def _is_own(self) -> bool:
        """Whether most of the reports are known to speak of the caller's own mail."""
        return self._mine >= _HALF * (self._reports - self._fake)


def _has_risen(usual: float, now: int) -> bool:
    return now >= _RISE * usual and now - usual >= _RISE_MAILS


def _sent(counts: Mapping[date, int], window: tuple[date, date] | None) -> tuple[float | None, int | None, int]:
    """Give the usual day's count, of the days before the window, the busiest one's within it, and the sum within it; None where no day tells."""
    for day, count in counts.items():
        if type(count) is not int or count < 0:
            raise ValueError(f"sent_counts: {day} has {count!r}, which is no number of mails")
    if window is None:
        return None, None, 0
    from statistics import median  # noqa: PLC0415 - 4 ms, which `import bounceclass` need not cost

    before = [count for day, count in counts.items() if day < window[0]]
    within = [count for day, count in counts.items() if window[0] <= day <= window[1]]
    return (float(median(before)) if before else None), max(within, default=None), sum(within)
