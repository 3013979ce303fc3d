"""
In the place of flufl.bounce: the same two functions, with our detection and a policy.

    from bounceclass.contrib.flufl import all_failures, scan_message
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import field, frozen

from bounceclass.api import assess, classify, parse
from bounceclass.model.vocabulary import Kind, Permanence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from bounceclass.model.report import Report
    from bounceclass.model.verdict import Verdict
    from bounceclass.rules.rulebook import RuleBook

__all__ = ["Faults", "Scanner", "all_failures", "scan_message"]


Recipients = frozenset[bytes]


class Faults(StrEnum):
    """
    What becomes of failures that are no fault of the recipient's.

    `TEMPORARY`: those of the sender, the message or a server are reported as temporary, so that list
    software does not score members for them; so is what a server refused for now.
    `AS_STATED`: whatever a report calls failed is permanent, whatever it calls delayed is temporary,
    as flufl.bounce has it.
    """

    TEMPORARY = "temporary"
    AS_STATED = "as-stated"


@frozen(kw_only=True)
class Scanner:
    """
    The two functions with a policy of one's own.

    Attributes:
        faults: What becomes of failures that are no fault of the recipient's.
        rules: The rules to judge by; None for the built-in ones and those of installed plugins.
    """

    faults: Faults = field(default=Faults.TEMPORARY, converter=Faults)
    rules: RuleBook | None = None

    def scan_message(self, msg: Message) -> Recipients:
        """Give the recipients that failed for good; see `scan_message()`."""
        return self.all_failures(msg)[1]

    def all_failures(self, msg: Message) -> tuple[Recipients, Recipients]:
        """Give the recipients that failed for now, and those that failed for good; see `all_failures()`."""
        temporary: set[bytes] = set()
        permanent: set[bytes] = set()
        for address, lasting in self._failures(parse(msg)):
            (permanent if lasting else temporary).add(address)
        return frozenset(temporary - permanent), frozenset(permanent)

    def _failures(self, report: Report) -> Iterator[tuple[bytes, bool]]:
        """Give each address as the list holds it, and whether its failure is permanent."""
        if not report.kind.is_trouble or assess(report).fake:
            return
        for verdict in classify(report, rules=self.rules):
            lasting = verdict.kind is Kind.FAILURE and not report.secondhand and (self.faults is Faults.AS_STATED or _is_lasting(verdict))
            if verdict.kind.is_trouble:
                yield from ((address.encode(), lasting) for address in _addresses(verdict, report))


def _addresses(verdict: Verdict, report: Report) -> Iterator[str]:
    """
    Give the address that failed, and of forwarded mail the one that was written to as well: either may be on a list.

    Where a server names its own users without a domain, it is that of its daemon.
    """
    for address in (verdict.original_recipient, verdict.recipient):
        if address:
            domain = report.provenance.author.rpartition("@")[2]
            yield address if "@" in address or not domain else f"{address}@{domain}"


def _is_lasting(verdict: Verdict) -> bool:
    return verdict.reason.info.group.may_be_recipients and verdict.permanence is not Permanence.TEMPORARY


def scan_message(msg: Message, *, faults: Faults | str = Faults.TEMPORARY) -> Recipients:
    """
    Detect all recipients that failed for good, as `flufl.bounce.scan_message()` does.

    Args:
        msg: The bounce message.
        faults: What becomes of failures that are no fault of the recipient's: "temporary" or "as-stated".

    Returns:
        The addresses as octets (UTF-8), of forwarded mail both that failed and that was written to.
        Automatic answers, complaints and what looks forged give none; what only somebody's words say failed for now.

    Raises:
        TypeError: `msg` is no message.
        ValueError: There is no such policy.
    """
    return Scanner(faults=faults).scan_message(msg)


def all_failures(msg: Message, *, faults: Faults | str = Faults.TEMPORARY) -> tuple[Recipients, Recipients]:
    """
    Detect all recipients that failed, as `flufl.bounce.all_failures()` does.

    Args:
        msg: The bounce message.
        faults: What becomes of failures that are no fault of the recipient's: "temporary" or "as-stated".

    Returns:
        The addresses that failed for now, and those that failed for good; see `scan_message()`.

    Raises:
        TypeError: `msg` is no message.
        ValueError: There is no such policy.
    """
    return Scanner(faults=faults).all_failures(msg)
