"""What a format or a dialect found of one recipient, before it is put together into a `Delivery`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

if TYPE_CHECKING:
    from bounceclass.model.vocabulary import DeliveryAction


__all__ = ["DraftDelivery", "join_drafts"]


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


def _key(address: str) -> str:
    return address.strip("<>").lower()


def join_drafts(fields: list[DraftDelivery], words: list[DraftDelivery]) -> list[DraftDelivery]:
    """
    Let what the notice says in words complete what it says in fields.

    Args:
        fields: From a delivery-status part; they decide who the recipients are.
        words: From the notice's text, of the same recipients.

    Returns:
        One finding for each of `fields`, in their order.
    """
    by_address: dict[str, DraftDelivery] = {}
    for word in words:
        for address in (word.recipient, word.alias):
            if address:
                by_address.setdefault(_key(address), word)
    alone = words[0] if len(fields) == len(words) == 1 else None
    joined = []
    for finding in fields:
        match = by_address.get(_key(finding.recipient), by_address.get(_key(finding.alias), alone))
        joined.append(finding if match is None else _complete(finding, match))
    return joined


def _complete(finding: DraftDelivery, word: DraftDelivery) -> DraftDelivery:
    """Take over what is missing, and the words where they say more."""
    diagnostic = finding.diagnostic
    if word.diagnostic and word.diagnostic not in diagnostic:
        known = diagnostic and diagnostic in word.diagnostic
        diagnostic = word.diagnostic if known or not diagnostic else f"{diagnostic} | {word.diagnostic}"
    return evolve(
        finding,
        diagnostic=diagnostic,
        status=finding.status or word.status,
        remote_mta=finding.remote_mta or word.remote_mta,
        command=finding.command or word.command,
        alias=finding.alias or word.alias,
    )
