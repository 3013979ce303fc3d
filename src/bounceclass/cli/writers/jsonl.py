"""A JSON object a mail, one a line (docs/json.md)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bounceclass.cli.writers.writer import Writer
from bounceclass.serial.schema import mail_to_dict

if TYPE_CHECKING:
    from bounceclass.cli.writers.writer import JudgedMail

__all__ = ["JsonLinesWriter"]


class JsonLinesWriter(Writer):
    """Lines for programs; `bounceclass schema` says what stands in them."""

    by_rows = True

    def rows(self, mail: JudgedMail, *, redact: bool) -> str:
        """Give one line."""
        return json.dumps(mail_to_dict(mail.origin, mail.report, mail.verdicts, redact=redact)) + "\n"
