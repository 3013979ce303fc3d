"""
What an SMTP answer holds: reply code, enhanced status code, the command it answers, the host.

Spec:
    RFC 5321 §4.2 (replies), RFC 2034 §4 and RFC 3463 §2 (enhanced codes).
"""

from __future__ import annotations

import re
from typing import Final

from attrs import frozen

__all__ = ["Answer", "clean_status", "command_in", "dissect"]

# Reply-code = %x32-35 %x30-35 %x30-39 (RFC 5321 §4.2); only 4yz and 5yz answers end in a report,
# 2yz ones in success reports.  What stands before it: the start, a colon, "said:", "<<<", a bracket.
_REPLY: Final = (
    re.compile(r"^[^\w]{0,8}(?:smtp;?[: ]{0,3})?([245][0-5]\d)(?=[ -]\S|[:;,.]\D|(?<=[45]\d\d)$)", re.IGNORECASE),
    re.compile(r"(?:[:;>(=|\"'\]]|\bsaid|\breturned|\bresponse|\bresponded|\bwith|\bwas|\bcode|\berror|\bsmtp)[\s:]{0,4}([245][0-57]\d)(?=[ -]|$|[:;)\"'])", re.IGNORECASE),
    re.compile(r"(?<![\d.])([245][0-57]\d)[ -]#?[245]\.\d{1,3}\.\d{1,3}(?![\d.])"),
    re.compile(r"(?<![\w.#/:-])([45][05]\d) (?=[A-Za-z<])"),
)
# status-code = class "." subject "." detail (RFC 3463 §2); not a piece of an IP address or version.
_STATUS_AFTER_REPLY: Final = re.compile(r"\b[245]\d\d[ -]#?([245]\.\d{1,3}\.\d{1,3})(?![\d.]\d)")
_STATUS: Final = re.compile(r"(?<![\d.a-zA-Z-])#?([245]\.\d{1,3}\.\d{1,3})(?![\d-]|\.\d)")
_COMMAND: Final = re.compile(
    r"(?:\(in reply to|in response to(?: the)?|after(?: sending)?|>>>|during|while sending|reply to|upon|command:)\s{0,4}"
    r"(?:the )?(?:initial |end of |final )?\"?(HELO|EHLO|LHLO|STARTTLS|AUTH|MAIL|RCPT|DATA|message|connection|initial connection|pipelined data)\b",
    re.IGNORECASE,
)
_COMMANDS: Final = {"MESSAGE": "DATA", "PIPELINED DATA": "DATA", "CONNECTION": "CONNECT", "INITIAL CONNECTION": "CONNECT", "LHLO": "EHLO"}
# host mx.example.jp[192.0.2.1] said: …
_HOST: Final = re.compile(
    r"(?:\bhost|while talking to|remote host|connect to|connected to|connecting to|by|from|server|mta)\s{1,3}\(?([A-Za-z0-9][A-Za-z0-9_-]{0,62}(?:\.[A-Za-z0-9_-]{1,63}){1,8})\.?(?=[\[ ):,;]|$)",
    re.IGNORECASE,
)
_MAX: Final = 4_000
_MAX_NOTICE: Final = 16_000


@frozen
class Answer:
    """What stands in a diagnostic; None or empty where it does not."""

    reply_code: int | None
    status: str
    command: str
    host: str


def dissect(diagnostic: str) -> Answer:
    """Take reply code, enhanced code, command and host out of a server's words."""
    text = diagnostic[:_MAX]
    return Answer(_reply_code(text), _status(text), _command(text), _host(text))


def _reply_code(text: str) -> int | None:
    for pattern in _REPLY:
        if match := pattern.search(text):
            return int(match.group(1))
    return None


def _status(text: str) -> str:
    match = _STATUS_AFTER_REPLY.search(text) or _STATUS.search(text)
    return match.group(1) if match else ""


def _command(text: str) -> str:
    match = _COMMAND.search(text)
    if not match:
        return ""
    word = match.group(1).upper()
    return _COMMANDS.get(word, word)


def command_in(text: str) -> str:
    """
    Give the one command that a notice says was answered so; "" where it names none, or several.

    Postfix: "(in reply to RCPT TO command)".
    """
    if "in reply to" not in text:
        return ""
    named = {_COMMANDS.get(word.upper(), word.upper()) for word in _COMMAND.findall(text[:_MAX_NOTICE])}
    return named.pop() if len(named) == 1 else ""


def _host(text: str) -> str:
    match = _HOST.search(text)
    return match.group(1).lower() if match else ""


def clean_status(value: str) -> str:
    """Give the enhanced code in the value of a Status field, which may carry a comment; "" where there is none."""
    match = _STATUS.search(value)
    return match.group(1) if match else ""
