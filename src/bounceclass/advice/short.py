"""How much of a text stands on a screen: lines of 80 columns, first sentences, the beginning of a long quote."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import east_asian_width

__all__ = ["first_sentence", "lines_of", "shown"]

_COLUMNS: Final = 80
# A sentence ends with a full stop and a blank behind it, or with a Japanese one.
_END: Final = re.compile(r"。|[.!?](?=\s)")


def first_sentence(text: str) -> str:
    """Give the first sentence of a text, with its full stop."""
    end = _END.search(text)
    return text[: end.end()] if end else text


def lines_of(text: str) -> int:
    """Count the lines that a text takes on a terminal of 80 columns, empty ones too."""
    return sum(max(1, -(-_width(line) // (_COLUMNS - 4))) for line in text.split("\n"))


def _width(line: str) -> int:
    """Count columns: characters of East Asia take two (UAX 11)."""
    return len(line) if line.isascii() else sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line)


def shown(quote: str, most: int) -> str:
    """Give the beginning of a server's words."""
    return quote if len(quote) <= most else f"{quote[:most].rstrip()} …"
