"""A row a recipient, for spreadsheets (RFC 4180)."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, Final

from bounceclass.cli.writers.writer import Writer
from bounceclass.regex import regex
from bounceclass.serial.plain import to_plain
from bounceclass.text.folding import safe_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bounceclass.cli.writers.writer import JudgedMail

__all__ = ["CsvWriter", "ExcelWriter", "cells_of"]

# What makes a spreadsheet take a cell for a formula (OWASP, CSV injection), also behind what shows nothing: blanks, marks, fillers.
_FORMULA: Final = regex(
    r"\A[\s\x00-\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffd]*+"
    r"[=+@＝＋－＠-]"
)
_COLUMNS: Final = (
    "source", "date", "kind", "recipient", "original_recipient", "reason", "permanence", "address_state", "responsible", "action", "confidence",
    "status", "reply_code", "remote_mta", "provider", "rule", "diagnostic",
)  # fmt: skip


class CsvWriter(Writer):
    """One row a recipient; a mail that names none has one too."""

    by_rows = True
    _mark = ""

    def head(self) -> str:
        """Give the names of the columns."""
        return self._mark + _written([dict(zip(_COLUMNS, _COLUMNS, strict=True))])

    def rows(self, mail: JudgedMail, *, redact: bool) -> str:
        """Give the rows of a mail."""
        return _written(map(cells_of, _rows(mail, redact=redact)))


class ExcelWriter(CsvWriter):
    """The same behind a byte order mark, without which Excel reads UTF-8 as the system's own charset (in Japan Windows-31J)."""

    _mark = "\ufeff"


def _written(rows: Iterable[dict[str, str]]) -> str:
    out = io.StringIO()
    csv.DictWriter(out, _COLUMNS, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _rows(mail: JudgedMail, *, redact: bool) -> Iterator[dict[str, Any]]:
    head = {"source": mail.origin, "date": mail.report.provenance.date, "kind": mail.report.kind}
    # All at once: what is hidden of one recipient is hidden in the others' answers too.
    plain = to_plain({"head": head, "verdicts": mail.verdicts}, redact=redact)
    if not mail.verdicts:
        yield plain["head"]
    for row in plain["verdicts"]:
        evidence = row["evidence"]
        own = {"provider": row["details"]["provider"], "rule": evidence[0]["rule"] if evidence else ""}
        yield {**{key: row[key] for key in _COLUMNS if key in row}, **plain["head"], **own}


def cells_of(row: dict[str, Any]) -> dict[str, str]:
    """Give a row as texts, none of which a spreadsheet takes for a formula."""
    texts = {key: "" if value is None else safe_line(str(value)) for key, value in row.items()}
    return {key: f"'{text}" if _FORMULA.match(text) else text for key, text in texts.items()}
