"""The table of docs/trust.md is true: each shape of mail by each way out, beside what we stand in for."""

from __future__ import annotations

import email
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner
from flufl.bounce import all_failures as flufls_failures

import bounceclass
from bounceclass.cli.scan import scan_command
from bounceclass.contrib.flufl import all_failures
from corpus_mails import ROOT
from shapes import FIELDS, SHAPES, mail

KEY: Final = b"sixteen octets or more"
NOW: Final = datetime(2026, 11, 21, tzinfo=UTC)
FACTS: Final[dict[str, Any]] = {"sent": {"<1@example.com>"}, "own_domains": ["example.com"], "trusted_authserv_ids": ["mx.example.com"]}


def table(heading: str) -> dict[str, list[str]]:
    """Read a table of the page: the cells of each row by its first cell."""
    lines = (ROOT / "docs/trust.md").read_text("utf-8").partition(f"| {heading} |")[2].partition("\n\n")[0].splitlines()[2:]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0]: row[1:] for row in rows}


MATRIX: Final = table("shape")


def names(addresses: Any) -> str:
    """Give addresses as the page names them."""
    found = sorted(address.decode() if isinstance(address, bytes) else address for address in addresses)
    return ", ".join(address.partition("@")[0] for address in found) or "-"


def test_every_shape_has_its_row() -> None:
    """And every row its shape."""
    assert [*MATRIX] == [*SHAPES]


@pytest.mark.parametrize("name", SHAPES)
def test_shape(name: str, tmp_path: Path) -> None:
    """What each way out concludes: the verdict, the README's recipe, `scan --dead`, the drop-in, and flufl.bounce itself."""
    kind, action, dropped, dead, drop_in, _runner, flufl, _own, _told_by = MATRIX[name]
    report = bounceclass.parse(mail(name))
    verdicts = bounceclass.classify(report)

    assert report.kind == kind
    assert (
        ", ".join(f"{verdict.recipient.partition('@')[0]}: {verdict.action}" for verdict in verdicts if verdict.recipient.endswith("@example.net"))
        or action == "-"
    )
    assert names({verdict.original_recipient or verdict.recipient for verdict in verdicts if verdict.action == "suppress"}) == dropped
    assert scanned(mail(name), tmp_path) == dead
    assert names(all_failures(email.message_from_string(mail(name)))[1]) == drop_in
    assert names(address for address in flufls_failures(email.message_from_string(mail(name)))[1] if address.count(b"@") == 1 and b'"' not in address) == flufl
    # Nothing is more trusting than what it stands in for, but where a server's own words name a recipient.
    assert drop_in in {flufl, "-"}


def scanned(text: str, folder: Path) -> str:
    """Give whom `scan --dead` lists."""
    (folder / "mail.eml").write_text(text, "utf-8")
    done = CliRunner().invoke(scan_command, [str(folder / "mail.eml"), "--dead", str(folder / "dead.txt")])
    assert done.exit_code == 0, done.output
    return names((folder / "dead.txt").read_text("utf-8").split())


def test_no_words_of_a_person_drop_anybody() -> None:
    """The promise in one line: of what a stranger writes as himself nobody is dropped."""
    written = [
        name for name in SHAPES if "Return-Path: <mallory@" in mail(name).partition("\n\n")[0] and "MAILER-DAEMON@mx" not in mail(name).partition("\n\n")[0]
    ]
    assert len(written) > 12
    for name in written:
        assert all(verdict.action != "suppress" for verdict in bounceclass.classify(mail(name))), name


REPORT: Final = (
    b'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary="B"\n\n--B\nContent-Type: text/plain\n\nsee\n\n'
    b"--B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\nFinal-Recipient: rfc822; anne@example.net\n"
    b"Action: failed\nStatus: 5.1.1\n\n--B--\n"
)
WORDS: Final = b"\n> <anne@example.net>: 550 5.1.1 user unknown\n"
BOB: Final = b"From: Bob <bob@example.org>\n"
OVER_A_LIST: Final = b"Return-Path: <team-bounces@lists.example.org>\n" + BOB
ATTACHED: Final = (
    b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="B"\n\n--B\nContent-Type: text/plain\n\n%s\n\n--B\nContent-Type: %s\n\n%s\n\n--B--\n'
)
NOTICE: Final = b"Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.net\nSubject: failure notice\n\n<anne@example.net>: 550 5.1.1 user unknown"
SNS: Final = (
    b'\n{"notificationType":"Bounce","bounce":{"bouncedRecipients":[{"emailAddress":"anne@example.net","status":"5.1.1",'
    b'"diagnosticCode":"550 5.1.1 user unknown"}]}}\n'
)
MDN: Final = b"Final-Recipient: rfc822; anne@example.net\nDisposition: x; failed\nFailure: 550 5.1.1 User unknown"
COMPLAINT: Final = b"Feedback-Type: abuse\nOriginal-Rcpt-To: anne@example.net"

