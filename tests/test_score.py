"""The scorer of docs/comparison.md."""

from __future__ import annotations

from typing import Any

import pytest
import score

from corpus_mails import CORPUS

NOTICE = (CORPUS / "postfix" / "01-user-unknown.eml").read_bytes()
ROW: dict[str, Any] = {"is": [score.hashed("Kaneda@example.co.jp")], "reason": "user_unknown"}
RIGHT: dict[str, Any] = {"set": "set-of-emails", "name": "x", "kind": "failure", "recipients": [ROW]}


@pytest.mark.parametrize(
    ("label", "counted", "missed"),
    [
        (RIGHT, {"kind": 1, "found": 1, "recipients": 1, "reason": 1, "strict": 1}, []),
        ({**RIGHT, "recipients": [{**ROW, "reason": "spam_detected", "also": ["user_unknown"]}]}, {"reason": 1}, []),
        ({**RIGHT, "kind": "delay"}, {"found": 1}, ["kind failure, labelled delay"]),
        ({**RIGHT, "kind": "other", "recipients": []}, {"false": 1, "others": 1}, ["kind failure, labelled other"]),
        (
            {**RIGHT, "recipients": [{"is": ["x"], "reason": "mailbox_full"}]},
            {"addressed": 1},
            ["other recipients", "reason user_unknown, labelled mailbox_full"],
        ),
    ],
)
def test_a_mail_counts(label: dict[str, Any], counted: dict[str, int], missed: list[str]) -> None:
    """As its label says."""
    counts, misses = score.score(label, NOTICE)

    assert {name: counts[name] for name in counted} == counted
    assert misses == missed


def test_labels_name_nobody() -> None:
    """They hold hashes alone."""
    labels = list(score.labels())

    assert len(labels) == 436
    assert "@" not in score.LABELS.read_text("utf-8")
    assert {label["set"] for label in labels} == set(score.SETS)
