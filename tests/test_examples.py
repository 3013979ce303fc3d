"""The programs under docs/examples do what the docs say of them."""

from __future__ import annotations

import importlib.util
import json
import smtplib
import subprocess
import sys
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

import bounceclass
from bounceclass.serial.rows import COLUMNS
from corpus_mails import CORPUS, ROOT

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = ROOT / "docs" / "examples"
NOTICE = (CORPUS / "postfix" / "01-user-unknown.eml").read_bytes()
VERDICT = bounceclass.classify(bounceclass.parse(NOTICE))[0]
NOW = datetime(2026, 11, 26, tzinfo=UTC)


def example(name: str) -> Any:
    """Import one."""
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pipe(octets: bytes, path: str) -> subprocess.CompletedProcess[bytes]:
    """Pipe a mail into the program, as Postfix does."""
    return subprocess.run([sys.executable, str(EXAMPLES / "pipe.py"), path], input=octets, capture_output=True, check=False)


def test_pipe(tmp_path: Path) -> None:
    """A line a verdict; a mail that is no report adds none."""
    out = tmp_path / "verdicts.jsonl"

    assert [pipe(octets, str(out)).returncode for octets in (NOTICE, b"From: a@example.jp\n\nhello\n", NOTICE)] == [0, 0, 0]
    assert [json.loads(line)["reason"] for line in out.read_text().splitlines()] == ["user_unknown", "user_unknown"]


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    """The server is told to try again."""
    for path in ("/dev/full", str(tmp_path / "no" / "folder")):
        done = pipe(NOTICE, path)
        assert done.returncode == 75
        assert done.stderr


def test_lmtp() -> None:
    """A mail server hands bounces over; what cannot be handled is tried again."""
    pytest.importorskip("aiosmtpd", reason="aiosmtpd is not installed")
    from test_sending import free_port

    module = example("lmtp")
    heard: list[bounceclass.Verdict] = []

    def handle(verdict: bounceclass.Verdict) -> None:
        if len(heard) == 1:
            raise OSError("the disk is full")
        heard.append(verdict)

    controller = module.LmtpController(module.Bounces(handle), hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        with smtplib.LMTP("127.0.0.1", controller.port) as server:
            assert server.sendmail("", ["bounces@example.net"], NOTICE) == {}
            with pytest.raises(smtplib.SMTPDataError, match="Try again later"):
                server.sendmail("", ["bounces@example.net"], NOTICE)
    finally:
        controller.stop()
    assert heard == [VERDICT]


def test_sqlite_ledger(tmp_path: Path) -> None:
    """Kept between runs."""
    module = example("sqlite_ledger")
    path = tmp_path / "ledger.db"

    assert module.record(module.open_ledger(path), VERDICT, NOW, "<1@example.net>").advice == "drop"
    kept = module.open_ledger(path).execute("SELECT address, facts FROM ledger").fetchall()
    assert [address for address, _ in kept] == [VERDICT.intended_recipient.lower()]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.usefixtures("django")
def test_django_ledger() -> None:
    """In a database of Django's."""
    module = example("django_ledger")
    from django.db import connection

    with connection.schema_editor() as editor:
        editor.create_model(module.AddressFacts)
    assert module.record(VERDICT, NOW).advice == "drop"
    assert module.AddressFacts.objects.count() == 1


def test_kafka_rows() -> None:
    """A consumer is anything that gives messages; the offset is committed behind the rows."""
    sent: list[Any] = []
    consumer: Any = type("Consumer", (list,), {"commit": lambda _: sent.append("commit")})(
        [SimpleNamespace(topic="bounces", partition=0, offset=7, value=NOTICE)]
    )
    producer = SimpleNamespace(send=lambda topic, key, value: sent.append((topic, key, json.loads(value))), flush=lambda: sent.append("flush"))
    example("kafka_rows").judge(consumer, producer)

    assert [what if isinstance(what, str) else what[0] for what in sent] == ["verdicts", "flush", "commit"]
    assert sent[0][2]["source"] == "bounces:0:7"
    assert list(sent[0][2]) == list(COLUMNS)


@pytest.mark.filterwarnings("ignore")
def test_s3_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """From a bucket, as moto plays one."""
    moto = pytest.importorskip("moto", reason="moto is not installed")
    boto3 = pytest.importorskip("boto3", reason="boto3 is not installed")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "x")
    with moto.mock_aws():
        client = boto3.client("s3", region_name="us-east-1")
        client.create_bucket(Bucket="bounces")
        client.put_object(Bucket="bounces", Key="2026/1", Body=NOTICE)
        found = list(example("s3_rows").judge(client, "bounces", "2026/"))

    assert [(row["source"], row["reason"]) for row in found] == [("s3://bounces/2026/1", "user_unknown")]