# What a reviewer tried against the table: other paths, fields, names and wrappings of the same.
TRIED: Final = {
    "a report without a return path": BOB + b"Subject: look at this\n" + REPORT,
    "a report over a list": OVER_A_LIST + b"Subject: look at this\n" + REPORT,
    "a list post about bounces": OVER_A_LIST + b"Subject: The bounce rate of our list\n" + WORDS,
    "a list post with a notice's subject": OVER_A_LIST + b"List-Id: <t.lists.example.org>\nSubject: Undelivered Mail Returned to Sender\n" + WORDS,
    "a forward in Italian over a list": OVER_A_LIST + b"Subject: Inoltro: Undelivered Mail Returned to Sender\n" + WORDS,
    "a daemon's name alone": b'From: "System Administrator" <bob@example.org>\nSubject: Question\n' + WORDS,
    "a daemon's name over a list": b'Return-Path: <team-bounces@lists.example.org>\nFrom: "System Administrator" <bob@example.org>\nSubject: Re: Question\n' + WORDS,
    "X-Failed-Recipients": BOB + b"X-Failed-Recipients: anne@example.net\nSubject: Q\n" + WORDS,
    "Exchange's field": BOB + b"X-MS-Exchange-Message-Is-Ndr:\nSubject: Q\n" + WORDS,
    "a tracker": b"Return-Path: <jira@tracker.example>\nFrom: Bob (Jira) <noreply@tracker.example>\nAuto-Submitted: auto-generated\nSubject: Undelivered Mail Returned to Sender\n\nBob wrote:" + WORDS,
    "a tracker by its own path": b"Return-Path: <bounces@tracker.example>\nFrom: Bob <jira@tracker.example>\nSubject: [JIRA] (A-1) Delivery failure\n\nBob:" + WORDS,
    "a tracker's forward": b"Return-Path: <x@example.org>\nFrom: no-reply@example.org\nSubject: Fwd: hello\n\n" + FIELDS.encode(),
    "an administrator asks": b"From: admin@example.org\nSubject: Why these bounces?\n" + WORDS,
    "Mailman's sentence": BOB + b"Subject: question\n" + ATTACHED % (b"The attached message was received as a bounce - why?", b"message/rfc822", NOTICE),
    "Amazon's host as a name": b'From: "sns.amazonaws.com" <bob@example.org>\nSubject: log\n' + SNS,
    "Amazon's host in another": b"From: bob@sns.amazonaws.com.evil.example\nSubject: log\n" + SNS,
    "James's words": OVER_A_LIST + b"Subject: Re: bounce?\n\nError message below:\n550 5.1.1 user unknown\nMessage details:\n  RCPT TO: anne@example.net\n",
    "Hotmail's loop as a name": b'From: "staff@hotmail.com" <bob@example.org>\nSubject: complaint about message from 192.0.2.1\n'
    + ATTACHED % (b"x", b"message/rfc822", b"From: t@example.com\nTo: anne@example.net\n\nx"),
    "a failed disposition": BOB + b"Subject: hi\n" + ATTACHED % (b"see", b"message/disposition-notification", MDN),
    "a complaint without a report": BOB + b"Subject: Re: hi\n" + ATTACHED % (b"see", b"message/feedback-report", COMPLAINT),
    "a complaint over a list": OVER_A_LIST + b"Subject: hi\n" + ATTACHED % (b"see", b"message/feedback-report", COMPLAINT),
    "an absence that names a notice": b"Return-Path: <>\n" + BOB + b"Auto-Submitted: auto-replied\nSubject: On holiday (was: Undelivered Mail Returned to Sender)\n\nI am away." + WORDS,
    "a ticket that names a notice": b"Return-Path: <>\nFrom: Support <support@example.org>\nAuto-Submitted: auto-replied\nSubject: [Ticket#123] Delivery failure\n\nWe got:" + WORDS,
    "an absence that is generated": b"Return-Path: <>\n" + BOB + b"Auto-Submitted: auto-generated\nSubject: Away until Monday\n\nI am away." + WORDS,
    "an absence with a status part": b"Return-Path: <>\n" + BOB + b"Auto-Submitted: auto-replied\nSubject: Automatic reply: hello\n"
    + ATTACHED % (b"away", b"message/delivery-status", FIELDS.encode()),
}  # fmt: skip


