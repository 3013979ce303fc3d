"""What a reader answers: the one shape that all of them return, as text, before it is put together into a `Report`."""

from __future__ import annotations

from typing import Any, Final, TypeVar

from attrs import evolve, fields, frozen

from bounceclass.model.vocabulary import DeliveryAction, Kind

__all__ = ["Draft", "DraftDelivery", "check_draft", "complaint", "join_drafts"]

T = TypeVar("T", bound=Any)


@frozen(kw_only=True)
class DraftDelivery:
    """
    One recipient as a report names it; every field as text, empty where nothing is said.

    Attributes:
        recipient: The address that failed, as printed.
        alias: The address that the sender wrote to, as printed.
        action: What was done; None where the report leaves it to the kind of the mail.
        status: An enhanced status code.
        diagnostic: The server's words, on one line.
        remote_mta: The host that said so.
        command: The SMTP command that was answered so.
        last_attempt: A date.
        retry_until: A date.
        label: What a sending service or a log files it under.
    """

    recipient: str
    alias: str = ""
    action: DeliveryAction | None = None
    status: str = ""
    diagnostic: str = ""
    remote_mta: str = ""
    command: str = ""
    last_attempt: str = ""
    retry_until: str = ""
    label: str = ""


@frozen(kw_only=True)
class Draft:
    """
    What a mail reports, as a reader found it.

    Attributes:
        kind: What the mail is, as a whole.
        deliveries: One for each recipient, in message order.
        dialect: Who read it, for `Report.dialect`; None where nothing is reported.
        basis: What the answer rests on, a few English words for `bounceclass trace`.
        reporting_mta: The host that wrote the report, without its type prefix; empty where nobody says.
        arrival_date: When the message reached that host; empty where nobody says.
        in_fields: Fields made for programs say so, and not words alone.
        by_author: Clues that nobody else's mail has show who wrote it.
        within: It was read in the report that the mail carries within.
        secondhand: Nobody vouches for what the mail carries within.
    """

    kind: Kind
    deliveries: tuple[DraftDelivery, ...] = ()
    dialect: str | None = None
    basis: str = ""
    reporting_mta: str = ""
    arrival_date: str = ""
    in_fields: bool = False
    by_author: bool = False
    within: bool = False
    secondhand: bool = False


# What the fields of a draft hold, where that is neither a text nor yes or no.
_HOLDS: Final = {"kind": Kind, "action": DeliveryAction | None, "dialect": str | None, "deliveries": tuple}


def check_draft(answer: object) -> Draft | None:
    """
    Give the answer of a reader of somebody else's, when it is one.

    Raises:
        TypeError: It is no draft, or a field of it holds something else; it says which.
    """
    if answer is None:
        return None
    draft = _checked(answer, Draft)
    for delivery in draft.deliveries:
        _checked(delivery, DraftDelivery)
    return draft


def _checked(value: object, shape: type[T]) -> T:
    if not isinstance(value, shape):
        raise TypeError(f"gives {type(value).__name__}, not {shape.__name__}")
    for a in fields(shape):
        found = getattr(value, a.name)
        if not isinstance(found, _HOLDS.get(a.name, bool if isinstance(a.default, bool) else str)):
            raise TypeError(f"gives a {shape.__name__} whose {a.name} is {found!r}")
    return value


def complaint(recipient: str, feedback_type: str, *, at: str = "") -> DraftDelivery:
    """Give a recipient who complains: the feedback type (RFC 5965 §3.1) is his words."""
    return DraftDelivery(recipient=recipient, diagnostic=f"Feedback-Type: {feedback_type}" if feedback_type else "", last_attempt=at)


def _key(address: str) -> str:
    return address.strip("<>").lower()


def join_drafts(fields: list[DraftDelivery], words: list[DraftDelivery]) -> list[DraftDelivery]:
    """
    Let what the notice says in words complete what it says in fields.

    Args:
        fields: From a delivery-status part; they decide who the recipients are.
        words: From the notice's text, of the same recipients.

    Returns:
        One draft for each of `fields`, in their order.
    """
    by_address: dict[str, DraftDelivery] = {}
    for word in words:
        for address in (word.recipient, word.alias):
            if address:
                by_address.setdefault(_key(address), word)
    alone = words[0] if len(fields) == len(words) == 1 else None
    joined = []
    for draft in fields:
        match = by_address.get(_key(draft.recipient), by_address.get(_key(draft.alias), alone))
        joined.append(draft if match is None else _complete(draft, match))
    return joined


def _complete(draft: DraftDelivery, word: DraftDelivery) -> DraftDelivery:
    """Take over what is missing, and the words where they say more."""
    diagnostic = draft.diagnostic
    if word.diagnostic and word.diagnostic not in diagnostic:
        known = diagnostic and diagnostic in word.diagnostic
        diagnostic = word.diagnostic if known or not diagnostic else f"{diagnostic} | {word.diagnostic}"
    return evolve(
        draft,
        diagnostic=diagnostic,
        status=draft.status or word.status,
        remote_mta=draft.remote_mta or word.remote_mta,
        command=draft.command or word.command,
        alias=draft.alias or word.alias,
    )
