"""What was learned: how right it is on what it was not made of, what it may decide, and that a site can teach it."""

from __future__ import annotations

import json
import sys
import tomllib
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from learn import is_kept

import bounceclass
from bounceclass import Action, Basis, LearnedError, Reason, RuleBook, load_learned
from bounceclass.__main__ import main
from bounceclass.learning import example_of, read_examples, teach
from bounceclass.model.report import Delivery
from bounceclass.model.vocabulary import DeliveryAction
from bounceclass.rules.circumstance import Circumstance
from bounceclass.rules.decide import ask
from bounceclass.rules.learned import builtin_learned
from bounceclass.rules.training import TELLABLE
from bounceclass.testing import check_rules
from corpus_mails import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

FIELD = tomllib.loads((Path(__file__).parent / "field_answers.toml").read_text("utf-8"))["kind"]
REPLIES = sorted((ROOT / "corpus" / "replies").glob("*.jsonl"))
WEIGHTS = ROOT / "src" / "bounceclass" / "rules" / "data" / "learned.json"
KEPT = [line for path in REPLIES for number, line in enumerate(path.read_text("utf-8").splitlines()) if is_kept(number)]


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind in FIELD for text in kind["texts"]], ids=lambda value: value if isinstance(value, str) else ""
)
def test_answers_of_the_field(kind: dict[str, Any], text: str) -> None:
    """Each kind of fault that the field showed, with variations."""
    verdict = bounceclass.classify_reply(text)

    if "never" in kind:
        assert verdict.reason != kind["never"]
        assert verdict.action is not Action.SUPPRESS
    else:
        assert verdict.reason == kind["reason"], verdict.evidence


def test_the_collection_is_as_large_as_it_says() -> None:
    """At least 4,000 answers, every reason, fifteen languages and more."""
    rows = [json.loads(line) for path in REPLIES for line in path.read_text("utf-8").splitlines()]

    assert len(rows) >= 4_000
    assert {row["reason"] for row in rows} == {*Reason}
    assert len({row["language"] for row in rows}) >= 15


def test_answers_that_were_kept_apart() -> None:
    """Written by others than the rules, and never learned: with the judge far more are understood; hardly anybody is dropped wrongly."""
    rows = [json.loads(line) for line in KEPT]
    rows = [row for row in rows if row["reason"] in TELLABLE]
    alone = RuleBook.default().with_learned(None)
    right = {True: 0, False: 0}
    dropped = 0
    for row in rows:
        with_judge = bounceclass.classify_reply(row["text"], command=row.get("command"))
        right[True] += with_judge.reason == row["reason"]
        right[False] += bounceclass.classify_reply(row["text"], command=row.get("command"), rules=alone).reason == row["reason"]
        dropped += with_judge.action is Action.SUPPRESS and Reason(row["reason"]).info.action is not Action.SUPPRESS

    assert right[True] / len(rows) > 0.67
    assert right[True] - right[False] > 0.14 * len(rows)
    assert dropped / len(rows) < 0.01


def test_words_alone_drop_nobody() -> None:
    """What was learned makes nobody dead by itself, however sure it is; with a code that says the same it may."""
    for text in ("the person you are writing to has left the company", "she doesn't work here any longer, no such mailbox of that person any more"):
        verdict = bounceclass.classify_reply(text, rules=RuleBook(()).with_learned(builtin_learned()))
        assert verdict.action is not Action.SUPPRESS, verdict


def test_it_is_not_asked_where_a_rule_is_sure() -> None:
    """Nor is it loaded for that."""
    sources = {source.name: said for source, said in ask(_here("550 5.1.1 User unknown"), RuleBook.default())}

    assert sources["learned"] is None
    assert {source.name: said for source, said in ask(_here("550 ip in prison"), RuleBook.default())}["learned"]


def _here(text: str) -> Circumstance:
    return Circumstance.of(Delivery(recipient="", action=DeliveryAction.FAILED, diagnostic=text), None)


def test_evidence_shows_the_words() -> None:
    """Those that weighed most."""
    verdict = bounceclass.classify_reply("550 ip in prison")
    learned = next(evidence for evidence in (*verdict.evidence, *verdict.conflicts) if evidence.basis is Basis.LEARNED)

    assert learned.rule == f"learned.{learned.reason}"
    assert learned.excerpt


def test_it_can_be_switched_off() -> None:
    """And a bare code beside words then speaks softly."""
    verdict = bounceclass.classify_reply("550 ip in prison", rules=RuleBook.default().with_learned(None))

    assert Basis.LEARNED not in {evidence.basis for evidence in verdict.evidence}
    assert verdict.confidence < 0.5
    assert verdict.action is not Action.SUPPRESS


def test_the_table_is_small() -> None:
    """As it lies in the wheel."""
    assert len(zlib.compress(WEIGHTS.read_bytes())) < 300_000


