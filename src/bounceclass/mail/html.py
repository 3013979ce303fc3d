"""
HTML notices as plain text: lines where blocks end, entities decoded, nothing else kept.

Not an HTML parser: hostile input must cost linear time, and a notice needs only its lines.
"""

from __future__ import annotations

from typing import Final

from bounceclass.regex import regex

__all__ = ["looks_like_html", "to_text"]

_BLOCK_TAG: Final = regex(r"(?i)</?(?:p|div|br|tr|table|h[1-6]|li|ul|ol|pre|blockquote|hr|body|html|title|center|dd|dt|dl)\b[^<>]{0,2000}>")
_CELL: Final = regex(r"(?i)</t[dh]\s*>")
_TAG: Final = regex(r"<[!/?a-zA-Z][^<>]{0,8000}>")
_BLANKS: Final = regex(r"[ \t\r\f\v\u00a0]+")
_LINES: Final = regex(r"\n{3,}")
_HIDDEN: Final = (("<!--", "-->"), ("<style", "</style"), ("<script", "</script"), ("<head>", "</head"), ("<head ", "</head"))
# An address in angle brackets is text that somebody forgot to escape, not a tag.
_BARE_ADDRESS: Final = regex(r"<((?:mailto:)?[^<>\s@\"'=]{1,64}@[^<>\s@\"'=/]{1,255})>")


def looks_like_html(text: str) -> bool:
    """Tell a text that is HTML without saying so."""
    head = text[:400].lstrip().lower()
    return head.startswith(("<html", "<!doctype html", "<body", "<p>", "<div", "<table")) or "<html" in head


def to_text(source: str) -> str:
    """Give the visible text of an HTML document, block by block on lines of their own."""
    from html import unescape  # noqa: PLC0415 - brings two thousand entities along

    folded = _folded(source)
    for opening, closing in _HIDDEN:
        if opening in folded:
            source = _cut(source, folded, opening, closing)
            folded = _folded(source)
    if "\n" in source and "<pre" not in folded:
        source = source.replace("\n", " ")
    source = _BARE_ADDRESS.sub(r"&lt;\1&gt;", source)
    source = _CELL.sub("\t", _BLOCK_TAG.sub("\n", source))
    text = unescape(_TAG.sub("", source))
    lines = (line.strip() for line in _BLANKS.sub(" ", text).split("\n"))
    return _LINES.sub("\n\n", "\n".join(lines)).strip("\n")


def _folded(source: str) -> str:
    """Give the same in small letters, each where it stood."""
    return source.replace("\u0130", "I").lower()  # the one letter whose small form is longer


def _cut(source: str, folded: str, opening: str, closing: str) -> str:
    """Drop what stands between two marks, marks included."""
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
