"""
Which of many phrases stand in a text: found by their rarest word, so that 5,000 cost what 100 cost.

A phrase is literal and folded (`bounceclass.text.fold`).  It matches whole words.  Two wildcards:
a `*` of its own lets up to 60 characters stand between ("file * infected"), and a `*` behind a
word lets the word go on ("exceed*").  Both are bounded, so a search costs linear time.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain, product
from math import prod
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from attrs import frozen

from bounceclass.cached import cached
from bounceclass.regex import regex
from bounceclass.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["VEIL", "Folded", "Hit", "Phrase", "PhraseIndex", "alternatives"]

T = TypeVar("T")

# What stands for a character that is no word: it parts words, and no phrase holds it.
VEIL: Final = "~"
GAP: Final = 60
PREFIX: Final = 4
_WORD: Final = regex(r"[a-z0-9]+")
_WORD_CHARACTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_OPEN_WORD: Final = regex(r"(?<![^\W_])[^\W_]++\*(?=\s|$)")
# "zen.spamhaus", "p=nosuchuser", "delist@microsoft.com", "rcp-p1": what no sentence holds, but links and tables of codes do.
_NAMING: Final = regex(r"\w[.@=/_]\w|[@=]|^#?[a-z]{1,8}-?[a-z]?\d{1,8}$")
_ANY_WORD: Final = regex(r"[^\W_]+")
# As in "(inbox|mailbox) is full".
_ALTERNATIVES: Final = regex(r"\(([^()|]*(?:\|[^()|]*)+)\)")
_MOST_ALTERNATIVES: Final = 200
# From here on scripts are written without blanks (kana, kanji, hangul): pairs of characters stand for words.
_FIRST_DENSE: Final = "\u2e80"


def alternatives(text: str) -> Iterator[str]:
    """
    Spell a phrase with alternatives out: "(inbox|mailbox) is full" is two phrases.

    Raises:
        ValueError: There are more than 200.
    """
    if "(" not in text:
        return iter((text,))
    pieces = _ALTERNATIVES.split(text)  # every second one is a group
    choices = [piece.split("|") if index % 2 else [piece] for index, piece in enumerate(pieces)]
    if prod(map(len, choices)) > _MOST_ALTERNATIVES:
        raise ValueError(f"{text!r} stands for more than {_MOST_ALTERNATIVES} phrases")
    return map("".join, product(*choices))


def _words(folded: str) -> set[str]:
    """Give the words of a folded text; of scripts without blanks, each pair of neighbours."""
    if folded.isascii():
        return set(_WORD.findall(folded))
    found: set[str] = set()
    for word in _ANY_WORD.findall(folded):
        if max(word) < _FIRST_DENSE:
            found.add(word)
        else:
            found.update(word[i : i + 2] for i in range(max(1, len(word) - 1)))
    return found


class Folded:
    """
    A text ready to be searched: folded, and its words, which are found once.

    Args:
        text: The text as it stands.
    """

    def __init__(self, text: str) -> None:
        self.text: str = fold(text)

    @cached
    def words(self) -> set[str]:
        """The words of the folded text."""
        return _words(self.text)

    @property
    def said(self) -> str:
        """What of the text is words; all of it, unless somebody knows better."""
        return self.text

    def __bool__(self) -> bool:
        """Whether there is anything but white space."""
        return bool(self.text)


class Phrase:
    """
    One phrase, ready to be looked for.

    Args:
        source: The phrase as its author wrote it.
    """

    __slots__ = ("_ends_freely", "_names", "_opens_freely", "_pattern", "_text", "source")

    def __init__(self, source: str) -> None:
        self.source: str = source
        self._text = fold(source)
        self._pattern: re.Pattern[str] | None = None
        # Only an ASCII letter or digit makes a word's edge; where the text begins or ends, a slice is empty.
        self._opens_freely = self._text[:1] not in _WORD_CHARACTERS
        self._ends_freely = self._text[-1:] not in _WORD_CHARACTERS
        self._names: bool | None = None

    @property
    def names(self) -> bool:
        """Whether it names a host, a link or a code; looked for when it is first asked, for thousands are made and few are found."""
        if self._names is None:
            self._names = bool(_NAMING.search(self._text))
        return self._names

    @property
    def words(self) -> set[str]:
        """The words that must stand in a text for the phrase to stand in it; those with a wildcard left out."""
        return _words(_OPEN_WORD.sub(" ", self._text).replace("*", " ") if "*" in self._text else self._text)

    @property
    def prefix(self) -> str:
        """The first four characters of its longest word with a wildcard; "" where there is none so long."""
        longest = max((match[:-1] for match in _OPEN_WORD.findall(self._text)), key=len, default="")
        return longest[:PREFIX] if len(longest) >= PREFIX else ""

    @property
    def searchable(self) -> bool:
        """Whether an index can find the phrase: it holds a whole word, or the start of one."""
        return bool(self.words or self.prefix)

    @property
    def weight(self) -> int:
        """How much of a text the phrase pins down, in characters."""
        return len(self._text)

    def find_in(self, folded: Folded) -> tuple[int, int] | None:
        """Give where it first stands in a text; one that names a host or a link is looked for in those as well."""
        return self.find(folded.text if self.names else folded.said)

    def find(self, folded: str) -> tuple[int, int] | None:
        """Give where the phrase first stands in a folded text, as start and end; None where it does not."""
        if "*" in self._text:
            if self._pattern is None:
                self._pattern = _compile(self._text)
            match = self._pattern.search(folded)
            return match.span() if match else None
        text = self._text
        start = folded.find(text)
        while start >= 0:
            end = start + len(text)
            if (self._opens_freely or folded[start - 1 : start] not in _WORD_CHARACTERS) and (
                self._ends_freely or folded[end : end + 1] not in _WORD_CHARACTERS
            ):
                return start, end
            start = folded.find(text, start + 1)
        return None


def _compile(text: str) -> re.Pattern[str]:
    pattern, glue = "", ""
    for word in text.split():
        if word == "*":
            glue = rf".{{0,{GAP}}}?"
            continue
        pattern += glue + (re.escape(word[:-1]) + r"\w{0,20}" if word.endswith("*") else re.escape(word))
        glue = " "
    opening = "(?<![a-z0-9])" if text[0] in _WORD_CHARACTERS else ""
    closing = "(?![a-z0-9])" if text[-1] in _WORD_CHARACTERS or text[-1] == "*" else ""
    return re.compile(opening + pattern + closing)


@frozen
class Hit(Generic[T]):
    """One phrase found: whose it is, which it was, and where it stands in the folded text."""

    owner: T
    phrase: Phrase
    start: int
    end: int


class PhraseIndex(Generic[T]):
    """
    Phrases of many owners, looked for together.

    Args:
        entries: Each phrase with its owner.
    """

    __slots__ = ("_by_prefix", "_by_word")

    def __init__(self, entries: Iterable[tuple[Phrase, T]]) -> None:
        rows = [(phrase, phrase.words, owner) for phrase, owner in entries]
        counts = Counter(chain.from_iterable(words for _, words, _owner in rows))
        # The rarest word; the longest of those, then the alphabet, so that nothing hangs on set order.
        ranks = {word: rank for rank, word in enumerate(sorted(counts, key=lambda word: (counts[word], -len(word), word)))}
        # Each entry with its other words: most candidates fall by them, before any text is searched.
        self._by_word: dict[str, list[tuple[frozenset[str], Phrase, T]]] = {}
        self._by_prefix: dict[str, list[tuple[frozenset[str], Phrase, T]]] = {}
        for phrase, words, owner in rows:
            if words:
                key = min(words, key=ranks.__getitem__)
                self._by_word.setdefault(key, []).append((frozenset(words - {key}), phrase, owner))
            else:
                self._by_prefix.setdefault(phrase.prefix, []).append((frozenset(), phrase, owner))

    def find(self, folded: Folded) -> list[Hit[T]]:
        """Find every phrase that stands in a text."""
        words, text, said = folded.words, folded.text, folded.said
        candidates = [self._by_word[word] for word in words & self._by_word.keys()]
        if self._by_prefix:
            candidates += [self._by_prefix[start] for start in {word[:PREFIX] for word in words} & self._by_prefix.keys()]
        whole = said is text
        return [
            Hit(owner, phrase, *span)
            for entries in candidates
            for others, phrase, owner in entries
            if others <= words and (span := phrase.find(text if whole or phrase.names else said))
        ]
