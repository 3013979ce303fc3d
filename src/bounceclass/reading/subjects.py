"""
Subjects that tell a report's kind, in the languages they are written in.

A subject proves the kind, hardly ever the reason; and never alone: anybody can write one.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from bounceclass.languages import index_of, words_of
from bounceclass.model.vocabulary import Kind
from bounceclass.regex import regex
from bounceclass.text.folding import fold
from bounceclass.text.phrases import Folded

__all__ = ["claims_failure", "is_answer", "is_forward", "is_sure_reply", "kind_of_subject"]

# In the order that they are asked in: what says two things ("Delivery delayed: undeliverable so far") is the first of them.
_KINDS: Final = (Kind.DELAY, Kind.SUCCESS, Kind.DISPOSITION, Kind.AUTO_REPLY, Kind.CHALLENGE, Kind.FAILURE)
_LIST_TAG: Final = regex(r"^\s*\[[^\]]{1,80}\]\s*")
# What stands anywhere in these kinds' subjects; of the others the subject must begin so.
_ANYWHERE: Final = (Kind.CHALLENGE, Kind.DELAY, Kind.FAILURE)
# Notices of programs that report no delivery: of a postmaster's own server, of a scheduler.
_NO_REPORT: Final = ("postfix smtp server: errors from", "postfix smtp client: errors from", "cron <", "logwatch")
# "RE: Newsletter : non remis" is a notice (French gateways put the word last), "RE: Non remis" an answer to one.
_WORD_LAST: Final = regex(r" [:：] ([^:：]{4,100})$")
_MAX: Final = 300
_ORNAMENTS: Final = "【[(「<* "


@cache
def _opening(*keys: str) -> re.Pattern[str]:
    """Give the pattern of what people's programs put before the subject of mail that they answer, or forward."""
    words = "|".join(re.escape(word) for key in keys for word in words_of("subjects", key))
    return re.compile(rf"(?i)^\s*(?:\[[^\]]{{1,80}}\]\s*)?(?:{words})\s{{0,2}}(?:\[\d+\])?[:：]")


def is_answer(subject: str) -> bool:
    """Tell a person's answer to (or forward of) some other mail by its "Re:", in any language."""
    if not _opening("answer", "forward").match(subject):
        return False
    last = _WORD_LAST.search(subject[:_MAX])
    return not (last and kind_of_subject(last.group(1)) == (Kind.FAILURE, True))


def is_sure_reply(subject: str) -> bool:
    """Tell a subject that no person writes: "Automatic reply: …", not "Vacation photos"."""
    folded = fold(subject[:_MAX])
    return any(word in folded for word in words_of("subjects", "surely_automatic"))


def is_forward(subject: str) -> bool:
    """Tell a person's forward of some other mail by its "Fwd:", in any language."""
    return _opening("forward").match(subject) is not None


def kind_of_subject(subject: str) -> tuple[Kind | None, bool]:
    """
    Give the kind that a subject names, and whether it opens with the words that name it.

    Args:
        subject: Decoded and unfolded, with or without a list's tag in front.
    """
    subject = subject[:_MAX].replace("_", " ")
    found = _kind(fold(subject).lstrip(_ORNAMENTS))
    untagged = _LIST_TAG.sub("", subject)
    return found if found[0] or untagged == subject else _kind(fold(untagged).lstrip(_ORNAMENTS))


def _kind(folded: str) -> tuple[Kind | None, bool]:
    if not folded:
        return None, False
    if folded.startswith(_NO_REPORT):
        return Kind.OTHER, True
    for kind in _KINDS:
        if folded.startswith(words_of("subjects", kind)):
            return kind, True
    for kind in _ANYWHERE:
        if any(phrase in folded for phrase in words_of("subjects", kind)):
            return kind, False
    return None, False


def claims_failure(subject: str) -> bool:
    """Tell whether a subject speaks of mail that did not arrive, as fake notices do too; far more loosely than `kind_of_subject()`."""
    return bool(index_of("subjects", "claims").find(Folded(subject[:_MAX])))