def test_a_site_teaches_it(tmp_path: Path) -> None:
    """Its own wording is known from then on, what was known stays, and the same examples give the same table."""
    pytest.importorskip("scipy")
    own = [example_of("550 the parrot has ceased to be", Reason.USER_UNKNOWN), example_of("554 unladen swallow", Reason.CONTENT_REJECTED)]
    learned = teach(own)
    path = tmp_path / "weights.json"
    path.write_text(learned.to_json(), "utf-8")
    book = RuleBook.default().with_learned(load_learned(path))

    assert bounceclass.classify_reply("550 parrot has ceased", rules=book).reason is Reason.USER_UNKNOWN
    assert bounceclass.classify_reply("554 an unladen swallow", rules=book).reason is Reason.CONTENT_REJECTED
    assert bounceclass.classify_reply("550 ip in prison", rules=book).reason is bounceclass.classify_reply("550 ip in prison").reason
    assert teach(own).to_json() == path.read_text("utf-8")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda table: table.update(format=2), "weights.json: format: must be 1"),
        (lambda table: table.update(scale="x"), "weights.json: scale: must be a number"),
        (lambda table: table.update(reasons=["nope"]), "weights.json: reasons: must be a list of reasons"),
        (lambda table: table.update(weights={"quota": [99, 1]}), "weights.json: weights: 'quota' must have pairs"),
        (lambda table: table.update(weights={"quota": [0, 10**9]}), "weights.json: weights: 'quota' must have pairs"),
        (lambda table: table.pop("made_of"), "weights.json: must be an object with"),
    ],
)
def test_a_table_that_cannot_be_used(change: Callable[[dict[str, Any]], object], words: str, tmp_path: Path) -> None:
    """The error names file and field."""
    table = {"format": 1, "made_of": "", "reasons": ["mailbox_full"], "scale": 0.1, "weights": {"quota": [0, 5]}}
    change(table)
    path = tmp_path / "weights.json"
    path.write_text(json.dumps(table))

    with pytest.raises(LearnedError, match=words.replace("(", r"\(")):
        load_learned(path)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("nothing", "labels.jsonl: line 1: is no JSON"),
        ('{"text": "x", "reason": "nope"}', "labels.jsonl: line 1: reason: 'nope' is no reason; there are user_unknown"),
        ('{"text": 5, "reason": "mailbox_full"}', "labels.jsonl: line 1: text: must be a text"),
        ('{"text": "x", "reason": "mailbox_full", "to": "y"}', "labels.jsonl: line 1: to: unknown key"),
        ("", "labels.jsonl: holds no example"),
    ],
)
def test_examples_that_cannot_be_used(line: str, words: str, tmp_path: Path) -> None:
    """The error names file, line and field."""
    path = tmp_path / "labels.jsonl"
    path.write_text(line)

    with pytest.raises(LearnedError, match=words):
        read_examples(path)


def test_the_command_learns(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Labels in, weights out; `rules try` shows what they say."""
    pytest.importorskip("scipy")
    labels, weights = tmp_path / "labels.jsonl", tmp_path / "weights.json"
    labels.write_text('{"text": "550 the parrot has ceased to be", "reason": "user_unknown"}\n')
    for arguments, words in (
        (["learn", str(labels), "--output", str(weights)], "1 example learned"),
        (["try", "550 parrot has ceased", "--learned", str(weights)], "learned.user_unknown"),
    ):
        monkeypatch.setattr(sys, "argv", ["bounceclass", "rules", *arguments])
        with pytest.raises(SystemExit) as left:
            main()
        assert (left.value.code or 0) == 0
        assert words in capsys.readouterr().out


@pytest.mark.parametrize("form", ["toml", "jsonl"])
def test_what_nobody_understood_can_be_learned(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`scan --unread`: without addresses, hosts, numbers and ids, grouped and counted; a draft is a rule, or an example, once it has its reason."""
    box = tmp_path / "box"
    mails = [
        f"From x@example.org Wed Nov 25 10:00:0{number} 2026\nFrom: MAILER-DAEMON@mx.example.org\nReturn-Path: <>\nSubject: Undelivered\n\n"
        f"<u{number}@example.net>: 599 gate A1B2{number} at mx{number}.example.net says frobnicate (id {number}77)\n\n"
        for number in range(3)
    ]
    box.write_text("".join(mails))
    file = tmp_path / f"unread.{form}"
    monkeypatch.setattr(
        sys, "argv", ["bounceclass", "scan", str(box), "--format", "jsonl", "--output", str(tmp_path / "rows"), "--unread", str(file), "--below", "1"]
    )
    with pytest.raises(SystemExit):
        main()
    text = file.read_text("utf-8")

    assert "example.net" not in text
    assert "frobnicate" in text
    if form == "toml":
        assert "came 3 times" in text
        assert check_rules(bounceclass.load_rules(file)) == []
    else:
        assert json.loads(text)["count"] == 3
        assert [example.reason for example in read_examples(file)] == [Reason.UNKNOWN]
