"""The verbs as users meet them: sources, types, errors, plain values."""

from __future__ import annotations

import io
import json
from email import message_from_bytes, message_from_string
from email.message import EmailMessage, Message
from pathlib import Path

import pytest
from attrs.exceptions import FrozenInstanceError

import bounceclass
from bounceclass import Action, AddressState, Kind, Permanence, Reason, Responsible
from corpus_mails import CORPUS, MAILS, CorpusMail

MAIL = CORPUS / "postfix" / "01-user-unknown.eml"
OCTETS = MAIL.read_bytes()


@pytest.mark.parametrize(
    "source",
    [OCTETS, bytearray(OCTETS), memoryview(OCTETS), OCTETS.decode(), message_from_bytes(OCTETS), io.BytesIO(OCTETS)],
    ids=["bytes", "bytearray", "memoryview", "str", "Message", "file"],
)
def test_sources_are_equal(source: bytes) -> None:
    """Whatever a mail is handed over as, the report is the same."""
    assert bounceclass.parse(source).deliveries == bounceclass.parse(OCTETS).deliveries


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.id)
def test_parsed_messages_never_raise(mail: CorpusMail) -> None:
    """The standard library raises on some messages that it parsed itself; we do not."""
    bounceclass.parse(message_from_bytes(mail.octets))
    bounceclass.parse(mail.octets.decode("utf-8", "surrogateescape"))
    bounceclass.parse(mail.octets.decode("latin-1"))


@pytest.mark.parametrize("message", [Message(), EmailMessage(), message_from_string("Subject: \udcff\n\n\udcff"), message_from_string("A: \ud800\n\nb")])
def test_odd_messages(message: Message) -> None:
    """Messages that cannot be written out are read as far as they go."""
    assert bounceclass.parse(message).kind is Kind.OTHER


@pytest.mark.parametrize("source", [None, 1, [], {"a": "b"}, object(), io.StringIO("text")])
def test_wrong_types_are_refused(source: object) -> None:
    """A wrong type is a TypeError that says what is taken."""
    with pytest.raises(TypeError, match="parse"):
        bounceclass.parse(source)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        bounceclass.classify(source)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        bounceclass.explain(source)  # type: ignore[arg-type]


@pytest.mark.parametrize("reply", [None, b"550", 550])
def test_replies_are_text(reply: object) -> None:
    """classify_reply() says what it takes."""
    with pytest.raises(TypeError, match="classify_reply"):
        bounceclass.classify_reply(reply)  # type: ignore[arg-type]


def test_values_are_frozen() -> None:
    """Nothing changes between the verbs."""
    report = bounceclass.parse(OCTETS)

    with pytest.raises(FrozenInstanceError):
        report.kind = Kind.OTHER  # type: ignore[misc]
    assert hash(report) == hash(bounceclass.parse(OCTETS))


def test_plain_dicts_have_stable_names() -> None:
    """The wire names are part of the promise."""
    report = bounceclass.parse(OCTETS)
    (verdict,) = bounceclass.classify(report)
    explanation = bounceclass.explain(report)

    assert list(report.to_dict()) == [
        "kind",
        "deliveries",
        "original",
        "reporting_mta",
        "dialect",
        "arrival_date",
        "defects",
        "provenance",
        "secondhand",
        "forwarded",
    ]
    assert list(report.deliveries[0].to_dict()) == [
        "recipient", "original_recipient", "action", "status", "reply_code", "command", "diagnostic", "remote_mta", "last_attempt_at",
        "will_retry_until", "label",
    ]  # fmt: skip
    assert list(verdict.to_dict()) == [
        "recipient", "original_recipient", "reason", "permanence", "address_state", "responsible", "action", "confidence", "evidence", "conflicts",
        "details", "kind", "diagnostic", "status", "reply_code", "command", "remote_mta", "last_attempt_at", "will_retry_until",
    ]  # fmt: skip
    assert json.loads(json.dumps(explanation.to_dict()))["steps"][0]["who"] == "sender"


