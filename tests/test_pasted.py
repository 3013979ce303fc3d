"""What people paste and forward is explained, and nobody is dropped for it."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bounceclass
from bounceclass import Action, Kind, Reason
from corpus_mails import MAILS, CorpusMail

NOTICE: Final = (
    "This is the mail system at host mx.example.net.\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more "
    "recipients.\n\n<anna@example.org>: host mx.example.org[203.0.113.9] said: 550 5.1.1\n    <anna@example.org>: Recipient address rejected: "
    "User unknown (in reply to RCPT TO command)\n"
)
HEAD: Final = "From: Taro <taro@example.jp>\nTo: help@example.com\nReturn-Path: <taro@example.jp>\n"
SHOWN: Final = "From: Mail Delivery System <MAILER-DAEMON@mx.example.net>\nDate: Tue, 24 Nov 2026\nSubject: Undelivered Mail Returned to Sender\n\n"
QUOTED: Final = "".join(f"> {line}\n" for line in (SHOWN + NOTICE).split("\n"))
JAPANESE: Final = (
    "これは何でしょうか。\n\n---- 転送されたメッセージ ----\n差出人: Mail Delivery Subsystem\n件名: Returned mail\n\n"
    "次の宛先に配信できませんでした。\n\n<anna@example.org>: 550 5.1.1 User unknown\n"
)
ATTACHED: Final = (
    f"{HEAD}Subject: Fwd: what is this?\nContent-Type: multipart/mixed; boundary=q\n\n--q\nContent-Type: text/plain\n\nWhat does this mean?\n"
    f"--q\nContent-Type: message/rfc822\n\nReturn-Path: <>\n{SHOWN}{NOTICE}\n--q--\n"
)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(NOTICE, id="a notice without its header"),
        pytest.param(f"{HEAD}Subject: Fwd: help\n\nHelp!\n\n---------- Forwarded message ---------\n{SHOWN}{NOTICE}", id="forwarded inline"),
        pytest.param(f"{HEAD}Subject: Fwd: help\n\nHelp!\n\n-----Original Message-----\n{QUOTED}", id="quoted"),
        pytest.param(f"{HEAD}Subject: Fwd: x\nContent-Type: text/plain; charset=utf-8\n\n{JAPANESE}", id="forwarded in Japanese"),
        pytest.param(ATTACHED, id="attached"),
    ],
)
def test_what_is_forwarded_is_explained(text: str) -> None:
    """`parse_pasted()` looks within, `parse()` stays careful; nobody is dropped by either."""
    report = bounceclass.parse_pasted(text)
    (verdict,) = bounceclass.classify(report)

    assert (report.kind, report.forwarded, report.secondhand) == (Kind.FAILURE, True, True)
    assert (verdict.recipient, verdict.reason) == ("anna@example.org", Reason.USER_UNKNOWN)
    assert verdict.action is not Action.SUPPRESS
    assert bounceclass.parse(text).kind is Kind.OTHER


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("550 5.1.1 User unknown\n", "user_unknown"),
        ("Message size exceeds remaining quota", "mailbox_full"),
        ("552", "mailbox_full"),
        ("> User unknown", "user_unknown"),
    ],
)
def test_a_bare_answer_is_one(text: str, reason: str) -> None:
    """With a code or without, in words that people search for."""
    (verdict,) = bounceclass.classify(bounceclass.parse_pasted(text))

    assert verdict.reason == reason
    assert verdict.action is not Action.SUPPRESS


@pytest.mark.parametrize("text", [f"{HEAD}Subject: lunch\n\nShall we have lunch at noon? Anna will come along.\n", "Shall we have lunch at noon?", "", "\0\1"])
def test_what_is_no_bounce_is_none(text: str) -> None:
    """A person's mail, a text, nothing."""
    assert bounceclass.parse_pasted(text).kind is Kind.OTHER


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.id)
def test_a_report_is_read_as_ever(mail: CorpusMail) -> None:
    """What `parse()` knows `parse_pasted()` reads alike."""
    report = bounceclass.parse(mail.octets)
    if report.kind is not Kind.OTHER:
        assert bounceclass.parse_pasted(mail.octets) == report


@given(st.text(max_size=300))
def test_any_text_can_be_pasted(text: str) -> None:
    """It never raises, and drops nobody."""
    assert all(verdict.action is not Action.SUPPRESS for verdict in bounceclass.classify(bounceclass.parse_pasted(f"{HEAD}\n{text}")))
