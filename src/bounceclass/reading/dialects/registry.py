"""
The dialects we know, and which of them a notice speaks: found by the words of their clues.

No table is tried that has no clue in the notice, so sixty cost what six cost.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final

from bounceclass.errors import PluginError
from bounceclass.text.phrases import Folded, PhraseIndex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bounceclass.reading.dialects.dialect import Dialect
    from bounceclass.reading.parts import ReportParts
    from bounceclass.text.phrases import Phrase

__all__ = ["Dialects", "builtin_dialects"]


# In order of preference, where a notice has the clues of several; each a module of this room.
_FAMILIES: Final = (
    "amazonses_sns", "aol", "apple_unsubscribe", "coremail", "dadamail", "domino", "dragonfly", "exchange",
    "exchange_ims", "exim", "ezmlm", "ezweb", "gmail", "googlegroups", "gromox", "groupwise",
    "hmailserver", "hotmail_jmrp", "imail", "james", "kddi", "lsmtp", "mailenable", "mailfoundry",
    "mailgun", "mailman", "mailmarshal", "mailru", "mcafee", "mdaemon", "messagelabs", "messagingserver",
    "mfilter", "mimecast", "netscape", "notes", "opensmtpd", "phquery", "postfix", "powermta",
    "qmail", "sendmail", "sina", "spmode", "surfcontrol", "trendmicro", "verizon", "yahoo",
    "zoho",
)  # fmt: skip


class Dialects:
    """
    A set of dialects, ready to be chosen from.

    Args:
        dialects: In order of preference, where a notice has the clues of several.
        check: Compile all patterns at once; ours are compiled when they are needed, and by the tests.

    Raises:
        PluginError: Two of them have the same name, or a pattern is no regular expression.
    """

    def __init__(self, dialects: Iterable[Dialect], *, check: bool = True) -> None:
        self.dialects: tuple[Dialect, ...] = tuple(dialects)
        if check:
            for dialect in self.dialects:
                dialect.check()
        names = [dialect.name for dialect in self.dialects]
        if repeated := {name for name in names if names.count(name) > 1}:
            raise PluginError(min(repeated), "", "name", "two dialects have this name")
        by_place: dict[str, list[tuple[Phrase, tuple[int, int]]]] = {}
        for rank, dialect in enumerate(self.dialects):
            for number, clue in enumerate(dialect.clues):
                by_place.setdefault(clue.where, []).append((clue.phrase, (rank, number)))
        self._indexes = {place: PhraseIndex(rows) for place, rows in by_place.items()}

    @classmethod
    def default(cls) -> Dialects:
        """Give the dialects that bounceclass brings along."""
        return builtin_dialects()

    def extend(self, dialects: Iterable[Dialect]) -> Dialects:
        """
        Give a set with further dialects, which go before the ones that are there.

        Raises:
            PluginError: One cannot be used, or two have the same name.
        """
        new = tuple(dialects)
        for dialect in new:
            dialect.check()
        return Dialects((*new, *self.dialects), check=False)

    def speaking(self, parts: ReportParts) -> list[Dialect]:
        """Give the dialects whose clues the notice has, most clues first."""
        held: dict[int, set[int]] = {}
        for place, index in self._indexes.items():
            if place != "text" and place not in parts.headers:
                continue
            folded = parts.folded if place == "text" else Folded(parts.headers.get(place))
            for hit in index.find(folded):
                rank, number = hit.owner
                held.setdefault(rank, set()).add(number)
        ranks = [rank for rank, clues in held.items() if len(clues) >= self.dialects[rank].min_clues]
        return [self.dialects[rank] for rank in sorted(ranks, key=lambda rank: (-len(held[rank]), rank))]


@cache
def builtin_dialects() -> Dialects:
    """The dialects that bounceclass brings along; imported at the first notice in words, which alone needs them."""
    modules = (import_module(f"bounceclass.reading.dialects.{name}") for name in _FAMILIES)
    return Dialects((dialect for module in modules for dialect in module.DIALECTS), check=False)
