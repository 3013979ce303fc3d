"""An explanation written out as text, Markdown and HTML.  Each escapes for where it is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bounceclass.text import printable

if TYPE_CHECKING:
    from bounceclass.advice.explanation import Explanation

__all__ = ["to_html", "to_markdown", "to_text"]

# What CommonMark reads as markup, and what GitHub's dialect of it would turn into links.
_MARKUP: Final = re.compile(r"([\\`*_{}\[\]()#+!|<>~&@-]|:(?=//)|(?<=[Ww]{3})\.)")
_MAX_QUOTE: Final = 1_000


def _quote(explanation: Explanation) -> str:
    quote = explanation.quote
    return quote if len(quote) <= _MAX_QUOTE else quote[:_MAX_QUOTE] + " …"


def to_text(explanation: Explanation) -> str:
    """Plain text, paragraphs parted by empty lines, steps numbered."""
    label = explanation.label
    parts = [explanation.title, explanation.summary]
    if explanation.cause:
        parts.append(f"{label('why')}\n  {explanation.cause}")
    if explanation.steps:
        steps = [f"  {number}. [{step.actor}] {step.text}" for number, step in enumerate(explanation.steps, 1)]
        parts.append("\n".join([label("steps"), *steps]))
    if explanation.cautions:
        parts.append("\n".join([label("cautions"), *(f"  - {caution}" for caution in explanation.cautions)]))
    if explanation.quote:
        parts.append(f"{label('quote')}\n  {_quote(explanation)}")
    if explanation.further:
        parts += [f"-- {label('further')} --", "\n\n--\n\n".join(to_text(other) for other in explanation.further)]
    return printable("\n\n".join(part for part in parts if part))


def _md(text: str) -> str:
    return _MARKUP.sub(r"\\\1", printable(text).replace("\n", " "))


def to_markdown(explanation: Explanation) -> str:
    """CommonMark, beginning with a heading of the second level."""
    label = explanation.label
    parts = [f"## {_md(explanation.title)}", _md(explanation.summary)]
    if explanation.cause:
        parts += [f"### {_md(label('why'))}", _md(explanation.cause)]
    if explanation.steps:
        steps = [f"{number}. **{_md(step.actor)}**: {_md(step.text)}" for number, step in enumerate(explanation.steps, 1)]
        parts += [f"### {_md(label('steps'))}", "\n".join(steps)]
    if explanation.cautions:
        parts += [f"### {_md(label('cautions'))}", "\n".join(f"- {_md(caution)}" for caution in explanation.cautions)]
    if explanation.quote:
        parts += [f"### {_md(label('quote'))}", f"> {_md(_quote(explanation))}"]
    parts += [to_markdown(other) for other in explanation.further]
    return "\n\n".join(part for part in parts if part)


def _html(text: str) -> str:
    from html import escape  # noqa: PLC0415 - brings two thousand entities along

    return escape(printable(text), quote=True)


def to_html(explanation: Explanation) -> str:
    """One `<section lang="…">` with headings, paragraphs and lists; no links, no scripts, no styles."""
    label = explanation.label
    parts = [f"<h2>{_html(explanation.title)}</h2>", f"<p>{_html(explanation.summary)}</p>"]
    if explanation.cause:
        parts += [f"<h3>{_html(label('why'))}</h3>", f"<p>{_html(explanation.cause)}</p>"]
    if explanation.steps:
        items = "".join(f"<li><strong>{_html(step.actor)}</strong> {_html(step.text)}</li>" for step in explanation.steps)
        parts += [f"<h3>{_html(label('steps'))}</h3>", f"<ol>{items}</ol>"]
    if explanation.cautions:
        items = "".join(f"<li>{_html(caution)}</li>" for caution in explanation.cautions)
        parts += [f"<h3>{_html(label('cautions'))}</h3>", f"<ul>{items}</ul>"]
    if explanation.quote:
        parts += [f"<h3>{_html(label('quote'))}</h3>", f"<blockquote><p>{_html(_quote(explanation))}</p></blockquote>"]
    parts += [to_html(other) for other in explanation.further]
    return f'<section class="bounceclass" lang="{_html(explanation.locale)}">{"".join(parts)}</section>'
