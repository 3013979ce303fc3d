"""
Addresses hidden in what is passed on; domains stay.

What becomes of a text follows from what its field holds, as the values say it (`holds` in the metadata of
attrs), and not from how it looks.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from bounceclass.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["ADDRESS", "COMMON_WORDS", "HIDDEN", "WORD", "Holds", "Redaction", "hide_address"]


class Holds(Enum):
    """What a field with a text in it holds."""

    TEXT = auto()
    ADDRESS = auto()
    WORD = auto()


# Metadata of fields: an address, also where it has no domain; a word of ours, which an address
# "challenge@example.jp" must not take.  Without any: a text, in which addresses are hidden where they stand.
ADDRESS: Final = {"holds": Holds.ADDRESS}
WORD: Final = {"holds": Holds.WORD}

HIDDEN: Final = "***"
# A local part and what joins it to its domain: written plainly, quoted, escaped as in a link, as xtext (RFC 3461 §4).
_JOINED: Final = ("@", "%40", "+40", "=40", "_at_")
# What joins an address, where a domain follows.
_AT: Final = regex(r"(?:@|%40|\+40|=40|_at_)(?=\[?[^\s\"'<>()\[\],;@%])")
# What parts words in Japanese and in print; right before the joint it belongs to the address.
_WIDE: Final = "“”「」（）。、：；，"
_MARKS: Final = rf"\s\"<>()\[\],;:@\\={_WIDE}"


def _backwards(excluded: str) -> re.Pattern[str]:
    """Give the pattern of a local part read from its end, so that it is found without trying where it may begin."""
    letter = f"[^{_MARKS}{excluded}]"
    plain = rf"[{_WIDE}]{{0,8}}+(?:{letter}{{0,128}}+={letter}{{1,128}}+|{letter}{{1,128}}+)"
    return re.compile(rf"\A(?:\"(?:[^\"\n]|\"(?=\\)){{1,128}}+\"|{plain})")


_LOCAL: Final = _backwards("")
# Within a link, "/", "?" and "&" part its pieces, and belong to no address.
_LOCAL_IN_LINKS: Final = _backwards("/?&")
_LONGEST: Final = 260
# Where a name may stand alone: its first characters, behind none that it could go on from.
_ALONE: Final = regex(r"(?<![\w.-])(?=(\S{3}))")
_GOES_ON: Final = regex(r"[\w-]")
# Local parts that are words of servers' answers as well: hiding them where they stand alone would hide what was said.
COMMON_WORDS: Final = frozenset(
    {"user", "users", "info", "mail", "email", "postmaster", "mailer-daemon", "mailerdaemon", "abuse", "admin", "root", "test", "box", "data"}
    | {"unknown", "recipient", "address", "mailbox", "account", "help", "home", "news", "shop", "job", "jobs", "web", "dns", "net", "com", "smtp"}
    | {"the", "for", "not", "and", "you", "new", "her", "his", "all", "are", "was", "has", "who", "top", "any", "can", "may", "our", "your", "this"}
)
_SHORTEST: Final = 3
# What may be shown of a text that is an address.
_DOMAIN: Final = regex(r"@[^\s\"'<>(),;@]{1,255}\Z")


class Redaction:
    """
    What is to be hidden, in all texts that belong together.

    The local part of every address; where one of three letters or more also stands alone ("550 taro:
    no such user") it is hidden there too, unless it is a common word.  Addresses in base64, and names of
    persons, are not seen.

    Args:
        texts: All texts, and what their fields hold.
    """

    def __init__(self, texts: Iterable[tuple[str, Holds]]) -> None:
        found = (name for text, holds in texts for name in _named(text, holds))
        self._names = _Names(name for name in found if len(name) >= _SHORTEST and name.lower() not in COMMON_WORDS and name != HIDDEN)

    def hide(self, text: str, holds: Holds) -> str:
        """Give a text as it may be passed on."""
        if holds is Holds.ADDRESS and text:
            return _hide_local_part(text)
        text = hide_address(text)
        return text if holds is Holds.WORD else self._names.hide(text)


def _named(text: str, holds: Holds) -> Iterator[str]:
    """Find the local parts of all addresses in a text; of what is an address all before its domain, however it is written."""
    if holds is Holds.ADDRESS:
        yield text[: text.rfind("@")] if "@" in text else text
    if any(mark in text for mark in _JOINED):
        yield from (text[start:end].strip('"') for start, end in _local_parts(text))


def _hide_local_part(address: str) -> str:
    """Give the domain of an address alone, where it has one."""
    domain = _DOMAIN.search(address)
    return HIDDEN + domain.group() if domain else HIDDEN


class _Names:
    """Local parts, to be hidden wherever they stand alone; looked up by their beginnings, so that thousands cost what one costs."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {_lower(name) for name in names}
        lengths: dict[str, set[int]] = {}
        for name in self._names:
            lengths.setdefault(name[:_SHORTEST], set()).add(len(name))
        self._lengths = {start: sorted(found, reverse=True) for start, found in lengths.items()}

    def hide(self, text: str) -> str:
        """Give a text without them."""
        lower, rest = _lower(text), 0
        out: list[str] = []
        for match in _ALONE.finditer(lower) if self._names else ():
            start = match.start()
            if start >= rest and (end := self._end(lower, start, match.group(1))):
                out += (text[rest:start], HIDDEN)
                rest = end
        return "".join((*out, text[rest:])) if out else text

    def _end(self, lower: str, start: int, beginning: str) -> int:
        for length in self._lengths.get(beginning, ()):
            if lower[start : start + length] in self._names and not _GOES_ON.match(lower, start + length):
                return start + length
        return 0


def _lower(text: str) -> str:
    """Give a text in lower case, character for character."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def _local_parts(text: str) -> Iterator[tuple[int, int]]:
    """Find the local parts of all addresses in a text, as start and end; each character is looked at once."""
    rest = 0
    for joint in _AT.finditer(text):
        end = joint.start()
        word = text[max(0, end - _LONGEST) : end].rsplit(None, 1)
        pattern = _LOCAL_IN_LINKS if word and "://" in word[-1] else _LOCAL
        if match := pattern.match(text[max(rest, end - _LONGEST) : end][::-1]):
            yield end - match.end(), end
        rest = joint.end()


def hide_address(text: str) -> str:
    """Hide the local part of each address in a text, and nothing else."""
    if not any(mark in text for mark in _JOINED):
        return text
    out: list[str] = []
    rest = 0
    for start, end in _local_parts(text):
        out += (text[rest:start], HIDDEN)
        rest = end
    return "".join((*out, text[rest:]))
