"""An explanation written out as text, Markdown and HTML.  Each escapes for where it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bounceclass.advice.outline import Style
from bounceclass.regex import regex
from bounceclass.text.folding import printable

if TYPE_CHECKING:
    from bounceclass.advice.outline import Block, Outline

__all__ = ["to_html", "to_markdown", "to_text"]

# What CommonMark reads as markup, and what GitHub's dialect of it would turn into links.
_MARKUP: Final = regex(r"([\\`*_{}\[\]()#+!|<>~&@-]|:(?=//)|(?<=[Ww]{3})\.)")
# "1. 550" would begin a list.
_NUMBERED: Final = regex(r"\A(\s{0,3}\d{1,9})\.")


def to_text(outline: Outline) -> str:
    """Plain text, paragraphs parted by empty lines, steps numbered."""
    head = "\n".join(line for line in (outline.title, outline.about) if line)
    text = "\n\n".join(part for part in (head, outline.summary) if part)
    for block in outline.blocks:
        text += ("\n" if block.close else "\n\n") + _text_of(block)
    if outline.further:
        text += f"\n\n-- {outline.further_heading} --\n\n" + "\n\n--\n\n".join(to_text(other) for other in outline.further)
    return printable(text)


def _text_of(block: Block) -> str:
    leads = {Style.NUMBERED: "{}. ", Style.BULLETS: "- "}
    lead = leads.get(block.style, "")
    indent = "  " if block.heading else ""
    heading = [block.heading] if block.heading else []
    return "\n".join([*heading, *(f"{indent}{lead.format(number)}{term}{text}" for number, (term, text) in enumerate(block.lines, 1))])


def _md(text: str) -> str:
    return _NUMBERED.sub(r"\1\\.", _MARKUP.sub(r"\\\1", printable(text).replace("\n", " ")))


def to_markdown(outline: Outline) -> str:
    """CommonMark, beginning with a heading of the second level."""
    parts = [f"## {_md(outline.title)}", _md(outline.about), _md(outline.summary)]
    for block in outline.blocks:
        parts += [f"### {_md(block.heading)}" if block.heading else "", _md_of(block)]
    parts += [to_markdown(other) for other in outline.further]
    return "\n\n".join(part for part in parts if part)


def _md_of(block: Block) -> str:
    leads = {Style.NUMBERED: "{}. ", Style.BULLETS: "- ", Style.QUOTE: "> "}
    lead = leads.get(block.style, "")
    return "\n".join(f"{lead.format(number)}{f'**{_md(term.strip())}** ' if term else ''}{_md(text)}" for number, (term, text) in enumerate(block.lines, 1))


def _html(text: str) -> str:
    from html import escape  # noqa: PLC0415 - brings two thousand entities along

    return escape(printable(text), quote=True)


def to_html(outline: Outline) -> str:
    """One `<section lang="…">` with headings, paragraphs and lists; no links, no scripts, no styles."""
    parts = [f"<h2>{_html(outline.title)}</h2>", *(f"<p>{_html(text)}</p>" for text in (outline.about, outline.summary) if text)]
    for block in outline.blocks:
        parts += [f"<h3>{_html(block.heading)}</h3>" if block.heading else "", _html_of(block)]
    parts += [to_html(other) for other in outline.further]
    return f'<section class="bounceclass" lang="{_html(outline.locale)}">{"".join(parts)}</section>'


def _html_of(block: Block) -> str:
    lines = [f"{f'<strong>{_html(term.strip())}</strong> ' if term else ''}{_html(text)}" for term, text in block.lines]
    if block.style is Style.PROSE:
        return "".join(f"<p>{line}</p>" for line in lines)
    if block.style is Style.QUOTE:
        return f"<blockquote><p>{lines[0]}</p></blockquote>"
    tag = "ol" if block.style is Style.NUMBERED else "ul"
    return f"<{tag}>{''.join(f'<li>{line}</li>' for line in lines)}</{tag}>"