@pytest.mark.parametrize(
    ("reply", "consequence"),
    [
        ("550 5.1.1 User unknown", (Reason.USER_UNKNOWN, Permanence.PERMANENT, AddressState.DEAD, Responsible.SENDER, Action.SUPPRESS)),
        ("450 4.1.1 User unknown", (Reason.USER_UNKNOWN, Permanence.TEMPORARY, AddressState.UNKNOWN, Responsible.SENDER, Action.RETRY)),
        ("552 5.2.2 Over quota", (Reason.MAILBOX_FULL, Permanence.PERMANENT, AddressState.ALIVE, Responsible.RECIPIENT, Action.RETRY)),
        ("550 5.7.26 DMARC policy", (Reason.AUTH_FAILED, Permanence.PERMANENT, AddressState.UNKNOWN, Responsible.SENDER_ADMIN, Action.FIX)),
        ("nonsense", (Reason.UNKNOWN, Permanence.UNKNOWN, AddressState.UNKNOWN, Responsible.NOBODY, Action.REVIEW)),
    ],
)
def test_verdicts(reply: str, consequence: tuple[object, ...]) -> None:
    """What follows from a reason, with the overrides."""
    verdict = bounceclass.classify_reply(reply)

    assert (verdict.reason, verdict.permanence, verdict.address_state, verdict.responsible, verdict.action) == consequence


@pytest.mark.parametrize(
    "reply",
    [
        "550-5.1.1 The email account that you tried to reach\n550-5.1.1 does not exist. Please try\n550 5.1.1 again",
        "550 5.1.1 The email account that you tried to reach does not exist\\r\\n",
        "550%205.1.1%20The%20email%20account%20that%20you%20tried%20to%20reach%20does%20not%20exist",
        (
            "Jan  1 00:00:00 mx postfix/smtp[1]: 4D8: to=<a@example.jp>, relay=mx.example.jp[192.0.2.1]:25, dsn=5.1.1, status=bounced "
            "(host mx.example.jp[192.0.2.1] said: 550 5.1.1 User unknown (in reply to RCPT TO command))"
        ),
    ],
)
def test_replies_as_logs_hold_them(reply: str) -> None:
    """Several lines, escapes, whole log lines."""
    verdict = bounceclass.classify_reply(reply)

    assert verdict.reason is Reason.USER_UNKNOWN
    assert verdict.status == "5.1.1"


@pytest.mark.parametrize(
    "reply", ["550", "550 5.0.0", "553 sorry", "550 5.1.0 nothing that anybody knows", "550 DMARC", "550 Blocked", "550 We do not accept mail from you"]
)
def test_a_bare_code_makes_nobody_dead(reply: str) -> None:
    """550 and 553 refuse senders as well as mailboxes."""
    verdict = bounceclass.classify_reply(reply)

    assert verdict.address_state != "dead"
    assert verdict.action != "suppress"


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        ("250 2.0.0 Ok: queued as 12345", "delivered"),
        ("to=<a@b.example>, relay=mx.b.example[192.0.2.3]:25, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 12345)", "delivered"),
        ("254 Suppression for user", "suppressed"),
    ],
)
def test_an_accepted_reply_is_no_failure(reply: str, reason: str) -> None:
    """Logs hold what went well too."""
    assert bounceclass.classify_reply(reply).reason == reason


def test_forwarded_mail_names_both_addresses() -> None:
    """The sender knows the address that was written to, the server the one that failed."""
    fields = "Final-Recipient: rfc822; b@example.com\nOriginal-Recipient: rfc822; a@example.jp\nAction: failed\nStatus: 5.2.2"
    mail = f"From: postmaster@example.jp\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.jp\n\n{fields}\n"
    (verdict,) = bounceclass.classify(mail)

    assert (verdict.recipient, verdict.original_recipient) == ("b@example.com", "a@example.jp")
    assert "a@example.jp (forwarded to b@example.com)" in bounceclass.explain(mail).summary


def test_what_is_handed_over_wrongly_is_said(tmp_path: Path) -> None:
    """The error names what there is, and what was probably meant; what can be understood works."""
    path = tmp_path / "mail.eml"
    path.write_bytes(OCTETS)
    report = bounceclass.parse(path)
    verdicts = bounceclass.classify(report)
    rule = bounceclass.Rule(id="policy_rejected.own", reason=Reason.POLICY_REJECTED, any=("user unknown",))

    assert bounceclass.explain(verdicts).title == bounceclass.explain(report).title
    assert bounceclass.explain(report, locale=None).locale == "en"
    assert bounceclass.survey(report).reports == 1
    assert bounceclass.classify(report, rules=[rule])[0].reason is Reason.POLICY_REJECTED
    assert bounceclass.classify(report, rules=[]) == verdicts
    assert bounceclass.__version__
    with pytest.raises(ValueError, match="did you mean 'list_owner'"):
        bounceclass.explain(report, audience="owner")
    with pytest.raises(ValueError, match="there are no texts in 'jp'; there are en, ja; did you mean 'ja'"):
        bounceclass.explain(report, locale="jp")
    with pytest.raises(TypeError, match="rules= takes a RuleBook"):
        bounceclass.classify(report, rules=["user unknown"])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="at least one"):
        bounceclass.explain(())
    with pytest.warns(UserWarning, match=r"call classify_reply\(\)"):
        bounceclass.classify("550 5.1.1 user unknown")
    with pytest.warns(UserWarning, match="the name of a file"):
        bounceclass.parse(str(path))
    with pytest.warns(UserWarning, match="read to its end"):
        bounceclass.parse(io.BytesIO())


