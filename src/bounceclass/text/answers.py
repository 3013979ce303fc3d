"""
What a server said, apart from what stands around it.

Names of hosts, addresses and links are no words: a host named "quota.example.org" says nothing of quotas.
Nor does what a log, a table or a report puts around an answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bounceclass.cached import cached
from bounceclass.regex import regex
from bounceclass.text.patterns import IP, LONGEST_URL, SOUGHT, URL
from bounceclass.text.phrases import VEIL, Folded

if TYPE_CHECKING:
    import re

__all__ = ["Answer"]

# What the name of a host ends with, beside two letters for a country behind two dots and more: one dot alone also parts
# sentences whose blank was left out, "user unknown.no", so that of countries only those stand here that are no word.
_ENDINGS: Final = frozenset({
    "com", "net", "org", "edu", "gov", "mil", "info", "biz", "example", "invalid", "test", "local", "localdomain", "lan", "internal", "arpa", "cloud",
    "online", "jp", "de", "fr", "uk", "ru", "cn", "kr", "tw", "br", "pl", "nl", "se", "fi", "dk", "ch", "es", "pt", "cz", "sk", "hu", "ro", "gr", "tr",
    "ua", "eu", "ca", "au", "nz", "mx", "ar", "cl", "hk", "sg", "vn", "th", "il", "ir", "za", "ie", "ee", "lt", "lv", "bg", "rs", "hr", "si", "lu", "io",
})  # fmt: skip
_COUNTRY: Final = 2
# A name within a token of folded text: what it can be follows from the marks in it.
_LINK: Final = regex(rf"{URL}|www\.[^\s<>\"'\])|]{{3,{LONGEST_URL}}}+")
_ADDRESS: Final = regex(SOUGHT)
_IP: Final = regex(IP)
_HOST: Final = regex(r"(?<![\w.-])(?:[a-z0-9_-]{1,63}\.){1,9}+[a-z]{2,11}(?![\w-])")
_LETTER: Final = regex(r"[a-z]")
# Nov 25 10:00:00 mx postfix/smtp[123]:
_LOG: Final = regex(r"(?:<\d{1,3}>)?(?:[a-z]{3} \d{1,2} |\d{4}-\d\d-\d\d[ t])\d\d:\d\d:\d\d\S{0,20} \S{1,80} (?:[\w./-]{1,40}(?:\[\d{1,8}\])?: )?")
# to=<a@example.net>,  relay=mx.example.org[203.0.113.3]:25,
_FIELD: Final = regex(
    r"\b(?:to|from|relay|delays?|dsn|orig_to|ctladdr|mailer|pri|xdelay|msgid|message-id|size|nrcpts?|proto|helo|client|status|queue|id)=[^\s,]{1,300}(?:,|(?=\s|$))"
)
_SAID: Final = regex(r"\bhost [a-z0-9_.-]{1,255}\[[0-9a-f.:]{3,45}\](?::\d{1,5})? (?:said:|refused)")
_IN_REPLY: Final = regex(r"\(in reply to [a-z ]{4,40} command\)")
# What stands around an answer, each by what tells that it is there.
_FRAMES: Final = (("relay=", _FIELD), ("dsn=", _FIELD), ("] said:", _SAID), ("] refused", _SAID), ("(in reply to", _IN_REPLY))
# From so many columns on a line is one of a table, such as PowerMTA's of what was delivered.
_COLUMNS: Final = 8
_COLUMN: Final = regex(r"\"[^\"]{0,4000}+\"|[^,\"]{1,4000}+")
_ANSWERED: Final = regex(r"\"?(?:smtp;)? ?(?:[245]\d\d[ -]|[245]\.\d{1,3}\.\d{1,3} ?[a-z(])")


def _veil(match: re.Match[str]) -> str:
    return VEIL * len(match.group())


def _veil_host(match: re.Match[str]) -> str:
    """Veil a host, and leave what only looks like one, as "unknown.please" does."""
    rest, _, ending = match.group().rpartition(".")
    return _veil(match) if ending in _ENDINGS or ("." in rest and len(ending) == _COUNTRY) else match.group()


def _without_names(token: str) -> str:
    """Veil the names in a token that has a mark of one."""
    if "://" in token or "www." in token:
        token = _LINK.sub(_veil, token)
    if "@" in token:
        token = _ADDRESS.sub(_veil, token)
    if "." in token[1:-1] or "::" in token:
        token = _HOST.sub(_veil_host, _IP.sub(_veil, token)) if _LETTER.search(token) else _IP.sub(_veil, token)
    return token


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
    def unframed(self) -> str:
        """The folded text, in which what stands around the answer is veiled, character for character."""
        text = self.text
        if text.count(",") >= _COLUMNS:
            text = _without_columns(text)
        if match := _LOG.match(text):
            text = _veil(match) + text[match.end() :]
        for mark, frame in _FRAMES:
            if mark in text:
                text = frame.sub(_veil, text)
        return text

    @cached
    def said(self) -> str:
        """The same, in which names are veiled too: what was said."""
        text = self.unframed
        if "." not in text and "@" not in text and "::" not in text:
            return text
        return " ".join([_without_names(token) if "." in token or "@" in token or "::" in token else token for token in text.split(" ")])
