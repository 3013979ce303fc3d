"""An explanation written out as text, Markdown and HTML.  Each escapes for where it is read."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from attrs import frozen

from bounceclass.model.vocabulary import Audience
from bounceclass.text.folding import printable

if TYPE_CHECKING:
    from bounceclass.advice.explanation import Explanation

__all__ = ["Block", "Style", "blocks", "to_html", "to_markdown", "to_text"]

# What CommonMark reads as markup, and what GitHub's dialect of it would turn into links.
_MARKUP: Final = re.compile(r"([\\`*_{}\[\]()#+!|<>~&@-]|:(?=//)|(?<=[Ww]{3})\.)")
# "1. 550" would begin a list.
_NUMBERED: Final = re.compile(r"\A(\s{0,3}\d{1,9})\.")
_MAX_QUOTE: Final = 1_000


class Style(Enum):
    """How the lines of a block are set."""

    PROSE = auto()
    NUMBERED = auto()
    BULLETS = auto()
    QUOTE = auto()


@frozen
class Block:
    """
    One part of an explanation below its heading.

    Attributes:
        heading: In the locale's words.
        style: How the lines are set.
        lines: What stands in front of each line in bold ("" for nothing), and the line.
    """

    heading: str
    style: Style
    lines: tuple[tuple[str, str], ...]


def blocks(explanation: Explanation) -> list[Block]:
    """Give the parts behind title and summary in their order; to a postmaster the facts come first."""
    e, label = explanation, explanation.label
    facts = Block(label("facts"), Style.BULLETS, tuple((f"{name}{label('colon')}" if value else name, value) for name, value in e.facts))
    first = e.audience is Audience.POSTMASTER
    found = [
        *([facts] if first else ()),
        Block(label("why"), Style.PROSE, (("", e.cause),) if e.cause else ()),
        Block(label("steps"), Style.NUMBERED, tuple((f"[{step.actor}] ", step.text) for step in e.steps)),
        Block(label("resend"), Style.PROSE, (("", e.resend),) if e.resend else ()),
        Block(label("instead"), Style.PROSE, (("", e.instead),) if e.instead else ()),
        Block(label("cautions"), Style.BULLETS, tuple(("", caution) for caution in e.cautions)),
        *(() if first else (facts,)),
        Block(label("quote"), Style.QUOTE, (("", _shortened(e.quote)),) if e.quote else ()),
        Block(label("checklist"), Style.BULLETS, tuple(("", text) for text in e.checklist)),
    ]
    return [block for block in found if block.lines]


def _shortened(quote: str) -> str:
    return quote if len(quote) <= _MAX_QUOTE else quote[:_MAX_QUOTE] + " …"


def to_text(explanation: Explanation) -> str:
    """Plain text, paragraphs parted by empty lines, steps numbered."""
    parts = [explanation.title, explanation.summary, *(_text_of(block) for block in blocks(explanation))]
    if explanation.further:
        parts += [f"-- {explanation.label('further')} --", "\n\n--\n\n".join(to_text(other) for other in explanation.further)]
    return printable("\n\n".join(part for part in parts if part))


def _text_of(block: Block) -> str:
    leads = {Style.NUMBERED: "{}. ", Style.BULLETS: "- "}
    lead = leads.get(block.style, "")
    return "\n".join([block.heading, *(f"  {lead.format(number)}{term}{text}" for number, (term, text) in enumerate(block.lines, 1))])


def _md(text: str) -> str:
    return _NUMBERED.sub(r"\1\\.", _MARKUP.sub(r"\\\1", printable(text).replace("\n", " ")))


def to_markdown(explanation: Explanation) -> str:
    """CommonMark, beginning with a heading of the second level."""
    parts = [f"## {_md(explanation.title)}", _md(explanation.summary)]
    for block in blocks(explanation):
        parts += [f"### {_md(block.heading)}", _md_of(block)]
    parts += [to_markdown(other) for other in explanation.further]
    return "\n\n".join(part for part in parts if part)


def _md_of(block: Block) -> str:
    leads = {Style.NUMBERED: "{}. ", Style.BULLETS: "- ", Style.QUOTE: "> "}
    lead = leads.get(block.style, "")
    return "\n".join(f"{lead.format(number)}{f'**{_md(term.strip())}** ' if term else ''}{_md(text)}" for number, (term, text) in enumerate(block.lines, 1))


def _html(text: str) -> str:
    from html import escape  # noqa: PLC0415 - brings two thousand entities along

    return escape(printable(text), quote=True)


def to_html(explanation: Explanation) -> str:
    """One `<section lang="…">` with headings, paragraphs and lists; no links, no scripts, no styles."""
    parts = [f"<h2>{_html(explanation.title)}</h2>", f"<p>{_html(explanation.summary)}</p>"]
    for block in blocks(explanation):
        parts += [f"<h3>{_html(block.heading)}</h3>", _html_of(block)]
    parts += [to_html(other) for other in explanation.further]
    return f'<section class="bounceclass" lang="{_html(explanation.locale)}">{"".join(parts)}</section>'


def _html_of(block: Block) -> str:
    lines = [f"{f'<strong>{_html(term.strip())}</strong> ' if term else ''}{_html(text)}" for term, text in block.lines]
    if block.style is Style.PROSE:
        return "".join(f"<p>{line}</p>" for line in lines)
    if block.style is Style.QUOTE:
        return f"<blockquote><p>{lines[0]}</p></blockquote>"
    tag = "ol" if block.style is Style.NUMBERED else "ul"
    return f"<{tag}>{''.join(f'<li>{line}</li>' for line in lines)}</{tag}>"
