"""The one table that says what each reason implies."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from attrs import frozen

from bounceclass.model.vocabulary import Action, AddressState, Permanence, Reason, Responsible

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["REASONS", "ReasonInfo"]


@frozen
class ReasonInfo:
    """
    One row of the table of reasons.

    Attributes:
        reason: The id.
        group: Which kind of trouble, for tables and reports.
        definition: One English sentence.
        address_state: What the reason says of the recipient's address.
        responsible: Who can mend it.
        action: What a program should do with the recipient.
        permanence: What to assume where no server said whether to try again.
        status: Its home in RFC 3463, as class-less "X.s.d"; empty where it has none.
        sisimai: What Sisimai 5 calls it; empty where it has no word for it.
    """

    reason: Reason
    group: str
    definition: str
    address_state: AddressState
    responsible: Responsible
    action: Action
    permanence: Permanence
    status: str
    sisimai: str


_A, _P, _D, _T = AddressState, Responsible, Action, Permanence


def _rows() -> tuple[ReasonInfo, ...]:
    """Write the table down; in one place, in the order of the documentation."""
    dead_sender = (_A.DEAD, _P.SENDER, _D.SUPPRESS, _T.PERMANENT)
    fix_admin = (_A.UNKNOWN, _P.SENDER_ADMIN, _D.FIX, _T.PERMANENT)
    fix_sender = (_A.UNKNOWN, _P.SENDER, _D.FIX, _T.PERMANENT)
    retry_theirs = (_A.UNKNOWN, _P.RECIPIENT_ADMIN, _D.RETRY, _T.TEMPORARY)
    review_theirs = (_A.UNKNOWN, _P.RECIPIENT_ADMIN, _D.REVIEW, _T.PERMANENT)
    r = Reason
    info = ReasonInfo
    return (
        info(r.USER_UNKNOWN, "address", "The domain takes mail, but has no such mailbox.", *dead_sender, "X.1.1", "userunknown"),
        info(r.HOST_UNKNOWN, "address", "The domain of the address does not exist, or has no mail server.", *dead_sender, "X.1.2", "hostunknown"),
        info(r.DOMAIN_REFUSES_MAIL, "address", "The domain states that it takes no mail at all (null MX, RFC 7505).", *dead_sender, "X.1.10", "notaccept"),
        info(r.BAD_ADDRESS_SYNTAX, "address", "The recipient's address is not written as an address.", *dead_sender, "X.1.3", "syntaxerror"),
        info(r.RECIPIENT_MOVED, "address", "The mailbox has moved to another address.", *dead_sender, "X.1.6", "hasmoved"),
        info(r.MAILBOX_DISABLED, "address", "The mailbox exists, but is suspended, closed or long unused.", _A.DEAD, _P.RECIPIENT, _D.SUPPRESS, _T.PERMANENT, "X.2.1", "suspend"),
        info(r.MAILBOX_FULL, "mailbox", "The recipient's mailbox has no room left.", _A.ALIVE, _P.RECIPIENT, _D.RETRY, _T.TEMPORARY, "X.2.2", "mailboxfull"),
        info(r.RECIPIENT_REFUSED, "mailbox", "The recipient's own settings, or those of the group, refuse this sender.", _A.ALIVE, _P.RECIPIENT, _D.REVIEW, _T.PERMANENT, "X.7.1", "filtered"),
        info(r.SUPPRESSED, "mailbox", "The sending service did not send: the address is on its suppression list.", _A.UNKNOWN, _P.SENDER_ADMIN, _D.REVIEW, _T.PERMANENT, "", "suppressed"),
        info(r.SENDER_REJECTED, "sender", "The sender's address, domain or account is refused.", *fix_admin, "X.1.8", "rejected"),
        info(r.AUTH_FAILED, "sender", "SPF, DKIM or DMARC of the sender's domain failed.", *fix_admin, "X.7.26", "authfailure"),
        info(r.RELAY_DENIED, "sender", "The server does not pass mail on for this domain or sender.", *fix_admin, "X.7.1", "norelaying"),
        info(r.SMTP_AUTH_REQUIRED, "sender", "The sender must log in to the submission server first.", _A.UNKNOWN, _P.SENDER, _D.FIX, _T.PERMANENT, "X.7.0", "securityerror"),
        info(r.TLS_FAILED, "sender", "The encrypted connection that is required could not be made.", *fix_admin, "X.7.10", "failedstarttls"),
        info(r.CLOCK_SKEW, "sender", "The date of the message, or the sender's clock, is wrong.", _A.UNKNOWN, _P.SENDER, _D.FIX, _T.PERMANENT, "", ""),
        info(r.BLOCKLISTED, "standing", "The sending host or a domain of the sender's is on a block list.", *fix_admin, "X.7.1", "blocked"),
        info(r.POOR_REPUTATION, "standing", "The sending host or domain has a bad reputation with the receiver.", *fix_admin, "X.7.1", "badreputation"),
        info(r.MISSING_REVERSE_DNS, "standing", "The sending IP address has no fitting PTR record.", *fix_admin, "X.7.25", "requireptr"),
        info(r.RATE_LIMITED, "standing", "Too many messages, recipients or connections in too short a time.", _A.UNKNOWN, _P.SENDER_ADMIN, _D.RETRY, _T.TEMPORARY, "X.7.28", "ratelimited"),
        info(r.GREYLISTED, "standing", "The receiver asks unknown senders to come again later.", _A.UNKNOWN, _P.NOBODY, _D.RETRY, _T.TEMPORARY, "", "greylisted"),
        info(r.SPAM_DETECTED, "message", "The message was taken for spam.", *fix_sender, "X.7.1", "spamdetected"),
        info(r.VIRUS_DETECTED, "message", "The message was found to carry a virus.", *fix_sender, "X.7.1", "virusdetected"),
        info(r.MESSAGE_TOO_LARGE, "message", "The message is larger than one of the servers accepts.", *fix_sender, "X.3.4", "emailtoolarge"),
        info(r.CONTENT_REJECTED, "message", "A part of the message, such as a kind of attachment or a link, is forbidden.", *fix_sender, "X.6.1", "contenterror"),
        info(r.NOT_RFC_COMPLIANT, "message", "The message breaks a rule of the mail standards.", *fix_sender, "X.6.0", "notcompliantrfc"),
        info(r.POLICY_REJECTED, "message", "A rule of the receiving organisation refuses the message, without saying more.", *fix_sender, "X.7.1", "policyviolation"),
        info(r.DELIVERY_EXPIRED, "servers", "The sending server tried for its whole queue lifetime, in vain.", *retry_theirs, "X.4.7", "expired"),
        info(r.NETWORK_ERROR, "servers", "The connection or the name look-up between the servers failed.", *retry_theirs, "X.4.2", "networkerror"),
        info(r.SERVER_ERROR, "servers", "A server is out of order, misconfigured or under maintenance.", *retry_theirs, "X.3.0", "systemerror"),
        info(r.SERVER_FULL, "servers", "The receiving server, not the mailbox, has no room left.", *retry_theirs, "X.3.1", "systemfull"),
        info(r.ROUTING_LOOP, "servers", "The message went round in a circle between servers.", *review_theirs, "X.4.6", "networkerror"),
        info(r.MAILER_ERROR, "servers", "The program that should store or forward the message failed.", *review_theirs, "X.3.0", "mailererror"),
        info(r.PROTOCOL_ERROR, "servers", "The servers did not understand each other's commands.", _A.UNKNOWN, _P.SENDER_ADMIN, _D.REVIEW, _T.PERMANENT, "X.5.0", "syntaxerror"),
        info(r.DELIVERED, "none", "The message was delivered, relayed or expanded.", _A.ALIVE, _P.NOBODY, _D.NONE, _T.UNKNOWN, "X.0.0", "delivered"),
        info(r.AUTO_REPLY, "none", "An automatic answer of the recipient's; the message was delivered.", _A.ALIVE, _P.NOBODY, _D.NONE, _T.UNKNOWN, "", "vacation"),
        info(r.COMPLAINT, "none", "The recipient reported the message as unwanted.", _A.ALIVE, _P.SENDER, _D.SUPPRESS, _T.UNKNOWN, "", "feedback"),
        info(r.UNKNOWN, "undetermined", "The servers did not say enough.", _A.UNKNOWN, _P.NOBODY, _D.REVIEW, _T.UNKNOWN, "X.0.0", "undefined"),
    )  # fmt: skip


REASONS: Final[Mapping[Reason, ReasonInfo]] = MappingProxyType({row.reason: row for row in _rows()})
"""The table of reasons, in the order of the documentation."""
