"""
Google Groups' notices, in forty languages: the address stands in a header field only.

Corpus: corpus/googlegroups/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bounceclass.mail.addresses import list_addresses
from bounceclass.reading.dialects.dialect import Clue, Dialect
from bounceclass.reading.draft import DraftDelivery
from bounceclass.text.folding import on_one_line

if TYPE_CHECKING:
    from bounceclass.reading.parts import ReportParts

__all__ = ["DIALECTS"]

_WORDS = 600


def _from_header(parts: ReportParts, _: list[DraftDelivery]) -> list[DraftDelivery]:
    """X-Failed-Recipients names the group; the first sentences say why, in the sender's language."""
    words = on_one_line(parts.text)[:_WORDS]
    return [DraftDelivery(recipient=address, diagnostic=words) for address in list_addresses(parts.traits.failed_recipients, 100)]


DIALECTS = (
    Dialect(
        name="googlegroups",
        title="Google Groups",
        source="https://support.google.com/groups/answer/2464926",
        since="0.1",
        clues=(
            # … visit the Help Center at https://groups.google.com/support/…
            Clue("text", "https://groups.google.com/*"),
            Clue("text", "google groups"),
            # From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
            Clue("from", "mailer-daemon@googlemail.com"),
        ),
        min_clues=2,
        refine=_from_header,
    ),
)
