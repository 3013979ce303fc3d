"""
What a server said, apart from what stands around it.

Names of hosts, addresses and links are no words: a host named "quota.example.org" says nothing of quotas.
Nor does what a log, a table or a report puts around an answer.
"""

from __future__ import annotations

import re
from typing import Final

from bounceclass.cached import cached
from bounceclass.text.phrases import VEIL, Folded

__all__ = ["Answer", "name_kind", "names_in"]

_ENDINGS: Final = frozenset(
    [
        "com",
        "net",
        "org",
        "edu",
        "gov",
        "mil",
        "info",
        "biz",
        "example",
        "invalid",
        "test",
        "local",
        "localdomain",
        "lan",
        "internal",
        "arpa",
        "cloud",
        "online",
        "jp",
        "de",
        "fr",
        "uk",
        "ru",
        "cn",
        "kr",
        "tw",
        "br",
        "pl",
        "nl",
        "se",
        "fi",
        "dk",
        "ch",
        "es",
        "pt",
        "cz",
        "sk",
        "hu",
        "ro",
        "gr",
        "tr",
        "ua",
        "eu",
        "ca",
        "au",
        "nz",
        "mx",
        "ar",
        "cl",
        "hk",
        "sg",
        "vn",
        "th",
        "il",
        "ir",
        "za",
        "ie",
        "ee",
        "lt",
        "lv",
        "bg",
        "rs",
        "hr",
        "si",
        "lu",
        "io",
    ]
)
_COUNTRY: Final = 2
# One name within a token of folded text: a link, an address, an IP address, a host.
_NAME: Final = re.compile(
    r"(?P<url>(?:https?://|www\.)[^\s<>\"'\])|]{3,300}+)"
    r"|(?P<address>(?<![a-z0-9._%+=-])[a-z0-9._%+=/-]{1,128}+@(?:[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){0,9}+|\[[0-9a-f.:]{3,45}\]))"
    r"|(?P<ip>(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])|(?<![\w:.])[0-9a-f]{1,4}:[0-9a-f:]{3,40}(?![\w:]))"
    r"|(?P<host>(?<![\w.-])(?:[a-z0-9_-]{1,63}\.){1,9}+[a-z]{2,11}(?![\w-]))"
)
_MARKS: Final = (".", "@", "::")
# Nov 25 10:00:00 mx postfix/smtp[123]:   to=<a@example.net>,  relay=mx.example.org[203.0.113.3]:25,   (in reply to RCPT TO command)
_FRAMES: Final = re.compile(
    r"^(?:<\d{1,3}>)?(?:[a-z]{3} \d{1,2} |\d{4}-\d\d-\d\d[ t])\d\d:\d\d:\d\d\S{0,20} \S{1,80} (?:[\w./-]{1,40}(?:\[\d{1,8}\])?: )?"
    r"|\b(?:to|from|relay|delays?|dsn|orig_to|ctladdr|mailer|pri|xdelay|msgid|message-id|size|nrcpts?|proto|helo|client|status|queue|id)=[^\s,]{1,300}(?:,|(?=\s|$))"
    r"|\bhost [a-z0-9_.-]{1,255}\[[0-9a-f.:]{3,45}\](?::\d{1,5})? said:"
    r"|\(in reply to [a-z ]{4,40} command\)"
)
_FRAMING: Final = ("=", " said:", "(in reply to", ":")
# From so many columns on a line is one of a table, such as PowerMTA's of what was delivered.
_COLUMNS: Final = 8
_COLUMN: Final = re.compile(r"\"[^\"]{0,4000}+\"|[^,\"]{1,4000}+")
_ANSWERED: Final = re.compile(r"\"?(?:smtp;)? ?(?:[245]\d\d[ -]|[245]\.\d{1,3}\.\d{1,3} ?[a-z(])")


def _veil(match: re.Match[str]) -> str:
    return VEIL * len(match.group())


def name_kind(match: re.Match[str]) -> str:
    """Say what a name is: "url", "address", "ip" or "host"; "" of what only looks like one, as "unknown.please" does."""
    kind = match.lastgroup or ""
    if kind != "host":
        return kind
    rest, _, ending = match.group().rpartition(".")
    return kind if ending in _ENDINGS or ("." in rest and len(ending) == _COUNTRY) else ""


def names_in(token: str) -> bool:
    """Whether a token can hold a name."""
    return any(mark in token for mark in _MARKS)


def _without_names(token: str) -> str:
    return _NAME.sub(lambda match: _veil(match) if name_kind(match) else match.group(), token) if names_in(token) else token


def _without_columns(text: str) -> str:
    """Leave of a line of a table the columns that hold an answer, if any does."""
    columns = _COLUMN.findall(text)
    if len(columns) <= _COLUMNS or not any(map(_ANSWERED.match, columns)):
        return text
    return _COLUMN.sub(lambda match: match.group() if _ANSWERED.match(match.group()) else _veil(match), text)


class Answer(Folded):
    """
    A server's words ready to be searched: of the folded text `said` shows what was said alone, at the same places.

    Args:
        text: The words as they stand.
    """

    @cached
    def said(self) -> str:
        """The folded text, in which names and frames are veiled, character for character."""
        text = self.text
        if text.count(",") >= _COLUMNS:
            text = _without_columns(text)
        if any(mark in text for mark in _FRAMING):
            text = _FRAMES.sub(_veil, text)
        return " ".join(map(_without_names, text.split(" "))) if names_in(text) else text
