"""
Whether a program may answer a mail.

Spec:
    RFC 3834 §2: not what is automatic itself, not mail of lists, not a null path; and who asks for silence gets it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bounceclass.mail.addresses import first_address
from bounceclass.model.insight import AutoReplyCheck
from bounceclass.model.vocabulary import NoAnswer
from bounceclass.reading.traits import HeaderTraits
from bounceclass.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bounceclass.mail.headers import Headers

__all__ = ["check_headers"]

_BULK: Final = frozenset({"bulk", "junk"})
_LIST_FIELDS: Final = ("list-id", "list-unsubscribe", "list-post", "list-help", "mailing-list", "x-mailing-list", "x-ml-name", "x-loop")
_NO_REPLY: Final = regex(r"(?i)\A(?:no|do[-_.]?not|never)[-_.]?(?:reply|answer|respond)\b|[-_.+](?:no|do[-_.]?not)[-_.]?reply\b")
# Return paths of lists and of programs (RFC 3834 §2, RFC 2142 §6).
_OF_LIST: Final = regex(r"(?i)\A<?(?:owner-[^@]{1,64}|[^@]{1,64}-(?:request|bounces?|owner|return|errors)(?:[+-][^@]{0,200})?)@")


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
    if traits.report_type:
        yield NoAnswer.REPORT, "content-type"
    if traits.auto_submitted:
        yield NoAnswer.AUTOMATIC, "auto-submitted"
    if traits.silencing:
        yield NoAnswer.ASKS_FOR_SILENCE, "x-auto-response-suppress"
    if headers.get("precedence").strip().lower() in _BULK:
        yield NoAnswer.BULK, "precedence"
    if listed := next((name for name in _LIST_FIELDS if name in headers), "precedence" if traits.bulk_list else ""):
        yield NoAnswer.LIST, listed
    if _OF_LIST.match(headers.get("return-path").strip()):
        yield NoAnswer.LIST, "return-path"
    yield from _of_author(headers, traits, own)
    if traits.looping or traits.listed:  # by the subject, or by fields that one program alone writes
        yield NoAnswer.AUTOMATIC, "subject" if traits.sure_reply else ""


def _of_author(headers: Headers, traits: HeaderTraits, own: frozenset[str]) -> Iterator[tuple[NoAnswer, str]]:
    """Look at whom the answer would go to: Reply-To, else From (RFC 5322 §3.6.2)."""
    if traits.daemon:
        yield NoAnswer.REPORT, "from"
    field = "reply-to" if first_address(headers.get("reply-to")) else "from"
    address = first_address(headers.get(field))
    if not address:
        yield NoAnswer.NO_ADDRESS, ""
    if address.lower() in own or first_address(headers.get("from")).lower() in own:
        yield NoAnswer.OWN_ADDRESS, field if address.lower() in own else "from"
    if _NO_REPLY.search(address.partition("@")[0]):
        yield NoAnswer.NO_REPLY, field
