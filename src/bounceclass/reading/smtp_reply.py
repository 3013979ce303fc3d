"""
What an SMTP answer holds: reply code, enhanced status code, the command it answers, the host.

Spec:
    RFC 5321 §4.2 (replies), RFC 2034 §4 and RFC 3463 §2 (enhanced codes).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bounceclass.cached import cached
from bounceclass.regex import regex
from bounceclass.text.folding import LONGEST_ANSWER
from bounceclass.text.patterns import REPLY_CODE, STATUS_CODE

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["SmtpReply", "clean_status", "command_in", "is_empty_answer", "without_label"]

# All patterns but that of the status read lower-case text: without IGNORECASE they run five times as fast.

# Reply-code = %x32-35 %x30-35 %x30-39 (RFC 5321 §4.2), and the 57x that some servers invented; only 4yz and 5yz answers end in a report,
# 2yz ones in success reports.  What stands before it: the start, a colon, "said:", "<<<", a bracket.
_OPENING_REPLY: Final = regex(r"[^\w]{0,8}(?:smtp;?[: ]{0,3})?([245][0-5]\d)(?=[ -]\S|[:;,.]\D|(?<=[45]\d\d)$)")
# Codes are found first, and what stands before each is looked at then: the other way round costs five times as much.
_REPLY: Final = regex(r"[245][0-57]\d(?=[ -]|$|[:;)\"'])")
_BEFORE_REPLY: Final = regex(r"(?:[:;>(=|\"'\]]|\b(?:said|returned|response|responded|with|was|code|error|smtp))[\s:]{0,4}$")
_LONGEST_BEFORE_REPLY: Final = 16
_REPLY_AND_STATUS: Final = regex(rf"(?<![\d.])([245][0-57]\d)[ -]#?{STATUS_CODE}(?![\d.])")
# status-code = class "." subject "." detail (RFC 3463 §2); not a piece of an IP address or version.
_STATUS_AFTER_REPLY: Final = regex(rf"\b{REPLY_CODE}[ -]#?({STATUS_CODE})(?![\d.]\d)")
_STATUS: Final = regex(rf"(?<![\d.a-zA-Z-])#?({STATUS_CODE})(?![\d-]|\.\d)")
# (in reply to RCPT TO command)     SMTP error from remote mail server after end of data:     >>> RCPT To:<a@example.jp>
# Words of ordinary sentences count only as commands are written: "do not reply to mail from here" answers none.
_COMMAND: Final = regex(
    r"\b(helo|ehlo|lhlo|starttls|auth(?= (?:command|plain|login|cram|xoauth))|mail(?=\s{1,3}from\s{0,2}(?:[:<]|command)| command)|rcpt|data|message|"
    r"(?<=initial )connection)\b"
)
_ANSWERED: Final = regex(
    r"(?:\(in reply to|response to|after|after sending|>>>|during|while sending|reply to|upon|command:|command)\s{0,4}"
    r"(?:the )?(?:initial |end of |final |pipelined )?\"?$"
)
_CLOSING_REPLY: Final = "(in reply to "
# What servers say instead of a command: Postfix, qmail (also as its log writes blanks).
_STAGES: Final = (
    ("refused to talk to me:", "CONNECT"), ("but greeting failed", "CONNECT"), ("error from remote server in greeting", "CONNECT"),
    ("but my name was rejected", "HELO"), ("but sender was rejected", "MAIL"),
)  # fmt: skip
_IN_REPLY: Final = regex(r"\(in reply\s{1,8}to\s{1,8}(?:end\s{1,8}of\s{1,8})?([A-Za-z]{4,10})\b")
_BEFORE_COMMAND: Final = 60
_COMMANDS: Final = {"message": "DATA", "connection": "CONNECT", "lhlo": "EHLO"}
# host mx.example.jp[192.0.2.1] said: …
_HOST: Final = regex(
    r"\b(?:host|talking to|connect to|connected to|connecting to|server|mta|recipient domain \S{1,255} by)\s{1,3}\(?"
    r"([a-z0-9][a-z0-9_-]{0,62}(?:\.[a-z0-9_-]{1,63}){1,8})\.?(?=[\[ ):,;]|$)"
)
# 5.1.0 - Unknown address error 550-'     also in a comment, in other quotes, in none behind the labels that are known, without a code
_LABEL: Final = regex(
    rf"(?i)(?<![\d.])({STATUS_CODE}) (?:- |\()"
    r"(?:[a-z]{3}[a-z /-]{0,60}?(?:\([a-z ]{1,30}\))? (?:([245]\d\d)[- ])?['\"`‘“]|(?:unknown address error|other mail system problem) "
    r"([245]\d\d)[- ](?=[^'\"`‘“\s]))"
)
_CLOSING: Final = {"'": "'", '"': '"', "`": "'", "‘": "’", "“": "”"}
_MAX_NOTICE: Final = 16_000
# Microsoft's "554 5.0.0 Service unavailable" stands for any answer at all.
_EMPTY_WORDS: Final = "service unavailable"


class SmtpReply:
    """
    What stands in a server's words; None or empty where it does not.

    Args:
        diagnostic: The words; at most 4,000 characters are looked at.
    """

    def __init__(self, diagnostic: str) -> None:
        self._text = diagnostic[:LONGEST_ANSWER]
        self._lower = self._text.lower()

    @cached
    def reply_code(self) -> int | None:
        """The reply code."""
        lower = self._lower
        if match := _OPENING_REPLY.match(lower):
            return int(match.group(1))
        for found in _REPLY.finditer(lower):
            start = found.start()
            if _BEFORE_REPLY.search(lower, max(0, start - _LONGEST_BEFORE_REPLY), start):
                return int(found.group())
        match = _REPLY_AND_STATUS.search(lower)
        return int(match.group(1)) if match else None

    @cached
    def status(self) -> str:
        """The enhanced status code."""
        match = _STATUS_AFTER_REPLY.search(self._text) or _STATUS.search(self._text)
        return match.group(1) if match else ""

    @cached
    def command(self) -> str:
        """The command that is answered, in upper case: of several the last, since those before it were taken."""
        lower = self._lower
        closing = lower.rfind(_CLOSING_REPLY)  # Postfix's own, behind whatever the other server said
        found = [*_commands(lower[closing:] if closing >= 0 else lower)]
        return found[-1] if found else next((command for words, command in _STAGES if words in lower.replace("_", " ")), "")

    @cached
    def host(self) -> str:
        """The host that answers."""
        match = _HOST.search(self._lower)
        return match.group(1) if match else ""


def _commands(lower: str) -> Iterator[str]:
    """Give the commands that a text says were answered, in its order."""
    for match in _COMMAND.finditer(lower):
        start = match.start()
        if _ANSWERED.search(lower, max(0, start - _BEFORE_COMMAND), start):
            word = match.group()
            yield _COMMANDS.get(word, word.upper())


def command_in(text: str) -> str:
    """
    Give the one command that a notice says was answered so; "" where it names none, or several.

    Postfix: "(in reply to RCPT TO command)".
    """
    named = {_COMMANDS.get(word.lower(), word.upper()) for word in _IN_REPLY.findall(text[:_MAX_NOTICE])}
    return named.pop() if len(named) == 1 else ""


def without_label(words: str) -> tuple[str, str]:
    """
    Take a gateway's label from around the answer that it quotes: what the other server said counts, and not the drawer it was put into.

    Cisco: "5.1.0 - Unknown address error 550-'5.7.606 Access denied, banned sending IP [192.0.2.1]' (delivery attempts: 0)",
    which stands before every refusal of a recipient, whatever it is for.

    Returns:
        The answer, and the label's status; the words as they are and "" where they bear no label.
    """
    label = _LABEL.search(words) if " - " in words or " (" in words else None
    if not label:
        return words, ""
    code = label.group(2) or label.group(3) or ""
    quote = words[label.end() - 1]
    end = words.rfind(_CLOSING.get(quote, " (delivery attempts:"))
    said = words[label.end() : end if end >= label.end() else None]
    return f"{code} {said.partition(' (delivery attempts:')[0]}".strip(), label.group(1)


def clean_status(value: str) -> str:
    """Give the enhanced code in the value of a Status field, which may carry a comment; "" where there is none."""
    match = _STATUS.search(value)
    return match.group(1) if match else ""


def is_empty_answer(words: str) -> bool:
    """Tell an answer that servers give for whatever was wrong, so that it says nothing."""
    return _EMPTY_WORDS in words.lower()
