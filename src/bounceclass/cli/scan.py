"""`bounceclass scan`: whole mailboxes into a table, rows for programs, a list of dead addresses, a page to look at."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack, contextmanager
from gettext import gettext as _
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, SpinnerColumn, TimeRemainingColumn

from bounceclass.advice.catalog import find_catalog
from bounceclass.cli.logs import sources_of
from bounceclass.cli.options import LOCALE, PATHS, REDACT
from bounceclass.cli.streams import Output, RunStatus
from bounceclass.cli.workers import Task, work
from bounceclass.cli.writers import WRITERS
from bounceclass.mailboxes import size_of
from bounceclass.plugins import installed_catalogs
from bounceclass.text.folding import safe_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from bounceclass.model.reasons import Reason

__all__ = ["scan_command"]


@click.command("scan")
@PATHS
@click.option(
    "--format",
    "form",
    type=click.Choice([*WRITERS]),
    default="table",
    help="A table of all, a JSON object a mail, a row a recipient (for Excel: excel; for data frames: parquet), or a page.",
)
@click.option("--output", "-o", type=click.Path(dir_okay=False, allow_dash=True), default="-", metavar="FILE", help="Where the rows or the table go.")
@click.option("--jobs", "-j", type=click.IntRange(1), default=1, metavar="N", help="How many processes work; the order stays.")
@click.option(
    "--dead",
    type=click.Path(dir_okay=False, allow_dash=True),
    default=None,
    metavar="FILE",
    help="Write the addresses to drop, one a line, never hidden.",
)
@click.option(
    "--unread", type=click.Path(dir_okay=False), default=None, metavar="FILE", help="Write the answers that nobody understood, for rules (.toml) or examples."
)
@click.option("--below", type=click.FloatRange(0, 1), default=0.5, metavar="CONFIDENCE", help="With --unread: and those that nobody is so sure of, 0.5.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), default=None, metavar="DAY", help="Leave out mails dated before this day, 2026-11-21.")
@click.option("--attempts", is_flag=True, help="Of a log count every attempt, deliveries too, and not each message's last one alone.")
@click.option("--html", "page", type=click.Path(dir_okay=False), default=None, metavar="FILE", help="Write a page to look at (needs the extra report).")
@LOCALE
@REDACT
def scan_command(  # noqa: PLR0913, PLR0917 - one for each option
    paths: tuple[str, ...],
    form: str,
    output: str,
    jobs: int,
    dead: str | None,
    unread: str | None,
    below: float,
    since: datetime | None,
    page: str | None,
    language: str,
    *,
    attempts: bool,
    redact: bool,
) -> None:
    """
    Read whole mailboxes: what failed and why, which addresses are dead, which faults are your own.

    PATH is a mail, an mbox, a Maildir or a folder of them, or a server's log (Postfix, Exim, Sendmail, PowerMTA,
    KumoMTA, Exchange), gzipped or not; - reads standard input.
    Ctrl-C ends it with what was done so far.
    """
    _refuse_clashes([output, *(name for name in (dead, page, unread) if name)], paths)
    catalog, writer = find_catalog(language, installed_catalogs()), WRITERS[form]
    if problem := writer.missing() or (WRITERS["html"].missing() if page else ""):
        sys.exit(f"bounceclass: {problem}")
    task = Task(form, redact=redact, since=since, below=below if unread else None, quotes=bool(page) or form == "html")
    summary, status = task.summary, RunStatus(paths)
    with ExitStack() as stack:
        rows = stack.enter_context(writer.output(output)) if writer.by_rows else None
        dead_file = stack.enter_context(Output(dead)) if dead else None
        if rows:
            rows.write(writer.head())
        with status.stoppable():
            onread = stack.enter_context(_progress(paths))
            for batch in work(sources_of(paths, status, attempts=attempts, onread=onread), task, jobs, status):
                if rows and rows.failed and not (page or dead):
                    break  # a reader that stops reading, as head does: nobody wants the rest
                with status.whole():
                    status.count_mails(batch.mails, batch.cut)
                    if rows:
                        rows.write(batch.rows)
                    summary.merge(batch.summary)
                    _write_dead(dead_file, summary.add_dead(batch.dead))
    outputs = [file for file in (rows, dead_file) if file]
    wholes = [("html", page)] if page else []
    wholes += [] if rows else [(form, output)]
    outputs += [_write_whole(name, WRITERS[kind].whole(summary, catalog)) for kind, name in wholes]
    if unread and summary.unread:
        outputs.append(_write_whole(unread, summary.unread.written(unread)))
    status.leave(failed=any(file.failed for file in outputs))


def _refuse_clashes(outputs: list[str], paths: tuple[str, ...]) -> None:
    """Refuse two outputs to one file, and an output over what is read."""
    for number, name in enumerate(outputs):
        if name in outputs[:number] or any(_same(name, other) for other in outputs[:number]):
            raise click.UsageError(_("two outputs cannot both go to {name}").format(name=_("standard output") if name == "-" else safe_line(name)))
        if any(_same(name, path) for path in paths):
            raise click.UsageError(_("{name} is what is to be read").format(name=safe_line(name)))


def _same(one: str, other: str) -> bool:
    try:
        return os.path.samefile(one, other) and not os.path.samefile(one, os.devnull)  # noqa: PTH121 - pathlib costs 7 ms to import
    except OSError:
        return False


def _write_whole(name: str, text: str) -> Output:
    with Output(name) as file:
        file.write(text if name == "-" else click.unstyle(text))  # colours are for a terminal, not for a file
    return file


@contextmanager
def _progress(paths: tuple[str, ...]) -> Iterator[Callable[[int], object] | None]:
    """Show on a terminal how many octets of the files have been read, and how long the rest will take; None elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    sizes = [size_of(path) for path in paths]
    columns = (SpinnerColumn(), BarColumn(), DownloadColumn(), TimeRemainingColumn(elapsed_when_finished=True))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None if None in sizes else sum(size or 0 for size in sizes))
        yield lambda octets: progress.advance(task, octets)


def _write_dead(file: Output | None, found: Iterable[tuple[str, Reason]]) -> None:
    if file:
        for address, _reason in found:
            file.write(f"{safe_line(address)}\n")
