"""What is known of a delivery, prepared once for all who judge it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from bounceclass.text.answers import Answer
from bounceclass.text.folding import LONGEST_ANSWER

if TYPE_CHECKING:
    from bounceclass.model.report import Delivery

__all__ = ["Circumstance"]


@frozen
class Circumstance:
    """
    What sources of evidence are asked about: one delivery, prepared once.

    Attributes:
        delivery: The delivery.
        folded: The diagnostic, at most 4,000 characters of it.
        status: The enhanced code, "" where there is none.
        reply: The reply code as text, "" where there is none.
        remote: The host that answered, in lower case.
        dialect: Who decoded the notice.
        command: The command that was answered.
    """

    delivery: Delivery
    folded: Answer
    status: str
    reply: str
    remote: str
    dialect: str
    command: str

    @classmethod
    def of(cls, delivery: Delivery, dialect: str | None) -> Circumstance:
        """Prepare a delivery."""
        return cls(
            delivery,
            Answer(delivery.diagnostic[:LONGEST_ANSWER]),
            delivery.status or "",
            str(delivery.reply_code or ""),
            (delivery.remote_mta or "").lower(),
            dialect or "",
            delivery.command or "",
        )
