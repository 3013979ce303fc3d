"""
AOL's own notices, which name screen names without their domain.

Corpus: corpus/aol/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from bounceclass.reading.dialects.dialect import Capture, Clue, Dialect

if TYPE_CHECKING:
    from bounceclass.reading.draft import DraftDelivery
    from bounceclass.reading.parts import ReportParts

__all__ = ["DIALECTS"]


def _with_domain(_: ReportParts, drafts: list[DraftDelivery]) -> list[DraftDelivery]:
    """A screen name is the local part of an address at aol.com."""
    return [draft if "@" in draft.recipient else evolve(draft, recipient=f"{draft.recipient}@aol.com", alias=draft.recipient) for draft in drafts]


DIALECTS = (
    Dialect(
        name="aol",
        title="AOL",
        source="AOL Mail Delivery Subsystem, as sent until 2009",
        since="0.1",
        # Your mail to the following recipients could not be delivered because they are not accepting mail from b@example.com:
        clues=(Clue("text", "your mail to the following recipients could not be delivered because"),),
        opens=r"^Your mail to the following recipients could not be delivered because",
        captures=(
            # … they are not accepting mail from b@example.com:
            Capture(r"\A(?P<diagnostic>[^\n:]{3,200}):[ \t]*+$"),
            # 	screenname
            Capture(r"^[ \t]++(?P<recipient>[A-Za-z0-9_.@-]{3,64})[ \t]*+$"),
        ),
        refine=_with_domain,
    ),
)
