"""
What callers hold: frozen values, each documented with shape, unit and source.

`to_dict()` of each gives plain dicts, lists, strings and numbers, ready for `json.dumps`.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from attrs import Attribute, AttrsInstance, fields, frozen

from bounceclass.reasons import (
    Action,
    AddressState,
    DefectCode,
    DeliveryAction,
    Kind,
    Party,
    Permanence,
    Reason,
    Source,
)

__all__ = ["Defect", "Delivery", "Details", "Evidence", "Original", "Report", "Value", "Verdict"]


def _plain(value: object) -> Any:  # noqa: ANN401 - JSON is what it is
    if isinstance(value, Value):
        return value.to_dict()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    return value


class Value:
    """A frozen value that can turn into a plain dict."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """
        Give this value as plain JSON types.

        Returns:
            One key an attribute, in their order; enums as their wire name, instants in
            ISO 8601, tuples as lists, unset values as None.
        """
        attributes: tuple[Attribute[Any], ...] = fields(cast("type[AttrsInstance]", type(self)))
        return {a.name: _plain(getattr(self, a.name)) for a in attributes}


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
    """

    kind: Kind
    deliveries: tuple[Delivery, ...] = ()
    original: Original | None = None
    reporting_mta: str | None = None
    dialect: str | None = None
    arrived_at: datetime | None = None
    defects: tuple[Defect, ...] = ()


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
