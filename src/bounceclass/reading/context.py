"""What readers are asked about: one mail, and what the dialects and the common shapes find in its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from bounceclass.cached import cached
from bounceclass.reading.dialects.interpret import decode
from bounceclass.reading.smtp_reply import is_empty_answer
from bounceclass.regex import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bounceclass.reading.dialects.dialect import Dialect
    from bounceclass.reading.dialects.generic import Lines
    from bounceclass.reading.dialects.registry import Dialects
    from bounceclass.reading.draft import Draft, DraftDelivery
    from bounceclass.reading.parts import ReportParts

__all__ = ["ParseContext", "Reader"]

# Whose dialect it is where it is none that we know.
GENERIC: Final = "generic"
_HOLDS_WORDS: Final = regex(r"[^\W\d_]{2}|\d{3} ?\d\.\d")


@frozen
class Reader:
    """
    Who reads mails of one format.

    Attributes:
        name: "rfc3464", for defects and for `bounceclass trace`.
        looks_for: What it knows its mails by, a few English words.
        read: Gets the mail, gives what it reports; None for a mail of another format.
    """

    name: str
    looks_for: str
    read: Callable[[ParseContext], Draft | None]


class ParseContext:
    """
    One mail that is read.  What is asked of it is found when it is asked for, and once.

    Args:
        parts: The mail, by the roles of its parts.
        dialects: The dialects to know.
        readers: Who is asked, in this order.
        enclosed: Whether it came within another mail.
    """

    def __init__(self, parts: ReportParts, dialects: Dialects, readers: tuple[Reader, ...], *, enclosed: bool = False) -> None:
        self.parts = parts
        self.enclosed = enclosed
        self._dialects = dialects
        self._readers = readers

    @property
    def limit(self) -> int:
        """How many recipients are looked for: one more than are kept, so that the cut is seen."""
        return self.parts.log.limits.recipients + 1

    def answers(self) -> Iterator[tuple[Reader, Draft | None]]:
        """Ask the readers, in their order, down to the first that knows the mail."""
        for reader in self._readers:
            draft = reader.read(self)
            yield reader, draft
            if draft is not None:
                return

    def answer(self) -> Draft | None:
        """Give what the first reader says that knows the mail; None where no one does."""
        return next((draft for _, draft in self.answers() if draft is not None), None)

    @cached
    def within(self) -> ParseContext | None:
        """The message within the mail, to be read by the same readers; None where there is none, or the mail itself came within another."""
        inner = None if self.enclosed else self.parts.inner
        return ParseContext(type(self.parts)(inner, self.parts.log), self._dialects, self._readers, enclosed=True) if inner else None

    @cached
    def speaking(self) -> list[Dialect]:
        """The dialects whose clues the notice has, most clues first."""
        return self._dialects.speaking(self.parts)

    @cached
    def words(self) -> tuple[list[DraftDelivery], str]:
        """What the notice says in words, and whose dialect that is: one that we know, else the common shapes ("generic")."""
        for dialect in self.speaking:
            if drafts := decode(dialect, self.parts, self.limit):
                return self.with_words(drafts), dialect.name
        return self.lines.recipients(self.limit), GENERIC

    def with_words(self, drafts: list[DraftDelivery]) -> list[DraftDelivery]:
        """Give a single recipient without words of its own those of the whole notice."""
        if len(drafts) != 1 or (_HOLDS_WORDS.search(drafts[0].diagnostic) and not is_empty_answer(drafts[0].diagnostic)):
            return drafts
        return [evolve(drafts[0], diagnostic=self.lines.words)]

    @cached
    def lines(self) -> Lines:
        """The notice line by line, for the common shapes: 10 ms of patterns to compile, which an RFC 3464 report does not need."""
        from bounceclass.reading.dialects.generic import Lines  # noqa: PLC0415

        return Lines(self.parts)
