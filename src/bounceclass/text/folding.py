"""
Text made comparable: folded for matching, on one line for showing.

Folding follows what the phrases of notices need, in any language: NFKC, lower case, typographic
apostrophes and invisible marks gone, any white space one blank.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from bounceclass.regex import regex

__all__ = ["LONGEST_ANSWER", "LONGEST_EXCERPT", "fold", "on_one_line", "printable", "replace_surrogates", "safe_line"]

# How many characters of a server's words are looked at, by whoever looks.
LONGEST_ANSWER: Final = 4_000
# How many characters a result shows of what something was found in.
LONGEST_EXCERPT: Final = 200

# What shows nothing and can part a word, or hide one: soft hyphen, zero-width space, word joiner, tags (Unicode, Default_Ignorable_Code_Point).
_INVISIBLE: Final = dict.fromkeys((0xAD, 0x034F, 0x180E, 0x200B, *range(0x2060, 0x2065), 0xFEFF, *range(0xE0000, 0xE0080)))
_MARKS: Final = {**_INVISIBLE, **dict.fromkeys((*range(0x200B, 0x2010), *range(0x202A, 0x202F)))}
_MARKS_AND_QUOTES: Final = {**_MARKS, 0x2019: "'", 0x2018: "'", 0x201C: '"', 0x201D: '"'}
# C0, DEL, C1, line and direction marks, annotations: what a terminal may obey.
_CONTROLS: Final[dict[int, str | None]] = (
    dict.fromkeys(
        {*range(0x20), *range(0x7F, 0xA0), 0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A), *range(0xFFF9, 0xFFFC)} - {0x09, 0x0A},
        "\ufffd",
    )
    | _INVISIBLE
)
_JAPANESE_BREAK: Final = regex(r"(?<=[\u3040-\u30ff\u4e00-\u9fff])\n\s*(?=[\u3040-\u30ff\u4e00-\u9fff])")


def fold(text: str) -> str:
    """Give the form that phrases are compared in: lower case, single spaces."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_MARKS_AND_QUOTES)).casefold()
    return " ".join(text.lower().split())


def on_one_line(text: str) -> str:
    """Join lines by one blank; Japanese that was wrapped in mid-word by none."""
    if not text.isascii():
        text = _JAPANESE_BREAK.sub("", text)
    return " ".join(text.split())


def printable(text: str) -> str:
    """Replace what a terminal might obey (control characters, direction marks) by U+FFFD, and drop what shows nothing."""
    return replace_surrogates(text).translate(_CONTROLS)


def safe_line(text: str) -> str:
    """Give text that a terminal or a log cannot obey, on one line."""
    return printable(on_one_line(text))


def replace_surrogates(text: str) -> str:
    """Replace halves of characters (lone surrogates), which no output can carry, by "?"."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
