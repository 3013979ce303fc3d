"""`bounceclass scan`: whole mailboxes into a table, rows for programs, a list of dead addresses, a page to look at."""

from __future__ import annotations

import csv
import json
import multiprocessing
import os
import re
import signal
import sys
import threading
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import islice
from multiprocessing import connection
from typing import TYPE_CHECKING, Any, Final

import click
from attrs import frozen
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from bounceclass.advice.catalog import find_catalog
from bounceclass.api import classify, parse
from bounceclass.cli.layout import lay_out_summary
from bounceclass.cli.options import LOCALE, PATHS, REDACT
from bounceclass.cli.streams import Output, RunStatus, mails_of
from bounceclass.cli.summary import Summary
from bounceclass.plugins import installed_catalogs
from bounceclass.serial.plain import redacted
from bounceclass.serial.schema import mail_to_dict
from bounceclass.text.folding import safe_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from bounceclass.advice.catalog import Catalog
    from bounceclass.mailboxes import Mail
    from bounceclass.model.reasons import Reason
    from bounceclass.model.report import Report
    from bounceclass.model.verdict import Verdict

__all__ = ["scan_command"]

_NEEDS: Final = ("jinja2", "matplotlib")
_BATCH: Final = 32
_AHEAD: Final = 4
# What makes a spreadsheet take a cell for a formula (OWASP, CSV injection), also behind what shows nothing: blanks, marks, fillers.
_FORMULA: Final = re.compile(
    r"\A[\s\x00-\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffd]*+"
    r"[=+@＝＋－＠-]"
)
_COLUMNS: Final = (
    "source", "date", "kind", "recipient", "original_recipient", "reason", "permanence", "address_state", "responsible", "action", "confidence",
    "status", "reply_code", "remote_mta", "provider", "rule", "diagnostic",
)  # fmt: skip


@frozen
class _Result:
    """One mail, judged."""

    origin: str
    report: Report
    verdicts: tuple[Verdict, ...]


@click.command("scan")
@PATHS
@click.option(
    "--format", "form", type=click.Choice(["table", "jsonl", "csv"]), default="table", help="A table of all, a JSON object a mail, or a row a recipient."
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
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), default=None, metavar="DAY", help="Leave out mails dated before this day, 2026-11-21.")
@click.option("--html", "page", type=click.Path(dir_okay=False), default=None, metavar="FILE", help="Write a page to look at (needs the extra report).")
@LOCALE
@REDACT
def scan_command(  # noqa: PLR0913, PLR0917 - one for each option
    paths: tuple[str, ...],
    form: str,
    output: str,
    jobs: int,
    dead: str | None,
    since: datetime | None,
    page: str | None,
    language: str,
    *,
    redact: bool,
) -> None:
    """
    Read whole mailboxes: what failed and why, which addresses are dead, which faults are your own.

    PATH is a mail, an mbox, a Maildir or a folder of them, gzipped or not; - reads standard input.
    Ctrl-C ends it with what was done so far.
    """
    _refuse_clashes([output, *([dead] if dead else []), *([page] if page else [])], paths)
    make_page = _page_maker() if page else None
    catalog = find_catalog(language, installed_catalogs())
    summary, status = Summary(redact=redact), RunStatus(paths)
    with ExitStack() as stack:
        rows = stack.enter_context(Output(output)) if form != "table" else None
        dead_file = stack.enter_context(Output(dead)) if dead else None
        write = _writer(form, rows, redact=redact)
        with status.stoppable():
            for result in _watched(_judged(mails_of(paths, status), jobs, status)):
                if rows and rows.failed and not (page or dead):
                    break  # a reader that stops reading, as head does: nobody wants the rest
                with status.whole():
                    status.look_at(result.origin, result.report)
                    if _is_since(result.report, since):
                        write(result)
                        _write_dead(dead_file, summary.add(result.report, result.verdicts))
    outputs = [file for file in (rows, dead_file) if file]
    outputs += [_write_whole(page, make_page(summary, catalog))] if make_page and page else []
    outputs += [_write_whole(output, _table(summary, catalog))] if form == "table" else []
    status.leave(failed=any(file.failed for file in outputs))


def _refuse_clashes(outputs: list[str], paths: tuple[str, ...]) -> None:
    """Refuse two outputs to one file, and an output over what is read."""
    for number, name in enumerate(outputs):
        if name in outputs[:number] or any(_same(name, other) for other in outputs[:number]):
            raise click.UsageError(f"two outputs cannot both go to {'standard output' if name == '-' else safe_line(name)}")
        if any(_same(name, path) for path in paths):
            raise click.UsageError(f"{safe_line(name)} is what is to be read")


