"""Events of sending services: each kind of each, as the services document them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bounceclass
from bounceclass import PayloadError, classify
from bounceclass.contrib.webhooks import PROVIDERS, read_event
from bounceclass.labels import label_systems
from corpus_mails import ROOT

if TYPE_CHECKING:
    from bounceclass import Report, Verdict

CASES = {
    f"{path.stem}: {case['name']}": (path.stem, case) for path in sorted((ROOT / "tests" / "webhooks").glob("*.json")) for case in json.loads(path.read_text())
}


def told(report: Report, verdicts: tuple[Verdict, ...], expected: dict[str, Any]) -> dict[str, Any]:
    """Give of a report what the expectation speaks of."""
    original = report.original
    facts: dict[str, Any] = {
        "kind": report.kind,
        "reporting_mta": report.reporting_mta,
        "message_id": original.message_id if original else None,
        "subject": original.subject if original else None,
        "sender": original.sender if original else None,
        "verdicts": [
            {key: value_of(key, delivery, verdict) for key in row}
            for delivery, verdict, row in zip(report.deliveries, verdicts, expected["verdicts"], strict=True)
        ],
    }
    return {key: facts[key] for key in expected}


def value_of(key: str, delivery: bounceclass.Delivery, verdict: Verdict) -> object:
    """Give one fact."""
    if key == "label":
        return delivery.label
    if key in {"at", "until"}:
        instant = verdict.last_attempt_at if key == "at" else verdict.will_retry_until
        return instant.isoformat() if instant else None
    return getattr(verdict, key)


@pytest.mark.parametrize("name", CASES)
def test_event(name: str) -> None:
    """Its recipients with codes, words and times; the reason is that of the words, not of the label."""
    provider, case = CASES[name]
    reports = read_event(case["payload"])

    assert [told(report, classify(report), expected) for report, expected in zip(reports, case["reports"], strict=True)] == case["reports"]
    assert {report.dialect for report in reports} <= {provider}
    assert read_event(json.dumps(case["payload"]).encode()) == reports
    for report in reports:
        assert bounceclass.Report.from_dict(report.to_dict()) == report
        assert bounceclass.explain(report, locale="ja").title


def test_every_service_is_tried() -> None:
    """Its events, and its labels."""
    tried = {provider for provider, _ in CASES.values()}

    assert tried == {provider.name for provider in PROVIDERS}
    assert tried <= label_systems().keys()


@pytest.mark.parametrize("system", label_systems())
def test_a_label_alone_never_drops(system: str) -> None:
    """Whatever it says; and beside words it says nothing."""
    for label, reason in label_systems()[system].reasons.items():
        alone = bounceclass.Report(kind=bounceclass.Kind.FAILURE, dialect=system, deliveries=(bounceclass.Delivery(recipient="a@example.com", label=label),))
        words = bounceclass.Delivery(recipient="a@example.com", label=label, diagnostic="550 5.7.26 This mail is unauthenticated, DMARC failed")
        beside = bounceclass.Report(kind=bounceclass.Kind.FAILURE, dialect=system, deliveries=(words,))

        assert classify(alone)[0].reason is reason
        assert classify(alone)[0].action is not bounceclass.Action.SUPPRESS
        assert classify(beside)[0].reason is bounceclass.Reason.AUTH_FAILED


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        (b"", "no JSON"),
        (b"\xff", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("1", "must be a JSON object, or a list of them, not int"),
        ("[1]", "an event must be a JSON object, not int"),
        ('{"hello": 1, "you": 2}', "the keys hello, you is of no service"),
        ({}, "the keys nothing is of no service"),
        ([{}] * 10_001, "10,001 events"),
        ({"Type": "Notification", "TopicArn": "x", "Message": "hello"}, "the JSON that Amazon SES writes"),
    ],
)
def test_another_payload_is_refused(payload: Any, words: str) -> None:
    """With what was expected."""
    with pytest.raises(PayloadError, match=words):
        read_event(payload)


def test_another_type_is_refused() -> None:
    """Of Python's."""
    with pytest.raises(TypeError, match="takes bytes, str or decoded JSON, not int"):
        read_event(1)  # type: ignore[arg-type]


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=4
)


@given(st.sampled_from(sorted(CASES)), st.data())
def test_odd_values_never_raise(name: str, data: st.DataObject) -> None:
    """Whatever stands where a text, a number or an object is documented."""
    payload = CASES[name][1]["payload"]
    row = json.loads(json.dumps(payload[0] if isinstance(payload, list) else payload))
    place = row
    while isinstance(inner := place[data.draw(st.sampled_from(sorted(place)))], dict) and inner and data.draw(st.booleans()):
        place = inner
    place[data.draw(st.sampled_from(sorted(place)))] = data.draw(JSON)
    try:
        reports = read_event(row)
    except PayloadError:
        return
    for report in reports:
        classify(report)
