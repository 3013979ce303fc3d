"""
Automatic answers: a program wrote them for the recipient, who therefore got the message.

Spec:
    RFC 3834 §5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bounceclass.languages import index_of
from bounceclass.mail.addresses import list_addresses
from bounceclass.model.vocabulary import Kind
from bounceclass.reading.draft import Draft, DraftDelivery
from bounceclass.text.phrases import Folded

if TYPE_CHECKING:
    from bounceclass.mail.headers import Headers
    from bounceclass.reading.context import ParseContext
    from bounceclass.reading.traits import HeaderTraits

__all__ = ["read", "read_words"]

_FORMAT: Final = "rfc3834"
# Of the text, where such a sentence stands; further below it is quoted from somebody.
_SEARCHED: Final = 1_000


def read(context: ParseContext) -> Draft | None:
    """Tell an automatic answer, or one that asks the sender to confirm, by its header fields and its subject."""
    traits, headers = context.parts.traits, context.parts.headers
    named = traits.subject_kind
    if traits.names_delivery and (traits.daemon or (traits.subject_opens and not headers.get("subject").startswith("["))):
        return None
    if named is Kind.CHALLENGE and not traits.daemon:
        return Draft(kind=Kind.CHALLENGE, dialect=_FORMAT, basis="the subject")
    if traits.daemon or not _is_answer(traits):
        return None
    return _answer(headers, "the subject" if named is Kind.AUTO_REPLY else "header fields of automatic answers")


def read_words(context: ParseContext) -> Draft | None:
    """Tell the same by what only such mails say, of mail that says nowhere what it is."""
    parts = context.parts
    if parts.traits.listed:
        return None
    folded = Folded(parts.text[:_SEARCHED])
    if index_of("words", "challenge").find(folded):
        return Draft(kind=Kind.CHALLENGE, dialect=_FORMAT, basis="the words")
    if not parts.traits.daemon and index_of("words", "auto_reply").find(folded):
        return _answer(parts.headers, "the words")
    return None


def _answer(headers: Headers, basis: str) -> Draft:
    author = list_addresses(headers.get("from") or headers.get("reply-to"), 1)
    return Draft(kind=Kind.AUTO_REPLY, deliveries=tuple(DraftDelivery(recipient=address) for address in author), dialect=_FORMAT, basis=basis)


def _is_answer(traits: HeaderTraits) -> bool:
    if traits.subject_kind is Kind.AUTO_REPLY:
        return traits.automatic or traits.sure_reply
    return traits.vacation or (traits.auto_submitted.startswith("auto-replied") and not (traits.failed_recipients or traits.ndr))
