"""What the other verbs give: whether a report is genuine, what an address was meant to be, what many reports mean."""

from __future__ import annotations

from datetime import date, datetime

from attrs import field, frozen

from bounceclass.model.reasons import Reason
from bounceclass.model.value import Value
from bounceclass.model.vocabulary import Advice, Authenticity, Grounds, NoAnswer, Signature, Situation, Typo
from bounceclass.serial.redaction import ADDRESS, WORD

__all__ = ["AddressCheck", "AddressStanding", "Assessment", "AutoReplyCheck", "Count", "Signal", "SignedPath", "Suggestion", "Survey"]


@frozen(repr=False)
class Signal(Value):
    """
    One thing that speaks for a report or against it.

    Attributes:
        name: What was looked at and how it came out, "original.sent"; docs/insight.md lists them.
        weight: What it is worth: 2 proves, 1 speaks for, 0 only tells, -1 speaks against, -2 betrays.
        excerpt: What it was found in, at most 200 characters.
    """

    name: str = field(metadata=WORD)
    weight: int
    excerpt: str = ""


@frozen(kw_only=True, repr=False)
class Assessment(Value):
    """
    Whether a report is genuine, and whether the mail that it speaks of was the caller's.

    Attributes:
        authenticity: Whether the report is what it claims to be.
        sent_by_us: Whether the caller sent the mail; None where that is not known.
        signals: What was looked at, strongest first.
    """

    authenticity: Authenticity
    sent_by_us: bool | None = None
    signals: tuple[Signal, ...] = ()

    @property
    def fake(self) -> bool:
        """Whether this should not be taken for a report: it is forged, or looks so."""
        return self.authenticity in {Authenticity.SUSPICIOUS, Authenticity.FORGED}

    @property
    def backscatter(self) -> bool:
        """Whether this is a real report of a mail that somebody else sent in the caller's name."""
        return self.sent_by_us is False and self.authenticity in {Authenticity.VERIFIED, Authenticity.PLAUSIBLE}


@frozen(kw_only=True, repr=False)
class SignedPath(Value):
    """
    What a signed return path says.

    Attributes:
        state: What its signature is worth.
        path: The address that was signed; None where the signature is not right.
        recipient: Whom the mail went to; None where it was signed without.
        expires: The last day of its force.
    """

    state: Signature
    path: str | None = field(default=None, metadata=ADDRESS)
    recipient: str | None = field(default=None, metadata=ADDRESS)
    expires: date | None = None


@frozen(kw_only=True, repr=False)
class AddressStanding(Value):
    """
    What to do with an address, by all that became of mail to it.

    Attributes:
        address: The address.
        advice: Keep it, pause, or drop it.
        grounds: Why it is to be dropped; None where it is not.
        until: Until when to pause; None where one need not.
        reason: Of the last failure that counts; None where none does.
        failures: When the failures were that count, in their order, at most one a day.
    """

    address: str = field(metadata=ADDRESS)
    advice: Advice
    grounds: Grounds | None = None
    until: datetime | None = None
    reason: Reason | None = None
    failures: tuple[datetime, ...] = ()


@frozen(kw_only=True, repr=False)
class AutoReplyCheck(Value):
    """
    Whether a program may answer a mail; true where it may.

    Attributes:
        reason: Why not; None where it may.
        field: The header field that says so, in lower case; empty where it may, or where a field is missing.
    """

    reason: NoAnswer | None = None
    field: str = ""

    def __bool__(self) -> bool:
        """Whether it may."""
        return self.reason is None


@frozen(repr=False)
class Suggestion(Value):
    """
    What an address was probably meant to be.

    Attributes:
        address: The whole address.
        typo: What seems to have gone wrong.
    """

    address: str = field(metadata=ADDRESS)
    typo: Typo


@frozen(kw_only=True, repr=False)
class AddressCheck(Value):
    """
    What can be said of an address before mail is sent to it; nothing is looked up.

    Attributes:
        address: As it was given.
        normalized: Its normal form; None where it is no address.
        problem: What is wrong with its syntax, in English; empty where nothing is.
        suggestions: What it was probably meant to be, likeliest first; empty where nothing seems wrong.
    """

    address: str = field(metadata=ADDRESS)
    normalized: str | None = field(metadata=ADDRESS)
    problem: str = ""
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether its syntax is right, as it was given."""
        return self.normalized is not None


@frozen(repr=False)
class Count(Value):
    """
    How often something was met.

    Attributes:
        name: What: a reason, a domain, a provider.
        count: How often.
    """

    name: str = field(metadata=WORD)
    count: int


@frozen(kw_only=True, repr=False)
class Survey(Value):
    """
    What a window of reports tells as a whole.

    Attributes:
        situation: What is going on.
        reports: How many mails reported something.
        failures: How many recipients failed, of the mails that one sent oneself and of those not known.
        not_sent_by_us: How many reports speak of mail that the caller did not send.
        suspicious: How many reports look forged.
        first: The earliest day of them, None where no mail is dated.
        last: The latest day.
        by_day: Reports of each day, "2026-11-21", the earliest first.
        by_reason: Failures of each reason, most first.
        by_domain: Failures of each recipient's domain, most first, the 20 first.
        by_provider: Failures of each provider, most first, the 20 first.
        refused_by: The provider or domain that refuses most of the sender's mail; None where none stands out.
        refused_for: Why it refuses, or why most receivers do; None where nothing of the kind stands out.
        sent_usual: How many mails are sent on a usual day; None where the counts do not tell.
        sent_now: How many were sent on the busiest day of the window; None where the counts do not tell.
    """

    situation: Situation
    reports: int = 0
    failures: int = 0
    not_sent_by_us: int = 0
    suspicious: int = 0
    first: date | None = None
    last: date | None = None
    by_day: tuple[Count, ...] = ()
    by_reason: tuple[Count, ...] = ()
    by_domain: tuple[Count, ...] = ()
    by_provider: tuple[Count, ...] = ()
    refused_by: str | None = field(default=None, metadata=WORD)
    refused_for: Reason | None = None
    sent_usual: float | None = None
    sent_now: int | None = None
