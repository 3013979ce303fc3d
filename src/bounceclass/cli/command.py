"""`bounceclass explain` and `bounceclass classify`; the group that all commands belong to."""

from __future__ import annotations

import io
import json
import locale
import re
import sys
from typing import TYPE_CHECKING, Final

import click
from rich.console import Console

from bounceclass.advice.catalog import find_catalog
from bounceclass.cli.layout import lay_out, plain
from bounceclass.cli.rules import rules
from bounceclass.plugins import installed_catalogs
from bounceclass.verbs import classify, explain, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bounceclass.results import Report

__all__ = ["command"]

_FILES: Final = click.argument("files", nargs=-1, required=True, metavar="FILE...")


def _known_language(_context: click.Context, _parameter: click.Parameter, tag: str | None) -> str | None:
    """Refuse a language that we do not have: who asks for it would get English."""
    if tag is None:
        return None
    language = re.split("[-_.]", tag.lower(), maxsplit=1)[0]
    if re.split("[-_.]", find_catalog(tag, installed_catalogs()).locale.lower(), maxsplit=1)[0] != language:
        raise click.BadParameter(f"there are no texts in {plain(tag)!r}")
    return tag


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="bounceclass")
def command() -> None:
    """Why a mail came back, whether the address is dead, and what to do."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show Japanese shows question marks, and no traceback.
            stream.reconfigure(errors="replace")


command.add_command(rules)


@command.command("explain")
@_FILES
@click.option(
    "--locale", "language", metavar="TAG", default=None, callback=_known_language, help="Language of the explanation, en or ja; the terminal's own by default."
)
def explain_command(files: tuple[str, ...], language: str | None) -> None:
    """
    Tell a person what happened, and what to do next.

    FILE is a mail as a file; - reads it from standard input.
    """
    console = Console(highlight=False, emoji=False, markup=False)
    tag = language or _own_locale()
    unread = _Unread()
    for name, report in _reports(files, unread):
        if len(files) > 1:
            console.rule(plain(name))
        console.print(lay_out(explain(report, locale=tag), report))
    unread.leave()


@command.command("classify")
@_FILES
def classify_command(files: tuple[str, ...]) -> None:
    """
    Print one JSON object a mail, one a line, for programs.

    Keys: source, report, verdicts.  FILE is a mail as a file; - reads it from standard input.
    """
    unread = _Unread()
    for name, report in _reports(files, unread):
        verdicts = [verdict.to_dict() for verdict in classify(report)]
        click.echo(json.dumps({"source": name, "report": report.to_dict(), "verdicts": verdicts}))
    unread.leave()


class _Unread:
    """Files that could not be read: each said at once, the exit status at the end."""

    def __init__(self) -> None:
        self.count = 0

    def say(self, name: str, error: OSError) -> None:
        self.count += 1
        click.echo(f"bounceclass: {plain(name)}: {error.strerror or error}", err=True)

    def leave(self) -> None:
        if self.count:
            sys.exit(1)


def _reports(files: tuple[str, ...], unread: _Unread) -> Iterator[tuple[str, Report]]:
    for name in files:
        try:
            with click.open_file(name, "rb") as file:
                yield name, parse(file)
        except OSError as error:
            unread.say(name, error)


def _own_locale() -> str:
    """Give the language that the terminal's user has chosen."""
    return locale.getlocale(locale.LC_CTYPE)[0] or "en"