def _same(one: str, other: str) -> bool:
    try:
        return os.path.samefile(one, other) and not os.path.samefile(one, os.devnull)  # noqa: PTH121 - pathlib costs 7 ms to import
    except OSError:
        return False


def _write_whole(name: str, text: str) -> Output:
    with Output(name) as file:
        file.write(text)
    return file


def _table(summary: Summary, catalog: Catalog) -> str:
    console = Console(highlight=False, emoji=False, markup=False)
    with console.capture() as laid:
        console.print(lay_out_summary(summary, catalog))
    return laid.get()


# -- the work ----------------------------------------------------------------------------------


def _judged(mails: Iterator[Mail], jobs: int, status: RunStatus) -> Iterator[_Result]:
    """Judge mails in their order; by several processes, of which a bounded number of mails is on the way."""
    if jobs == 1:
        yield from map(_judge, mails)
        return
    context = multiprocessing.get_context("spawn")  # no threads and no open files come along
    waiting: deque[Future[list[_Result]]] = deque()
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_end_with_parent) as pool:
        try:
            while batch := list(islice(mails, _BATCH)):
                waiting.append(_submit(pool, batch))
                if len(waiting) >= jobs * _AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool:
            status.worker_died = True
            for future in waiting:
                if future.done() and not future.cancelled() and not future.exception():
                    yield from future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _end_with_parent() -> None:
    """Let a worker end when the scan does, however that dies: nobody else would tell it."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        connection.wait([parent.sentinel] if parent else [])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _submit(pool: ProcessPoolExecutor, batch: list[Mail]) -> Future[list[_Result]]:
    """
    Hand mails to a worker.

    Ctrl-C is for the process that writes.  Workers, which start here, inherit that it is held back from
    them; what comes meanwhile is not lost, but delivered right after.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        return pool.submit(_judge_batch, batch)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.submit(_judge_batch, batch)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _judge_batch(mails: list[Mail]) -> list[_Result]:
    return [_judge(mail) for mail in mails]


def _judge(mail: Mail) -> _Result:
    report = parse(mail.octets)
    return _Result(mail.origin, report, classify(report))


def _watched(results: Iterator[_Result]) -> Iterator[_Result]:
    """Show on a terminal how far the work has come."""
    if not sys.stderr.isatty():
        yield from results
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("mails", total=None)
        for result in results:
            progress.advance(task)
            yield result


def _is_since(report: Report, since: datetime | None) -> bool:
    """Tell whether a mail is new enough; one without a date is."""
    date = report.provenance.date or report.arrival_date
    return since is None or date is None or date >= since.replace(tzinfo=UTC)


# -- what comes out ----------------------------------------------------------------------------


def _writer(form: str, file: Output | None, *, redact: bool) -> Callable[[_Result], None]:
    if file is None:
        return lambda _: None
    if form == "jsonl":
        return lambda result: file.write(json.dumps(mail_to_dict(result.origin, result.report, result.verdicts, redact=redact)) + "\n")
    table = csv.DictWriter(file, _COLUMNS, lineterminator="\n")
    table.writeheader()
    return lambda result: table.writerows(_cells(row) for row in _rows(result, redact=redact))


def _rows(result: _Result, *, redact: bool) -> Iterator[dict[str, Any]]:
    date = result.report.provenance.date
    head: dict[str, Any] = {"source": result.origin, "date": date.isoformat() if date else "", "kind": str(result.report.kind)}
    if not result.verdicts:
        yield redacted(head) if redact else head
    for verdict in result.verdicts:
        row = verdict.to_dict()
        winner = row["evidence"][0]["rule"] if row["evidence"] else ""
        cells: dict[str, Any] = {**{key: row[key] for key in _COLUMNS if key in row}, **head, "provider": row["details"]["provider"], "rule": winner}
        yield redacted(cells) if redact else cells


def _cells(row: dict[str, Any]) -> dict[str, str]:
    """Give a row as texts, none of which a spreadsheet takes for a formula."""
    texts = {key: "" if value is None else safe_line(str(value)) for key, value in row.items()}
    return {key: f"'{text}" if _FORMULA.match(text) else text for key, text in texts.items()}


def _write_dead(file: Output | None, found: Iterable[tuple[str, Reason]]) -> None:
    if file:
        for address, _ in found:
            file.write(f"{safe_line(address)}\n")


def _page_maker() -> Callable[[Summary, Catalog], str]:
    """Import what draws, before any work is done: without the extra, say how to get it."""
    try:
        from bounceclass.cli.page import make_page  # noqa: PLC0415 - matplotlib and jinja2 come with the extra only
    except ModuleNotFoundError as error:
        if error.name not in _NEEDS:
            raise
        sys.exit(f"bounceclass: the page needs {' and '.join(_NEEDS)}: pip install 'bounceclass[report]'")
    return make_page