def test_japanese_words_are_not_parted() -> None:
    """The blank in front of 宛 is for addresses."""
    verdict = bounceclass.classify_reply("550 5.1.1 User unknown")

    assert bounceclass.explain(verdict, locale="ja").summary.startswith("相手の方宛のメール")


def test_a_caution_is_said_once() -> None:
    """Recipients with different fates share what holds for all of them."""
    explanation = bounceclass.explain((CORPUS / "guides" / "13-three-addresses.eml").read_bytes())
    cautions = [caution for part in (explanation, *explanation.further) for caution in part.cautions]

    assert len(explanation.further) == 2
    assert len(cautions) == len(set(cautions))


def test_remote_mta_is_a_hint() -> None:
    """The same words mean something else at another host."""
    words = "550 5.7.30"

    assert bounceclass.classify_reply(words, remote_mta="gmail-smtp-in.l.google.com").reason is Reason.AUTH_FAILED
    assert bounceclass.classify_reply(words).reason is Reason.TLS_FAILED


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (b"Return-Path: <>\r\nSubject: x\r\n\r\nbody", True),
        ("Auto-Submitted: auto-generated\n", True),
        ("Auto-Submitted: no\n", False),
        ("From: Mail Delivery System <MAILER-DAEMON@example.jp>\n", True),
        ("From: postmaster@example.jp\n", True),
        ("Content-Type: multipart/report; report-type=disposition-notification\n", True),
        ("Precedence: auto_reply\n", True),
        ("From: A <a@example.jp>\nX-Auto-Response-Suppress: DR, OOF, AutoReply\n", True),
        ("From: A <a@example.jp>\nX-Auto-Response-Suppress: None\n", False),
        ("From: a@example.jp\nSubject: 【自動返信】お問い合わせありがとうございます\n".encode(), True),
        ("From: a@example.jp\nPrecedence: bulk\nList-Id: <news.example.jp>\nSubject: News\n", False),
        ({"X-Failed-Recipients": "a@example.jp"}, True),
        ("From: A <a@example.jp>\nSubject: Re: Undelivered Mail Returned to Sender\n", False),
        ("From: A <a@example.jp>\nReturn-Path: <a@example.jp>\nSubject: hello\n", False),
        ("", False),
        (message_from_string("Auto-Submitted: auto-replied\n\n"), True),
    ],
)
def test_looks_like_report(headers: bytes, expected: bool) -> None:  # noqa: FBT001 - a parameter of a table
    """The loop gate, from headers alone."""
    assert bounceclass.looks_like_report(headers) is expected


def test_looks_like_report_refuses_other_types() -> None:
    """It says what it takes."""
    with pytest.raises(TypeError, match="looks_like_report"):
        bounceclass.looks_like_report(1)  # type: ignore[arg-type]


def test_files_are_read_up_to_the_limit() -> None:
    """A file of any size costs no more memory than the limit."""

    class Endless(io.RawIOBase):
        asked = 0

        def read(self, size: int = -1) -> bytes:
            Endless.asked = size
            return b"x" * min(size, 10_000)

    bounceclass.parse(Endless(), limits=bounceclass.Limits(octets=1_000))  # type: ignore[arg-type]
    assert Endless.asked == 1_001


HOSTILE = "550 5.1.1 \x1b[31m<script>alert(1)</script> *bold* [x](http://a) | user unknown \x9b\u202e"


def test_renderings_escape() -> None:
    """Nothing of a mail becomes a control sequence, a tag or markup."""
    explanation = bounceclass.explain(bounceclass.classify_reply(HOSTILE))

    assert "\x1b" not in str(explanation)
    assert "\x9b" not in str(explanation)
    assert "\u202e" not in explanation.to_markdown()
    assert "<script>" not in explanation.to_html()
    assert "&lt;script&gt;" in explanation.to_html()
    assert "\\<script\\>" in explanation.to_markdown()
    assert "\\*bold\\*" in explanation.to_markdown()


