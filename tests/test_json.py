"""Values as JSON: the schema, back again, and with addresses hidden."""

from __future__ import annotations

import json
import re
from types import MappingProxyType
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import bounceclass
from bounceclass import Report, Verdict
from bounceclass.model.value import Value
from bounceclass.serial.redaction import Holds
from bounceclass.serial.schema import SCHEMA_VERSION, mail_to_dict, read_schema
from corpus_mails import MAILS, ROOT, CorpusMail

SCHEMA = json.loads(read_schema())
RESULTS: list[Any] = [value for name in bounceclass.__all__ if isinstance(value := getattr(bounceclass, name), type) and issubclass(value, Value)]
CASES = pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.id)


def definition(name: str) -> Draft202012Validator:
    """Give the validator of one value."""
    return Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": SCHEMA["$defs"]}, format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_the_schema_is_one() -> None:
    """Of the draft that it names; whoever changes a value changes the file (tests/derived.py), or raises the version."""
    Draft202012Validator.check_schema(SCHEMA)
    assert (ROOT / "src" / "bounceclass" / f"schema-{SCHEMA_VERSION}.json").exists()


def test_every_attribute_is_described() -> None:
    """Out of the docstrings, so none may be without."""
    for name, value in SCHEMA["$defs"].items():
        assert value["description"], name
        for key, attribute in value["properties"].items():
            assert attribute.get("description"), (name, key)


@CASES
def test_every_result_is_of_the_schema(mail: CorpusMail) -> None:
    """Report, verdicts, explanation and assessment of every mail, hidden and not."""
    report = bounceclass.parse(mail.octets)
    verdicts = bounceclass.classify(report)

    Draft202012Validator(SCHEMA).validate(mail_to_dict(mail.id, report, verdicts))
    Draft202012Validator(SCHEMA).validate(mail_to_dict(mail.id, report, verdicts, redact=True))
    definition("Explanation").validate(bounceclass.explain(report, locale="ja", audience="postmaster").to_dict())
    definition("Assessment").validate(bounceclass.assess(report, sent=set()).to_dict())


@CASES
def test_values_come_back_equal(mail: CorpusMail) -> None:
    """Through JSON text and back."""
    report = bounceclass.parse(mail.octets)
    explanation = bounceclass.explain(report, locale="ja")

    assert Report.from_dict(json.loads(json.dumps(report.to_dict()))) == report
    for verdict in bounceclass.classify(report):
        assert Verdict.from_dict(json.loads(json.dumps(verdict.to_dict()))) == verdict
    assert bounceclass.Explanation.from_dict(json.loads(json.dumps(explanation.to_dict()))) == explanation


def test_the_other_values_come_back_too() -> None:
    """Survey, assessment, address check, signed path."""
    found = bounceclass.survey([mail.octets for mail in MAILS])
    check = bounceclass.check_address("taro@dokomo.ne.jp")
    path = bounceclass.verify_return_path(bounceclass.sign_return_path("b@example.jp", key=b"k" * 16), key=b"k" * 16)
    for value in (found, check, path, bounceclass.assess(MAILS[0].octets)):
        plain = json.loads(json.dumps(value.to_dict()))
        definition(type(value).__name__).validate(plain)
        assert type(value).from_dict(plain) == value


@pytest.mark.parametrize(
    ("change", "words"),
    [({"colour": "red"}, "colour"), ({"reason": "no_reason"}, "reason"), ({"confidence": "much"}, "confidence"), ({"evidence": 1}, "evidence"),
     ({"recipient": None}, "recipient"), ({"reply_code": "550"}, "reply_code"), ({"reply_code": 5.5}, "reply_code"), ({"evidence": {}}, "evidence")],
)  # fmt: skip
def test_wrong_dicts_are_refused(change: dict[str, Any], words: str) -> None:
    """With the key that is wrong."""
    plain = bounceclass.classify_reply("550 5.1.1 User unknown").to_dict()

    with pytest.raises(ValueError, match=words):
        Verdict.from_dict({**plain, **change})
    with pytest.raises(ValueError, match="Verdict"):
        Verdict.from_dict([])  # type: ignore[arg-type]


