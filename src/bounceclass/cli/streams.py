"""What goes in and out of the command: mails from anywhere, lines to standard error, interrupts, exit status."""

from __future__ import annotations

import errno
import os
import signal
import sys
from contextlib import contextmanager
from gettext import gettext as _
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NoReturn, Self

import click
from rich.console import Console

from bounceclass.cli.messages import translate_help
from bounceclass.mail.limits import Limits
from bounceclass.mailboxes import Mail, MailboxError, NoMailError, read_mails
from bounceclass.model.vocabulary import DefectCode
from bounceclass.text.folding import safe_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import FrameType

    from bounceclass.model.report import Report

__all__ = ["CarefulConsole", "CarefulGroup", "Output", "RunStatus", "mails_of"]

_SHOWN: Final = 20
_SIGNALLED: Final = 128  # and the signal's number, as shells count
# What ends a scan with what was done so far; some of them no other system has.
_ENDING: Final = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
_STANDARD: Final = "standard output"
_UNWRAPPED: Final = 100_000


class CarefulGroup(click.Group):
    """
    Commands whose output cannot be written, or that are interrupted, end with one line and a status.

    Args:
        later: Commands that are imported when they are asked for, as "module:name" within this package by their name.
    """

    def __init__(self, *args: Any, later: Mapping[str, str] = MappingProxyType({}), **keywords: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(*args, **keywords)
        self._later = later

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name all commands."""
        return sorted({*super().list_commands(ctx), *self._later})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Give a command, with its help in the language that is spoken."""
        if cmd_name in self._later and cmd_name not in self.commands:
            module, _colon, name = self._later[cmd_name].partition(":")
            self.add_command(getattr(import_module(f"bounceclass.cli.{module}"), name), cmd_name)
        found = super().get_command(ctx, cmd_name)
        if found:
            translate_help(found)
        return found

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own
        """Run the command, and write out what is left of its output."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except KeyboardInterrupt:
            click.echo(_("bounceclass: stopped"), err=True)
            sys.exit(_SIGNALLED + signal.SIGINT)
        except OSError as error:
            _leave_for(error)
        return result

    def make_context(self, *args: Any, **keywords: Any) -> click.Context:  # noqa: ANN401 - click's own
        """Read the command line; help and version are written here."""
        try:
            return super().make_context(*args, **keywords)
        except OSError as error:
            _leave_for(error)


class CarefulConsole(Console):
    """A console for texts of ours, that leaves broken pipes to `CarefulGroup`."""

    def __init__(self) -> None:
        # What goes into a file or another program is wrapped there, if anywhere; COLUMNS says otherwise.
        self._wraps = sys.stdout.isatty() or bool(os.environ.get("COLUMNS"))
        super().__init__(highlight=False, emoji=False, markup=False, width=None if self._wraps else _UNWRAPPED)

    def part(self, name: str) -> None:
        """Say where the next mail is from: a rule across the terminal, elsewhere a line."""
        self.rule(name) if self._wraps else self.print(f"-- {name} --")

    def on_broken_pipe(self) -> NoReturn:
        """Raise what rich would swallow."""
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))


def _leave_for(error: OSError) -> NoReturn:
    say_unwritable(str(error.filename or _STANDARD), error)
    sys.exit(1)


def _told(error: OSError) -> str:
    """Give what went wrong in the reader's language, where that is one of the usual things."""
    return _(error.strerror or str(error))


def say_unwritable(name: str, error: OSError) -> None:
    """Say once what cannot be written; later writes to standard output are silent."""
    click.echo(f"bounceclass: {safe_line(name)}: {safe_line(_told(error))}", err=True)
    if name == _STANDARD:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Output:
    """
    A file to write, or standard output.  A fault is said once, and stops nothing else.

    Args:
        name: Its path; "-" for standard output.
        binary: It takes octets.
    """

    def __init__(self, name: str, *, binary: bool = False) -> None:
        self._name = _STANDARD if name == "-" else name
        self.failed: bool = False
        self._file: Any = sys.stdout if name == "-" else None
        how: dict[str, Any] = {"mode": "wb"} if binary else {"mode": "w", "encoding": "utf-8", "newline": ""}
        if self._file is None:
            self._do(lambda: setattr(self, "_file", open(name, **how)))  # noqa: PTH123, SIM115 - closed at exit

    def __enter__(self) -> Self:
        """Give itself: it is open."""
        return self

    def __exit__(self, *_details: object) -> None:
        """Write out what is left."""
        if self._file is not None:
            self._do(self._file.flush)
            if self._name != _STANDARD:
                self._do(self._file.close)

    def write(self, text: str) -> None:
        """Write a text; nothing where writing has failed before."""
        if self._file is not None and not self.failed:
            file = self._file
            self._do(lambda: file.write(text))

    def _do(self, act: Callable[[], object]) -> None:
        try:
            act()
        except OSError as error:
            if not self.failed:
                say_unwritable(self._name, error)
            self.failed = True


class RunStatus:
    """
    Files that could not be read: each said at once, up to twenty; the exit status at the end.

    Args:
        paths: What was asked for: other files in a folder that are no mails are counted, and are no fault.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        self.count: int = 0
        self.others: int = 0
        self.mails: int = 0
        self.logs: int = 0
        self.passed_over: int = 0
        self.stopped: int = 0  # the signal that did it
        self.worker_died = False
        self._busy = False
        self._paths = frozenset(paths)

    def say(self, name: str, error: OSError) -> None:
        """Say one line of a file that could not be read."""
        if isinstance(error, NoMailError) and name not in self._paths:
            self.others += 1
            return
        self.count += 1
        if self.count <= _SHOWN:
            click.echo(f"bounceclass: {safe_line(name)}: {safe_line(_told(error))}", err=True)

    def count_mails(self, mails: int, cut: Iterable[str] = ()) -> None:
        """Count mails; say one line of each that is larger than what is read of one."""
        self.mails += mails
        for name in cut:
            self.say(name, MailboxError(f"is larger than {Limits().octets // 2**20} MiB: only its beginning was read", name))

    def look_at(self, name: str, report: Report) -> None:
        """Count one mail."""
        self.count_mails(1, [name] if any(defect.code is DefectCode.OCTETS_CUT for defect in report.defects) else [])

    @contextmanager
    def stoppable(self) -> Iterator[None]:
        """
        Let Ctrl-C, SIGTERM and SIGHUP end what is within, and go on behind it: what was done so far is not lost.

        After the first one the others are ignored, until all is written.  What is ignored already (nohup) stays so.
        """
        previous = {number: signal.signal(number, self._interrupt) for number in _ENDING if signal.getsignal(number) is not signal.SIG_IGN}
        try:
            yield
        except KeyboardInterrupt:
            self.stopped = self.stopped or signal.SIGINT
        finally:
            if not self.stopped:
                for number, handler in previous.items():
                    signal.signal(number, handler)

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Hold Ctrl-C back until what is within is done: no mail is counted and not written."""
        self._busy = True
        try:
            yield
        finally:
            self._busy = False
        if self.stopped:
            raise KeyboardInterrupt

    def _interrupt(self, number: int, _frame: FrameType | None) -> None:
        for ending in _ENDING:
            signal.signal(ending, signal.SIG_IGN)
        self.stopped = number
        if not self._busy:
            raise KeyboardInterrupt

    def leave(self, *, failed: bool = False) -> None:
        """Leave with status 130 where the work was stopped by Ctrl-C (143 by SIGTERM), with 1 where anything could not be read, judged or written."""
        if not (self.mails or self.logs or self.count or self.stopped or failed):
            click.echo(_("bounceclass: no mails found"), err=True)
        if self.others:
            click.echo(_("bounceclass: skipped {count} files that are not email").format(count=self.others), err=True)
        if self.passed_over:
            click.echo(_("bounceclass: skipped {count} log lines of other programs").format(count=self.passed_over), err=True)
        if self.count > _SHOWN:
            click.echo(_("bounceclass: further files that could not be read: {count}").format(count=self.count - _SHOWN), err=True)
        if self.stopped:
            click.echo(_("bounceclass: stopped after {count} mails; what was done is written").format(count=self.mails), err=True)
            sys.exit(_SIGNALLED + self.stopped)
        if self.worker_died:
            click.echo(_("bounceclass: a worker process died; what was done is written"), err=True)
        if self.count or failed or self.worker_died:
            sys.exit(1)


def mails_of(paths: Iterable[str], status: RunStatus, *, pasted: bool = False, onread: Callable[[int], object] | None = None) -> Iterator[Mail]:
    """Give the mails of all paths, one by one, with `pasted` texts that are none as well; what cannot be read is said, and stops nothing."""
    for path in paths:
        yield from read_mails(path, onerror=status.say, pasted=pasted, onread=onread)
