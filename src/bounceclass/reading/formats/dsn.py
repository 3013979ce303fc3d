"""
Delivery status notifications, and bodies that hold their fields in any other wrapping.

Spec:
    RFC 3464 (DSN), RFC 6533 (internationalised DSN), RFC 3461 §4.2 (ORCPT).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from bounceclass.mail.addresses import bare, first_address
from bounceclass.mail.headers import decode_words
from bounceclass.model.vocabulary import DeliveryAction, Kind
from bounceclass.reading.draft import Draft, DraftDelivery, join_drafts
from bounceclass.reading.fields import Group, first, read_groups, untyped
from bounceclass.reading.smtp_reply import clean_status, command_in, is_empty_answer
from bounceclass.regex import regex
from bounceclass.text.folding import on_one_line
from bounceclass.text.patterns import REPLY_CODE, STATUS_CODE

if TYPE_CHECKING:
    import re

    from bounceclass.reading.context import ParseContext
    from bounceclass.reading.traits import HeaderTraits


__all__ = ["read", "read_status"]

_RECIPIENT_FIELDS: Final = frozenset({"final-recipient", "original-recipient"})
_PER_RECIPIENT: Final = frozenset({"action", "status", "diagnostic-code", "remote-mta", "last-attempt-date", "will-retry-until", "final-log-id"})
# utf-8-addr-xtext: "\x{" HEXPOINT "}" (RFC 6533 §3).
_XTEXT: Final = regex(r"\\x\{([0-9A-Fa-f]{2,6})\}")
# An X- field is taken for the remote answer if it looks like one.
_ANSWER: Final = regex(rf"(?:^|[:;>\s(]){REPLY_CODE}[ -]|(?<![\d.]){STATUS_CODE}(?![\d.])")
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


# A diagnostic shorter than this ("550 5.1.1", "smtp; 250") leaves the why to the notice's words.
_TERSE: Final = 40
_TELLING: Final = regex(r"(?<![^\W\d_])[^\W\d_]{3,40}(?:['’][^\W\d_]{0,20})?[ -][^\W\d_]{4}")


def read(context: ParseContext) -> Draft | None:
    """Read the fields of a delivery status: they say who and what; the words complete them where they are terse."""
    parts = context.parts
    if not parts.status_texts or _only_quotes(parts.traits):
        return None
    (message, _), *_ = statuses = [read_status(text, context.limit) for text in parts.status_texts]
    drafts = [draft for _, found in statuses for draft in found]
    if not drafts:
        return None
    basis = "the fields of a delivery status"
    if any(_says_too_little(draft) for draft in drafts):
        words, dialect = context.words
        drafts = context.with_words(join_drafts(drafts, words))
        basis += f", completed by the words ({dialect})" if words else ""
    if len(drafts) == 1 and not drafts[0].command and (command := command_in(parts.whole_text)):
        drafts = [evolve(drafts[0], command=command)]
    return Draft(
        kind=_kind({draft.action for draft in drafts}) or parts.kind_in_words,
        deliveries=tuple(drafts),
        dialect="rfc3464",
        basis=basis,
        reporting_mta=untyped(first(message, "reporting-mta", "received-from-mta")),
        arrival_date=first(message, "arrival-date"),
        in_fields=True,
    )


def _only_quotes(traits: HeaderTraits) -> bool:
    """Tell a person's answer or an automatic one, which quotes or attaches a report."""
    if traits.answer and not (traits.forward or traits.daemon or (traits.null_path and traits.report_type)):
        return True
    return traits.human and not traits.report_type and (traits.vacation or traits.auto_submitted.startswith("auto-replied"))


def _says_too_little(draft: DraftDelivery) -> bool:
    words = draft.diagnostic
    telling = _TELLING.search(words) and not is_empty_answer(words)
    return "@" not in draft.recipient or (len(words) < _TERSE and not telling)


def _kind(actions: set[DeliveryAction | None]) -> Kind | None:
    """Give the kind that the actions make together; None where one is missing and the others do not decide."""
    kinds = {action.kind for action in actions if action}
    for kind in (Kind.FAILURE, Kind.DELAY):
        if kind in kinds:
            return kind
    return None if None in actions else Kind.SUCCESS


def read_status(text: str, limit: int) -> tuple[Group, tuple[DraftDelivery, ...]]:
    """
    Read per-message and per-recipient fields.

    Args:
        text: The decoded part, or any text that holds such fields.
        limit: How many recipients at most.

    Returns:
        The fields of the message, and what the others say of each recipient in order.
    """
    message, recipients = _sort(read_groups(text))
    return message, tuple(draft for group in recipients[:limit] if (draft := _delivery(group)))


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


def _delivery(group: Group) -> DraftDelivery | None:
    final = _address(first(group, "final-recipient"))
    original = _address(first(group, "original-recipient"))
    recipient = final if "@" in final or not original else original
    if not recipient:
        return None
    alias = original if original.lower() != recipient.lower() else _address(first(group, "x-original-recipient"))
    if not alias and recipient is original:
        alias = final
    status = clean_status(first(group, "status"))
    return DraftDelivery(
        recipient=recipient,
        alias="" if alias.lower() == recipient.lower() else alias,
        action=_action(first(group, "action"), status),
        status=status,
        diagnostic=_diagnostic(group),
        remote_mta=_host(first(group, "remote-mta")),
        last_attempt=first(group, "last-attempt-date"),
        retry_until=first(group, "will-retry-until"),
    )


def _address(value: str) -> str:
    # An encoded word that is itself a local part is what the sender wrote to, and no address of the field's (RFC 2047 §5).
    value = untyped(value if "?=@" in value else decode_words(value))
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