def test_several_fates_are_grouped() -> None:
    """Recipients with the same fate are told of together, the others below."""
    explanation = bounceclass.explain((CORPUS / "postfix" / "03-several-fates.eml").read_bytes())

    assert len(explanation.further) == 2
    assert len({explanation.title, *(other.title for other in explanation.further)}) == 3


@pytest.mark.parametrize(
    "octets",
    [
        (
            b'Content-Type: multipart/report; report-type=delivery-status; boundary="B"\n\n--C\nContent-Type: text/plain\n\nx\n\n'
            b"--C\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; a\n\nFinal-Recipient: rfc822; a@b.example\nAction: failed\n\n--C--\n"
        ),
        b"Content-Type: message/delivery-status\n\nReporting-MTA: dns; a\n\nFinal-Recipient: utf-8; \xe6\x9d\xbe@b.example\nAction: failed\n",
        (
            b'Content-Type: multipart/mixed; boundary="B"\n\nbefore\n--B\nContent-Type: text/plain; charset=shift_jis\n\n'
            b"\x83\x81\x81[\x83\x8b <a@b.example>: 550 5.1.1\n--B--\nafter\n"
        ),
    ],
)
def test_a_message_is_read_as_its_octets(octets: bytes) -> None:
    """Nothing is lost between: odd boundaries, octets that are no ASCII, the groups of a status part."""
    octets = b"Return-Path: <>\nFrom: MAILER-DAEMON@x.example\nSubject: Undelivered Mail\n" + octets
    message = message_from_bytes(octets)

    assert [delivery.recipient for delivery in bounceclass.parse(message).deliveries] == [
        delivery.recipient for delivery in bounceclass.parse(octets).deliveries
    ]
    assert bounceclass.parse(octets).deliveries


def test_half_a_character_is_no_address() -> None:
    """What it gives, UTF-8 can carry."""
    assert json.dumps(bounceclass.check_address("a\ud800@b.example").to_dict(), ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("words", "command", "reason"),
    [
        ("550 5.1.1 No such user. Please do not reply to mail from this server (in reply to RCPT TO command)", "RCPT", "user_unknown"),
        ("550 5.1.1 mailbox disabled after mail bounced repeatedly (in reply to RCPT TO command)", "RCPT", "mailbox_disabled"),
        ("An error occurred while sending mail. The mail server responded: 550 5.1.1 User unknown", None, "user_unknown"),
        ("Error after connection to mx.example.com: 550 5.1.1 The email account that you tried to reach does not exist", None, "user_unknown"),
        (">>> MAIL From:<x@example.net> <<< 250 ok >>> RCPT To:<a@example.com> <<< 550 5.1.1 <a@example.com>... User unknown", "RCPT", "user_unknown"),
        (
            "450 4.1.1 Recipient address rejected: unverified address: host mx said: 550 bad helo (in reply to HELO command) (in reply to RCPT TO command)",
            "RCPT",
            "protocol_error",
        ),
        ("host mx.example.com[192.0.2.1] refused to talk to me: 550 5.1.1 no such user", "CONNECT", "policy_rejected"),
        ("Connected to 192.0.2.1 but my name was rejected. Remote host said: 550 No such user", "HELO", "protocol_error"),
        ("Connected_to_192.0.2.1_but_sender_was_rejected./Remote_host_said:_550_5.1.1_User_unknown/", "MAIL", "sender_rejected"),
        ('response to "MAIL FROM:<>" from mx.example.com [192.0.2.1] was: 550 5.1.1 User unknown', "MAIL", "sender_rejected"),
    ],
)
def test_which_command_was_answered(words: str, command: str | None, reason: str) -> None:
    """As servers write it, and not as people do; before RCPT no recipient is meant."""
    verdict = bounceclass.classify_reply(words)

    assert (verdict.command, verdict.reason) == (command, reason)


def test_a_relay_that_is_not_found_is_the_senders_own() -> None:
    """The name that was looked up is another than the recipient's: nobody is dropped."""
    words = "Host or domain name not found. Name service error for name={} type=AAAA: Host not found"
    actions = []
    for name in ("example.com", "mx.example.com", "relay.corp.example"):
        delivery = bounceclass.Delivery(recipient="a@example.com", diagnostic=words.format(name), status="5.4.4")
        actions.append(bounceclass.classify(bounceclass.Report(kind=Kind.FAILURE, deliveries=(delivery,)))[0].action)

    assert actions == ["suppress", "suppress", "review"]
