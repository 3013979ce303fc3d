"""`bounceclass check-address` and `bounceclass survey`: before the send, and after many came back."""

from __future__ import annotations

import sys
from datetime import date
from gettext import gettext as _
from typing import IO, TYPE_CHECKING, Final

import click

from bounceclass.api import assess, classify, explain, parse
from bounceclass.cli.layout import lay_out
from bounceclass.cli.options import LOCALE, OWN_DOMAIN, PATHS, SENT_IDS
from bounceclass.cli.streams import CarefulConsole, RunStatus, mails_of
from bounceclass.insight.addresses import check_address
from bounceclass.insight.flood import Surveyor
from bounceclass.regex import regex
from bounceclass.text.folding import safe_line

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["check_address_command", "survey_command"]


_COUNT: Final = regex(r"(\d{4}-\d\d-\d\d)(?: *+[,;] *+|\s++)(\d{1,12})")


@click.command("check-address")
@click.argument("addresses", nargs=-1, required=True, metavar="ADDRESS...")
def check_address_command(addresses: tuple[str, ...]) -> None:
    """
    Look for typos in each ADDRESS before mail is sent to it; nothing is looked up.

    One line each: "ok", or what is wrong, or what was probably meant.  - reads addresses from standard
    input, one a line.  Exit status 1 where anything seems wrong.
    """
    doubtful = False
    for address in _given(addresses):
        check = check_address(address)
        meant = ", ".join(f"{suggestion.address} ({_(suggestion.typo.value)})" for suggestion in check.suggestions)
        answers = [_("not an address: {problem}").format(problem=_problem(check.problem))] if not check.valid else []
        answers += [_("did you mean {address}?").format(address=meant)] if meant else []
        click.echo(f"{safe_line(address)}: {safe_line('; '.join(answers) or _('ok'))}")
        doubtful = doubtful or bool(answers)
    if doubtful:
        sys.exit(1)


def _problem(text: str) -> str:
    """Give what email-validator found in the reader's language; what stands behind a colon is of the address."""
    head, colon, tail = text.partition(": ")
    return f"{_(head)}{colon}{tail.removesuffix('.')}"


def _given(addresses: tuple[str, ...]) -> Iterable[str]:
    for address in addresses:
        if address == "-":
            yield from (line.decode("utf-8", "replace").rstrip("\r\n") for line in sys.stdin.buffer if line.strip())
        else:
            yield address


@click.command("survey")
@PATHS
@LOCALE
@OWN_DOMAIN
@SENT_IDS
@click.option(
    "--sent-counts",
    type=click.File("r", encoding="utf-8-sig", errors="replace"),
    metavar="FILE",
    help="How many mails your server sent, a line a day: 2026-11-21,45.  Give some days before the reports too.",
)
def survey_command(paths: tuple[str, ...], language: str, own_domains: tuple[str, ...], sent_ids: IO[str] | None, sent_counts: IO[str] | None) -> None:
    """
    Tell what the reports in each PATH mean together: single failures, an abused account, a forged sender, a refusal.

    PATH is as for explain.
    """
    counts = _counts(sent_counts) if sent_counts else None
    sent = {line.strip() for line in sent_ids} if sent_ids else None
    status, surveyor = RunStatus(paths), Surveyor()
    with status.stoppable():
        for mail in mails_of(paths, status):
            report = parse(mail.octets)
            status.look_at(mail.origin, report)
            surveyor.add(report, classify(report), assess(report, sent=sent, own_domains=own_domains))
    CarefulConsole().print(lay_out(explain(surveyor.survey(counts), locale=language)))
    status.leave()


def _counts(file: IO[str]) -> dict[date, int]:
    """Read lines of a day and a number; what is no such line, a heading for example, must be the first one."""
    counts: dict[date, int] = {}
    for number, line in enumerate(file, 1):
        match = _COUNT.fullmatch(line.strip())
        try:
            counts.update({date.fromisoformat(match.group(1)): int(match.group(2))} if match else {})
        except ValueError:  # 30 February
            match = None
        if not match and line.strip() and number > 1:
            sys.exit(_("bounceclass: {name}: line {number} is not of the form 2026-11-21,45").format(name=safe_line(file.name), number=number))
    return counts
