"""`bounceclass dialects`: which clues of which table a mail has, and what its patterns capture."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click

from bounceclass.cli.options import PATHS
from bounceclass.cli.streams import RunStatus, mails_of
from bounceclass.mail.limits import Limits
from bounceclass.plugins import installed_dialects, installed_readers
from bounceclass.reading.dialects.interpret import decode
from bounceclass.reading.readers import open_mail
from bounceclass.text.folding import safe_line
from bounceclass.text.nearest import there_are

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bounceclass.reading.dialects.dialect import Dialect
    from bounceclass.reading.draft import DraftDelivery
    from bounceclass.reading.parts import ReportParts

__all__ = ["dialects"]

_LONGEST: Final = 200
_RECIPIENTS: Final = 100
_FACTS: Final = ("alias", "status", "remote_mta", "command", "diagnostic")


@click.group()
def dialects() -> None:
    """Try the tables of servers' notices on a mail."""


@dialects.command("try")
@PATHS
@click.option("--dialect", "name", default=None, metavar="NAME", help="This table alone, whatever its clues; those of installed plugins too.")
def try_command(paths: tuple[str, ...], name: str | None) -> None:
    """
    Say which clues of which tables each mail has, and what their patterns capture.

    Without --dialect of each table that a clue speaks for, the fullest first.  PATH is as for explain.
    """
    tables = installed_dialects().dialects
    if name is not None:
        tables = tuple(table for table in tables if table.name == name)
        if not tables:
            known = sorted(table.name for table in installed_dialects().dialects)
            sys.exit(f"bounceclass: there is no dialect {safe_line(name)}; {there_are(name, known)}")
    status = RunStatus(paths)
    for mail in mails_of(paths, status):
        click.echo(safe_line(mail.origin))
        parts = open_mail(mail.octets, installed_dialects(), Limits(), installed_readers()).parts
        held = {table.name: _held(table, parts) for table in tables}
        for table in sorted(tables, key=lambda table: -sum(held[table.name])):
            if any(held[table.name]) or name is not None:
                for line in _told(table, held[table.name], parts):
                    click.echo(f"  {line}"[:_LONGEST])
        status.count_mails(1)
    status.leave()


def _held(dialect: Dialect, parts: ReportParts) -> list[bool]:
    """Say of each clue whether it holds."""
    return [clue.holds(parts) for clue in dialect.clues]


def _told(dialect: Dialect, held: list[bool], parts: ReportParts) -> Iterator[str]:
    speaks = sum(held) >= dialect.min_clues
    yield f"{dialect.name}: {dialect.title}: {sum(held)} of {len(held)} clues, needs {dialect.min_clues}: {'speaks' if speaks else 'is silent'}"
    for holds, clue in zip(held, dialect.clues, strict=True):
        yield f"  {'holds' if holds else 'misses':9} {clue.where}: {safe_line(clue.phrase.source)}"
    if dialect.opens or dialect.closes:
        window = dialect.window(parts.text)
        yield f"  {'window':9} {f'{len(window)} characters' if window else 'never opens'}"
    drafts = decode(dialect, parts, _RECIPIENTS)
    for draft in drafts:
        yield f"  {'captures':9} {safe_line(draft.recipient)}"
        yield from (f"    {label:10} {safe_line(text)}" for label, text in _facts(draft))
    if not drafts:
        yield f"  {'captures':9} nothing"


def _facts(draft: DraftDelivery) -> Iterator[tuple[str, str]]:
    return ((label, text) for label in _FACTS if (text := getattr(draft, label)))
