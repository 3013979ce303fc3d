"""
What a dialect is: a table that says where things stand in a server's notice.

A pattern is a regular expression over the notice's text, line by line (`re.MULTILINE`); repetitions
in it are bounded.  Above each stands a line that it was written for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from bounceclass.cached import cached
from bounceclass.errors import PluginError
from bounceclass.model.vocabulary import Kind
from bounceclass.regex import regex
from bounceclass.text.nearest import there_are
from bounceclass.text.patterns import TABLE_ADDRESS as ADDRESS
from bounceclass.text.phrases import Folded, Phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from bounceclass.reading.draft import DraftDelivery
    from bounceclass.reading.parts import ReportParts

__all__ = ["ADDRESS", "Capture", "Clue", "Dialect"]

_GROUP_NAME: Final = regex(r"\(\?P<(\w+)>")
# What all patterns of tables are compiled with.
FLAGS: Final = re.MULTILINE | re.IGNORECASE
GROUPS: Final = frozenset({"recipient", "alias", "diagnostic", "status", "remote", "command"})


def _phrase(text: str) -> Phrase:
    return Phrase(text)


@frozen
class Clue:
    """
    Something that a server's notices have.

    Attributes:
        where: "text" for the notice's text, else the lower-case name of a header field.
        phrase: Literal and folded, with the wildcards of `bounceclass.text.phrases`.
    """

    where: str
    phrase: Phrase = field(converter=_phrase)

    def holds(self, parts: ReportParts) -> bool:
        """Whether a mail has it."""
        return self.phrase.find_in(parts.folded if self.where == "text" else Folded(parts.headers.get(self.where))) is not None


@frozen(slots=False)  # its pattern is kept beside its fields
class Capture:
    """
    A pattern whose named groups are facts: recipient, alias, diagnostic, status, remote, command.

    With a `recipient` group each match is one recipient.  Without, the match completes the last
    recipient before it, or all of them where it stands before the first.

    Attributes:
        pattern: The regular expression.
        takes_text_below: What stands below the match, down to the next recipient, is its diagnostic too.
    """

    pattern: str
    takes_text_below: bool = False

    @cached
    def regex(self) -> re.Pattern[str]:
        """The pattern compiled, at its first use."""
        return re.compile(self.pattern, FLAGS)


@frozen(kw_only=True, slots=False)  # as above
class Dialect:
    """
    One family of servers.

    Attributes:
        name: Of the module and of the corpus folder.
        title: What people call it.
        source: Where its template is published, or which product and version writes it.
        since: The version of bounceclass that had it first.
        clues: What its notices have.
        min_clues: How many clues must hold.
        opens: A pattern (one regular expression); recipients stand below its first match.  Empty: from the start.
        closes: A pattern; recipients stand above its first match below `opens`.  Empty: to the end.
        captures: What stands between.
        kind: The kind of its notices, where no subject and no common words say it.
        clues_suffice: The clues alone prove a notice, whoever the author is.
        wraps: Its notices carry another notice, attached or pasted below; that one is read instead.
        refine: The one escape hatch: gets the notice and what was captured, gives drafts.
    """

    name: str
    title: str
    source: str
    since: str
    clues: tuple[Clue, ...]
    min_clues: int = 1
    opens: str = ""
    closes: str = ""
    captures: tuple[Capture, ...] = ()
    kind: Kind | None = None
    clues_suffice: bool = False
    wraps: bool = False
    refine: Callable[[ReportParts, list[DraftDelivery]], list[DraftDelivery]] | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse a table that can never decode anything, or names groups that nobody reads."""
        if not self.clues:
            raise PluginError(self.name, "", "clues", "a dialect needs at least one clue")
        if not all(isinstance(clue, Clue) for clue in self.clues):
            raise PluginError(self.name, "", "clues", "must be Clues in a tuple: a comma may be missing")
        if not 1 <= self.min_clues <= len(self.clues):
            raise PluginError(self.name, "", "min_clues", f"{self.min_clues} of {len(self.clues)} clues can never hold")
        if self.kind is not None and self.kind not in {*Kind}:
            raise PluginError(self.name, "", "kind", f"{self.kind!r} is no kind; {there_are(self.kind, Kind)}")
        for field_name in ("opens", "closes"):
            if not isinstance(getattr(self, field_name), str):
                raise PluginError(self.name, "", field_name, "must be one pattern, a str")
        for capture in self.captures:
            unknown = set(_GROUP_NAME.findall(capture.pattern)) - GROUPS
            if unknown:
                raise PluginError(self.name, capture.pattern, "captures", f"unknown groups {sorted(unknown)}")

    def check(self) -> None:
        """
        Hold every pattern against `re`, and prove that it takes linear time.

        Raises:
            PluginError: One is no regular expression, or there are texts that it takes more than linear time for.
        """
        from bounceclass.linear import find_attack  # noqa: PLC0415 - tables of others alone are checked

        patterns = {"opens": self.opens, "closes": self.closes, **{f"captures[{n}]": capture.pattern for n, capture in enumerate(self.captures)}}
        for field_name, pattern in patterns.items():
            try:
                attack = find_attack(pattern, FLAGS)
            except re.error as error:
                raise PluginError(self.name, "", field_name, str(error)) from error
            if attack:
                raise PluginError(self.name, pattern, field_name, f"must take linear time: {attack.why}, as in {attack.text(3)[:80]!r}")

    @cached
    def _opens(self) -> re.Pattern[str]:
        return re.compile(self.opens, FLAGS)

    @cached
    def _closes(self) -> re.Pattern[str]:
        return re.compile(self.closes, FLAGS)

    def window(self, text: str) -> str:
        """Give the part of a notice's text that recipients stand in; empty where it never opens."""
        if self.opens:
            match = self._opens.search(text)
            if not match:
                return ""
            text = text[match.end() :]
        if self.closes and (match := self._closes.search(text)):
            text = text[: match.start()]
        return text
