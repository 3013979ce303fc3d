"""The standards: delivery reports, complaints, dispositions, automatic answers, the returned original."""

from __future__ import annotations

import re
from typing import Any

import pytest

import bounceclass
from bounceclass import Clue, DeliveryAction, Dialect, Kind, PluginError, line
from bounceclass.linear import find_attack
from bounceclass.reading.fields import holds_status, read_groups
from bounceclass.reading.formats.dsn import read_status
from bounceclass.reading.formats.mdn import read_disposition
from bounceclass.reading.original import find_pasted
from bounceclass.reading.smtp_reply import SmtpReply, clean_status, command_in
from bounceclass.reading.subjects import is_answer, kind_of_subject

STATUS = "Reporting-MTA: dns; mx.example.jp\n\nFinal-Recipient: rfc822; a@example.jp\n"


def report(fields: str, media_type: str = "message/delivery-status") -> bounceclass.Report:
    """Parse a mail that is one delivery-status part."""
    return bounceclass.parse(f"Content-Type: {media_type}; charset=utf-8\n\n{fields}")


@pytest.mark.parametrize(
    ("fields", "action"),
    [
        ("Action: failed\nStatus: 5.1.1\n", DeliveryAction.FAILED),
        ("Action: Failed (permanently)\n", DeliveryAction.FAILED),
        ("Action: delayed\nStatus: 4.4.1\n", DeliveryAction.DELAYED),
        ("Action: delivered\nStatus: 2.0.0\n", DeliveryAction.DELIVERED),
        ("Action: relayed (to non-DSN-aware mailer)\nStatus: 2.1.9\n", DeliveryAction.RELAYED),
        ("Action: expanded\nStatus: 2.0.0\n", DeliveryAction.EXPANDED),
        ("Status: 4.2.2\n", DeliveryAction.DELAYED),
        ("Status: 5.0.0\n", DeliveryAction.FAILED),
    ],
)
def test_actions(fields: str, action: DeliveryAction) -> None:
    """RFC 3464 §2.3.3; where the action is missing, the class of the status says it."""
    assert [delivery.action for delivery in report(STATUS + fields).deliveries] == [action]


@pytest.mark.parametrize(
    ("actions", "kind"),
    [
        (("failed",), Kind.FAILURE),
        (("delayed",), Kind.DELAY),
        (("delivered",), Kind.SUCCESS),
        (("relayed", "expanded"), Kind.SUCCESS),
        (("delayed", "failed"), Kind.FAILURE),
        (("delivered", "failed"), Kind.FAILURE),
        (("delivered", "delayed"), Kind.DELAY),
    ],
)
def test_kind_of_several_actions(actions: tuple[str, ...], kind: Kind) -> None:
    """Failures beside delays make a failure."""
    groups = "\n".join(f"Final-Recipient: rfc822; {n}@example.jp\nAction: {action}\n" for n, action in enumerate(actions))

    assert report(f"Reporting-MTA: dns; mx\n\n{groups}").kind is kind


@pytest.mark.parametrize(
    "text",
    [
        "Final-Recipient: rfc822; a@example.jp\nAction: failed\nStatus: 5.1.1\nFinal-Recipient: rfc822; b@example.jp\nAction: failed\nStatus: 5.1.1\n",
        "Final-Recipient: rfc822; a@example.jp\n\nAction: failed\n\nStatus: 5.1.1\n\nFinal-Recipient: rfc822; b@example.jp\n\nAction: failed\nStatus: 5.1.1\n",
        "Action: failed\nFinal-Recipient: rfc822; a@example.jp\nStatus: 5.1.1\n\nAction: failed\nFinal-Recipient: rfc822; b@example.jp\nStatus: 5.1.1\n",
        (
            "Original-Recipient: rfc822;a@example.jp\nFinal-Recipient: rfc822;a@example.jp\nStatus: 5.1.1\n"
            "Original-Recipient: rfc822;b@example.jp\nFinal-Recipient: rfc822;b@example.jp\nStatus: 5.1.1\n"
        ),
        "\n\n\nFINAL-RECIPIENT : RFC822;<a@example.jp>\nStatus: 5.1.1 (unknown)\n \n\t\nFinal-recipient: b@example.jp\nStatus: 550 5.1.1\n",
    ],
)
def test_groups_however_they_are_parted(text: str) -> None:
    """Empty lines are missing, or too many, or in the wrong place: the recipients and their fields stay together."""
    drafts = read_status(text, 10)[1]

    assert [(draft.recipient, draft.status) for draft in drafts] == [("a@example.jp", "5.1.1"), ("b@example.jp", "5.1.1")]


