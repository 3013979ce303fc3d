"""What `classify()` gives: why one delivery came out as it did, and what to do."""

from __future__ import annotations

from datetime import datetime

from attrs import field, frozen

from bounceclass.model.reasons import Reason
from bounceclass.model.value import Value
from bounceclass.model.vocabulary import Action, AddressState, Basis, Kind, Permanence, Responsible
from bounceclass.serial.redaction import ADDRESS, WORD

__all__ = ["Details", "Evidence", "Verdict"]


@frozen(repr=False)
class Evidence(Value):
    """
    One reason that something speaks for, and what speaks for it.

    Attributes:
        rule: The id of the rule or of the code's row, stable for ever.
        reason: What it says.
        basis: What it rests on.
        excerpt: What it was found in, at most 200 characters; of words in their folded form: lower case, single blanks.
        where: Which field of the delivery that text stands in.
    """

    rule: str = field(metadata=WORD)
    reason: Reason
    basis: Basis
    excerpt: str
    where: str = field(metadata=WORD)


@frozen(kw_only=True, repr=False)
class Details(Value):
    """
    Facts that the server's words give beside the reason; None or empty where they do not.

    Attributes:
        provider: The receiving or sending service whose table answered.
        retry_after: Seconds to wait, only where the server asks so.
        size_limit: Octets that a message may have.
        message_size: Octets that it had.
        blocklist: The name of the block list; of one that is not known, its zone.
        blocklist_kind: What it lists: "ip", "domain" or "uri".
        lookup_url: Where to see the listing.
        delist_url: Where to ask for removal.
        listed_value: The IP address or domain that is listed.
        mechanisms: Which of "spf", "dkim", "dmarc" failed.
        new_address: Where the recipient moved to.
        urls: Web addresses in the diagnostic, in order.
        suggestion: What the address was probably meant to be, where the failure lets one doubt its domain.
    """

    provider: str | None = field(default=None, metadata=WORD)
    retry_after: int | None = None
    size_limit: int | None = None
    message_size: int | None = None
    blocklist: str | None = None
    blocklist_kind: str | None = field(default=None, metadata=WORD)
    lookup_url: str | None = None
    delist_url: str | None = None
    listed_value: str | None = None
    mechanisms: tuple[str, ...] = field(default=(), metadata=WORD)
    new_address: str | None = field(default=None, metadata=ADDRESS)
    urls: tuple[str, ...] = ()
    suggestion: str | None = field(default=None, metadata=ADDRESS)


@frozen(kw_only=True, repr=False)
class Verdict(Value):
    """
    Why one delivery came out as it did, and what to do.

    Attributes:
        recipient: The address of the delivery that it judges: the one that failed.
        original_recipient: The address that the sender wrote to, where it differs: what stands in the sender's list.
        reason: Why.
        permanence: What the servers said of trying again, after correction.
        address_state: Whether the address itself is dead.
        responsible: Who can fix it.
        action: What a program should do with the recipient.
        confidence: 0 to 1: how often verdicts like this one are right.
        evidence: What speaks for the reason, strongest first.
        conflicts: What spoke for other reasons and lost, strongest first.
        details: Facts that the server's words give beside the reason.
        kind: What became of the delivery: a failure, a delay, a success …
        diagnostic: The server's own words; this and all below are as in the delivery.
        status: The enhanced status code.
        reply_code: The SMTP reply code.
        command: The SMTP command that was answered so.
        remote_mta: The host that said so.
        last_attempt_at: When it was last tried.
        will_retry_until: Until when the server goes on trying, of delays.
    """

    recipient: str = field(metadata=ADDRESS)
    original_recipient: str | None = field(default=None, metadata=ADDRESS)
    reason: Reason
    permanence: Permanence
    address_state: AddressState
    responsible: Responsible
    action: Action
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    conflicts: tuple[Evidence, ...] = ()
    details: Details = Details()
    kind: Kind = Kind.FAILURE
    diagnostic: str = ""
    status: str | None = field(default=None, metadata=WORD)
    reply_code: int | None = None
    command: str | None = field(default=None, metadata=WORD)
    remote_mta: str | None = None
    last_attempt_at: datetime | None = None
    will_retry_until: datetime | None = None

    @property
    def intended_recipient(self) -> str:
        """The address that the sender wrote to, which is what stands in the sender's list: that of forwarded mail, not where it went on to."""
        return self.original_recipient or self.recipient
