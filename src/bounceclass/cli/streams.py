"""What goes in and out of the command: mails from anywhere, lines to standard error, exit status."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click

from bounceclass.cli.layout import plain
from bounceclass.mail.limits import Limits
from bounceclass.mailboxes import Mail, MailboxError, NoMailError, read_mails
from bounceclass.reasons import DefectCode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bounceclass.results import Report

__all__ = ["Troubles", "mails_of"]

_SHOWN: Final = 20


class Troubles:
    """
    Files that could not be read: each said at once, up to twenty; the exit status at the end.

    Args:
        paths: What was asked for: other files in a folder that are no mails are counted, and are no fault.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        self.count = 0
        self.others = 0
        self._paths = frozenset(paths)

    def say(self, name: str, error: OSError) -> None:
        """Say one line of a file that could not be read."""
        if isinstance(error, NoMailError) and name not in self._paths:
            self.others += 1
            return
        self.count += 1
        if self.count <= _SHOWN:
            click.echo(f"bounceclass: {plain(name)}: {plain(error.strerror or str(error))}", err=True)

    def look_at(self, name: str, report: Report) -> None:
        """Say one line of a mail that is larger than what is read of one."""
        if any(defect.code is DefectCode.OCTETS_CUT for defect in report.defects):
            self.say(name, MailboxError(f"is larger than {Limits().octets // 2**20} MiB: only its beginning was read", name))

    def leave(self) -> None:
        """Leave with status 1 where anything could not be read."""
        if self.others:
            click.echo(f"bounceclass: {self.others} files in folders are no mails", err=True)
        if self.count > _SHOWN:
            click.echo(f"bounceclass: {self.count - _SHOWN} more files could not be read", err=True)
        if self.count:
            sys.exit(1)


def mails_of(paths: Iterable[str], troubles: Troubles) -> Iterator[Mail]:
    """Give the mails of all paths, one by one; what cannot be read is said, and stops nothing."""
    for path in paths:
        yield from read_mails(path, onerror=troubles.say)
