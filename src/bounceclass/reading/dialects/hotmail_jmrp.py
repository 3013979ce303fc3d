"""
Complaints of Microsoft's Junk Mail Reporting Program, which are no RFC 5965 reports.

Corpus: corpus/hotmail_jmrp/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bounceclass.mail.addresses import list_addresses
from bounceclass.model.vocabulary import Kind
from bounceclass.reading.dialects.dialect import Clue, Dialect
from bounceclass.reading.draft import complaint

if TYPE_CHECKING:
    from bounceclass.reading.draft import DraftDelivery
    from bounceclass.reading.parts import ReportParts

__all__ = ["DIALECTS"]


def _from_original(parts: ReportParts, _: list[DraftDelivery]) -> list[DraftDelivery]:
    """Take the complainant from the returned message: X-HmXmrOriginalRecipient, else its To."""
    original = parts.original
    if original is None:
        return []
    named = original.get("x-hmxmroriginalrecipient") or original.get("to")
    return [complaint(address, "abuse") for address in list_addresses(named, 10)]


DIALECTS = (
    Dialect(
        name="hotmail_jmrp",
        title="Outlook.com Junk Mail Reporting Program",
        source="https://sendersupport.olc.protection.outlook.com/snds/JMRP.aspx",
        since="0.1",
        # Subject: complaint about message from 192.0.2.1
        # From: staff@hotmail.com
        clues=(Clue("subject", "complaint about message from"), Clue("from", "staff@hotmail.com")),
        min_clues=2,
        kind=Kind.COMPLAINT,
        clues_suffice=True,
        refine=_from_original,
    ),
)
