"""
Whether a program may answer a mail.

Spec:
    RFC 3834 §2: not what is automatic itself, not mail of lists, not a null path; and who asks for silence gets it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bounceclass.mail.addresses import first_address, list_addresses
from bounceclass.mail.headers import split_parameters
from bounceclass.model.insight import AutoReplyCheck
from bounceclass.model.vocabulary import NoAnswer
from bounceclass.reading.traits import HeaderTraits
from bounceclass.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bounceclass.mail.headers import Headers

__all__ = ["check_headers"]

_MOST_ADDRESSES: Final = 20
_BULK: Final = frozenset({"bulk", "junk"})
_LIST_FIELDS: Final = (
    "list-id", "list-unsubscribe", "list-post", "list-help", "list-archive", "list-owner", "list-subscribe", "mailing-list", "x-mailing-list", "x-ml-name",
    "x-beenthere", "x-mailman-version", "x-loop",
)  # fmt: skip
_REPORT_TYPES: Final = frozenset({"message/delivery-status", "message/disposition-notification", "message/feedback-report"})
# "noreply2", "mail-noreply", and what it is called elsewhere.
_NO_REPLY: Final = regex(
    r"(?i)noreply\d*\Z|(?<![a-z])(?:no|not|never)[-_.]?(?:reply|answer|respond)\d*\Z|\A(?:no|do[-_.]?not)[-_.]?reply|"
    r"\A(?:ne[-_.]?pas[-_.]?repondre|n[aã]o[-_.]?responda|no[-_.]?responder|keine[-_.]?antwort|nicht[-_.]?antworten|non[-_.]?rispondere|niet[-_.]?antwoorden)"
)
# Addresses of lists and of programs (RFC 3834 §2, RFC 2142 §6).
_OF_LIST: Final = regex(
    r"(?i)\A<?(?:owner-[^@]{1,64}|[^@]{1,64}-(?:request|bounces?|owner|return|errors)(?:[+-][^@]{0,200})?|bounces?(?:[-+_=][^@]{0,200})?|listserv|majordomo|mailman(?:-owner)?)@"
)
_MACHINES: Final = frozenset({"root", "cron", "daemon", "nobody", "www-data", "apache", "postmaster", "mailer-daemon"})


def check_headers(headers: Headers, own: frozenset[str]) -> AutoReplyCheck:
    """
    Check a mail by its header fields.

    Args:
        headers: The fields.
        own: The addresses that the program writes from, in lower case.
    """
    for reason, field in _reasons(headers, own):
        return AutoReplyCheck(reason=reason, field=field)
    return AutoReplyCheck()


def _reasons(headers: Headers, own: frozenset[str]) -> Iterator[tuple[NoAnswer, str]]:
    """Give why not, the surest reason first."""
    traits = HeaderTraits(headers)
    if traits.null_path:
        yield NoAnswer.NULL_PATH, "return-path"
    if traits.report_type or split_parameters(headers.get("content-type"))[0] in _REPORT_TYPES:
        yield NoAnswer.REPORT, "content-type"
    if traits.auto_submitted:
        yield NoAnswer.AUTOMATIC, "auto-submitted"
    if traits.silencing:
        yield NoAnswer.ASKS_FOR_SILENCE, "x-auto-response-suppress"
    yield from _of_many(headers)
    yield from _of_author(headers, traits, own)
    if traits.names_delivery and traits.subject_opens:
        yield NoAnswer.REPORT, "subject"
    if traits.looping or traits.listed:  # by the subject, or by fields that one program alone writes
        yield NoAnswer.AUTOMATIC, "subject" if traits.sure_reply else ""


def _of_many(headers: Headers) -> Iterator[tuple[NoAnswer, str]]:
    """Look for mail that went to many at once."""
    precedence = {value.strip().lower() for value in headers.all("precedence")}
    if not precedence.isdisjoint(_BULK):
        yield NoAnswer.BULK, "precedence"
    if listed := next((name for name in _LIST_FIELDS if name in headers), "precedence" if "list" in precedence else ""):
        yield NoAnswer.LIST, listed
    for field in ("return-path", "sender", "from", "reply-to"):
        value = headers.get(field)
        if _OF_LIST.match(first_address(value) or value.strip()):
            yield NoAnswer.LIST, field


def _of_author(headers: Headers, traits: HeaderTraits, own: frozenset[str]) -> Iterator[tuple[NoAnswer, str]]:
    """Look at whom the answer would go to: Reply-To, else From (RFC 5322 §3.6.2)."""
    if traits.daemon:
        yield NoAnswer.REPORT, "from"
    field = "reply-to" if first_address(headers.get("reply-to")) else "from"
    addresses = [address.lower() for address in list_addresses(headers.get(field), _MOST_ADDRESSES)]
    if not addresses:
        yield NoAnswer.NO_ADDRESS, ""
    for name in (field, "from"):
        if any(address.lower() in own for address in list_addresses(headers.get(name), _MOST_ADDRESSES)):
            yield NoAnswer.OWN_ADDRESS, name
    locals_ = [address.partition("@")[0] for address in addresses]
    if any(_NO_REPLY.search(local) for local in locals_):
        yield NoAnswer.NO_REPLY, field
    if not _MACHINES.isdisjoint(locals_):
        yield NoAnswer.AUTOMATIC, field
