"""
Each mail of the corpus is one test.

`claim` is what a person reads in the mail, and is never rewritten; `expect` is our whole result,
rewritten by `pytest --update-goldens` where claim and invariants hold.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from bounceclass import Kind, Reason, RuleBook
from bounceclass.rules.sources.codes import reply_codes, status_codes
from corpus_mails import MAILS, CorpusMail, result
from differences import differences

SIDECAR_KEYS = {"meta", "claim", "expect"}  # `expect` by pytest tests/test_corpus.py --update-goldens
META_KEYS = {"source", "licence", "note"}
_NUMBERED = re.compile(r"[a-z0-9_]+/\d\d-[a-z0-9.-]+")


def test_the_corpus_is_there() -> None:
    """An empty glob must never pass for success."""
    assert len(MAILS) >= 60


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.id)
def test_mail(mail: CorpusMail, request: pytest.FixtureRequest) -> None:
    """Our result is the one that stands beside the mail."""
    sidecar = mail.sidecar
    found = result(mail.octets)

    check_claim(sidecar["claim"], found)
    check_invariants(found)
    if request.config.getoption("--update-goldens"):
        mail.write({**sidecar, "expect": found})
    if lines := [*differences(mail.sidecar.get("expect"), found)]:
        pytest.fail("\n".join([*lines, "", "Is all of it right?  pytest tests/test_corpus.py --update-goldens"]), pytrace=False)


def check_claim(claim: dict[str, Any], found: dict[str, Any]) -> None:
    """A person's reading holds: kind, recipients in order, a reason that can be defended."""
    assert found["report"]["kind"] == claim["kind"]
    deliveries = found["report"]["deliveries"]
    wanted = claim["recipients"]
    assert [delivery["recipient"].lower() for delivery in deliveries] == [recipient["address"].lower() for recipient in wanted]
    for recipient, delivery, verdict in zip(wanted, deliveries, found["verdicts"], strict=True):
        assert verdict["reason"] in {recipient["reason"], *recipient.get("also", ())}
        if "alias" in recipient:
            assert delivery["original_recipient"] == recipient["alias"]


def check_invariants(found: dict[str, Any]) -> None:
    """What holds of every result."""
    rules = {rule.id for rule in RuleBook.default().rules}
    codes = {code.id for table in (status_codes(), reply_codes()) for code in table.values()}
    for verdict in found["verdicts"]:
        assert 0 <= verdict["confidence"] <= 1
        for evidence in verdict["evidence"] + verdict["conflicts"]:
            assert evidence["rule"] in rules | codes or evidence["basis"] in {"kind", "command"} or evidence["rule"] == f"learned.{evidence['reason']}"
        assert {item["reason"] for item in verdict["evidence"]} <= {verdict["reason"]}
        assert verdict["reason"] not in {item["reason"] for item in verdict["conflicts"]}


def test_sidecars_are_well_formed() -> None:
    """Every mail says where its format is known from, and what a person reads in it."""
    for mail in MAILS:
        sidecar = mail.sidecar
        assert _NUMBERED.fullmatch(mail.id), mail.id
        assert set(sidecar) == SIDECAR_KEYS, mail.id
        assert set(sidecar["meta"]) == META_KEYS, mail.id
        assert all(sidecar["meta"].values()), mail.id
        assert sidecar["claim"]["kind"] in set(Kind), mail.id
        assert all(recipient["reason"] in set(Reason) for recipient in sidecar["claim"]["recipients"]), mail.id