def test_fields_without_indentation() -> None:
    """A line that is no field belongs to the field before it."""
    assert read_groups("Diagnostic-Code: smtp; 550\n no\nsuch user\n\nTo: c\n") == [[("diagnostic-code", "smtp; 550 no such user")], [("to", "c")]]


def test_recipients_original_and_final() -> None:
    """The address that failed, and the one that the sender wrote to, where they differ."""
    (delivery,) = report(f"{STATUS}Original-Recipient: rfc822; alias@example.jp\nAction: failed\n").deliveries
    (same,) = report(f"{STATUS}Original-Recipient: rfc822; A@example.jp\nAction: failed\n").deliveries

    assert (delivery.recipient, delivery.original_recipient) == ("a@example.jp", "alias@example.jp")
    assert same.original_recipient is None


def test_internationalised_addresses() -> None:
    """RFC 6533 §3: utf-8 addresses, also with their characters written out."""
    drafts = read_status("Final-Recipient: utf-8; \\x{6771}\\x{4EAC}@example.jp\n\nFinal-Recipient: utf-8; 大阪@example.jp\n", 10)[1]

    assert [draft.recipient for draft in drafts] == ["東京@example.jp", "大阪@example.jp"]


@pytest.mark.parametrize(
    ("fields", "diagnostic"),
    [
        ("Diagnostic-Code: smtp; 550 5.1.1\n unknown\n", "550 5.1.1 unknown"),
        ("Diagnostic-Code: X-Postfix; Host not found\n", "Host not found"),
        ("Diagnostic-Code: smtp; 550 =?utf-8?B?44Oh?=\n", "550 メ"),
        ("X-SMTP-Response: 550 no such user\n", "550 no such user"),
        ("Status: 5.1.1 (user is not known)\n", "5.1.1 (user is not known)"),
    ],
)
def test_diagnostics(fields: str, diagnostic: str) -> None:
    """The server's words stand in several fields; they come unfolded and decoded."""
    assert read_status(STATUS + fields, 10)[1][0].diagnostic == diagnostic


def test_dates_and_hosts() -> None:
    """Instants and hosts come without their type prefixes."""
    found = report(
        "Reporting-MTA: dns; MX.example.jp\nArrival-Date: Thu, 1 Jan 2026 00:00:00 +0900\n\nFinal-Recipient: rfc822; a@example.jp\nAction: delayed\n"
        "Remote-MTA: dns; mx.example.com (192.0.2.1)\nLast-Attempt-Date: Thu, 1 Jan 2026 01:00:00 +0900\nWill-Retry-Until: Tue, 6 Jan 2026 00:00:00 +0900\n"
    )
    (delivery,) = found.deliveries

    assert found.reporting_mta == "mx.example.jp"
    assert delivery.remote_mta == "mx.example.com"
    assert [str(date) for date in (found.arrival_date, delivery.last_attempt_at, delivery.will_retry_until)] == [
        "2026-01-01 00:00:00+09:00",
        "2026-01-01 01:00:00+09:00",
        "2026-01-06 00:00:00+09:00",
    ]


def test_what_is_no_address_is_kept_with_a_defect() -> None:
    """An address that fails the check stays as text."""
    found = bounceclass.parse("Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822; a..b@-example\nAction: failed\n")

    assert found.deliveries[0].recipient == "a..b@-example"
    assert [defect.code for defect in found.defects] == [bounceclass.DefectCode.ADDRESS_INVALID]


def test_fields_are_told_from_prose() -> None:
    """A sentence about the fields is not the fields."""
    assert holds_status("  Final-recipient : rfc822; a@example.jp")
    assert not holds_status("The Final-Recipient field names the recipient.")


@pytest.mark.parametrize(
    ("text", "code", "status", "command", "host"),
    [
        ("550 5.1.1 <a@example.jp>... User unknown", 550, "5.1.1", "", ""),
        ("host mx.example.jp[192.0.2.1] said: 552 5.2.2 full (in reply to RCPT TO command)", 552, "5.2.2", "RCPT", "mx.example.jp"),
        ("SMTP error from remote mail server after end of data: host mx.example.jp [192.0.2.1]: 554 no", 554, "", "DATA", "mx.example.jp"),
        ("<<< 550-5.7.26 no\n550 5.7.26 no", 550, "5.7.26", "", ""),
        ("Remote host said: 553 sorry (#5.7.1)", 553, "5.7.1", "", ""),
        ("connect to mx.example.jp[192.0.2.25]:25: Connection timed out", None, "", "", "mx.example.jp"),
        ("Message size 550 exceeds 5.1 MB on 10.5.2.1", None, "", "", ""),
        ("smtp;421 too busy", 421, "", "", ""),
        ("250 2.0.0 ok", 250, "2.0.0", "", ""),
        ("failed on 2025-05-21 after 5 days", None, "", "", ""),
        ("", None, "", "", ""),
    ],
)
def test_answers(text: str, code: int | None, status: str, command: str, host: str) -> None:
    """Reply code, enhanced code, command and host; no number that only looks like one."""
    answer = SmtpReply(text)

    assert (answer.reply_code, answer.status, answer.command, answer.host) == (code, status, command, host)


