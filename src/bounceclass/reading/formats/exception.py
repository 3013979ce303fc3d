"""
What a mail library raises when a server refuses a message, or cannot be reached: smtplib's and aiosmtplib's, told by their names.

Neither is imported: aiosmtplib may not be there, and who holds an exception has imported what raised it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from attrs import evolve, frozen

from bounceclass.model.vocabulary import Kind
from bounceclass.reading.draft import Draft, DraftDelivery
from bounceclass.text.folding import on_one_line

__all__ = ["NAME", "Refusal", "read_error"]

NAME: Final = "smtplib"
# What was answered so, by the class of the exception.
_COMMANDS: Final = {
    "SMTPRecipientsRefused": "RCPT",
    "SMTPRecipientRefused": "RCPT",
    "SMTPSenderRefused": "MAIL",
    "SMTPDataError": "DATA",
    "SMTPAuthenticationError": "AUTH",
    "SMTPHeloError": "EHLO",
    "SMTPConnectError": "CONNECT",
}
# Whose words are the library's own, on what a server cannot do; those of a failed connection may name a host that is not the recipient's.
_SPEAKING: Final = frozenset({"SMTPException", "SMTPNotSupportedError", "SMTPNotSupported"})
_ALL_REFUSED: Final = "SMTPRecipientsRefused"
_CODES: Final = range(200, 600)
_LONGEST: Final = 1_000


@frozen
class Refusal:
    """
    What an exception tells.

    Attributes:
        draft: Of whom.
        answered: Whether a server's answer says so; else a connection failed, of which no recipient is to blame.
        words: What the exception says; of one without an answer they are no evidence, since a host that is not found is the sender's own server.
    """

    draft: Draft
    answered: bool
    words: str


def read_error(error: object, recipients: tuple[str, ...]) -> Refusal | None:
    """
    Read an exception, or what `smtplib.SMTP.sendmail()` returns of those it could not send to.

    Args:
        error: The exception; or a mapping of addresses to code and words.
        recipients: Whom the message was for, of an exception that names nobody; empty where nobody says.

    Returns:
        What it tells; None of what is no such exception.
    """
    names = [kind.__name__ for kind in type(error).__mro__]
    refused = getattr(error, "recipients", None) if names[0] == _ALL_REFUSED else error
    if isinstance(refused, Mapping):  # of sendmail(), or of smtplib's exception
        return _refused([(str(address), answer) for address, answer in refused.items()])
    if refused is not error and isinstance(refused, (list, tuple)):  # of aiosmtplib's
        return _refused([(str(getattr(one, "recipient", "")), (getattr(one, "code", 0), getattr(one, "message", ""))) for one in refused])
    return _failed(error, names, recipients) if isinstance(error, OSError) or "SMTPException" in names else None


def _failed(error: object, names: list[str], recipients: tuple[str, ...]) -> Refusal:
    """Read an exception of one answer, or of none; its class is the first of the names."""
    code = getattr(error, "smtp_code", getattr(error, "code", None))
    message = getattr(error, "smtp_error", getattr(error, "message", ""))
    told = _delivery("", (code, message), next((_COMMANDS[name] for name in names if name in _COMMANDS), ""), _label(names))
    addresses = (str(getattr(error, "recipient", "")),) if names[0] == "SMTPRecipientRefused" else recipients or ("",)
    answered = bool(told.diagnostic)
    words = told.diagnostic or on_one_line(str(error))[:_LONGEST]
    if names[0] in _SPEAKING:
        told = evolve(told, diagnostic=words)
    deliveries = tuple(evolve(told, recipient=address) for address in addresses)
    return Refusal(Draft(kind=Kind.FAILURE, deliveries=deliveries, dialect=NAME), answered, words)


def _label(names: list[str]) -> str:
    """Name the class that says most: "gaierror" before "OSError"."""
    from bounceclass.labels import reason_of_label  # noqa: PLC0415 - of exceptions alone

    return next((name for name in names if reason_of_label(NAME, name)), names[0])


def _refused(rows: list[tuple[str, Any]]) -> Refusal:
    deliveries = tuple(_delivery(address, answer, "RCPT", _ALL_REFUSED) for address, answer in rows)
    return Refusal(Draft(kind=Kind.FAILURE, deliveries=deliveries, dialect=NAME), answered=True, words="")


def _delivery(address: str, answer: Any, command: str, label: str) -> DraftDelivery:  # noqa: ANN401 - whatever stands there
    code, message = answer if isinstance(answer, (tuple, list)) and len(answer) == 2 else (None, "")  # noqa: PLR2004 - code and words
    words = message.decode("utf-8", "replace") if isinstance(message, bytes) else str(message)
    said = on_one_line(f"{code} {words}")[:_LONGEST] if isinstance(code, int) and code in _CODES else ""
    return DraftDelivery(recipient=address, diagnostic=said, command=command if said else "", label=label)
