"""What a person is told: a frozen value that knows how to be written out."""

from __future__ import annotations

from typing import Any, Final

from attrs import evolve, field, frozen

from bounceclass.advice import render
from bounceclass.advice.outline import Block, Outline, Style
from bounceclass.advice.short import first_sentence, lines_of, shown
from bounceclass.model.value import Value
from bounceclass.model.vocabulary import Audience, Responsible
from bounceclass.serial.redaction import ADDRESS, WORD

__all__ = ["Explanation", "Step"]

_MAX_QUOTE: Final = 1_000


@frozen(repr=False)
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


@frozen(kw_only=True, repr=False)
class Explanation(Value):
    """
    What happened, and what to do next, in one language.  Text is plain: nothing in it is escaped.

    Attributes:
        locale: The catalog's locale, after falling back: "ja", "en".
        audience: Whom it is for.
        title: One line.
        outcome: "Not delivered", "Not delivered yet", "Delivered": what the title of the short form begins with.
        about: Which mail came back: its subject, and when it was sent; empty where the notice does not return it.
        recipients: Whom it is about, in message order; empty where the mail names none.
        addressees: The same in words: of forwarded mail the address that was written to as well.
        summary: What happened, one or two sentences.
        facts: Technical facts as label and value, for postmasters; of an assessment or survey, what it rests on.
        cause: Why.
        steps: What to do, in the order to try.
        resend: When to send again, and how long to wait; empty where that is no question.
        instead: How else to reach the recipient; empty where mail will do.
        cautions: What to mind.
        reminder: What to do where one did not write the mail at all, one line: the short form has it in the place of the cautions.
        checklist: What to look at before the next mail; of failures, for a person.
        quote: The server's own words, as it sent them; empty where there are none.
        quoted: The server that said so; empty where the notice does not name it.
        further: The same for other recipients of the same mail with another fate.
        labels: The headings that rendering puts above the parts, by name: "why", "steps", "cautions" ….
        short: Whether it is the short form.
    """

    locale: str = field(metadata=WORD)
    audience: Audience = Audience.PERSON
    title: str
    outcome: str = ""
    about: str = ""
    recipients: tuple[str, ...] = field(default=(), metadata=ADDRESS)
    addressees: str = ""
    summary: str
    facts: tuple[tuple[str, str], ...] = ()
    cause: str
    steps: tuple[Step, ...] = ()
    resend: str = ""
    instead: str = ""
    cautions: tuple[str, ...] = ()
    reminder: str = ""
    checklist: tuple[str, ...] = ()
    quote: str = ""
    quoted: str = ""
    further: tuple[Explanation, ...] = ()
    labels: tuple[tuple[str, str], ...] = field(default=(), metadata=WORD, repr=False)
    short: bool = False

    def brief(self) -> Explanation:
        """
        Give the short form, for a first look: on a terminal 18 lines of 80 columns at most, 24 where recipients fared differently.

        What a postmaster is told has none: the facts are what it is for.
        """
        return self if self.audience is Audience.POSTMASTER else shortened(self)

    def label(self, name: str) -> str:
        """Give a heading in the locale's words."""
        return dict(self.labels).get(name, name)

    def outline(self) -> Outline:
        """Give the parts in the order to be read, to be written out; to a postmaster the facts come first."""
        return Outline(
            locale=self.locale,
            title=f"{self.outcome}{self.label('colon')}{self.title}" if self.short and self.outcome else self.title,
            summary=self._in_short() if self.short else self.summary,
            about=f"{self.label('subject')}{self.label('colon')}{self.about}" if self.about else "",
            blocks=tuple(block for block in self._blocks() if block.lines),
            further_heading=self.label("further"),
            further=() if self.short else tuple(other.outline() for other in self.further),
        )

    def _blocks(self) -> tuple[Block, ...]:
        label = self.label
        if self.short:
            return (
                Block("", Style.NUMBERED, self._numbered()),
                Block("", Style.PROSE, _lines(self.resend, self.reminder), close=True),
                Block(label("further"), Style.BULLETS, tuple(self._further_line(other) for other in self.further)),
                Block(self._quote_heading(), Style.QUOTE, _lines(self.quote)),
            )
        facts = Block(label("facts"), Style.BULLETS, tuple((f"{name}{label('colon')}" if value else name, value) for name, value in self.facts))
        first = self.audience is Audience.POSTMASTER
        return (
            *((facts,) if first else ()),
            Block(label("why"), Style.PROSE, _lines(self.cause)),
            Block(label("steps"), Style.NUMBERED, self._numbered()),
            Block(label("resend"), Style.PROSE, _lines(self.resend)),
            Block(label("instead"), Style.PROSE, _lines(self.instead)),
            Block(label("cautions"), Style.BULLETS, _lines(*self.cautions)),
            *(() if first else (facts,)),
            Block(self._quote_heading(), Style.QUOTE, _lines(_shortened(self.quote))),
            Block(label("checklist"), Style.BULLETS, _lines(*self.checklist)),
        )

    def _in_short(self) -> str:
        """Say what happened, why, and that others fared differently, in one paragraph."""
        others = self.label("others").replace("{count}", str(len(self.further))) if self.further else ""
        return ("" if self.summary.endswith("。") else " ").join(text for text in (self.summary, others, self.cause) if text)

    def _quote_heading(self) -> str:
        return f"{self.label('quote')}{self.label('colon')}{self.quoted}" if self.quoted else self.label("quote")

    def _further_line(self, other: Explanation) -> tuple[str, str]:
        """Say in a line what became of others."""
        return f"{other.title}{self.label('colon')}", other.addressees or first_sentence(other.summary)

    def _numbered(self) -> tuple[tuple[str, str], ...]:
        """Give the steps; only who is not the reader is named."""
        return tuple(("" if step.who is Responsible.SENDER else f"[{step.actor}] ", step.text) for step in self.steps)

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


# -- the short form ----------------------------------------------------------------------------

# Of 18 and 24 lines one is left for what a terminal says beside: how to get more.
_MOST_LINES: Final = 17
_MOST_LINES_OF_SEVERAL: Final = 23
_MOST_STEPS: Final = 4
_LEAST_QUOTED: Final = 74
_QUOTED: Final = 130


def shortened(whole: Explanation) -> Explanation:
    """Take what fits on a first screen: always what happened, the first step and the server's words; then more steps, why, when to send again."""
    most = _MOST_LINES_OF_SEVERAL if whole.further else _MOST_LINES
    short = evolve(
        whole,
        short=True,
        cause="",
        steps=whole.steps[:1],
        resend="",
        instead="",
        cautions=(),
        checklist=(),
        facts=(),
        quote=shown(whole.quote, _LEAST_QUOTED),
    )
    richer: tuple[dict[str, Any], ...] = (
        *({"steps": whole.steps[:count]} for count in range(2, min(_MOST_STEPS, len(whole.steps)) + 1)),
        {"quote": shown(whole.quote, _QUOTED)},
        {"cause": first_sentence(whole.cause)},
        {"resend": first_sentence(whole.resend)},
    )
    for more in richer:
        candidate = evolve(short, **more)
        if lines_of(str(candidate)) <= most:
            short = candidate
    return short
