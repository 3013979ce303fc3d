"""
Delivery status notifications, and bodies that hold their fields in any other wrapping.

Spec:
    RFC 3464 (DSN), RFC 6533 (internationalised DSN), RFC 3461 §4.2 (ORCPT).
"""

from __future__ import annotations

import re
from typing import Final

from attrs import frozen

from bounceclass.mail.addresses import bare, first_address
from bounceclass.mail.headers import decode_words
from bounceclass.model.vocabulary import DeliveryAction
from bounceclass.reading.draft import DraftDelivery
from bounceclass.reading.formats.fields import Group, first, read_groups
from bounceclass.reading.formats.smtp_reply import clean_status
from bounceclass.text.folding import on_one_line

__all__ = ["StatusPart", "holds_fields", "read_status"]

_RECIPIENT_FIELDS: Final = frozenset({"final-recipient", "original-recipient"})
_PER_RECIPIENT: Final = frozenset({"action", "status", "diagnostic-code", "remote-mta", "last-attempt-date", "will-retry-until", "final-log-id"})
_HOLDS_FIELDS: Final = re.compile(r"^[ \t]{0,4}(?:final|original)-recipient[ \t]*:[ \t]*\S", re.MULTILINE)
# address-type ";" generic-address (RFC 3464 §2.3.1); diagnostic-type ";" *text (§2.3.6).
_TYPED: Final = re.compile(r"^\s*[A-Za-z0-9][A-Za-z0-9_.-]{0,30}\s*;\s*")
# utf-8-addr-xtext: "\x{" HEXPOINT "}" (RFC 6533 §3).
_XTEXT: Final = re.compile(r"\\x\{([0-9A-Fa-f]{2,6})\}")
# An X- field is taken for the remote answer if it looks like one.
_ANSWER: Final = re.compile(r"(?:^|[:;>\s(])[245]\d\d[ -]|(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])")
_ACTIONS: Final = (
    ("fail", DeliveryAction.FAILED),
    ("delay", DeliveryAction.DELAYED),
    ("defer", DeliveryAction.DELAYED),
    ("deliver", DeliveryAction.DELIVERED),
    ("relay", DeliveryAction.RELAYED),
    ("expand", DeliveryAction.EXPANDED),
    ("expire", DeliveryAction.FAILED),
    ("reject", DeliveryAction.FAILED),
    ("block", DeliveryAction.FAILED),
    ("undeliver", DeliveryAction.FAILED),
)
_MAX_CODEPOINT: Final = 0x10FFFF


@frozen
class StatusPart:
    """What a delivery-status part says: of the message, and of each recipient in order."""

    reporting_mta: str
    arrival_date: str
    findings: tuple[DraftDelivery, ...]


def holds_fields(text: str) -> bool:
    """Tell whether a text holds per-recipient fields, whatever its media type says."""
    return _HOLDS_FIELDS.search(text.lower()) is not None


def read_status(text: str, limit: int) -> StatusPart:
    """
    Read per-message and per-recipient fields.

    Args:
        text: The decoded part, or any text that holds such fields.
        limit: How many recipients at most.
    """
    message, recipients = _sort(read_groups(text))
    findings = tuple(finding for group in recipients[:limit] if (finding := _finding(group)))
    return StatusPart(untyped(first(message, "reporting-mta", "received-from-mta")), first(message, "arrival-date"), findings)


def _sort(groups: list[Group]) -> tuple[Group, list[Group]]:
    """Sort fields into those of the message and those of each recipient, with and without empty lines between."""
    message: Group = []
    recipients: list[Group] = []
    told: set[str] = set()  # the fields that the last recipient has
    for group in groups:
        current: Group | None = None
        if any(name in _RECIPIENT_FIELDS for name, _ in group) and group[0][0] in _PER_RECIPIENT:
            current = []  # Action and Status may stand in front of the recipient
            recipients.append(current)
            told = set()
        for name, value in group:
            if name in _RECIPIENT_FIELDS and (current is None or name in told):
                current = []
                recipients.append(current)
                told = set()
            if current is None:
                # An empty line too much: the field still belongs to the recipient before it.
                stray = name in _PER_RECIPIENT and recipients and name not in told
                (recipients[-1] if stray else message).append((name, value))
            else:
                current.append((name, value))
            told.add(name)
    return message, recipients


def untyped(value: str) -> str:
    """Drop the type in front of a typed value: "dns; mx.example.jp" gives the host."""
    return _TYPED.sub("", value, count=1).strip()


def _finding(group: Group) -> DraftDelivery | None:
    final = _address(first(group, "final-recipient"))
    original = _address(first(group, "original-recipient"))
    recipient = final if "@" in final or not original else original
    if not recipient:
        return None
    alias = original if original.lower() != recipient.lower() else _address(first(group, "x-original-recipient"))
    if not alias and recipient is original:
        alias = final
    return DraftDelivery(
        recipient=recipient,
        alias="" if alias.lower() == recipient.lower() else alias,
        action=_action(first(group, "action"), clean_status(first(group, "status"))),
        status=clean_status(first(group, "status")),
        diagnostic=_diagnostic(group),
        remote_mta=_host(first(group, "remote-mta")),
        last_attempt=first(group, "last-attempt-date"),
        retry_until=first(group, "will-retry-until"),
    )


def _address(value: str) -> str:
    value = untyped(decode_words(value))
    if "\\x{" in value:
        value = _XTEXT.sub(_codepoint, value)
    if "@" in value and " " in value:
        return first_address(value) or bare(value)
    return bare(value)


def _codepoint(match: re.Match[str]) -> str:
    code = int(match.group(1), 16)
    return chr(code) if code <= _MAX_CODEPOINT else match.group()


def _host(value: str) -> str:
    words = untyped(value).strip("<>[]() ").split()
    return words[0].rstrip(".;,").lower() if words else ""


def _action(value: str, status: str) -> DeliveryAction | None:
    """Read the action; where it is missing, the class of the status says it (RFC 3463 §2)."""
    word = value.strip().lower()
    for start, action in _ACTIONS:
        if word.startswith(start):
            return action
    return {"2": DeliveryAction.DELIVERED, "4": DeliveryAction.DELAYED, "5": DeliveryAction.FAILED}.get(status[:1])


def _diagnostic(group: Group) -> str:
    """Give the server's words: Diagnostic-Code, a comment beside the status, an X- field that holds an answer."""
    words = untyped(first(group, "diagnostic-code"))
    if not words:
        status = first(group, "status")
        words = status if len(status) > len("5.999.999") else ""
    extra = [untyped(value) for name, value in group if name.startswith("x-") and _ANSWER.search(value)]
    words = " | ".join(dict.fromkeys([words, *extra] if words else extra))
    return on_one_line(decode_words(words))
