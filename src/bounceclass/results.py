"""
What callers hold: frozen values, each documented with shape, unit and source.

`to_dict()` of each gives plain dicts, lists, strings and numbers, ready for `json.dumps`.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self, cast

from attrs import Attribute, AttrsInstance, fields, frozen

from bounceclass.plain import read_value, redacted
from bounceclass.reasons import (
    Action,
    AddressState,
    Authenticity,
    DefectCode,
    DeliveryAction,
    Kind,
    Party,
    Permanence,
    Reason,
    Signature,
    Situation,
    Slip,
    Source,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "AddressCheck",
    "Arrival",
    "Assessment",
    "Attachment",
    "Count",
    "Defect",
    "Delivery",
    "Details",
    "Evidence",
    "Link",
    "Original",
    "Report",
    "Sign",
    "SignedPath",
    "Suggestion",
    "Survey",
    "Value",
    "Verdict",
]


def _plain(value: object) -> Any:  # noqa: ANN401 - JSON is what it is
    if isinstance(value, Value):
        attributes: tuple[Attribute[Any], ...] = fields(cast("type[AttrsInstance]", type(value)))
        return {a.name: _plain(getattr(value, a.name)) for a in attributes}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return value


class Value:
    """A frozen value that can turn into a plain dict, and back."""

    __slots__ = ()

    def to_dict(self, *, redact: bool = False) -> dict[str, Any]:
        """
        Give this value as plain JSON types, as the schema says (`bounceclass schema`).

        Args:
            redact: Hide the local part of every address, "***@example.jp", wherever it stands.

        Returns:
            One key an attribute, in their order; enums as their wire name, instants in
            ISO 8601, tuples as lists, unset values as None.
        """
        plain: dict[str, Any] = _plain(self)
        return redacted(plain) if redact else plain

    @classmethod
    def from_dict(cls, table: Mapping[str, Any]) -> Self:
        """
        Give the value back that `to_dict()` was made of.

        Args:
            table: As `to_dict()` gives it; keys that are left out have their defaults.

        Raises:
            ValueError: A key is unknown or missing, or a value is of a wrong form.
        """
        return read_value(table, cls)


@frozen
class Defect(Value):
    """
    Something odd in a mail, read all the same.

    Attributes:
        code: What it was.
        detail: Where, or which value; empty where the code says it all.
    """

    code: DefectCode
    detail: str = ""


@frozen(kw_only=True)
class Original(Value):
    """
    The message that came back, as far as the notice returned it.

    Attributes:
        message_id: With its angle brackets; None where it is not there.
        subject: Decoded and unfolded.
        sender: The address of its From field, else of its Return-Path.
        recipients: The addresses of To and Cc, in that order; empty where there are none.
        date: Its Date field.
        list_id: Its List-Id field (RFC 2919), verbatim.
        fields: All header fields in their order: name in lower case, value decoded and unfolded.
    """

    message_id: str | None = None
    subject: str | None = None
    sender: str | None = None
    recipients: tuple[str, ...] = ()
    date: datetime | None = None
    list_id: str | None = None
    fields: tuple[tuple[str, str], ...] = ()

    def header(self, name: str) -> str | None:
        """Give the first header field of that name, in any case; None where there is none."""
        wanted = name.lower()
        return next((value for key, value in self.fields if key.lower() == wanted), None)


@frozen(kw_only=True)
class Delivery(Value):
    """
    What became of one recipient.

    Attributes:
        recipient: The address that failed, normalised; verbatim text where it is no address.
        original_recipient: The address that the sender wrote to, where it differs.
        action: What the reporting server did (RFC 3464 §2.3.3).
        status: The enhanced status code, "5.1.1" (RFC 3463); None where nobody gave one.
        reply_code: The SMTP reply code, 200 to 599 (RFC 5321 §4.2).
        command: The SMTP command that was answered so, in upper case: "RCPT", "DATA" ….
        diagnostic: The server's words, decoded, on one line; empty where there are none.
        remote_mta: The host that said so.
        last_attempt_at: When it was last tried.
        will_retry_until: Until when the server goes on trying, of delays.
    """

    recipient: str
    original_recipient: str | None = None
    action: DeliveryAction = DeliveryAction.FAILED
    status: str | None = None
    reply_code: int | None = None
    command: str | None = None
    diagnostic: str = ""
    remote_mta: str | None = None
    last_attempt_at: datetime | None = None
    will_retry_until: datetime | None = None


@frozen
class Attachment(Value):
    """
    A part of a report that is neither its text, nor its fields, nor the message that came back.

    Attributes:
        name: Its file name, decoded; empty where it has none.
        media_type: In lower case, as it calls itself.
    """

    name: str
    media_type: str


@frozen
class Link(Value):
    """
    A web address in the text of a report.

    Attributes:
        url: As written, at most 300 characters; of a form, where it sends to.
        words: What the reader sees there: the text of the link or its line; "<form>" of a form.
    """

    url: str
    words: str


@frozen(kw_only=True)
class Arrival(Value):
    """
    How the report itself came, as far as it tells whether the report is genuine.

    Attributes:
        date: Its Date field.
        author: The address of its From field; empty where there is none.
        daemon: Whether the author is a mail program by name.
        claims: Whether author or subject call the mail a report, whatever it holds.
        return_path: Its envelope sender: "" for the null path, None where the field is not there.
        addressed: The addresses it was sent to: the first of Delivered-To, X-Original-To, Envelope-To and To each.
        authentication: The Authentication-Results fields (RFC 8601), topmost first, verbatim.
        attachments: What no plain report carries, in message order; empty where there is nothing.
        links: Web addresses in its own text, at most 20; not those of the message that came back.
    """

    date: datetime | None = None
    author: str = ""
    daemon: bool = False
    claims: bool = False
    return_path: str | None = None
    addressed: tuple[str, ...] = ()
    authentication: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    links: tuple[Link, ...] = ()


@frozen(kw_only=True)
class Report(Value):
    """
    What one mail reports.

    Attributes:
        kind: What the mail is, as a whole.
        deliveries: One for each recipient, in message order; empty where none is named.
        original: The message that it is about; None where nothing of it came back.
        reporting_mta: The host that wrote the report, without its type prefix.
        dialect: Who decoded it: "rfc3464", a server family's name, "generic" …; None for other mail.
        arrived_at: When the message reached the reporting server (RFC 3464 §2.2.5).
        defects: What was odd, in the order met.
        arrival: How the report itself came.
        secondhand: Nothing but somebody's words says so: a person forwards or sends it, or it only copies the words
            of a server, as worms do.  Nobody is dropped for it (docs/trust.md).
    """

    kind: Kind
    deliveries: tuple[Delivery, ...] = ()
    original: Original | None = None
    reporting_mta: str | None = None
    dialect: str | None = None
    arrived_at: datetime | None = None
    defects: tuple[Defect, ...] = ()
    arrival: Arrival = Arrival()
    secondhand: bool = False


@frozen
class Evidence(Value):
    """
    One reason that something speaks for, and what speaks for it.

    Attributes:
        rule: The id of the rule or of the code's row, stable for ever.
        reason: What it says.
        source: What it rests on.
        excerpt: What it was found in, at most 200 characters; of words in their folded form: lower case, single blanks.
        where: Which field of the delivery that text stands in.
    """

    rule: str
    reason: Reason
    source: Source
    excerpt: str
    where: str


@frozen(kw_only=True)
class Details(Value):
    """
    Facts that the server's words give beside the reason; None or empty where they do not.

    Attributes:
        provider: The receiving or sending service whose table answered.
        retry_after: Seconds to wait, only where the server asks so.
        size_limit: Octets that a message may have.
        blocklist: The name of the block list; of one that is not known, its zone.
        blocklist_kind: What it lists: "ip", "domain" or "uri".
        lookup_url: Where to see the listing.
        delist_url: Where to ask for removal.
        blocked: The IP address or domain that is listed.
        mechanisms: Which of "spf", "dkim", "dmarc" failed.
        new_address: Where the recipient moved to.
        urls: Web addresses in the diagnostic, in order.
        suggestion: What the address was probably meant to be, where the failure lets one doubt its domain.
    """

    provider: str | None = None
    retry_after: int | None = None
    size_limit: int | None = None
    blocklist: str | None = None
    blocklist_kind: str | None = None
    lookup_url: str | None = None
    delist_url: str | None = None
    blocked: str | None = None
    mechanisms: tuple[str, ...] = ()
    new_address: str | None = None
    urls: tuple[str, ...] = ()
    suggestion: str | None = None


@frozen(kw_only=True)
class Verdict(Value):
    """
    Why one delivery came out as it did, and what to do.

    Attributes:
        recipient: The address of the delivery that it judges: the one that failed.
        original_recipient: The address that the sender wrote to, where it differs: what stands in the sender's list.
        reason: Why.
        permanence: What the servers said of trying again, after correction.
        address: Whether the address itself is dead.
        party: Who can mend it.
        action: What a program should do with the recipient.
        confidence: 0 to 1: how often verdicts like this one are right.
        evidence: What speaks for the reason, strongest first.
        conflicts: What spoke for other reasons and lost, strongest first.
        details: Facts that the server's words give beside the reason.
        quote: The server's own words, as in the delivery.
        kind: What became of the delivery: a failure, a delay, a success …
        status: The enhanced status code, as in the delivery.
        reply_code: The SMTP reply code, as in the delivery.
        remote_mta: The host that said so, as in the delivery.
    """

    recipient: str
    original_recipient: str | None = None
    reason: Reason
    permanence: Permanence
    address: AddressState
    party: Party
    action: Action
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    conflicts: tuple[Evidence, ...] = ()
    details: Details = Details()
    quote: str = ""
    kind: Kind = Kind.FAILURE
    status: str | None = None
    reply_code: int | None = None
    remote_mta: str | None = None


@frozen
class Sign(Value):
    """
    One thing that speaks for a report or against it.

    Attributes:
        name: What was looked at and how it came out, "original.sent"; docs/insight.md lists them.
        weight: What it is worth: 2 proves, 1 speaks for, 0 only tells, -1 speaks against, -2 betrays.
        excerpt: What it was found in, at most 200 characters.
    """

    name: str
    weight: int
    excerpt: str = ""


@frozen(kw_only=True)
class Assessment(Value):
    """
    Whether a report is genuine, and whether the mail that it speaks of was the caller's.

    Attributes:
        authenticity: Whether the report is what it claims to be.
        mine: Whether the caller sent the mail; None where that is not known.
        signs: What was looked at, strongest first.
    """

    authenticity: Authenticity
    mine: bool | None = None
    signs: tuple[Sign, ...] = ()

    @property
    def fake(self) -> bool:
        """Whether this should not be taken for a report: it is forged, or looks so."""
        return self.authenticity in {Authenticity.SUSPICIOUS, Authenticity.FORGED}

    @property
    def backscatter(self) -> bool:
        """Whether this is a real report of a mail that somebody else sent in the caller's name."""
        return self.mine is False and self.authenticity in {Authenticity.VERIFIED, Authenticity.PLAUSIBLE}


