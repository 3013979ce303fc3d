"""Bare SMTP answers, and lines of servers' logs that hold one: words without a mail."""

from __future__ import annotations

from typing import Final

from bounceclass.model.vocabulary import Kind
from bounceclass.reading.draft import Draft, DraftDelivery
from bounceclass.reading.smtp_reply import SmtpReply
from bounceclass.regex import regex
from bounceclass.text.folding import on_one_line

__all__ = ["read_reply"]

# The answers of a server that takes a message (RFC 5321 §4.2.3); services number other things from 200 as well.
_ACCEPTED: Final = frozenset({250, 251, 252})
_ESCAPED_BLANK: Final = regex(r"\\(?:r\\n|[rnt])|\\0(?:15|12|11)")
# qmail's log writes blanks as underscores: "Remote_host_said:_550_...".
_QMAIL_LOG: Final = "_said:_"
_PERCENT: Final = regex(r"%(?:20|0[DdAa])")


def read_reply(words: str, *, remote_mta: str = "", command: str = "", dialect: str | None = None) -> Draft:
    """
    Draft what an answer says of a recipient who is not named.

    Args:
        words: With one line or several, escaped as logs escape them.
        remote_mta: The host that said so, where it is known.
        command: The command that was answered, where it is known.
        dialect: Who decoded the notice that the words stood in; None for an answer by itself.
    """
    words = words.replace("_", " ") if _QMAIL_LOG in words else words
    words = on_one_line(_ESCAPED_BLANK.sub(" ", _unquoted(words)))
    delivery = DraftDelivery(recipient="", diagnostic=words, remote_mta=remote_mta, command=command)
    return Draft(kind=Kind.SUCCESS if _accepts(SmtpReply(words)) else Kind.FAILURE, deliveries=(delivery,), dialect=dialect, basis="a server's answer")


def _accepts(reply: SmtpReply) -> bool:
    return reply.reply_code in _ACCEPTED or (reply.reply_code is None and reply.status.startswith("2"))


def _unquoted(reply: str) -> str:
    """Undo the percent-encoding that some logs write."""
    if not _PERCENT.search(reply):
        return reply
    from urllib.parse import unquote  # noqa: PLC0415 - hardly any log needs it

    return unquote(reply)
