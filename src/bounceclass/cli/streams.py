"""What goes in and out of the command: mails from anywhere, lines to standard error, exit status."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click

from bounceclass.cli.layout import plain
from bounceclass.mailboxes import Mail, read_mails

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Troubles", "mails_of"]

_SHOWN: Final = 20


class Troubles:
    """Files that could not be read: each said at once, up to twenty; the exit status at the end."""

    def __init__(self) -> None:
        self.count = 0

    def say(self, name: str, error: OSError) -> None:
        """Say one line of a file that could not be read."""
        self.count += 1
        if self.count <= _SHOWN:
            click.echo(f"bounceclass: {plain(name)}: {plain(error.strerror or str(error))}", err=True)

    def leave(self) -> None:
        """Leave with status 1 where anything could not be read."""
        if self.count > _SHOWN:
            click.echo(f"bounceclass: {self.count - _SHOWN} more files could not be read", err=True)
        if self.count:
            sys.exit(1)


def mails_of(paths: Iterable[str], troubles: Troubles) -> Iterator[Mail]:
    """Give the mails of all paths, one by one; what cannot be read is said, and stops nothing."""
    for path in paths:
        yield from read_mails(path, onerror=troubles.say)