@pytest.mark.parametrize("name", TRIED)
def test_nobody_is_dropped_by(name: str) -> None:
    """Whatever it is taken for."""
    assert [verdict for verdict in bounceclass.classify(TRIED[name]) if verdict.action == "suppress"] == []


GENUINE: Final = {
    "an odd daemon": b"Return-Path: <>\nFrom: mailsrv@example.net\nSubject: Re: hello\n" + REPORT,
    "a daemon that answers": b"Return-Path: <>\nFrom: MAILER-DAEMON@example.net\nSubject: Re: hello\n" + REPORT,
    "a daemon without a path": b"From: MAILER-DAEMON@example.net\nAuto-Submitted: auto-replied\nSubject: Undelivered Mail Returned to Sender\n" + REPORT,
    "a service's report": b"Return-Path: <noreply@example.net>\nFrom: noreply@example.net\nSubject: Undelivered Mail Returned to Sender\n" + REPORT,
}


@pytest.mark.parametrize("name", GENUINE)
def test_what_is_genuine_still_counts(name: str) -> None:
    """A server's report is believed, whatever its mailbox or its subject is called."""
    assert [str(verdict.action) for verdict in bounceclass.classify(GENUINE[name])] == ["suppress"]


@pytest.mark.parametrize("path", [b"", b"Return-Path: <mailsrv@example.net>\n"])
def test_a_daemon_with_a_persons_mailbox_is_reviewed(path: bytes) -> None:
    """In words, and with the field of automatic mail: a failure, never an automatic answer, and nobody is dropped."""
    octets = (
        path
        + b"From: Mail Delivery System <mailsrv@example.net>\nAuto-Submitted: auto-replied\nSubject: Undelivered Mail Returned to Sender\n"
        + WORDS.replace(b"> ", b"")
    )
    (verdict,) = bounceclass.classify(octets)

    assert (verdict.kind, verdict.recipient, verdict.action) == ("failure", "anne@example.net", "review")


@pytest.mark.parametrize(
    "label",
    [
        "5.1.0 - Unknown address error 550-'{}' (delivery attempts: 0)", '5.1.0 - Unknown address error 550-"{}"', "5.1.0 - Unknown address error 550-{} (delivery attempts: 0)",
        "5.1.0 - Unknown address error 550-'{}", "5.3.0 - Other mail system problem 554-'{}' (delivery attempts: 0)", "4.1.0 - unknown address error 450-‘{}’",
        "5.1.0 - Unknown address error '{}'", "5.1.0 (Unknown address error 550-'{}' (delivery attempts: 0))",
    ],
)  # fmt: skip
@pytest.mark.parametrize(("answer", "reason"), [("5.7.606 Access denied, banned sending IP [192.0.2.1]", "blocklisted"), ("5.7.1 Access denied", "policy_rejected"),
                                                ("5.2.2 <a@example.jp>... Mailbox full", "mailbox_full")])  # fmt: skip
