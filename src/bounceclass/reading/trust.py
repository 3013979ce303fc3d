"""Whether more than somebody's words stands behind what a mail reports (docs/trust.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bounceclass.mail.addresses import list_addresses
from bounceclass.model.vocabulary import Kind

if TYPE_CHECKING:
    from bounceclass.model.report import Delivery, Provenance
    from bounceclass.reading.draft import Draft
    from bounceclass.reading.parts import ReportParts

__all__ = ["is_secondhand"]


def is_secondhand(draft: Draft, parts: ReportParts, deliveries: tuple[Delivery, ...], provenance: Provenance) -> bool:
    """
    Tell what rests on somebody's words alone.

    A person's mail does, unless he speaks of his own address; so does a notice in words that returns nothing
    and has something attached: worms copy servers' words, and cannot know what was sent.

    Args:
        draft: What a reader found.
        parts: The mail itself, also where the report came within it.
        deliveries: What became of the draft's.
        provenance: How the mail came.
    """
    if draft.kind is Kind.OTHER or not deliveries:
        return False
    traits = parts.traits
    if draft.secondhand or not _is_vouched(draft, parts):
        own = {address.lower() for address in list_addresses(parts.headers.get("from"), 1)}
        return (draft.kind is Kind.COMPLAINT and traits.listed) or {delivery.recipient.lower() for delivery in deliveries} != own
    in_words = draft.kind.is_trouble and not draft.in_fields
    return in_words and parts.original is None and (bool(provenance.attachments) or parts.copied)


def _is_vouched(draft: Draft, parts: ReportParts) -> bool:
    """
    Tell whether more than words speaks.

    A mail program wrote the mail; or a report's form, or what came back, or a dialect that knows its
    author, stands beside an author or a path that is no person's.
    """
    traits = parts.traits
    if traits.vouched:
        return True
    if traits.human:
        return traits.null_path and bool(traits.report_type or parts.original) and not traits.forward
    return bool(traits.report_type) or (bool(parts.original or draft.by_author) and not traits.forward)
