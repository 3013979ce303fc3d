"""
HTML notices as plain text: lines where blocks end, entities decoded, nothing else kept.

Not an HTML parser: hostile input must cost linear time, and a notice needs only its lines.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["looks_like_html", "to_text"]

_BLOCK_TAG: Final = re.compile(r"(?i)</?(?:p|div|br|tr|table|h[1-6]|li|ul|ol|pre|blockquote|hr|body|html|title|center|dd|dt|dl)\b[^<>]{0,2000}>")
_CELL: Final = re.compile(r"(?i)</t[dh]\s*>")
_TAG: Final = re.compile(r"<[!/?a-zA-Z][^<>]{0,8000}>")
_BLANKS: Final = re.compile(r"[ \t\r\f\v\u00a0]+")
_LINES: Final = re.compile(r"\n{3,}")
_HIDDEN: Final = (("<!--", "-->"), ("<style", "</style"), ("<script", "</script"), ("<head>", "</head"), ("<head ", "</head"))
# An address in angle brackets is text that somebody forgot to escape, not a tag.
_BARE_ADDRESS: Final = re.compile(r"<((?:mailto:)?[^<>\s@\"'=]{1,64}@[^<>\s@\"'=/]{1,255})>")


def looks_like_html(text: str) -> bool:
    """Tell a text that is HTML without saying so."""
    head = text[:400].lstrip().lower()
    return head.startswith(("<html", "<!doctype html", "<body", "<p>", "<div", "<table")) or "<html" in head


def to_text(source: str) -> str:
    """Give the visible text of an HTML document, block by block on lines of their own."""
    from html import unescape  # noqa: PLC0415 - brings two thousand entities along

    for opening, closing in _HIDDEN:
        source = _cut(source, opening, closing)
    if "\n" in source and "<pre" not in source.lower():
        source = source.replace("\n", " ")
    source = _BARE_ADDRESS.sub(r"&lt;\1&gt;", source)
    source = _CELL.sub("\t", _BLOCK_TAG.sub("\n", source))
    text = unescape(_TAG.sub("", source))
    lines = (_BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    return _LINES.sub("\n\n", "\n".join(lines)).strip("\n")


def _cut(source: str, opening: str, closing: str) -> str:
    """Drop what stands between two marks, marks included."""
    folded = source.replace("\u0130", "I").lower()  # the one letter whose small form is longer
    if opening not in folded:
        return source
    out: list[str] = []
    rest = 0
    while (start := folded.find(opening, rest)) >= 0:
        out.append(source[rest:start])
        end = folded.find(closing, start)
        if end < 0:
            rest = start + len(opening)
            break
        rest = max(folded.find(">", end), end) + 1
    out.append(source[rest:])
    return "".join(out)
