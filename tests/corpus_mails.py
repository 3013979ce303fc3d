"""The corpus as named cases: each mail with its sidecar."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

import bounceclass

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"


@frozen
class CorpusMail:
    """One mail of the corpus: its octets, and what its sidecar says of it."""

    path: Path

    @property
    def id(self) -> str:
        """The test's name: folder and file, "postfix/01-user-unknown"."""
        return str(self.path.relative_to(CORPUS).with_suffix(""))

    @property
    def folder(self) -> str:
        """The folder that the mail stands in."""
        return self.path.parent.name

    @property
    def octets(self) -> bytes:
        """The mail."""
        return self.path.read_bytes()

    @property
    def sidecar(self) -> dict[str, Any]:
        """What is known of it: meta, claim, expect."""
        path = self.path.with_suffix(".json")
        if not path.exists():
            pytest.fail(
                f"{path.name} is missing: write its meta and claim (corpus/README.md), then run pytest tests/test_corpus.py --update-goldens", pytrace=False
            )
        content: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return content

    def write(self, sidecar: dict[str, Any]) -> None:
        """Rewrite the sidecar."""
        self.path.with_suffix(".json").write_text(json.dumps(sidecar, ensure_ascii=False, indent=1) + "\n", "utf-8")


MAILS = sorted((CorpusMail(path) for path in CORPUS.glob("*/*.eml")), key=lambda mail: mail.id)


def result(octets: bytes) -> dict[str, Any]:
    """Give all that we say of a mail, as it stands in a sidecar."""
    report = bounceclass.parse(octets)
    verdicts = bounceclass.classify(report)
    return {"report": report.to_dict(), "verdicts": [verdict.to_dict() for verdict in verdicts]}
