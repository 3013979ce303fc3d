"""The work of a scan: mails judged, counted and written as rows, by one process or by several."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import UTC
from itertools import islice
from multiprocessing import connection
from typing import TYPE_CHECKING, Final

from attrs import frozen

from bounceclass.api import assess, classify, parse
from bounceclass.cli.logs import Logged
from bounceclass.cli.summary import Summary
from bounceclass.cli.unread import Unread
from bounceclass.cli.writers import WRITERS
from bounceclass.cli.writers.writer import JudgedMail
from bounceclass.model.vocabulary import DefectCode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bounceclass.cli.streams import RunStatus
    from bounceclass.mailboxes import Mail
    from bounceclass.model.reasons import Reason
    from bounceclass.model.report import Report

__all__ = ["Batch", "Task", "work"]

_BATCH: Final = 32
_AHEAD: Final = 4


@frozen
class Task:
    """
    What is to be done with each mail.

    Attributes:
        form: The format of the rows.
        redact: Whether addresses are hidden in rows and summary.
        since: Mails dated before are left out.
        below: Answers that nobody is so sure of are kept; None for none.
        quotes: Whether the servers' answers are kept, for a page.
    """

    form: str
    redact: bool = False
    since: datetime | None = None
    below: float | None = None
    quotes: bool = True

    @property
    def summary(self) -> Summary:
        """An empty summary to count into."""
        return Summary(redact=self.redact, quotes=self.quotes, unread=None if self.below is None else Unread(self.below))

    def covers(self, report: Report) -> bool:
        """Tell whether a mail is new enough; one without a date is."""
        date = report.provenance.date or report.arrival_date
        return self.since is None or date is None or date >= self.since.replace(tzinfo=UTC)


@frozen
class Batch:
    """
    Mails that are done.

    Attributes:
        mails: How many there were, counted or not.
        cut: Those of which only the beginning was read.
        rows: As they are to be written.
        dead: The dead addresses in them, with the reason; never hidden.
        summary: What else they count.
    """

    mails: int
    cut: tuple[str, ...]
    rows: str
    dead: tuple[tuple[str, Reason], ...]
    summary: Summary


def work(mails: Iterator[Mail | Logged], task: Task, jobs: int, status: RunStatus) -> Iterator[Batch]:
    """Do all mails in their order; by several processes, of which a bounded number of mails is on the way."""
    if jobs == 1:
        yield from (_do([mail], task) for mail in mails)
        return
    context = multiprocessing.get_context("spawn")  # no threads and no open files come along
    waiting: deque[Future[Batch]] = deque()
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_end_with_parent) as pool:
        try:
            while batch := list(islice(mails, _BATCH)):
                waiting.append(_submit(pool, batch, task))
                if len(waiting) >= jobs * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool:
            status.worker_died = True
            for future in waiting:
                if future.done() and not future.cancelled() and not future.exception():
                    yield future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _do(mails: list[Mail | Logged], task: Task) -> Batch:
    writer, summary = WRITERS[task.form], task.summary
    rows: list[str] = []
    cut: list[str] = []
    dead: dict[tuple[str, Reason], None] = {}
    for mail in mails:
        report = mail.report if isinstance(mail, Logged) else parse(mail.octets)
        if any(defect.code is DefectCode.OCTETS_CUT for defect in report.defects):
            cut.append(mail.origin)
        if task.covers(report):
            verdicts = classify(report)
            rows.append(writer.rows(JudgedMail(mail.origin, report, verdicts), redact=task.redact))
            dead |= dict.fromkeys(summary.add(report, verdicts, assess(report)))
    return Batch(len(mails), tuple(cut), "".join(rows), tuple(dead), summary)


def _end_with_parent() -> None:
    """Let a worker end when the scan does, however that dies: nobody else would tell it."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        connection.wait([parent.sentinel] if parent else [])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _submit(pool: ProcessPoolExecutor, batch: list[Mail | Logged], task: Task) -> Future[Batch]:
    """
    Hand mails to a worker.

    Ctrl-C is for the process that writes.  Workers, which start here, inherit that it is held back from
    them; what comes meanwhile is not lost, but delivered right after.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        return pool.submit(_do, batch, task)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.submit(_do, batch, task)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
