"""The public API as type checkers see it: checked by mypy --strict, never run."""

from __future__ import annotations

from datetime import datetime
from email.message import Message
from pathlib import Path
from typing import IO, assert_type

import bounceclass
from bounceclass.contrib.webhooks import read_event
from bounceclass.logs import last_fates, read_log


def sources(octets: bytes, message: Message, file: IO[bytes]) -> None:
    """Every source is taken, and nothing else."""
    assert_type(bounceclass.parse(octets), bounceclass.Report)
    assert_type(bounceclass.parse("text", limits=bounceclass.Limits(depth=3)), bounceclass.Report)
    bounceclass.parse(message)
    bounceclass.parse(file)
    bounceclass.parse(None)  # type: ignore[arg-type]
    bounceclass.parse(octets, bounceclass.Limits())  # type: ignore[call-arg, arg-type]


def report(value: bounceclass.Report) -> None:
    """A report's attributes have their types, and cannot be set."""
    assert_type(value.kind, bounceclass.Kind)
    assert_type(value.deliveries, tuple[bounceclass.Delivery, ...])
    assert_type(value.original, bounceclass.Original | None)
    assert_type(value.arrival_date, datetime | None)
    assert_type(value.deliveries[0].reply_code, int | None)
    assert_type(value.deliveries[0].original_recipient, str | None)
    value.dialect = "x"  # type: ignore[misc]


def verdicts(value: bounceclass.Report) -> None:
    """So have a verdict's."""
    for verdict in bounceclass.classify(value):
        assert_type(verdict, bounceclass.Verdict)
        assert_type(verdict.reason, bounceclass.Reason)
        assert_type(verdict.confidence, float)
        assert_type(verdict.evidence, tuple[bounceclass.Evidence, ...])
        assert_type(verdict.details.retry_after, int | None)
        verdict.reason = bounceclass.Reason.UNKNOWN  # type: ignore[misc]
    assert_type(bounceclass.classify_reply("550", remote_mta=None), bounceclass.Verdict)


def explanations(value: bounceclass.Report) -> None:
    """Explanations of reports and of verdicts."""
    assert_type(bounceclass.explain(value, locale="ja"), bounceclass.Explanation)
    assert_type(bounceclass.explain(bounceclass.classify(value)[0]).steps, tuple[bounceclass.Step, ...])
    assert_type(bounceclass.explain(value).to_html(), str)


def tables(path: Path) -> None:
    """Rules, catalogs and dialects of one's own."""
    book = bounceclass.RuleBook.default().extend(bounceclass.load_rules(path))
    assert_type(book, bounceclass.RuleBook)
    bounceclass.classify(b"", rules=book)
    bounceclass.explain(b"", catalog=bounceclass.load_catalog(path, over="ja"))


def gate(headers: dict[str, str]) -> None:
    """The loop gate takes any mapping of names to values."""
    assert_type(bounceclass.looks_like_report(headers), bool)


def over_time(verdict: bounceclass.Verdict, now: datetime) -> None:
    """A ledger's answer can be explained."""
    ledger = bounceclass.Ledger(bounceclass.Policy(failures=3))
    ledger.record(verdict, at=now, message_id="<1@example.net>")
    standing = ledger.standing("a@example.com", now=now)
    assert_type(standing, bounceclass.AddressStanding)
    assert_type(standing.until, datetime | None)
    assert_type(bounceclass.explain(standing), bounceclass.Explanation)
    ledger.record(verdict, now)  # type: ignore[call-arg]


def doors(error: OSError, octets: bytes) -> None:
    """All lead to the same values."""
    assert_type(bounceclass.classify_error(error), tuple[bounceclass.Verdict, ...])
    assert_type(bounceclass.classify_error({"a@example.com": (550, b"no")}), tuple[bounceclass.Verdict, ...])
    assert_type(read_event(octets), tuple[bounceclass.Report, ...])
    for attempt in last_fates(read_log("mail.log")):
        assert_type(attempt.verdict, bounceclass.Verdict)
    assert_type(bounceclass.may_auto_reply(octets), bounceclass.AutoReplyCheck)
    assert_type(bounceclass.redact_mail(octets), bytes)
