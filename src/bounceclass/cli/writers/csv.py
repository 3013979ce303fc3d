"""A row a recipient, for spreadsheets (RFC 4180)."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, Final

from bounceclass.cli.writers.writer import Writer
from bounceclass.regex import regex
from bounceclass.serial.rows import COLUMNS, rows
from bounceclass.text.folding import safe_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bounceclass.cli.writers.writer import JudgedMail

__all__ = ["CsvWriter", "ExcelWriter", "cells_of"]

# What makes a spreadsheet take a cell for a formula (OWASP, CSV injection), also behind what shows nothing: blanks, marks, fillers.
_FORMULA: Final = regex(
    r"\A[\s\x00-\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffd]*+"
    r"[=+@＝＋－＠-]"
)


class CsvWriter(Writer):
    """One row a recipient; a mail that names none has one too."""

    by_rows = True
    _mark = ""

    def head(self) -> str:
        """Give the names of the columns."""
        return self._mark + _written([dict(zip(COLUMNS, COLUMNS, strict=True))])

    def rows(self, mail: JudgedMail, *, redact: bool) -> str:
        """Give the rows of a mail."""
        return _written(map(cells_of, rows(mail.report, mail.verdicts, source=mail.origin, redact=redact)))


class ExcelWriter(CsvWriter):
    """The same behind a byte order mark, without which Excel reads UTF-8 as the system's own charset (in Japan Windows-31J)."""

    _mark = "\ufeff"


def _written(rows: Iterable[dict[str, str]]) -> str:
    out = io.StringIO()
    csv.DictWriter(out, COLUMNS, lineterminator="\n").writerows(rows)
    return out.getvalue()


def cells_of(row: dict[str, Any]) -> dict[str, str]:
    """Give a row as texts, none of which a spreadsheet takes for a formula."""
    texts = {key: "" if value is None else safe_line(str(value)) for key, value in row.items()}
    return {key: f"'{text}" if _FORMULA.match(text) else text for key, text in texts.items()}