# -- hidden addresses --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("<taro@example.jp>: no such user", "<***@example.jp>: no such user"),
        ('"taro yamada"@example.jp', "***@example.jp"),
        ("bounces+taro=example.jp@lists.example.org", "***@lists.example.org"),
        ("https://example.org/u?e=taro%40example.jp&x=1", "https://example.org/u?***%40example.jp&x=1"),
        ("https://example.org/u?e=taro@example.jp", "https://example.org/u?***@example.jp"),
        ("550 taro.yamada: unknown; <taro.yamada@example.jp>", "550 ***: unknown; <***@example.jp>"),
        ("太郎@例え.jp", "***@例え.jp"),
        ("user unknown <user@example.jp>", "user unknown <***@example.jp>"),
        ("TARO99@example.jp and taro99 too", "***@example.jp and *** too"),
        ("mailto:taro@example.jp", "mailto:***@example.jp"),
        ("taro@[192.0.2.1]", "***@[192.0.2.1]"),
        ("no address @ all", "no address @ all"),
        ("o'brien@example.jp", "***@example.jp"),
        ("550 bob unknown <bob@example.jp>", "550 *** unknown <***@example.jp>"),
        ("ORCPT=rfc822;taro+2Eyamada+40example.jp", "ORCPT=rfc822;***+40example.jp"),
        ("taro_at_example.jp", "***_at_example.jp"),
        ("<kaneda/sales@example.jp>", "<***@example.jp>"),
        ('"kaneda\\"x"@example.jp', "***@example.jp"),
    ],
)
def test_addresses_are_hidden(text: str, hidden: str) -> None:
    """The local part wherever it stands; the domain stays."""
    verdict = bounceclass.classify_reply(text)

    assert verdict.to_dict(redact=True)["diagnostic"] == hidden


def test_an_address_without_a_domain_is_hidden() -> None:
    """In every field that holds it."""
    verdict = evolve(bounceclass.classify_reply("550 secretuser: no such user"), recipient="secretuser")

    assert "secretuser" not in json.dumps(verdict.to_dict(redact=True))


@pytest.mark.parametrize("address", ["taro(yamada)@example.com", "taro yamada@example.com", "taro,hanako:x@example.com", '"taro@home"@example.com'])
def test_an_address_is_hidden_however_it_is_written(address: str) -> None:
    """All before its domain."""
    shown = evolve(bounceclass.classify_reply("550 5.1.1 user unknown"), recipient=address).to_dict(redact=True)

    assert shown["recipient"] == "***@example.com"


def test_frozen_tables_are_read() -> None:
    """Whatever maps names to values is good enough."""
    plain = bounceclass.classify_reply("552 full").to_dict()

    assert bounceclass.Verdict.from_dict(MappingProxyType(plain)).to_dict() == plain


@CASES
def test_no_recipient_shows_through(mail: CorpusMail) -> None:
    """In no field of any result."""
    report = bounceclass.parse(mail.octets)
    shown = json.dumps(mail_to_dict("x", report, bounceclass.classify(report), redact=True), ensure_ascii=False).lower()
    for delivery in report.deliveries:
        for address in (delivery.recipient, delivery.original_recipient or ""):
            if "@" in address:
                assert address.lower() not in shown


@given(st.text(max_size=200))
def test_any_text_can_be_hidden(text: str) -> None:
    """And hiding twice hides no more."""
    once = bounceclass.Defect(bounceclass.DefectCode.DATE_INVALID, text).to_dict(redact=True)

    assert bounceclass.Defect.from_dict(once).to_dict(redact=True)["detail"].count("***") >= once["detail"].count("***")


def test_an_address_is_hidden_for_what_it_is() -> None:
    """Not for how it looks: without a domain it is one all the same, and so it is in the sentence that tells what is wrong with it."""
    check = bounceclass.check_address("secretuser").to_dict(redact=True)

    assert check["address"] == "***"
    assert "secretuser" not in json.dumps(check)


def test_every_address_of_a_result_says_that_it_is_one() -> None:
    """What callers hold, by the names of fields: none that names somebody is a text like any other."""
    naming = re.compile(r"(?:^|_)(?:recipients?|sender|author|address|normalized|return_path|delivered_to|suggestion|path)$")
    found = {f"{value.__name__}.{a.name}" for value in RESULTS for a in fields(value) if naming.search(a.name) and a.metadata.get("holds") is not Holds.ADDRESS}

    assert found == set()
