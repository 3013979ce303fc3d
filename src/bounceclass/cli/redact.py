"""`bounceclass redact`: a mail that may be given away."""

from __future__ import annotations

import sys
from gettext import gettext as _
from typing import BinaryIO

import click

from bounceclass.cli.streams import RunStatus, mails_of
from bounceclass.errors import RedactionError
from bounceclass.redact import redact_mail
from bounceclass.text.folding import safe_line

__all__ = ["redact_command"]


@click.command("redact")
@click.argument("path", type=click.Path(allow_dash=True), default="-", metavar="[PATH]")
@click.option("--output", "-o", type=click.File("wb", lazy=True), default="-", metavar="FILE", help="Where the mail goes.")
def redact_command(path: str, output: BinaryIO) -> None:
    """
    Hide people in a mail, so that you can give it to us.

    Local parts, names, subjects and what the returned message says are replaced; structure, hosts and verdict
    stay the same, which is checked before anything is written.  Look at it before you give it away.
    """
    status = RunStatus([path])
    for mail in mails_of([path], status):
        if status.mails:
            raise click.UsageError(_("{path} holds several mails: give one").format(path=safe_line(path)))
        status.count_mails(1)
        try:
            hidden = redact_mail(mail.octets)
        except RedactionError as error:
            click.echo(f"bounceclass: {safe_line(mail.origin)}: {safe_line(str(error))}", err=True)
            sys.exit(1)
        output.write(hidden)
    status.leave()