def test_command_of_a_notice() -> None:
    """A command counts only where the notice names no other."""
    assert command_in("(in reply to end of DATA command)") == "DATA"
    assert command_in("(in reply to RCPT\n    TO command)") == "RCPT"
    assert command_in("(in reply to RCPT TO command) (in reply to DATA command)") == ""
    assert clean_status("550 5.1.1 (unknown)") == "5.1.1"


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("Undelivered Mail Returned to Sender", Kind.FAILURE),
        ("Mail Delivery Status Notification (Delay)", Kind.DELAY),
        ("Warning: could not send message for past 4 hours", Kind.DELAY),
        ("Delivery Status Notification (Failure)", Kind.FAILURE),
        ("Successful Mail Delivery Report", Kind.SUCCESS),
        ("[list] Undeliverable: hello", Kind.FAILURE),
        ("Non_remis_: bonjour", Kind.FAILURE),
        ("配信不能: 会議", Kind.FAILURE),
        ("自動応答: 会議", Kind.AUTO_REPLY),
        ("Automatische Antwort: Sitzung", Kind.AUTO_REPLY),
        ("开封", None),
        ("Außer Haus: Sitzung", Kind.AUTO_REPLY),
        ("[已讀回條] 會議", Kind.DISPOSITION),
        ("【自動返信】お問い合わせありがとうございます", Kind.AUTO_REPLY),
        ("Read: hello", Kind.DISPOSITION),
        ("Lunch?", None),
        ("", None),
    ],
)
def test_subjects(subject: str, kind: Kind | None) -> None:
    """The kind that a subject names, in many languages."""
    assert kind_of_subject(subject)[0] is kind


@pytest.mark.parametrize("subject", ["Re: Undelivered Mail", "AW: Unzustellbar", "RE: [list] x", "Fwd: Returned mail", "返信: 配信不能", "Re[2]: x"])
def test_answers_of_people(subject: str) -> None:
    """A "Re:" before a bounce's subject is a person's answer to a notice."""
    assert is_answer(subject)


def test_word_last_is_no_answer() -> None:
    """French gateways answer the original's subject and put the word last."""
    assert not is_answer("RE: Lettre : non remis (delivery failed)")


@pytest.mark.parametrize(
    ("fields", "failed"),
    [
        ("Final-Recipient: rfc822; a@example.jp\nDisposition: manual-action/MDN-sent-manually; displayed\n", False),
        ("Final-Recipient: rfc822; a@example.jp\nDisposition: automatic-action/MDN-sent-automatically; deleted\n", False),
        ("Final-Recipient: rfc822; a@example.jp\nDisposition: automatic-action/MDN-sent-automatically; failed\n", True),
        ("Final-Recipient: rfc822; a@example.jp\nDisposition: automatic-action/MDN-sent-automatically; processed\nFailure: no mailbox\n", True),
    ],
)
def test_dispositions(fields: str, failed: bool) -> None:  # noqa: FBT001 - a parameter of a table
    """RFC 8098: a "disposition" that reports a failure is a failure."""
    disposition = read_disposition(fields)

    assert disposition is not None
    assert disposition[1] is failed
    assert read_disposition("Disposition: x; displayed\n") is None


def test_pasted_originals() -> None:
    """A pasted message is told from a notice's own fields by what only transported messages have."""
    text, original = find_pasted("It failed.\n\n--- copy ---\nReturn-Path: <a@example.jp>\nReceived: by x\nSubject: hello\n y\n\nbody\n")
    summary, nothing = find_pasted("Your message\n To: a@example.jp\n Subject: x\n Sent: today\ndid not reach b@example.jp\n")
    quoted, indented = find_pasted("It failed.\n> Received: by x\n> From: a@example.jp\n> Subject: hello\n")

    assert original is not None
    assert indented is not None
    assert (text, original.get("subject")) == ("It failed.\n\n--- copy ---\n", "hello y")
    assert (quoted, indented.get("subject")) == ("It failed.\n", "hello")
    assert nothing is None
    assert "did not reach" in summary


