"""
What a learned judge sees of a server's answer: words, pairs of neighbours, beginnings of words, codes, the command.

Names of hosts and people, addresses, numbers and ids are none of it: they say whose answer it is, not what.
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from bounceclass.regex import regex
from bounceclass.text.phrases import VEIL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bounceclass.text.answers import Answer

__all__ = ["CODE_MARK", "OPEN_MARK", "has_words", "read_features"]

# Stands before what is a code or a command, and no word.
CODE_MARK: Final = "="
# Stands behind the beginning of a word.
OPEN_MARK: Final = "*"
_BEGINNING: Final = 4
_MOST_TOKENS: Final = 120
_SEARCHED: Final = 1_200
_TOKEN: Final = regex(rf"[^\W\d_]+|{VEIL}+")
_WORD: Final = regex(r"[^\W\d_]{2}")
# Where an answer begins that another server quotes: "... after end of data: 550 "; all before it is that server's.
_CODE: Final = regex(r"(?<![\w.])[245][0-57]\d(?=[ -]|$)")
_LEAST_WORDS: Final = 2
_NEAR: Final = 200
# Scripts that part no words by blanks: Thai, Burmese, kana, kanji, hangul; pairs of characters stand for words.
_DENSE: Final = regex(r"[\u0e00-\u0eff\u1000-\u109f\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_ACCENTS: Final = dict.fromkeys(range(0x300, 0x370))


def read_features(answer: Answer, status: str, reply: str, command: str) -> set[str]:
    """
    Give what stands in an answer.

    Args:
        answer: The server's words.
        status: The enhanced status code, "5.1.1"; "" where there is none.
        reply: The reply code as text; "" where there is none.
        command: The command that was answered; "" where nobody knows.
    """
    tokens = _tokens(_quoted(answer.said))
    beginnings = [f"{token[:_BEGINNING]}{OPEN_MARK}" for token in tokens if len(token) > _BEGINNING]
    codes = [CODE_MARK + code for code in (f"X{status[1:]}" if status else "", status[:1], reply, command) if code]
    return {*tokens, *map(" ".join, pairwise(tokens)), *beginnings, *codes, CODE_MARK}


def has_words(answer: Answer) -> bool:
    """Whether a server said more than codes and names."""
    return bool(_WORD.search(answer.said))


def _quoted(said: str) -> str:
    """Leave out what stands before the reply code, where words stand behind it."""
    match = _CODE.search(said)
    start = match.end() if match and len(_WORD.findall(said, match.end(), match.end() + _NEAR)) >= _LEAST_WORDS else 0
    return said[start : start + _SEARCHED]


def _tokens(said: str) -> list[str]:
    if said.isascii():
        tokens = _TOKEN.findall(said)[:_MOST_TOKENS]
        return [VEIL if token[0] == VEIL else token for token in tokens] if VEIL in said else tokens
    return [*_pieces(unicodedata.normalize("NFKD", said).translate(_ACCENTS))][:_MOST_TOKENS]


def _pieces(said: str) -> Iterator[str]:
    """Give words without their accents, which many answers leave out; of scripts without blanks, each pair of neighbours."""
    for token in _TOKEN.findall(said):
        if token[0] == VEIL:
            yield VEIL
        elif _DENSE.search(token):
            yield from (token[start : start + 2] for start in range(max(1, len(token) - 1)))
        else:
            yield token
