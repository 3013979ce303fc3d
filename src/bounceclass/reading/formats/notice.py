"""Notices in words, without fields for programs: of a server whose dialect we know, else by the shapes that all of them share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bounceclass.reading.dialects import last_resort
from bounceclass.reading.dialects.interpret import decode
from bounceclass.reading.draft import Draft
from bounceclass.reading.words import says_not_arrived

if TYPE_CHECKING:
    from bounceclass.reading.context import ParseContext
    from bounceclass.reading.draft import DraftDelivery

__all__ = ["read", "read_by_clues"]


def read_by_clues(context: ParseContext) -> Draft | None:
    """Read a notice whose dialect is told by its clues alone."""
    for dialect in context.speaking:
        if dialect.clues_suffice and (drafts := decode(dialect, context.parts, context.limit)):
            kind = dialect.kind or context.parts.kind_in_words
            return Draft(kind=kind, deliveries=tuple(drafts), dialect=dialect.name, basis=f"the clues of {dialect.title}", by_author=True)
    return None


def read(context: ParseContext) -> Draft | None:
    """Read a notice by a dialect, else the common shapes, else the last resort; one that names nobody too, where its subject says what it is."""
    parts = context.parts
    if not parts.may_report:
        return None
    drafts, dialect = context.words
    if not drafts and (parts.traits.null_path or parts.says_it_returns):
        drafts, dialect = _last_resorts(context)
        if not drafts and not parts.traits.names_delivery:
            return None
    elif not drafts:
        return None
    return Draft(kind=parts.kind_in_words, deliveries=tuple(drafts), dialect=dialect, basis=f"the words ({dialect})")


def _last_resorts(context: ParseContext) -> tuple[list[DraftDelivery], str]:
    """Ask what else there is, of a notice that says that something failed and names nobody."""
    parts, dialect = context.parts, context.words[1]
    if not (says_not_arrived(parts.folded) or parts.traits.names_delivery):
        return [], dialect
    if drafts := context.lines.last_hints():
        return drafts, dialect
    return last_resort.decode(parts), last_resort.NAME
