"""The output formats of `bounceclass scan`; one more is a module of this room and a row of `WRITERS`."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bounceclass.cli.writers.csv import CsvWriter, ExcelWriter
from bounceclass.cli.writers.html import HtmlWriter
from bounceclass.cli.writers.jsonl import JsonLinesWriter
from bounceclass.cli.writers.parquet import ParquetWriter
from bounceclass.cli.writers.table import TableWriter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bounceclass.cli.writers.writer import Writer

__all__ = ["WRITERS"]

WRITERS: Final[Mapping[str, Writer]] = MappingProxyType(
    {"table": TableWriter(), "jsonl": JsonLinesWriter(), "csv": CsvWriter(), "excel": ExcelWriter(), "parquet": ParquetWriter(), "html": HtmlWriter()},
)
