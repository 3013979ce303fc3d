"""`bounceclass explain` and `bounceclass classify`; the group that all commands belong to."""

from __future__ import annotations

import io
import json
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import click

from bounceclass.advice.explanation import Explanation
from bounceclass.api import assess, classify, explain, parse, parse_pasted
from bounceclass.cli.layout import lay_out
from bounceclass.cli.options import LOCALE, OWN_DOMAIN, PATHS, REDACT
from bounceclass.cli.streams import CarefulConsole, CarefulGroup, RunStatus, mails_of
from bounceclass.model.vocabulary import Audience, Authenticity, Kind
from bounceclass.serial.schema import mail_to_dict, read_schema
from bounceclass.text.folding import safe_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bounceclass.model.report import Report

__all__ = ["command"]


# How an explanation is written, but for the terminal.
_FORMS: Final[Mapping[str, Callable[[Explanation], str]]] = {
    "text": str,
    "markdown": Explanation.to_markdown,
    "html": Explanation.to_html,
    "json": lambda explanation: json.dumps(explanation.to_dict(), ensure_ascii=False),
}


# What is imported when it is asked for: `scan` alone costs as much as all that `explain` needs.
_LATER: Final = {
    "check-address": "insight:check_address_command",
    "dialects": "dialects:dialects",
    "redact": "redact:redact_command",
    "rules": "rules:rules",
    "scan": "scan:scan_command",
    "survey": "insight:survey_command",
    "trace": "trace:trace_command",
}


@click.group(cls=CarefulGroup, later=_LATER, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="bounceclass")
def command() -> None:
    """Why a mail came back, whether the address is dead, and what to do."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show Japanese shows question marks, and no traceback.
            stream.reconfigure(errors="replace")


@command.command("explain")
@PATHS
@LOCALE
@click.option(
    "--for",
    "audience",
    type=click.Choice([audience.value for audience in Audience]),
    default=Audience.PERSON.value,
    help="Whom to tell: who wrote the mail, has a customer who did, owns the list, runs the server.",
)
@click.option("--format", "form", type=click.Choice(["terminal", *_FORMS]), default="terminal", help="Laid out, or as text, Markdown, HTML or JSON.")
@click.option("--full", is_flag=True, help="All there is to say, and not the first screen alone.")
@OWN_DOMAIN
def explain_command(paths: tuple[str, ...], language: str, audience: str, form: str, own_domains: tuple[str, ...], *, full: bool) -> None:  # noqa: PLR0913 - one for each option
    """
    Tell a person what happened, and what to do next.

    PATH is a mail, an mbox, a Maildir or a folder of them, gzipped or not; - reads standard input.
    A notice may also be forwarded, pasted without its header, or be a server's answer alone.  One that
    looks forged is warned of first.
    """
    console = CarefulConsole()
    status = RunStatus(paths)
    for number, mail in enumerate(mails_of(paths, status, pasted=True)):
        if number or len(paths) > 1 or mail.origin not in paths:
            console.part(safe_line(mail.origin))
        report = _read(mail.octets, own_domains)
        status.look_at(mail.origin, report)
        # Of what was forwarded it is known: how it came tells nothing of who wrote it.
        if report.forwarded or _warn(report, own_domains, language, console) is not Authenticity.FORGED:
            explanation = explain(report, locale=language, audience=audience, zone=datetime.now(UTC).astimezone().tzinfo)
            shown = explanation if full else explanation.brief()
            if form == "terminal":
                console.print(lay_out(shown, report))
            else:
                click.echo(_FORMS[form](shown))
    status.leave()


def _read(octets: bytes, own_domains: tuple[str, ...]) -> Report:
    """Read a mail; into one that is no report, and no forgery, look for the report that somebody forwards."""
    report = parse(octets)
    if report.kind is Kind.OTHER and assess(report, own_domains=own_domains).authenticity is not Authenticity.FORGED:
        return parse_pasted(octets)
    return report


def _warn(report: Report, own_domains: tuple[str, ...], language: str, console: CarefulConsole) -> Authenticity:
    """Say what a notice betrays itself by, or that it speaks of somebody else's mail; what a forged one claims is not repeated."""
    assessment = assess(report, own_domains=own_domains)
    if assessment.fake or assessment.backscatter:
        console.print(lay_out(explain(assessment, locale=language)))
        console.print()
    return assessment.authenticity


@command.command("classify")
@PATHS
@REDACT
def classify_command(paths: tuple[str, ...], *, redact: bool) -> None:
    """
    Print one JSON object a mail, one a line, for programs.

    Keys: schema, source, report, verdicts (bounceclass schema says more).  PATH is as for explain.
    """
    status = RunStatus(paths)
    for mail in mails_of(paths, status):
        report = parse(mail.octets)
        status.look_at(mail.origin, report)
        click.echo(json.dumps(mail_to_dict(mail.origin, report, classify(report), redact=redact)))
    status.leave()


@command.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of what classify and scan --format jsonl write."""
    click.echo(read_schema(), nl=False)
