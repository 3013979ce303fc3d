"""
Mails in Spark: a data frame of mails in, a row a recipient out (extra `spark`).

::

    from bounceclass.contrib.spark import judge

    mails = spark.read.format("binaryFile").option("recursiveFileLookup", True).load("s3a://bucket/bounces/")
    judge(mails, source="path", mail="content").where("action = 'suppress'").select("recipient").distinct()

`bounceclass` must be installed where the executors run.  Memory is bounded by the batch:
`spark.sql.execution.arrow.maxRecordsPerBatch`, 10,000 rows by default, should be some hundred where mails are large.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from bounceclass.api import classify, parse
from bounceclass.model.verdict import Verdict
from bounceclass.model.vocabulary import Kind
from bounceclass.serial.arrow import batch_of
from bounceclass.serial.rows import COLUMNS, rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    import pyarrow as pa
    from pyspark.sql import DataFrame

    from bounceclass.insight.ledger import Policy
    from bounceclass.reading.dialects.registry import Dialects
    from bounceclass.rules.rulebook import RuleBook

__all__ = ["SCHEMA", "judge", "standings"]

_SQL: Final = {"text": "STRING", "time": "TIMESTAMP", "share": "DOUBLE", "code": "INT"}
# What `judge()` gives, as Spark writes schemas.
SCHEMA: Final = ", ".join(f"{name} {_SQL[holds]}" for name, holds in COLUMNS.items())
# As much of a verdict as a ledger asks for.
_OF_VERDICT: Final = (
    "recipient", "original_recipient", "reason", "permanence", "address_state", "responsible", "action", "confidence", "kind",
)  # fmt: skip
_STANDING: Final = "address STRING, advice STRING, grounds STRING, until TIMESTAMP, reason STRING, failures INT"


def judge(  # noqa: PLR0913 - each is a choice of the caller, by its name
    mails: DataFrame, *, source: str = "path", mail: str = "content", rules: RuleBook | None = None, dialects: Dialects | None = None, redact: bool = False
) -> DataFrame:
    """
    Judge mails.

    Args:
        mails: One mail a row.
        source: The column that names a mail.
        mail: The column with its octets, or its text.
        rules: Rules of one's own, `RuleBook.default().extend([...])`; they travel to the executors.
        dialects: Dialects of one's own, likewise.
        redact: Hide the local parts of all addresses.

    Returns:
        The rows that `bounceclass scan --format csv` writes of the same mails, by `SCHEMA`.  A mail that cannot be read
        at all (a null, or a plugin that fails) is a row that says so in `defects`, and no failed stage.
    """
    return mails.select(source, mail).mapInArrow(_Judge(rules, dialects, redact=redact), SCHEMA)


@frozen
class _Judge:
    """What an executor does with its batches."""

    rules: RuleBook | None
    dialects: Dialects | None
    redact: bool

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Judge batch by batch."""
        for batch in batches:
            sources, mails = batch.column(0), batch.column(1)
            made = [row for index in range(batch.num_rows) for row in self._rows(str(sources[index].as_py() or ""), mails[index].as_py())]
            yield batch_of(made)

    def _rows(self, source: str, mail: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - whatever stands in the column
        try:
            octets = mail.encode("utf-8", "surrogateescape") if isinstance(mail, str) else bytes(mail)
            report = parse(octets, dialects=self.dialects)
            return rows(report, classify(report, rules=self.rules), source=source, redact=self.redact)
        except Exception as error:  # noqa: BLE001 - one bad mail fails no stage
            return [{**dict.fromkeys(COLUMNS), "source": source, "kind": str(Kind.OTHER), "defects": f"failed: {type(error).__name__}: {error}"[:300]}]


def standings(judged: DataFrame, *, now: datetime, policy: Policy | None = None) -> DataFrame:
    """
    Say what to do with each address, by all its rows: a ledger an address.

    Args:
        judged: Rows of `judge()`, of any number of days.
        now: The time, aware of its zone.
        policy: When an address is dropped.

    Returns:
        A row an address: address, advice ("keep", "pause", "drop"), grounds, until, reason, and how many failures count.
    """
    from pyspark.sql import functions as f  # noqa: PLC0415 - where Spark is

    intended = f.lower(f.coalesce(f.col("original_recipient"), f.col("recipient")))
    dated = judged.where("recipient IS NOT NULL AND date IS NOT NULL").withColumn("address", intended)
    return dated.groupBy("address").applyInArrow(lambda table: _standing_of(table, now, policy), _STANDING)


def _standing_of(table: pa.Table, now: datetime, policy: Policy | None) -> pa.Table:
    """Tell a ledger all rows of one address, and ask it once."""
    import pyarrow as pa  # noqa: PLC0415 - where Spark is

    from bounceclass.insight.ledger import Ledger  # noqa: PLC0415 - for these rows alone

    ledger = Ledger(policy)
    for row in table.to_pylist():
        ledger.record(Verdict.from_dict({name: row[name] for name in _OF_VERDICT}), at=row["date"], message_id=row["message_id"] or "")
    address = table.column("address")[0].as_py()
    standing = ledger.standing(address, now=now)
    told = {
        "address": address,
        "advice": str(standing.advice),
        "grounds": str(standing.grounds) if standing.grounds else None,
        "until": standing.until,
        "reason": str(standing.reason) if standing.reason else None,
        "failures": len(standing.failures),
    }
    text = pa.string()
    types = {"address": text, "advice": text, "grounds": text, "until": pa.timestamp("us", tz="UTC"), "reason": text, "failures": pa.int32()}
    return pa.Table.from_pylist([told], pa.schema(types))
