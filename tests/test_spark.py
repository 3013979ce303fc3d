"""Rows as Arrow, Parquet, and data frames of a real Spark with worker processes of its own."""

from __future__ import annotations

import csv
import io
import os
import shutil
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

import bounceclass
from bounceclass import Case, Reason, Rule, RuleBook
from bounceclass.cli import command
from bounceclass.serial.rows import COLUMNS, rows
from corpus_mails import CORPUS, MAILS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MANY = 20_000


def expected(octets: bytes, source: str) -> list[dict[str, Any]]:
    """Give the rows of a mail."""
    report = bounceclass.parse(octets)
    return rows(report, bounceclass.classify(report), source=source)


def test_rows_have_all_columns() -> None:
    """Of every mail, in their order."""
    for mail in MAILS:
        for row in expected(mail.octets, "x"):
            assert list(row) == list(COLUMNS)


def test_parquet_holds_what_csv_does(tmp_path: Path) -> None:
    """With types."""
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    from bounceclass.serial.arrow import SCHEMA

    out = tmp_path / "rows.parquet"
    done = CliRunner().invoke(command, ["scan", "--format", "parquet", "--jobs", "2", "-o", str(out), str(CORPUS)])
    plain = CliRunner().invoke(command, ["scan", "--format", "csv", str(CORPUS)])
    table = parquet.read_table(out)

    assert done.exit_code == plain.exit_code, done.stderr
    assert table.schema.equals(SCHEMA)
    assert [row["recipient"] or "" for row in table.to_pylist()] == [row["recipient"].lstrip("'") for row in csv.DictReader(io.StringIO(plain.stdout))]
    assert {type(row["date"]) for row in table.to_pylist()} <= {datetime, type(None)}
    assert CliRunner().invoke(command, ["scan", "--format", "parquet", str(CORPUS)]).exit_code == 2


def test_duckdb_reads_it(tmp_path: Path) -> None:
    """As docs/scale.md shows."""
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    out = tmp_path / "rows.parquet"
    CliRunner().invoke(command, ["scan", "--format", "parquet", "-o", str(out), str(CORPUS)])

    found = duckdb.sql(f"SELECT reason, count(*) AS mails FROM '{out}' WHERE action = 'suppress' GROUP BY reason ORDER BY mails DESC, reason").fetchall()  # noqa: S608 - our own path
    assert found[0][0] == "user_unknown"


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """Run a cluster on this machine: two worker processes, each with a Java of its own."""
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    if not shutil.which("java"):
        pytest.skip("there is no Java here")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    session = (
        sql.SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "500")
        .getOrCreate()
    )
    yield session
    session.stop()


def frame_of(spark: Any, mails: Sequence[tuple[str, bytes | None]]) -> Any:
    """Give mails as a data frame."""
    return spark.createDataFrame(mails, "path STRING, content BINARY")


def test_many_mails(spark: Any) -> None:
    """The same rows as without Spark, by worker processes."""
    from bounceclass.contrib.spark import judge

    mails = [(str(number), MAILS[number % len(MAILS)].octets) for number in range(MANY)]
    found = judge(frame_of(spark, mails).repartition(8)).collect()
    once = {mail.octets: expected(mail.octets, "") for mail in MAILS}
    wanted = [{**row, "source": source} for source, octets in mails for row in once[octets]]

    assert len(found) == len(wanted)
    assert sorted(map(comparable, (row.asDict() for row in found))) == sorted(map(comparable, wanted))


def comparable(row: dict[str, Any]) -> str:
    """Give a row as a text; times as instants."""
    date = row["date"]
    at = datetime.fromisoformat(date) if isinstance(date, str) else date.replace(tzinfo=UTC) if date else None
    return repr([(at.astimezone(UTC).isoformat() if at else None) if name == "date" else row[name] for name in COLUMNS])


def test_rules_of_ones_own_go_along_and_bad_mails_are_rows(spark: Any) -> None:
    """And what is no mail at all fails nothing."""
    from bounceclass.contrib.spark import judge

    own = RuleBook.default().extend([Rule(id="spam_detected.anvil", reason=Reason.SPAM_DETECTED, any=("anvil",), fires=(Case(text="anvil"),))])
    notice = b"From: MAILER-DAEMON@example.jp\nSubject: Undelivered Mail Returned to Sender\n\n<a@example.com>: host mx.example.com said: 550 anvil\n"
    mails = [("good", notice), ("none", None), ("odd", b"\0" * 1_000)]
    found = {row["source"]: row for row in judge(frame_of(spark, mails), rules=own, redact=True).collect()}

    assert (found["good"]["reason"], found["good"]["recipient"]) == ("spam_detected", "***@example.com")
    assert found["none"]["defects"].startswith("failed: TypeError")
    assert found["odd"]["kind"] == "other"


def test_standings(spark: Any) -> None:
    """A ledger an address."""
    from bounceclass.contrib.spark import judge, standings

    notice = (CORPUS / "postfix" / "01-user-unknown.eml").read_bytes()
    found = standings(judge(frame_of(spark, [("1", notice)])), now=datetime(2026, 11, 26, tzinfo=UTC)).collect()

    report = bounceclass.parse(notice)
    assert [row["address"] for row in found] == [report.deliveries[0].recipient]
    assert {row["advice"] for row in found} <= {"drop", "keep"}
