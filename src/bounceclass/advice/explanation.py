"""What a person is told: a frozen value that knows how to be written out."""

from __future__ import annotations

from typing import Final

from attrs import field, frozen

from bounceclass.advice import render
from bounceclass.advice.outline import Block, Outline, Style
from bounceclass.model.value import Value
from bounceclass.model.vocabulary import Audience, Responsible
from bounceclass.serial.redaction import ADDRESS, WORD

__all__ = ["Explanation", "Step"]

_MAX_QUOTE: Final = 1_000


@frozen
class Step(Value):
    """
    One thing to do.

    Attributes:
        who: Who acts.
        actor: The same in words of the locale, "You" or "The recipient".
        text: What to do.
    """

    who: Responsible
    actor: str = field(metadata=WORD)
    text: str


@frozen(kw_only=True)
class Explanation(Value):
    """
    What happened, and what to do next, in one language.  Text is plain: nothing in it is escaped.

    Attributes:
        locale: The catalog's locale, after falling back: "ja", "en".
        audience: Whom it is for.
        title: One line.
        recipients: Whom it is about, in message order; empty where the mail names none.
        summary: What happened, one or two sentences.
        facts: Technical facts as label and value, for postmasters; of an assessment or survey, what it rests on.
        cause: Why.
        steps: What to do, in the order to try.
        resend: When to send again, and how long to wait; empty where that is no question.
        instead: How else to reach the recipient; empty where mail will do.
        cautions: What to mind.
        checklist: What to look at before the next mail; of failures, for a person.
        quote: The server's own words, as it sent them; empty where there are none.
        further: The same for other recipients of the same mail with another fate.
        labels: The headings that rendering puts above the parts, by name: "why", "steps", "cautions" ….
    """

    locale: str = field(metadata=WORD)
    audience: Audience = Audience.PERSON
    title: str
    recipients: tuple[str, ...] = field(default=(), metadata=ADDRESS)
    summary: str
    facts: tuple[tuple[str, str], ...] = ()
    cause: str
    steps: tuple[Step, ...] = ()
    resend: str = ""
    instead: str = ""
    cautions: tuple[str, ...] = ()
    checklist: tuple[str, ...] = ()
    quote: str = ""
    further: tuple[Explanation, ...] = ()
    labels: tuple[tuple[str, str], ...] = field(default=(), metadata=WORD)

    def label(self, name: str) -> str:
        """Give a heading in the locale's words."""
        return dict(self.labels).get(name, name)

    def outline(self) -> Outline:
        """Give the parts in the order to be read, to be written out; to a postmaster the facts come first."""
        return Outline(
            locale=self.locale,
            title=self.title,
            summary=self.summary,
            blocks=tuple(block for block in self._blocks() if block.lines),
            further_heading=self.label("further"),
            further=tuple(other.outline() for other in self.further),
        )

    def _blocks(self) -> tuple[Block, ...]:
        label = self.label
        facts = Block(label("facts"), Style.BULLETS, tuple((f"{name}{label('colon')}" if value else name, value) for name, value in self.facts))
        first = self.audience is Audience.POSTMASTER
        return (
            *((facts,) if first else ()),
            Block(label("why"), Style.PROSE, _lines(self.cause)),
            Block(label("steps"), Style.NUMBERED, tuple((f"[{step.actor}] ", step.text) for step in self.steps)),
            Block(label("resend"), Style.PROSE, _lines(self.resend)),
            Block(label("instead"), Style.PROSE, _lines(self.instead)),
            Block(label("cautions"), Style.BULLETS, _lines(*self.cautions)),
            *(() if first else (facts,)),
            Block(label("quote"), Style.QUOTE, _lines(_shortened(self.quote))),
            Block(label("checklist"), Style.BULLETS, _lines(*self.checklist)),
        )

    def __str__(self) -> str:
        """Give readable text; control characters are replaced, so that it is safe for a terminal."""
        return render.to_text(self.outline())

    def to_markdown(self) -> str:
        """Give CommonMark; what stands in the mail cannot become markup."""
        return render.to_markdown(self.outline())

    def to_html(self) -> str:
        """Give an HTML fragment, one `<section>`; all text is escaped, nothing is linked."""
        return render.to_html(self.outline())


def _lines(*texts: str) -> tuple[tuple[str, str], ...]:
    return tuple(("", text) for text in texts if text)


def _shortened(quote: str) -> str:
    return quote if len(quote) <= _MAX_QUOTE else quote[:_MAX_QUOTE] + " …"