@frozen(kw_only=True)
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
    path: str | None = None
    recipient: str | None = None
    expires: date | None = None


@frozen
class Suggestion(Value):
    """
    What an address was probably meant to be.

    Attributes:
        address: The whole address.
        slip: What seems to have gone wrong.
    """

    address: str
    slip: Slip


@frozen(kw_only=True)
class AddressCheck(Value):
    """
    What can be said of an address before mail is sent to it; nothing is looked up.

    Attributes:
        address: As it was given.
        normalized: Its normal form; None where it is no address.
        problem: What is wrong with its syntax, in English; empty where nothing is.
        suggestions: What it was probably meant to be, likeliest first; empty where nothing seems wrong.
    """

    address: str
    normalized: str | None
    problem: str = ""
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether its syntax is right, as it was given."""
        return self.normalized is not None


@frozen
class Count(Value):
    """
    How often something was met.

    Attributes:
        name: What: a reason, a domain, a provider.
        count: How often.
    """

    name: str
    count: int


@frozen(kw_only=True)
class Survey(Value):
    """
    What a window of reports tells as a whole.

    Attributes:
        situation: What is going on.
        reports: How many mails reported something.
        failures: How many recipients failed, of the mails that one sent oneself and of those not known.
        not_mine: How many reports speak of mail that the caller did not send.
        suspicious: How many reports look forged.
        first: The earliest day of them, None where no mail is dated.
        last: The latest day.
        by_day: Reports of each day, "2026-11-21", the earliest first.
        by_reason: Failures of each reason, most first.
        by_domain: Failures of each recipient's domain, most first, the 20 first.
        by_provider: Failures of each provider, most first, the 20 first.
        wall: The provider, or else domain, that refuses the sender; None where none stands out.
        wall_reason: Why it refuses, or why most receivers do; None where nothing of the kind stands out.
        sent_usual: How many mails are sent on a usual day; None where the counts do not tell.
        sent_now: How many were sent on the busiest day of the window; None where the counts do not tell.
    """

    situation: Situation
    reports: int = 0
    failures: int = 0
    not_mine: int = 0
    suspicious: int = 0
    first: date | None = None
    last: date | None = None
    by_day: tuple[Count, ...] = ()
    by_reason: tuple[Count, ...] = ()
    by_domain: tuple[Count, ...] = ()
    by_provider: tuple[Count, ...] = ()
    wall: str | None = None
    wall_reason: Reason | None = None
    sent_usual: float | None = None
    sent_now: int | None = None
