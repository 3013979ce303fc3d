"""Block lists by what they are recognised by: name, what they list, where to look up and to ask for removal."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from attrs import frozen

from bounceclass.tables import read_table
from bounceclass.text.phrases import Phrase, PhraseIndex

if TYPE_CHECKING:
    from bounceclass.text.phrases import Folded

__all__ = ["BlockList", "find_list"]


@frozen(kw_only=True)
class BlockList:
    """
    One list.

    Attributes:
        name: What people call it.
        kind: What it lists: "ip", "domain" or "uri".
        lookup: The page that shows a listing; "{ip}" stands for the address.  Empty where there is none.
        delist: The page to ask for removal; empty where there is none.
    """

    name: str
    kind: str
    lookup: str = ""
    delist: str = ""


@cache
def _index() -> PhraseIndex[tuple[int, BlockList]]:
    rows = read_table("rules/data", "zones")["list"]
    lists = [(row, BlockList(**{key: value for key, value in row.items() if key != "any"})) for row in rows]
    return PhraseIndex((Phrase(text), (number, entry)) for number, (row, entry) in enumerate(lists) for text in row["any"])


def find_list(words: Folded) -> BlockList | None:
    """Give the list that a server's words name: the longest text found decides, then the order of the table."""
    hits = _index().find(words)
    best = min(hits, key=lambda hit: (-hit.phrase.weight, hit.owner[0]), default=None)
    return best.owner[1] if best else None