ORIGINAL = """\
Message-ID: <1@example.jp>
From: A <a@example.jp>
To: b@example.jp, C <c@example.jp>
Subject: =?utf-8?B?44Oh?=
Date: Thu, 1 Jan 2026 00:00:00 +0900
List-Id: <x.example>
X-Own: 1
"""
REPORT = "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n"


@pytest.mark.parametrize(
    "part",
    [
        f"Content-Type: message/rfc822\n\n{ORIGINAL}\nbody",
        f"Content-Type: text/rfc822-headers\n\n{ORIGINAL}",
        f"Content-Type: message/global-headers\n\n{ORIGINAL}",
        "Content-Type: text/rfc822-headers\nContent-Transfer-Encoding: quoted-printable\n\n" + ORIGINAL.replace("=", "=3D"),
    ],
    ids=["message", "headers", "global headers", "quoted headers"],
)
def test_originals(part: str) -> None:
    """The returned message in all its forms."""
    original = bounceclass.parse(f"{REPORT}{STATUS}Action: failed\n\n--b\n{part}\n--b--\n").original

    assert original is not None
    assert original.message_id == "<1@example.jp>"
    assert original.subject == "メ"
    assert original.sender == "a@example.jp"
    assert original.recipients == ("b@example.jp", "c@example.jp")
    assert str(original.date) == "2026-01-01 00:00:00+09:00"
    assert original.list_id == "<x.example>"
    assert original.header("X-OWN") == "1"
    assert original.header("X-Other") is None


@pytest.mark.parametrize(
    ("template", "text", "facts"),
    [
        ("<{recipient}>: {diagnostic}", "<taro@example.jp>:  no such user", {"recipient": "taro@example.jp", "diagnostic": "no such user"}),
        ("<{recipient}>: {diagnostic}", "  <Taro Yamada>:", {"recipient": "Taro Yamada", "diagnostic": ""}),
        ("Recipient: {recipient}", "recipient:taro@example.jp ", {"recipient": "taro@example.jp"}),
        ("Recipient: {recipient}", "Recipient: taro@example.jp failed", None),
        ("{recipient}\nReason: {diagnostic}", "taro@example.jp\n\n  Reason: full", {"recipient": "taro@example.jp", "diagnostic": "full"}),
        ("Why:\n{paragraph}", "Why:\n\none\ntwo\n\nthree", {"diagnostic": "one\ntwo"}),
        ("(was {alias}) at {remote};", "(was hanako@example.jp) at mx.example.jp;", {"alias": "hanako@example.jp", "remote": "mx.example.jp"}),
        ("[{recipient}] 50% + {diagnostic}", "[taro@example.jp] 50% + x.", {"recipient": "taro@example.jp", "diagnostic": "x."}),
        ("To {recipient}", "Not to taro@example.jp", None),
    ],
)
def test_lines_as_they_look(template: str, text: str, facts: dict[str, str] | None) -> None:
    """A template finds the lines that look like it, and none else; it takes linear time."""
    capture = line(template)
    match = capture.regex.search(text)

    assert (match.groupdict() if match else None) == facts
    assert find_attack(capture.pattern, re.MULTILINE | re.IGNORECASE) is None


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{who}: x", "unknown name; there are recipient"),
        ("nobody", "names nothing"),
        ("{}", "unknown name"),
        ("{recipient} {recipient}", "named twice"),
        ("{diagnostic} at {remote}", "takes the rest"),
    ],
)
def test_a_line_that_names_nothing_is_refused(template: str, words: str) -> None:
    """The error says what is allowed."""
    with pytest.raises(PluginError, match=words):
        line(template)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"clues": (Clue("text", "x"), "y")}, "clues: must be Clues in a tuple: a comma may be missing"),
        ({"min_clues": 3}, "min_clues: 3 of 1 clues can never hold"),
        ({"kind": "failur"}, "kind: 'failur' is no kind; there are .*; did you mean 'failure'"),
    ],
)
def test_a_bad_dialect_is_refused(change: dict[str, Any], words: str) -> None:
    """When it is made, by its field, with what is allowed."""
    fields: dict[str, Any] = {"name": "own", "title": "Own", "source": "", "since": "1", "clues": (Clue("text", "own notice"),)}

    with pytest.raises(PluginError, match=words):
        Dialect(**fields | change)
    extended = bounceclass.Dialects.default().extend([Dialect(**fields)])
    assert extended.dialects[0].name == "own"
