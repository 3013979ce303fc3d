"""Reports within other mails: what a list manager sends on to its owner, or a gateway has put into an envelope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from bounceclass.model.vocabulary import Kind

if TYPE_CHECKING:
    from bounceclass.reading.context import ParseContext
    from bounceclass.reading.draft import Draft

__all__ = ["read"]


def read(context: ParseContext) -> Draft | None:
    """
    Read the report within; mails within mails within are left alone.

    Who wraps by its own dialect vouches for it; what a daemon returns may be anybody's.
    """
    parts = context.parts
    vouched = any(dialect.wraps for dialect in context.speaking) or parts.enclosing
    if not vouched and not (parts.holds_report and not context.words[0]):
        return None
    draft = context.within.answer() if context.within else None
    if draft is None or draft.kind is Kind.OTHER:
        return None
    return evolve(draft, within=True, secondhand=not vouched, basis=f"the report within: {draft.basis}")
