"""An explanation laid out for a terminal.  Whatever came with the mail is stripped of control characters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen
from rich.cells import cell_len, chop_cells
from rich.console import Group
from rich.text import Text

from bounceclass.advice.outline import Style
from bounceclass.advice.placeholders import title
from bounceclass.model.vocabulary import Kind
from bounceclass.providers import provider_title
from bounceclass.regex import regex
from bounceclass.text.folding import safe_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console, ConsoleOptions, RenderableType

    from bounceclass.advice.catalog import Catalog
    from bounceclass.advice.explanation import Explanation
    from bounceclass.advice.outline import Outline
    from bounceclass.cli.summary import Summary
    from bounceclass.model.insight import Count
    from bounceclass.model.report import Report

__all__ = ["lay_out", "lay_out_summary"]

_SHOWN_DEAD: Final = 20
_LEADS: Final = {Style.NUMBERED: "{}. ", Style.BULLETS: "• "}
_COLOURS: Final = {Kind.FAILURE: "red", Kind.DELAY: "yellow", Kind.COMPLAINT: "red"}
# What a line may be broken between: words with the blank behind them; of Japanese and Chinese each
# character.  Brackets that must not end a line go along with what follows, marks that must not
# begin one with what stands before (kinsoku, JIS X 4051).
_DENSE: Final = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_OPENING: Final = "（「『【"
_CLOSING: Final = "、。，．：；？！）」』】ーぁぃぅぇぉっゃゅょァィゥェォッャュョ"
_UNIT: Final = regex(rf"[{_OPENING}]{{0,9}}+(?:[{_DENSE}]|[^\s{_DENSE}]++)[{_CLOSING}]{{0,9}}+\s*+|\s++|.")


@frozen
class _Prose:
    """
    A paragraph, wrapped as its script wants it; rich by itself breaks lines at blanks only.

    Attributes:
        text: The paragraph.
        lead: What stands in front of its first line; the others are indented as far.
        indent: How many columns the whole is indented.
        style: Of the text.
    """

    text: str
    lead: str = ""
    indent: int = 2
    style: str = ""

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> Iterator[Text]:
        room = max(2, options.max_width - self.indent - cell_len(self.lead))
        lead = self.lead
        for line in _wrap(self.text, room):
            yield Text.assemble(" " * self.indent, (lead, "bold"), (line, self.style), no_wrap=True, overflow="fold")
            lead = " " * cell_len(lead)


class _About(_Prose):
    """Which mail it is: one line is enough to know it by."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        first, *more = super().__rich_console__(console, options)
        if more:
            first.truncate(options.max_width - 2)
            first.append(" …")
        yield first


def _wrap(text: str, width: int) -> Iterator[str]:
    line = ""
    for unit in _units(text, width):
        if line and cell_len(line) + cell_len(unit.rstrip()) > width:
            yield line.rstrip()
            line = ""
        line += unit
    yield line.rstrip()


def _units(text: str, width: int) -> Iterator[str]:
    """Give what a line may be broken between; what is too wide for any line is chopped."""
    for unit in _UNIT.findall(text):
        yield from [unit] if cell_len(unit) <= width else chop_cells(unit, width)


def lay_out(explanation: Explanation, report: Report | None = None) -> RenderableType:
    """
    Lay an explanation out.

    Args:
        explanation: What to tell.
        report: The report that it tells of; its kind gives the colour.
            None for what tells of no single mail, or warns of one.
    """
    colour = _COLOURS.get(report.kind, "green") if report else "yellow"
    outline = explanation.outline()
    laid: list[RenderableType] = [_title(outline, colour)]
    if outline.about:
        laid.append(_About(safe_line(outline.about), indent=0))
    laid += _body(outline)
    if explanation.short:
        laid.append(_Prose(explanation.label("more"), indent=0, style="dim"))
    if outline.further:
        laid.append(_heading(outline.further_heading))
    for other in outline.further:
        laid += [_title(other, colour), *_body(other)]
    return Group(*laid)


def _title(outline: Outline, colour: str) -> _Prose:
    return _Prose(safe_line(outline.title), indent=0, style=f"bold {colour}")


def _body(outline: Outline) -> list[RenderableType]:
    laid: list[RenderableType] = [_Prose(safe_line(outline.summary), indent=0)]
    for block in outline.blocks:
        if not block.close:
            laid.append(_heading(block.heading) if block.heading else Text())
        style = "italic" if block.style is Style.QUOTE else ""
        for number, (term, text) in enumerate(block.lines, 1):
            laid.append(
                _Prose(
                    f"{safe_line(term)} {safe_line(text)}".strip(),
                    lead=_LEADS.get(block.style, "").format(number),
                    indent=2 if block.heading else 0,
                    style=style,
                )
            )
    return laid


def lay_out_summary(summary: Summary, catalog: Catalog) -> RenderableType:
    """Lay out what a scan has found: the sender's own faults first, then tables, then dead addresses."""
    words, found = catalog.page, summary.survey()
    head = {"mails": summary.mails, "reports": found.reports, "failures": found.failures, "dead": summary.dead_count}
    laid: list[RenderableType] = [Text("   ".join(f"{words[name]}{catalog.labels['colon']}{count}" for name, count in head.items()), style="bold")]
    faults = [(title(f"reason.{reason}", catalog), count) for reason, count in summary.faults.most_common()]
    reasons = [(title(f"reason.{row.name}", catalog), row.count) for row in found.by_reason]
    tables = {
        "own_faults": faults,
        "reasons": reasons,
        "domains": _pairs(found.by_domain),
        "providers": [(provider_title(name), count) for name, count in _pairs(found.by_provider)],
    }
    laid += [_counts(words[name], words["count"], rows) for name, rows in tables.items() if rows]
    if summary.dead:
        laid.append(_counts(words["dead"], words["reason"], [(address, str(reason)) for address, reason in summary.dead[:_SHOWN_DEAD]]))
    if summary.dead_count > _SHOWN_DEAD:
        laid.append(Text("  " + words["shown"].replace("{count}", str(_SHOWN_DEAD))))
    return Group(*laid)


def _pairs(counts: tuple[Count, ...]) -> list[tuple[str, int]]:
    return [(row.name, row.count) for row in counts]


def _counts(name: str, number: str, rows: Sequence[tuple[str, object]]) -> RenderableType:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 - 5 ms, and no explanation has a table
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=SIMPLE_HEAD, title_justify="left", pad_edge=False)
    table.add_column(name, overflow="fold")
    table.add_column(number, justify="right")
    for text, count in rows:
        table.add_row(safe_line(text), str(count))
    return table


def _heading(text: str) -> Text:
    return Text(f"\n{text}", style="bold")
