"""`bounceclass trace`: who was asked about a mail, in which order, what each answered, and what that rested on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from bounceclass.api import classify
from bounceclass.cli.options import PATHS
from bounceclass.cli.streams import RunStatus, mails_of
from bounceclass.mail.limits import Limits
from bounceclass.plugins import installed_dialects, installed_readers, installed_rules
from bounceclass.reading.readers import NOTHING, open_mail
from bounceclass.reading.report import build_report
from bounceclass.reading.traits import HeaderTraits
from bounceclass.rules.circumstance import Circumstance
from bounceclass.rules.decide import ask, is_settled
from bounceclass.text.folding import safe_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bounceclass.model.report import Delivery, Report
    from bounceclass.model.verdict import Verdict
    from bounceclass.reading.context import ParseContext, Reader
    from bounceclass.reading.draft import Draft
    from bounceclass.rules.candidate import Candidate

__all__ = ["trace_command", "verdict_lines"]

_LONGEST: Final = 200


@click.command("trace")
@PATHS
def trace_command(paths: tuple[str, ...]) -> None:
    """
    Show how a mail was judged: who was asked, in order, and what each answered.

    First the readers, down to the one that knew the mail; then, for each recipient, the sources of
    evidence, and what decided.  PATH is as for explain.
    """
    status = RunStatus(paths)
    for mail in mails_of(paths, status):
        click.echo(safe_line(mail.origin))
        context = open_mail(mail.octets, installed_dialects(), Limits(), installed_readers())
        answers = [*context.answers()]
        report = build_report(answers[-1][1] or NOTHING, context.parts.log, context)
        for line in (*_of_mail(context), *_of_answers(answers, context), *_of_report(report)):
            click.echo(f"  {line}")
        status.look_at(mail.origin, report)
    status.leave()


def _row(label: str, text: str, name: str = "") -> str:
    return f"{label:9} {f'{name:9} ' if name else ''}{safe_line(text)[:_LONGEST]}".rstrip()


def _of_answers(answers: list[tuple[Reader, Draft | None]], context: ParseContext, label: str = "asked") -> Iterator[str]:
    """Show what each reader said; of a report that was read within the mail, what each said of that too."""
    for reader, answer in answers:
        if answer and answer.within and context.within:
            yield from _of_answers([*context.within.answers()], context.within, "within")
        yield _row(label, _told(answer) if answer else f"no: looks for {reader.looks_for}", reader.name)


def _of_report(report: Report) -> Iterator[str]:
    yield _row("kind", f"{report.kind}{', secondhand: nothing but words says so' if report.secondhand else ''}")
    for defect in report.defects:
        yield _row("defect", f"{defect.code} {defect.detail}")
    for delivery, verdict in zip(report.deliveries, classify(report), strict=True):
        yield from _of_delivery(delivery, report)
        yield from (f"  {line}" for line in verdict_lines(verdict))


def _of_mail(context: ParseContext) -> Iterator[str]:
    parts = context.parts
    yield _row("from", parts.headers.get("from"))
    yield _row("subject", parts.headers.get("subject"))
    yield _row("traits", ", ".join(_traits(parts.traits)))
    yield _row("parts", ", ".join(f"{part.media_type} ({role.name.lower()})" for part, role in parts.leaves))
    for dialect in context.speaking:
        yield _row("dialect", dialect.title, dialect.name)


def _traits(traits: HeaderTraits) -> Iterator[str]:
    """Name what the header fields say, with its value where that is no plain yes."""
    for name in (name for name in vars(HeaderTraits) if not name.startswith("_")):
        if value := getattr(traits, name):
            yield name if value is True else f"{name}={value}"


def _told(draft: Draft) -> str:
    count = len(draft.deliveries)
    return f"{draft.kind}, {count} {'recipient' if count == 1 else 'recipients'}, by {draft.basis}"


def _of_delivery(delivery: Delivery, report: Report) -> Iterator[str]:
    """Show what each source of evidence says, also where another one decides."""
    alias = f" (written to: {delivery.original_recipient})" if delivery.original_recipient else ""
    yield _row("recipient", f"{delivery.recipient}{alias} {delivery.action}")
    if is_settled(delivery, report.kind):
        yield _row("  asked", "nobody: the kind settles it")
        return
    for source, candidates in ask(Circumstance.of(delivery, report.dialect), installed_rules()):
        for candidate in candidates or ():
            yield _row("  asked", _of_candidate(candidate), source.name)
        if not candidates:
            yield _row("  asked", "no: others spoke" if candidates is None else "nothing", source.name)


def _of_candidate(candidate: Candidate) -> str:
    evidence = candidate.evidence
    return f"{evidence.reason} by {evidence.rule} ({candidate.precedence.name.lower()}, {candidate.confidence}): {evidence.excerpt}"


def verdict_lines(verdict: Verdict) -> Iterator[str]:
    """Show a verdict, and what decided it, agreed and lost."""
    follows = f"address_state {verdict.address_state}, responsible {verdict.responsible}, action {verdict.action}"
    yield f"{verdict.reason}  (confidence {verdict.confidence}, {follows})"
    for heading, items in (("decides", verdict.evidence[:1]), ("agrees", verdict.evidence[1:]), ("loses", verdict.conflicts)):
        for item in items:
            yield f"  {heading:8} {item.rule:34} {item.reason:20} by {item.basis}: {safe_line(item.excerpt)}"
