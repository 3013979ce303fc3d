"""The interpreter of dialect tables: from a notice's text to drafts."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve

from bounceclass.mail.addresses import bare, first_address
from bounceclass.reading.draft import DraftDelivery
from bounceclass.regex import regex
from bounceclass.text.folding import on_one_line

if TYPE_CHECKING:
    import re

    from bounceclass.reading.dialects.dialect import Capture, Dialect
    from bounceclass.reading.parts import ReportParts

__all__ = ["decode"]

_MAX_DIAGNOSTIC: Final = 2_000
_MAX_BELOW: Final = 4_000
# Exim and others cut a line with a rule of dashes; that is layout, not the server's words.
_RULE: Final = regex(r"[-=_*#~]{4,}")


def decode(dialect: Dialect, parts: ReportParts, limit: int) -> list[DraftDelivery]:
    """
    Read a notice by a dialect's table.

    Args:
        dialect: The table.
        parts: The mail.
        limit: How many recipients at most.

    Returns:
        What the table captures, in the order of the text; empty where it captures no recipient.
    """
    window = dialect.window(parts.text)
    drafts = _capture(dialect.captures, window, limit) if window else []
    if dialect.refine:
        drafts = dialect.refine(parts, drafts)
    return _once_each(drafts)[:limit]


def _capture(captures: tuple[Capture, ...], window: str, limit: int) -> list[DraftDelivery]:
    """Apply every pattern, and put the matches in the order of the text."""
    matches = sorted(((match, capture) for capture in captures for match in capture.regex.finditer(window)), key=lambda found: found[0].start())
    starts = [match.start() for match, _ in matches if match.groupdict().get("recipient")]
    drafts: list[DraftDelivery] = []
    common: dict[str, str] = {}
    for match, capture in matches:
        facts = {name: _clean(name, value) for name, value in _facts(match, capture, window, starts).items() if value}
        if facts.get("recipient"):
            if len(drafts) >= limit:
                break
            drafts.append(DraftDelivery(**_as_fields({**common, **facts})))
        elif drafts:
            drafts[-1] = _add(drafts[-1], facts)
        else:
            common |= facts
    return drafts


def _facts(match: re.Match[str], capture: Capture, window: str, starts: list[int]) -> dict[str, str]:
    """Give the groups of a match, with the text below it where the table says so."""
    facts = {name: value or "" for name, value in match.groupdict().items()}
    if capture.takes_text_below:
        index = bisect_right(starts, match.start())
        end = starts[index] if index < len(starts) else len(window)
        facts["diagnostic"] = f"{facts.get('diagnostic', '')}\n{window[match.end() : min(end, match.end() + _MAX_BELOW)]}"
    return facts


def _clean(name: str, value: str) -> str:
    if name in {"recipient", "alias"}:
        return first_address(value) or bare(value)
    if name == "diagnostic":
        return on_one_line(_RULE.sub(" ", value))[:_MAX_DIAGNOSTIC]
    return value.strip()


def _as_fields(facts: dict[str, str]) -> dict[str, Any]:
    renamed = {"remote": "remote_mta"}
    return {renamed.get(name, name): value for name, value in facts.items()}


def _add(draft: DraftDelivery, facts: dict[str, str]) -> DraftDelivery:
    """Complete a draft by facts that stand below it; what is there already stays."""
    fields = _as_fields(facts)
    words = fields.pop("diagnostic", "")
    if words and words not in draft.diagnostic:
        fields["diagnostic"] = f"{draft.diagnostic} {words}".strip()[:_MAX_DIAGNOSTIC]
    missing = {name: value for name, value in fields.items() if name == "diagnostic" or not getattr(draft, name)}
    return evolve(draft, **missing) if missing else draft


def _once_each(drafts: list[DraftDelivery]) -> list[DraftDelivery]:
    """Drop repetitions: many notices name a recipient once for people and once for programs."""
    kept: dict[str, DraftDelivery] = {}
    for draft in drafts:
        key = draft.recipient.lower()
        known = kept.get(key)
        if known is None:
            kept[key] = draft
        elif draft.diagnostic and draft.diagnostic not in known.diagnostic:
            words = f"{known.diagnostic} {draft.diagnostic}".strip()
            kept[key] = evolve(known, diagnostic=words[:_MAX_DIAGNOSTIC], status=known.status or draft.status)
    return list(kept.values())
