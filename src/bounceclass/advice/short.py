"""How much of a text stands on a screen: lines of 80 columns, first sentences, the beginning of a long quote."""

from __future__ import annotations

from typing import Final
from unicodedata import east_asian_width

from bounceclass.regex import regex

__all__ = ["first_sentence", "lines_of", "shown"]

# Of the 80 columns of a terminal continued lines of a step leave three, and a mark that must not end or begin a line one.
_ROOM: Final = 77
# A sentence ends with a full stop and a blank behind it, or with a Japanese one.
_END: Final = regex(r"。|[.!?](?=\s)")


def first_sentence(text: str) -> str:
    """Give the first sentence of a text, with its full stop."""
    end = _END.search(text)
    return text[: end.end()] if end else text


def lines_of(text: str) -> int:
    """Count the lines that a text takes on a terminal of 80 columns, empty ones too."""
    return sum(_lines_of_paragraph(line) for line in text.split("\n"))


def _lines_of_paragraph(line: str) -> int:
    """Count the lines of one paragraph: words stay whole where a line has room for them."""
    lines, used = 1, 0
    for word in line.split(" "):
        width = _width(word)
        if used and used + 1 + width > _ROOM:
            lines, used = lines + 1, 0
        used += width + bool(used)
        lines, used = lines + max(0, used - 1) // _ROOM, (used - 1) % _ROOM + 1 if used else 0
    return lines


def _width(line: str) -> int:
    """Count columns: characters of East Asia take two (UAX 11)."""
    return len(line) if line.isascii() else sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line)


def shown(quote: str, most: int) -> str:
    """Give the beginning of a server's words."""
    return quote if len(quote) <= most else f"{quote[:most].rstrip()} …"
