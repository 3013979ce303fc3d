"""The rows of `csv` as Apache Parquet, with their types; what writes it comes with the extra `parquet`."""

from __future__ import annotations

import json
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

import click

from bounceclass.cli.streams import Output
from bounceclass.cli.writers.writer import Writer
from bounceclass.serial.rows import rows

if TYPE_CHECKING:
    from bounceclass.cli.writers.writer import JudgedMail

__all__ = ["ParquetWriter"]

_GROUP: Final = 10_000


class ParquetWriter(Writer):
    """Rows for data frames; a file, since Parquet writes its index at the end."""

    by_rows = True

    def missing(self) -> str:
        """Say how to get what it needs."""
        return "" if find_spec("pyarrow") else "Parquet needs pyarrow: pip install 'bounceclass[parquet]'"

    def output(self, name: str) -> Output:
        """Open the file."""
        if name == "-":
            raise click.UsageError("--format parquet needs --output FILE")
        return _ParquetOutput(name)

    def rows(self, mail: JudgedMail, *, redact: bool) -> str:
        """Give a JSON object a row, which the file takes in groups."""
        return "".join(json.dumps(row) + "\n" for row in rows(mail.report, mail.verdicts, source=mail.origin, redact=redact))


class _ParquetOutput(Output):
    """A file that takes rows as lines of JSON, and writes them in groups."""

    def __init__(self, name: str) -> None:
        self._rows: list[dict[str, Any]] = []
        self._writer: Any = None
        super().__init__(name, binary=True)
        self._do(self._begin)

    def _begin(self) -> None:
        from pyarrow import parquet  # noqa: PLC0415 - a quarter of a second, for this format alone

        from bounceclass.serial.arrow import SCHEMA  # noqa: PLC0415

        if self._file is not None:
            self._writer = parquet.ParquetWriter(self._file, SCHEMA)

    def write(self, text: str) -> None:
        """Take rows."""
        self._rows += map(json.loads, text.splitlines())
        if len(self._rows) >= _GROUP:
            self._do(self._write_group)

    def _write_group(self) -> None:
        from bounceclass.serial.arrow import batch_of  # noqa: PLC0415

        if self._writer is not None and self._rows and not self.failed:
            self._writer.write_batch(batch_of(self._rows))
        self._rows = []

    def __exit__(self, *details: object) -> None:
        """Write what is left, and the index."""
        self._do(self._write_group)
        if self._writer is not None:
            self._do(self._writer.close)
        super().__exit__(*details)
