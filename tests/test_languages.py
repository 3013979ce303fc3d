"""The words of languages: each file is of the form that docs/languages.md tells, and one more is a file and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import bounceclass
from bounceclass import languages as room
from bounceclass.languages import languages, rules_by_id, words_of
from bounceclass.reading import subjects, traits
from bounceclass.rules.rule import builtin_rules
from bounceclass.tables import read_table, table_names
from bounceclass.text.folding import fold
from bounceclass.text.phrases import Phrase, alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SECTIONS = {
    "subjects": {"failure", "delay", "success", "disposition", "auto_reply", "challenge", "surely_automatic", "answer", "forward", "claims"},
    "words": {"failed", "delayed", "given_up", "delivered", "auto_reply", "challenge", "sender", "domain", "lures"},
    "labels": {"summary", "author", "reason"},
}


def ours() -> list[dict[str, Any]]:
    """Give the rules of rules/data as they stand in its files."""
    return [rule for name in table_names("rules/data") for rule in read_table("rules/data", name).get("rule", ())]


@pytest.mark.parametrize("tag", languages())
def test_a_file_is_of_the_form(tag: str) -> None:
    """Known keys; phrases folded, so that they can be found; nothing twice; rules that there are."""
    table = languages()[tag]
    rules = {rule["id"] for rule in ours()}

    assert table.keys() <= {"checked", "language", "rule", *SECTIONS}
    assert table["language"]
    for section, keys in SECTIONS.items():
        assert table.get(section, {}).keys() <= keys
        for key, phrases in table.get(section, {}).items():
            assert len(phrases) == len(set(phrases)), key
            assert [text for text in phrases if text != fold(text)] == [], key
    for rule in table.get("rule", ()):
        assert rule["id"] in rules
        assert rule.keys() <= {"id", "any", "all", "unless", "fires", "silent", "tells"}
        assert rule.get("tells", "failed") in SECTIONS["words"]
        assert all(Phrase(text).searchable for row in rule.get("any", ()) for text in alternatives(row)), rule["id"]


def test_no_phrase_stands_both_in_a_rule_and_in_the_words() -> None:
    """What speaks for a reason, and tells that a mail did not arrive too, stands once: in a rule of the language that `tells` it."""
    told = {text for key in ("failed", "delayed", "given_up") for table in languages().values() for text in table.get("words", {}).get(key, ())}
    theirs = {text for rule in rules_by_id().values() for text in rule.get("any", ())}

    assert not told & ({text for rule in ours() for text in rule.get("any", ())} | theirs)
    assert {"user unknown", "mailbox full"} <= {*words_of("words", "failed")} & theirs


MADE_UP: dict[str, Any] = {
    "language": "Volapük",
    "subjects": {"failure": ["nunod pegivülik:"], "forward": ["moükom"]},
    "words": {"failed": ["no ekanon givülön"], "sender": ["sedan*"]},
    "rule": [{"id": "user_unknown.localised", "any": ["geban nesevädik"], "fires": ["geban nesevädik binom"], "silent": ["sedan: geban nesevädik"]}],
}
MAIL = "From: postmaster@example.org\nSubject: Nunod pegivülik: bled\n\nNo ekanon givülön pened olik:\n\n   taro@example.jp\n   Geban nesevädik\n"


@pytest.fixture
def one_more(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put a file into the room."""
    tables = {**languages(), "vo": MADE_UP}

    def with_one_more() -> Mapping[str, Mapping[str, Any]]:
        return tables

    def forget() -> None:
        for function in (room.words_of, room.index_of, room.rules_by_id, subjects._opening, traits._daemon_name):  # noqa: SLF001 - what is kept of the files
            function.cache_clear()

    monkeypatch.setattr(room, "languages", with_one_more)
    forget()
    yield
    monkeypatch.undo()
    forget()


@pytest.mark.usefixtures("one_more")
def test_a_language_is_one_file() -> None:
    """A notice in it is read and judged, its own texts prove it, and a person's forward of the notice is one."""
    book = bounceclass.RuleBook(builtin_rules())
    report = bounceclass.parse(MAIL)
    (verdict,) = bounceclass.classify(report, rules=book)

    assert (report.kind, verdict.recipient, verdict.reason) == ("failure", "taro@example.jp", "user_unknown")
    assert bounceclass.classify_reply("550 sedan: geban nesevädik", rules=book).evidence[0].rule != "user_unknown.localised"
    assert "geban nesevädik binom" in {case.text for case in book["user_unknown.localised"].fires}
    assert subjects.is_forward("Moükom: Nunod pegivülik: bled")
    assert not subjects.is_forward("Nunod pegivülik: bled")


def test_without_the_file_nothing_of_it_is_known() -> None:
    """So that the test above tests the file."""
    assert not subjects.is_forward("Moükom: Nunod pegivülik: bled")
    assert subjects.kind_of_subject("Nunod pegivülik: bled") == (None, False)
    assert bounceclass.classify_reply("geban nesevädik").reason == "unknown"
