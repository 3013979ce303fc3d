"""Rules: what is refused, how a decision falls, what evidence says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import bounceclass
from bounceclass import PluginError, Reason, RuleBook, RuleError
from bounceclass.reading.dialects.dialect import Capture, Clue, Dialect
from bounceclass.rules.rule import load_rules, read_rules
from bounceclass.testing import check_rules
from bounceclass.text.phrases import Folded, Phrase, PhraseIndex

if TYPE_CHECKING:
    from pathlib import Path

RULE: dict[str, Any] = {"id": "mailbox_full.x", "reason": "mailbox_full", "any": ["the attic is full"], "fires": ["550 the attic is full"]}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"sinse": "1"}, "sinse"),
        ({"id": ""}, "id"),
        ({"id": 1}, "id"),
        ({"id": "Mailbox Full"}, "id"),
        ({"reason": "no_reason"}, "reason"),
        ({"reason": None}, "reason"),
        ({"any": []}, "any"),
        ({"any": "text"}, "any"),
        ({"any": [1]}, "any"),
        ({"any": ["***"]}, "any"),
        ({"any": ["(a|b)" * 20]}, "any"),
        ({"unless": ["?"]}, "unless"),
        ({"status": ["5.7"]}, "status"),
        ({"status": ["5.7.1.1"]}, "status"),
        ({"reply": ["55"]}, "reply"),
        ({"remote": ["*example"]}, "remote"),
        ({"command": ["rcpt"]}, "command"),
        ({"precedence": "strong"}, "precedence"),
        ({"priority": "1"}, "priority"),
        ({"priority": True}, "priority"),
        ({"permanence": "never"}, "permanence"),
        ({"fires": []}, "fires"),
        ({"fires": [{"txt": "a"}]}, "fires"),
        ({"fires": [{"text": 1}]}, "fires"),
        ({"silent": [1]}, "silent"),
    ],
)
def test_bad_rules_are_refused(change: dict[str, Any], field: str) -> None:
    """The error names file, id and field."""
    with pytest.raises(RuleError) as caught:
        read_rules({"rule": [{**RULE, **change}]}, "my.toml")

    assert caught.value.source == "my.toml"
    assert caught.value.field == field
    assert str(caught.value).startswith("my.toml: ")
    assert change.get("id", RULE["id"]) in {caught.value.entry, "", 1}


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"rules": []}, "my.toml: rules: unknown key"),
        ({"rule": {}}, "my.toml: rule: must be a list"),
        ({"rule": [{}]}, "my.toml: id: missing"),
        ({"rule": [RULE, RULE]}, "my.toml: mailbox_full.x: id: given twice"),
    ],
)
def test_bad_files_are_refused(table: dict[str, Any], words: str) -> None:
    """So are files that hold no rules, or one twice."""
    with pytest.raises(RuleError, match=words):
        read_rules(table, "my.toml")


@pytest.mark.parametrize("content", [b"[[rule", b"\xff\xfe", None])
def test_unreadable_files_are_refused(tmp_path: Path, content: bytes | None) -> None:
    """No TOML, no UTF-8, no file: one error that names it."""
    path = tmp_path / "own.toml"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(RuleError, match=r"^own\.toml: "):
        load_rules(path)


def test_own_rules_go_first(tmp_path: Path) -> None:
    """Rules from a file go before ours, and one with an id of ours takes its place."""
    path = tmp_path / "own.toml"
    path.write_text('[[rule]]\nid = "policy_rejected.own"\nreason = "policy_rejected"\nany = ["user unknown"]\nsource = "x"\nfires = ["550 user unknown"]\n')
    rules = load_rules(path)
    book = RuleBook.default().extend(rules)
    verdict = bounceclass.classify_reply("550 5.1.1 user unknown", rules=book)

    assert check_rules(rules) == []
    assert verdict.reason is Reason.POLICY_REJECTED
    assert verdict.evidence[0].rule == "policy_rejected.own"
    assert Reason.USER_UNKNOWN in {evidence.reason for evidence in verdict.conflicts}
    assert bounceclass.classify_reply("550 5.1.1 user unknown").reason is Reason.USER_UNKNOWN


def test_a_rule_that_proves_nothing_is_told() -> None:
    """check_rules() says which text is won by whom."""
    weak = read_rules({"rule": [{**RULE, "any": ["attic"], "fires": ["the cellar is full"], "silent": ["in the attic"]}]}, "my.toml")

    assert check_rules(weak) == [
        "my.toml: mailbox_full.x: fires: 'the cellar is full' is won by no rule",
        "my.toml: mailbox_full.x: silent: 'in the attic' is won by this rule",
    ]


def test_rules_are_checked_the_way_replies_are_judged() -> None:
    """A server that takes the message says nothing that a rule could win."""
    rules = read_rules({"rule": [{**RULE, "fires": ["250 2.1.5 the attic is full"]}]}, "my.toml")

    assert bounceclass.classify_reply("250 2.1.5 the attic is full").reason is Reason.DELIVERED
    assert check_rules(rules) == ["my.toml: mailbox_full.x: fires: '250 2.1.5 the attic is full' is won by kind.success"]


def test_a_rule_for_a_reply_code_says_so() -> None:
    """Its evidence names the code that called it up, and the field that this stands in."""
    rules = read_rules({"rule": [{"id": "greylisted.x", "reason": "greylisted", "reply": ["451"], "fires": ["451 4.7.99 x"]}]}, "my.toml")
    winner = bounceclass.classify_reply("451 4.7.99 x", rules=RuleBook(rules)).evidence[0]

    assert (winner.rule, winner.basis, winner.excerpt, winner.where) == ("greylisted.x", "reply", "451", "reply_code")


def test_the_order_of_rules_does_not_matter() -> None:
    """Order comes from precedence, priority and id, never from files."""
    one, other = (read_rules({"rule": [{**RULE, "id": name, "reason": reason}]}, "f")[0] for name, reason in (("a.x", "mailbox_full"), ("b.x", "server_full")))
    texts = "the attic is full"

    for rules in ([one, other], [other, one]):
        verdict = bounceclass.classify_reply(texts, rules=RuleBook(rules))
        assert verdict.evidence[0].rule == "a.x"
        assert verdict.conflicts[0].rule == "b.x"


def test_ids_are_unique_in_a_book() -> None:
    """Two rules of one id are refused, whatever files they are from."""
    (rule,) = read_rules({"rule": [RULE]}, "f")

    with pytest.raises(RuleError, match="already given"):
        RuleBook([rule, rule])
    with pytest.raises(KeyError):
        RuleBook([rule])["other"]
    assert RuleBook([rule])["mailbox_full.x"] is rule


@pytest.mark.parametrize(
    ("guards", "text", "remote", "speaks"),
    [
        ({"status": ["X.2.2"]}, "452 4.2.2 the attic is full", None, True),
        ({"status": ["5.2.2"]}, "452 4.2.2 the attic is full", None, False),
        ({"status": ["X.2.*"]}, "552 5.2.9 the attic is full", None, True),
        ({"reply": ["4xx"]}, "452 the attic is full", None, True),
        ({"reply": ["4xx"]}, "552 the attic is full", None, False),
        ({"remote": ["*.example.jp"]}, "the attic is full", "mx.example.jp", True),
        ({"remote": ["*.example.jp"]}, "the attic is full", "mx.badexample.jp", False),
        ({"remote": ["mx.example.jp"]}, "the attic is full", None, False),
        ({"command": ["RCPT"]}, "the attic is full (in reply to RCPT TO command)", None, True),
        ({"command": ["DATA"]}, "the attic is full (in reply to RCPT TO command)", None, False),
        ({"all": ["cellar"]}, "the attic is full", None, False),
        ({"all": ["cellar"]}, "the attic is full, and the cellar", None, True),
        ({"unless": ["cellar"]}, "the attic is full, and the cellar", None, False),
        ({"dialects": ["exim"]}, "the attic is full", None, False),
    ],
)
def test_guards(guards: dict[str, Any], text: str, remote: str | None, speaks: bool) -> None:  # noqa: FBT001 - a parameter of a table
    """Each guard alone opens and closes a rule."""
    rules = read_rules({"rule": [{**RULE, **guards}]}, "f")
    verdict = bounceclass.classify_reply(text, remote_mta=remote, rules=RuleBook(rules))

    assert any(evidence.rule == "mailbox_full.x" for evidence in verdict.evidence) is speaks


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("(inbox|mailbox) is (full|closed)", ["inbox is full", "inbox is closed", "mailbox is full", "mailbox is closed"]),
        ("following address(es) failed", ["following address(es) failed"]),
        ("mailbox(| of yours) full", ["mailbox full", "mailbox of yours full"]),
    ],
)
def test_alternatives(text: str, phrases: list[str]) -> None:
    """A group with bars stands for each of its words; brackets without bars are text."""
    (rule,) = read_rules({"rule": [{**RULE, "any": [text]}]}, "my.toml")

    assert [phrase.source for phrase in rule.any] == phrases


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("over quota", "User is OVER  quota.", True),
        ("over quota", "lover quota", False),
        ("over quota", "over quotas", False),
        ("quota exceed*", "quota exceeding", True),
        ("greylist*", "Greylisted for 5 minutes", True),
        ("file * infected", "the file a.doc has been infected", True),
        ("file * infected", "the file " + "x" * 100 + " infected", False),
        ("メール", "ﾒｰﾙが届きません", True),
        ("can't", "can’t", True),
        ("aup#in-13*", "550 5.1.0 AUP#In-1310 refused", True),
        ("ü", "Ü", True),
    ],
)
def test_phrases(phrase: str, text: str, found: bool) -> None:  # noqa: FBT001 - a parameter of a table
    """Whole words, folded; a star of its own bridges, a star behind a word lets it go on."""
    index = PhraseIndex([(Phrase(phrase), "owner")])

    assert bool(index.find(Folded(text))) is found
    assert bool(Phrase(phrase).find(Folded(text).text)) is found


def test_evidence_says_where() -> None:
    """Every verdict can be traced to a rule and a text."""
    verdict = bounceclass.classify_reply("550 5.1.1 <a@example.jp>... User unknown")

    assert [(item.rule, item.basis, item.where) for item in verdict.evidence] == [
        ("user_unknown.user_unknown", "phrase", "diagnostic"),
        ("code.x.1.1", "status", "status"),
        ("code.550", "reply", "reply_code"),
    ]
    assert verdict.evidence[0].excerpt == "user unknown"


@pytest.mark.parametrize(
    ("reply", "field", "value"),
    [
        ("451 4.7.1 Greylisted, please try again in 5 minutes", "retry_after", 300),
        ("450 try again after 300 seconds", "retry_after", 300),
        ("Message could not be delivered for 8 hours", "retry_after", None),
        ("450 retry in 99999 hours", "retry_after", 5 * 86_400),
        ("552 5.3.4 Message size exceeds limit of 10240000 bytes", "size_limit", 10_240_000),
        ("552 message larger than the maximum of 20 MB", "size_limit", 20 * 1024**2),
        ("554 blocked using zen.spamhaus.org; see https://www.spamhaus.org/query/ip/192.0.2.1", "blocklist", "Spamhaus"),
        ("554 Client host [192.0.2.1] blocked using zen.spamhaus.org", "delist_url", "https://check.spamhaus.org/listed/?searchterm=192.0.2.1"),
        ("554 Client host [192.0.2.1] blocked using zen.spamhaus.org", "blocklist_kind", "ip"),
        ("554 Client host [192.0.2.1] blocked using bl.example.org", "blocklist", "bl.example.org"),
        ("554 Client host [192.0.2.1] blocked using bl.example.org", "delist_url", None),
        ("554 Client host [192.0.2.1] blocked using zen.spamhaus.org", "listed_value", "192.0.2.1"),
        ("550 5.7.26 SPF and DKIM did not pass, DMARC policy", "mechanisms", ("spf", "dkim", "dmarc")),
        ("550 5.7.26 Unauthenticated: SPF=[fail], DKIM=[pass]", "mechanisms", ("spf",)),
        ("551 5.1.6 User not local; please try <new@example.net>", "new_address", "new@example.net"),
        ("550 no, see http://example.jp/a. and <https://example.jp/b>", "urls", ("http://example.jp/a", "https://example.jp/b")),
    ],
)
def test_details(reply: str, field: str, value: object) -> None:
    """Facts beside the reason."""
    assert getattr(bounceclass.classify_reply(reply).details, field) == value


def test_bad_dialects_are_refused() -> None:
    """A dialect that can decode nothing, or names groups that nobody reads, is an error."""
    with pytest.raises(PluginError, match="x: clues: a dialect needs"):
        Dialect(name="x", title="X", source="s", since="1", clues=())
    with pytest.raises(PluginError, match="captures: unknown groups"):
        Dialect(name="x", title="X", source="s", since="1", clues=(Clue("text", "hello there"),), captures=(Capture(r"(?P<who>\w+)"),))
    dialect = Dialect(name="x", title="X", source="s", since="1", clues=(Clue("text", "hello there"),))
    broken = Dialect(name="y", title="Y", source="s", since="1", clues=(Clue("text", "hello there"),), captures=(Capture("(?P<recipient>"),))
    with pytest.raises(PluginError, match=r"y: captures\[0\]: missing"):
        bounceclass.Dialects([broken])
    with pytest.raises(PluginError, match="two dialects"):
        bounceclass.Dialects([dialect, dialect])


def test_own_dialects_are_used() -> None:
    """A table of one's own decodes a notice that nobody has met yet."""
    own = Dialect(
        name="own",
        title="Own",
        source="s",
        since="1",
        clues=(Clue("subject", "the owl came back"),),
        captures=(Capture(r"^owl for (?P<recipient>\S+) says (?P<diagnostic>.+)$"),),
    )
    mail = "From: postmaster@example.jp\nSubject: The owl came back\n\nowl for a@example.com says 550 5.1.1 nobody here\n"
    report = bounceclass.parse(mail, dialects=[own])

    assert (report.dialect, report.deliveries[0].recipient, report.deliveries[0].status) == ("own", "a@example.com", "5.1.1")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reason": "mailbox_ful"}, "reason: cannot be 'mailbox_ful': there are .*; did you mean 'mailbox_full'"),
        ({"any": "attic"}, "any: cannot be 'attic': it must be a list"),
        ({"unles": ["x"]}, "unles: unknown key; there are .*; did you mean 'unless'"),
        ({"precedence": "strong"}, "precedence: cannot be 'strong': there are precise, weak"),
        ({"priority": "1"}, "priority: cannot be '1': it must be a whole number"),
        ({"any": ["(" + "|".join(map(str, range(300))) + ") x"]}, "any: cannot be .* more than 200 phrases"),
    ],
)
def test_an_error_says_what_is_allowed(change: dict[str, Any], words: str) -> None:
    """And what was probably meant."""
    with pytest.raises(RuleError, match=f"my.toml: mailbox_full.x: {words}"):
        read_rules({"rule": [{**RULE, **change}]}, "my.toml")
