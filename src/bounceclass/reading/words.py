"""
Whether a text says that a mail did not arrive, or not yet, in any of the languages that notices are written in.

They open the door to an address that stands near them, and tell delays from failures; what was
wrong is for the rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bounceclass.languages import index_of

if TYPE_CHECKING:
    from bounceclass.text.phrases import Folded

__all__ = ["says_delayed", "says_delivered", "says_failed", "says_not_arrived"]


def _says(key: str, folded: Folded) -> bool:
    return bool(index_of("words", key).find(folded))


def says_not_arrived(folded: Folded) -> bool:
    """Tell whether a text says that something failed, or has not arrived yet."""
    return says_failed(folded) or says_delayed(folded)


def says_failed(folded: Folded) -> bool:
    """Tell whether a folded text says that a mail did not arrive."""
    return _says("failed", folded)


def says_delayed(folded: Folded) -> bool:
    """Tell whether a folded text says that the server goes on trying."""
    return _says("delayed", folded) and not _says("given_up", folded)


def says_delivered(folded: Folded) -> bool:
    """Tell whether a folded text says that a mail did arrive."""
    return _says("delivered", folded)
