"""
The registered codes: what an enhanced status code or a reply code says where no phrase says more.

Spec:
    RFC 3463 §3 and the IANA registry of enhanced status codes; RFC 5321 §4.2.3 (reply codes).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from attrs import frozen

from bounceclass.model.vocabulary import Reason
from bounceclass.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Code", "reply_codes", "status_codes"]


@frozen
class Code:
    """
    One row of the registry.

    Attributes:
        code: "X.1.1", or a reply code as text.
        reason: What it says.
        sure: Whether servers use it for nothing else.
        meaning: The registry's words.
        also: What servers use it for as well.
    """

    code: str
    reason: Reason
    sure: bool
    meaning: str
    also: tuple[Reason, ...]

    @property
    def id(self) -> str:
        """The id that evidence shows."""
        return f"code.{self.code.lower()}"


def _read(kind: str) -> dict[str, Code]:
    rows = read_table("rules/data", "codes")[kind]
    return {
        code: Code(code, Reason(row["reason"]), row["sure"], row["meaning"], tuple(Reason(name) for name in row.get("also", ()))) for code, row in rows.items()
    }


@cache
def status_codes() -> Mapping[str, Code]:
    """Give the enhanced codes by their class-less form."""
    return _read("status")


@cache
def reply_codes() -> Mapping[str, Code]:
    """Give the reply codes by their three digits."""
    return _read("reply")
