"""Rows as Apache Arrow: the schema of `scan --format parquet` and of the Spark door (extra `parquet`)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from bounceclass.serial.rows import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["SCHEMA", "batch_of"]

_TYPES: Final = {"text": pa.string(), "time": pa.timestamp("us", tz="UTC"), "share": pa.float64(), "code": pa.int32()}
# A column each, as docs/scale.md lists them; all may be null but `source`.
SCHEMA: Final = pa.schema([pa.field(name, _TYPES[holds], nullable=name != "source") for name, holds in COLUMNS.items()])


def batch_of(rows: Sequence[dict[str, Any]]) -> pa.RecordBatch:
    """Give rows, as `bounceclass.serial.rows` makes them, as a record batch."""
    columns = [pa.array([_cell(row[name], holds) for row in rows], type=_TYPES[holds]) for name, holds in COLUMNS.items()]
    return pa.RecordBatch.from_arrays(columns, schema=SCHEMA)


def _cell(value: Any, holds: str) -> Any:  # noqa: ANN401 - a text, a number or nothing
    return datetime.fromisoformat(value) if holds == "time" and value else value
