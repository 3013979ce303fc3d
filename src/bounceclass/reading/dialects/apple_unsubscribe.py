"""
Apple Mail's unsubscribe requests: the reader of a mail wants no more of it.

Corpus: corpus/apple_unsubscribe/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bounceclass.mail.addresses import list_addresses
from bounceclass.model.vocabulary import Kind
from bounceclass.reading.dialects.dialect import Clue, Dialect
from bounceclass.reading.draft import complaint
from bounceclass.regex import regex

if TYPE_CHECKING:
    from bounceclass.reading.draft import DraftDelivery
    from bounceclass.reading.parts import ReportParts

__all__ = ["DIALECTS"]

_OPENS: Final = regex(r"\A\s*Apple Mail sent this email to unsubscribe from the message")


def _from_author(parts: ReportParts, _: list[DraftDelivery]) -> list[DraftDelivery]:
    """Who writes is who wants no more mail, unless it is an answer that quotes such a mail."""
    if parts.traits.answer or not _OPENS.search(parts.text):
        return []
    return [complaint(address, "opt-out") for address in list_addresses(parts.headers.get("from"), 1)]


DIALECTS = (
    Dialect(
        name="apple_unsubscribe",
        title="Apple Mail, unsubscribe",
        source="https://support.apple.com/guide/mail/unsubscribe-from-mailing-lists-mlhla2ad5bc2/mac",
        since="0.1",
        # Apple Mail sent this email to unsubscribe from the message “…”.
        clues=(Clue("text", "apple mail sent this email to unsubscribe from the message"),),
        kind=Kind.COMPLAINT,
        clues_suffice=True,
        refine=_from_author,
    ),
)