def test_a_gateways_label_says_nothing(label: str, answer: str, reason: str) -> None:
    """In a bare answer, and in the fields of a report with the label's status."""
    verdict = bounceclass.classify_reply(label.format(answer))
    (reported,) = bounceclass.classify(mail("a real report").replace("smtp; 550 5.1.1 <anne@example.net>: User unknown", f"smtp; {label.format(answer)}"))

    assert verdict.reason == reported.reason == reason
    assert "suppress" not in {verdict.action, reported.action}


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("550 5.1.1 MXIN505 mailbox a@bluewin.example is full", "mailbox_full"),
        ("550 5.1.1 mailbox of taro@example.jp is full", "mailbox_full"),
        ("554 5.1.1 <a@example.jp> mailbox is full", "mailbox_full"),
        ("550 5.1.1 <bounces+ab12=example.jp@news.example.org>: unauthorized sender", "sender_rejected"),
        ("550 5.1.1 unauthorised sender news@example.org", "sender_rejected"),
        ("553 5.1.1 <news@example.org>: Unauthorized Sender", "sender_rejected"),
    ],
)
def test_words_say_more_than_a_code(answer: str, reason: str) -> None:
    """X.1.1 beside other words makes nobody dead."""
    verdict = bounceclass.classify_reply(answer)

    assert (verdict.reason, verdict.action == "suppress") == (reason, False)


@pytest.mark.parametrize("listed", [
    "<anna@example.org> (message refused as spam)\n<bert@example.com> (user unknown)\n",
    "<bert@example.com> (user unknown)\n<anna@example.org> (message refused as spam)\n",
    "  <anna@example.org> (message refused as spam)\n\n  <bert@example.com> (user unknown)\n",
])  # fmt: skip
@pytest.mark.parametrize("fields", [False, True], ids=["in words", "beside fields"])
def test_recipients_keep_their_own_words(listed: str, fields: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """A line each, without a colon; also where fields without a diagnostic name the recipients."""
    words = f"The following addresses failed:\n\n{listed}"
    body = "\n" + words
    if fields:
        status = "".join(f"\nFinal-Recipient: rfc822; {address}\nAction: failed\nStatus: 5.0.0\n" for address in ("anna@example.org", "bert@example.com"))
        body = (
            'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary="B"\n\n'
            f"--B\n\n{words}\n--B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n{status}\n--B--\n"
        )
    octets = f"Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.net\nSubject: Undelivered Mail Returned to Sender\n{body}"

    assert {verdict.recipient: str(verdict.reason) for verdict in bounceclass.classify(octets)} == {
        "anna@example.org": "spam_detected",
        "bert@example.com": "user_unknown",
    }


def report_to(path: str, fields: str = FIELDS) -> bytes:
    """Give a report that came to a return path."""
    text = mail("a real report").replace("test-bounces@example.com", path).replace(FIELDS, fields)
    return text.encode()


def signed(recipient: str | None, key: bytes = KEY, days: int = 30) -> str:
    """Give a return path signed for a recipient."""
    return bounceclass.sign_return_path("bounces@example.com", key=key, recipient=recipient, days=days, now=NOW)


REPLAYED: Final = FIELDS.replace(
    "Final-Recipient: rfc822; anne@example.net", "Original-Recipient: rfc822; anne@example.net\nFinal-Recipient: rfc822; eve@evil.example"
)
SIGNED: Final = {
    "signed for the recipient": report_to(signed("anne@example.net")),
    "signed for another": report_to(signed("eve@evil.example")),
    "signed for another, who names the recipient as the original one": report_to(signed("eve@evil.example"), REPLAYED),
    "signed for nobody": report_to(signed(None)),
    "expired": report_to(signed("anne@example.net", days=0)),
    "signed with another key": report_to(signed("anne@example.net", key=KEY[::-1])),
    "not signed": report_to("bounces@example.com"),
}
PATHS: Final = table("the path that the report came to")


def test_every_path_has_its_row() -> None:
    """And every row its path."""
    assert [*PATHS] == [*SIGNED]


@pytest.mark.parametrize("name", SIGNED)
def test_signed_path(name: str) -> None:
    """A proof covers the address that would be dropped."""
    assessment = bounceclass.assess(SIGNED[name], key=KEY, now=NOW + timedelta(days=2))

    assert [str(assessment.authenticity), {True: "yes", False: "no", None: "-"}[assessment.sent_by_us]] == PATHS[name][:2]


def test_a_person_who_knows_all_is_suspected() -> None:
    """With the caller's facts given, a complaint or report that a person writes is told from a server's."""
    assert bounceclass.assess(mail("a complaint that a person writes"), **FACTS).fake
    assert not bounceclass.assess(mail("a real report"), **FACTS).fake
