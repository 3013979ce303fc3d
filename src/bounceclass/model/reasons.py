"""
Why a mail came back: the closed vocabulary of reasons, each one entry that says all that there is to know of it.

README, docs, schema, the names of other software and the check of catalogs derive from it: a new reason
needs its entry, its rules and its texts.  Ids never change their meaning.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from bounceclass.model.vocabulary import Action, AddressState, Permanence, Responsible

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["REASONS", "Reason", "ReasonGroup", "ReasonInfo"]


class ReasonGroup(StrEnum):
    """Which kind of trouble a reason is, for tables and reports."""

    ADDRESS = "address"
    MAILBOX = "mailbox"
    SENDER = "sender"
    STANDING = "standing"
    MESSAGE = "message"
    SERVERS = "servers"
    NONE = "none"
    UNDETERMINED = "undetermined"

    @property
    def may_be_recipients(self) -> bool:
        """Whether it can speak of the recipient, and not only of the sender, the message or a server."""
        return self in {ReasonGroup.ADDRESS, ReasonGroup.MAILBOX, ReasonGroup.UNDETERMINED}


@frozen(kw_only=True)
class ReasonInfo:
    """
    What there is to know of a reason.

    Attributes:
        id: Its wire name.
        group: Which kind of trouble it is.
        definition: One English sentence.
        address_state: What it says of the recipient's address.
        responsible: Who can fix it.
        action: What a program should do with the recipient.
        permanence: What to assume where no server said whether to try again.
        status: Its home in RFC 3463, as class-less "X.s.d"; empty where it has none.
        sisimai: What Sisimai 5 calls it; empty where it has no word for it.
        anymail: The event type and the reject reason of django-anymail; None where there is nothing to reject.
    """

    id: str
    group: ReasonGroup
    definition: str
    address_state: AddressState
    responsible: Responsible
    action: Action
    permanence: Permanence
    status: str
    sisimai: str
    anymail: tuple[str, str | None]


_A, _R, _D, _P = AddressState, Responsible, Action, Permanence
_Consequence = tuple[AddressState, Responsible, Action, Permanence]
_DEAD: Final = (_A.DEAD, _R.SENDER, _D.SUPPRESS, _P.PERMANENT)
_FIX_BY_ADMIN: Final = (_A.UNKNOWN, _R.SENDER_ADMIN, _D.FIX, _P.PERMANENT)
_FIX_BY_SENDER: Final = (_A.UNKNOWN, _R.SENDER, _D.FIX, _P.PERMANENT)
_RETRY_THEIRS: Final = (_A.UNKNOWN, _R.RECIPIENT_ADMIN, _D.RETRY, _P.TEMPORARY)
_REVIEW_THEIRS: Final = (_A.UNKNOWN, _R.RECIPIENT_ADMIN, _D.REVIEW, _P.PERMANENT)


def _info(  # noqa: PLR0913, PLR0917 - one row of a table
    name: str, group: ReasonGroup, definition: str, consequence: _Consequence, status: str, sisimai: str, anymail: tuple[str, str | None]
) -> ReasonInfo:
    address_state, responsible, action, permanence = consequence
    return ReasonInfo(
        id=name,
        group=group,
        definition=definition,
        address_state=address_state,
        responsible=responsible,
        action=action,
        permanence=permanence,
        status=status,
        sisimai=sisimai,
        anymail=anymail,
    )


class Reason(StrEnum):
    """Why a mail came back; `Reason("user_unknown")` gives the one of that id, its `info` all that there is to know of it."""

    _value_: str
    info: ReasonInfo

    def __new__(cls, entry: Any) -> Reason:  # noqa: ANN401, PYI034 - members are made of their entries, found by their ids
        """Make a member of its entry."""
        member = str.__new__(cls, entry.id)
        member._value_ = entry.id
        member.info = entry
        return member

    # fmt: off
    USER_UNKNOWN = _info("user_unknown", ReasonGroup.ADDRESS, "The domain takes mail, but has no such mailbox.", _DEAD, "X.1.1", "userunknown", ("bounced", "bounced"))
    HOST_UNKNOWN = _info("host_unknown", ReasonGroup.ADDRESS, "The domain of the address does not exist, or has no mail server.", _DEAD, "X.1.2", "hostunknown", ("bounced", "bounced"))
    DOMAIN_REFUSES_MAIL = _info("domain_refuses_mail", ReasonGroup.ADDRESS, "The domain states that it takes no mail at all (null MX, RFC 7505).", _DEAD, "X.1.10", "notaccept", ("bounced", "bounced"))
    BAD_ADDRESS_SYNTAX = _info("bad_address_syntax", ReasonGroup.ADDRESS, "The recipient's address is not written as an address.", _DEAD, "X.1.3", "syntaxerror", ("bounced", "invalid"))
    RECIPIENT_MOVED = _info("recipient_moved", ReasonGroup.ADDRESS, "The mailbox has moved to another address.", _DEAD, "X.1.6", "hasmoved", ("bounced", "bounced"))
    MAILBOX_DISABLED = _info("mailbox_disabled", ReasonGroup.ADDRESS, "The mailbox exists, but is suspended, closed or long unused.", (_A.DEAD, _R.RECIPIENT, _D.SUPPRESS, _P.PERMANENT), "X.2.1", "suspend", ("bounced", "bounced"))
    MAILBOX_FULL = _info("mailbox_full", ReasonGroup.MAILBOX, "The recipient's mailbox has no room left.", (_A.ALIVE, _R.RECIPIENT, _D.RETRY, _P.TEMPORARY), "X.2.2", "mailboxfull", ("bounced", "bounced"))
    RECIPIENT_REFUSED = _info("recipient_refused", ReasonGroup.MAILBOX, "The recipient's own settings, or those of the group, refuse this sender.", (_A.ALIVE, _R.RECIPIENT, _D.REVIEW, _P.PERMANENT), "X.7.1", "filtered", ("bounced", "blocked"))
    SUPPRESSED = _info("suppressed", ReasonGroup.MAILBOX, "The sending service did not send: the address is on its suppression list.", (_A.UNKNOWN, _R.SENDER_ADMIN, _D.REVIEW, _P.PERMANENT), "", "suppressed", ("rejected", "blocked"))
    SENDER_REJECTED = _info("sender_rejected", ReasonGroup.SENDER, "The sender's address, domain or account is refused.", _FIX_BY_ADMIN, "X.1.8", "rejected", ("bounced", "blocked"))
    AUTH_FAILED = _info("auth_failed", ReasonGroup.SENDER, "SPF, DKIM or DMARC of the sender's domain failed.", _FIX_BY_ADMIN, "X.7.26", "authfailure", ("bounced", "blocked"))
    RELAY_DENIED = _info("relay_denied", ReasonGroup.SENDER, "The server does not pass mail on for this domain or sender.", _FIX_BY_ADMIN, "X.7.1", "norelaying", ("bounced", "blocked"))
    SMTP_AUTH_REQUIRED = _info("smtp_auth_required", ReasonGroup.SENDER, "The sender must log in to the submission server first.", _FIX_BY_SENDER, "X.7.0", "securityerror", ("failed", "other"))
    TLS_FAILED = _info("tls_failed", ReasonGroup.SENDER, "The encrypted connection that is required could not be made.", _FIX_BY_ADMIN, "X.7.10", "failedstarttls", ("bounced", "other"))
    CLOCK_SKEW = _info("clock_skew", ReasonGroup.SENDER, "The date of the message, or the sender's clock, is wrong.", _FIX_BY_SENDER, "", "", ("bounced", "other"))
    BLOCKLISTED = _info("blocklisted", ReasonGroup.STANDING, "The sending host or a domain of the sender's is on a block list.", _FIX_BY_ADMIN, "X.7.1", "blocked", ("bounced", "blocked"))
    POOR_REPUTATION = _info("poor_reputation", ReasonGroup.STANDING, "The sending host or domain has a bad reputation with the receiver.", _FIX_BY_ADMIN, "X.7.1", "badreputation", ("bounced", "blocked"))
    MISSING_REVERSE_DNS = _info("missing_reverse_dns", ReasonGroup.STANDING, "The sending IP address has no fitting PTR record.", _FIX_BY_ADMIN, "X.7.25", "requireptr", ("bounced", "blocked"))
    RATE_LIMITED = _info("rate_limited", ReasonGroup.STANDING, "Too many messages, recipients or connections in too short a time.", (_A.UNKNOWN, _R.SENDER_ADMIN, _D.RETRY, _P.TEMPORARY), "X.7.28", "ratelimited", ("bounced", "other"))
    GREYLISTED = _info("greylisted", ReasonGroup.STANDING, "The receiver asks unknown senders to come again later.", (_A.UNKNOWN, _R.NOBODY, _D.RETRY, _P.TEMPORARY), "", "greylisted", ("bounced", "timed_out"))
    SPAM_DETECTED = _info("spam_detected", ReasonGroup.MESSAGE, "The message was taken for spam.", _FIX_BY_SENDER, "X.7.1", "spamdetected", ("bounced", "spam"))
    VIRUS_DETECTED = _info("virus_detected", ReasonGroup.MESSAGE, "The message was found to carry a virus.", _FIX_BY_SENDER, "X.7.1", "virusdetected", ("bounced", "other"))
    MESSAGE_TOO_LARGE = _info("message_too_large", ReasonGroup.MESSAGE, "The message is larger than one of the servers accepts.", _FIX_BY_SENDER, "X.3.4", "emailtoolarge", ("bounced", "other"))
    CONTENT_REJECTED = _info("content_rejected", ReasonGroup.MESSAGE, "A part of the message, such as a kind of attachment or a link, is forbidden.", _FIX_BY_SENDER, "X.6.1", "contenterror", ("bounced", "other"))
    NOT_RFC_COMPLIANT = _info("not_rfc_compliant", ReasonGroup.MESSAGE, "The message breaks a rule of the mail standards.", _FIX_BY_SENDER, "X.6.0", "notcompliantrfc", ("bounced", "other"))
    POLICY_REJECTED = _info("policy_rejected", ReasonGroup.MESSAGE, "A rule of the receiving organisation refuses the message, without saying more.", _FIX_BY_SENDER, "X.7.1", "policyviolation", ("bounced", "blocked"))
    DELIVERY_EXPIRED = _info("delivery_expired", ReasonGroup.SERVERS, "The sending server tried for its whole queue lifetime, in vain.", _RETRY_THEIRS, "X.4.7", "expired", ("bounced", "timed_out"))
    NETWORK_ERROR = _info("network_error", ReasonGroup.SERVERS, "The connection or the name look-up between the servers failed.", _RETRY_THEIRS, "X.4.2", "networkerror", ("bounced", "timed_out"))
    SERVER_ERROR = _info("server_error", ReasonGroup.SERVERS, "A server is out of order, misconfigured or under maintenance.", _RETRY_THEIRS, "X.3.0", "systemerror", ("bounced", "other"))
    SERVER_FULL = _info("server_full", ReasonGroup.SERVERS, "The receiving server, not the mailbox, has no room left.", _RETRY_THEIRS, "X.3.1", "systemfull", ("bounced", "other"))
    ROUTING_LOOP = _info("routing_loop", ReasonGroup.SERVERS, "The message went round in a circle between servers.", _REVIEW_THEIRS, "X.4.6", "networkerror", ("bounced", "other"))
    MAILER_ERROR = _info("mailer_error", ReasonGroup.SERVERS, "The program that should store or forward the message failed.", _REVIEW_THEIRS, "X.3.0", "mailererror", ("bounced", "other"))
    PROTOCOL_ERROR = _info("protocol_error", ReasonGroup.SERVERS, "The servers did not understand each other's commands.", (_A.UNKNOWN, _R.SENDER_ADMIN, _D.REVIEW, _P.PERMANENT), "X.5.0", "syntaxerror", ("bounced", "other"))
    DELIVERED = _info("delivered", ReasonGroup.NONE, "The message was delivered, relayed or expanded.", (_A.ALIVE, _R.NOBODY, _D.NONE, _P.UNKNOWN), "X.0.0", "delivered", ("delivered", None))
    AUTO_REPLY = _info("auto_reply", ReasonGroup.NONE, "An automatic answer of the recipient's; the message was delivered.", (_A.ALIVE, _R.NOBODY, _D.NONE, _P.UNKNOWN), "", "vacation", ("autoresponded", None))
    COMPLAINT = _info("complaint", ReasonGroup.NONE, "The recipient reported the message as unwanted.", (_A.ALIVE, _R.SENDER, _D.SUPPRESS, _P.UNKNOWN), "", "feedback", ("complained", "spam"))
    UNKNOWN = _info("unknown", ReasonGroup.UNDETERMINED, "The servers did not say enough.", (_A.UNKNOWN, _R.NOBODY, _D.REVIEW, _P.UNKNOWN), "X.0.0", "undefined", ("bounced", "other"))
    # fmt: on


REASONS: Final[Mapping[Reason, ReasonInfo]] = MappingProxyType({reason: reason.info for reason in Reason})
"""The table of reasons, in the order of the documentation."""
