"""Exceptions at send time, raised by the libraries themselves at a server on the loopback that refuses at each step; and whether one may answer."""

from __future__ import annotations

import asyncio
import smtplib
import socket
import socketserver
import ssl
import threading
from contextlib import contextmanager
from email import message_from_string
from typing import TYPE_CHECKING, Any

import aiosmtplib
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

import bounceclass
from bounceclass import NoAnswer, classify_error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MESSAGE = "From: taro@example.net\nSubject: Hello\n\nHi\n"
TO = ["jane@example.com", "john@example.com"]


class Refusing:
    """Refuses at one step."""

    def __init__(self, step: str) -> None:
        self.step = step

    async def handle_MAIL(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        """Answer."""
        envelope.mail_from = address
        return "553 5.7.1 <taro@example.net>: Sender address rejected: not owned by user" if self.step == "MAIL" else "250 OK"

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        """Answer."""
        refused = self.step == "RCPT" or (self.step == "some" and address == TO[0])
        if refused:
            return "550 5.1.1 <jane@example.com>: User unknown" if address == TO[0] else "452 4.2.2 <john@example.com>: Mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, _envelope: Any) -> str:  # noqa: N802
        """Answer."""
        return "554 5.7.1 Message rejected as spam" if self.step == "DATA" else "250 OK"


@contextmanager
def refusing(step: str) -> Iterator[tuple[str, int]]:
    """Run a server that refuses at a step; give its address."""
    controller = Controller(
        Refusing(step), hostname="127.0.0.1", port=free_port(), auth_require_tls=False, authenticator=lambda *_: AuthResult(success=False, handled=False)
    )
    controller.start()
    try:
        yield "127.0.0.1", controller.port
    finally:
        controller.stop()


class OneLine(socketserver.BaseRequestHandler):
    """Says one line, and hangs up."""

    line = b""

    def handle(self) -> None:
        """Say it."""
        self.request.sendall(self.line)


@contextmanager
def saying(line: bytes) -> Iterator[tuple[str, int]]:
    """Run a server that says one line."""
    with socketserver.TCPServer(("127.0.0.1", 0), type("Line", (OneLine,), {"line": line})) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield "127.0.0.1", server.server_address[1]
        server.shutdown()
        thread.join()


def free_port() -> int:
    """Give a port that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def send(address: tuple[str, int]) -> Any:
    """Send with smtplib."""
    with smtplib.SMTP(*address, timeout=5) as server:
        return server.sendmail("taro@example.net", TO, MESSAGE)


def log_in(address: tuple[str, int]) -> None:
    """Log in with smtplib."""
    with smtplib.SMTP(*address, timeout=5) as server:
        server.login("taro", "secret")


def encrypt(address: tuple[str, int]) -> None:
    """Encrypt with smtplib."""
    with smtplib.SMTP(*address, timeout=5) as server:
        server.starttls()


def send_async(address: tuple[str, int]) -> None:
    """Send with aiosmtplib."""
    asyncio.run(aiosmtplib.send(MESSAGE, sender="taro@example.net", recipients=TO, hostname=address[0], port=address[1], timeout=5, start_tls=False))


def judged(act: Callable[[tuple[str, int]], Any], address: tuple[str, int]) -> list[tuple[str, str, str, str | None]]:
    """Give recipient, reason, action and command of what an attempt to send raises or returns."""
    try:
        error = act(address)
    except Exception as raised:  # noqa: BLE001 - which one is what is tried
        error = raised
    return [(verdict.recipient, str(verdict.reason), str(verdict.action), verdict.command) for verdict in classify_error(error, recipients=["a@example.com"])]


@pytest.mark.parametrize("act", [send, send_async])
@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("MAIL", [("a@example.com", "sender_rejected", "fix", "MAIL")]),
        ("RCPT", [("jane@example.com", "user_unknown", "suppress", "RCPT"), ("john@example.com", "mailbox_full", "retry", "RCPT")]),
        ("DATA", [("a@example.com", "spam_detected", "fix", "DATA")]),
    ],
)
def test_refused_at_each_step(act: Callable[[tuple[str, int]], Any], step: str, expected: list[tuple[str, str, str, str]]) -> None:
    """One verdict for each recipient that was refused; else for whom the message was."""
    with refusing(step) as address:
        assert judged(act, address) == expected


def test_some_refused() -> None:
    """`sendmail()` raises nothing then, and returns those."""
    with refusing("some") as address:
        assert judged(send, address) == [("jane@example.com", "user_unknown", "suppress", "RCPT")]
    with refusing("none") as address:
        assert judged(send, address) == []


def test_login_and_tls() -> None:
    """The sender's own settings."""
    with refusing("none") as address:
        assert judged(log_in, address) == [("a@example.com", "smtp_auth_required", "fix", "AUTH")]
        assert judged(encrypt, address)[0][1:3] == ("tls_failed", "fix")


@pytest.mark.parametrize("act", [send, send_async])
@pytest.mark.parametrize(
    ("line", "reason", "action"),
    [
        (b"554 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using zen.spamhaus.org\r\n", "blocklisted", "fix"),
        (b"421 4.3.2 Too busy, try again later\r\n", "server_error", "retry"),
        (b"", "network_error", "retry"),
    ],
)
def test_connection_refused_in_words(act: Callable[[tuple[str, int]], Any], line: bytes, reason: str, action: str) -> None:
    """By the banner, or by nothing at all."""
    with saying(line) as address:
        assert [row[1:3] for row in judged(act, address)] == [(reason, action)]


@pytest.mark.parametrize("act", [send, send_async])
def test_a_server_that_speaks_no_smtp(act: Callable[[tuple[str, int]], Any]) -> None:
    """Nobody is dropped for it."""
    with saying(b"hello\r\n") as address:
        assert {row[1:3] for row in judged(act, address)} <= {("network_error", "retry"), ("protocol_error", "review")}


@pytest.mark.parametrize("act", [send, send_async])
def test_nobody_listens(act: Callable[[tuple[str, int]], Any]) -> None:
    """And no recipient is to blame."""
    assert judged(act, ("127.0.0.1", free_port())) == [("a@example.com", "network_error", "retry", None)]
    assert [row[1:3] for row in judged(act, ("no-such-host.invalid", 25))] == [("network_error", "retry")]


@pytest.mark.parametrize(
    ("error", "reason", "words"),
    [
        (ssl.SSLCertVerificationError(1, "certificate verify failed"), "tls_failed", "certificate verify failed"),
        (TimeoutError("timed out"), "network_error", "timed out"),
        (smtplib.SMTPServerDisconnected("Connection unexpectedly closed"), "network_error", "Connection unexpectedly closed"),
        (smtplib.SMTPNotSupportedError("SMTPUTF8 not supported by server"), "protocol_error", "SMTPUTF8 not supported by server"),
        (smtplib.SMTPResponseException(-1, b""), "protocol_error", ""),
        (aiosmtplib.SMTPReadTimeoutError("Timed out waiting for server response"), "network_error", "Timed out"),
    ],
)
def test_without_an_answer(error: Exception, reason: str, words: str) -> None:
    """The kind of the exception decides; its words are kept."""
    (verdict,) = classify_error(error)

    assert (verdict.reason, verdict.recipient) == (reason, "")
    assert words in verdict.diagnostic
    assert bounceclass.explain(verdict, locale="ja").title


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (smtplib.SMTPSenderRefused(550, b"5.1.1 User unknown", "s@example.net"), "sender_rejected"),
        (smtplib.SMTPSenderRefused(552, b"5.2.2 mailbox full", "s@example.net"), "sender_rejected"),
        (aiosmtplib.SMTPSenderRefused(550, "5.1.2 Host unknown", "s@example.net"), "sender_rejected"),
        (smtplib.SMTPAuthenticationError(535, b"User not found"), "smtp_auth_required"),
        (smtplib.SMTPAuthenticationError(535, b"account is disabled"), "smtp_auth_required"),
        (smtplib.SMTPConnectError(554, b"5.1.1 no such user"), "policy_rejected"),
    ],
)
def test_an_answer_to_the_sender_blames_no_recipient(error: Exception, reason: str) -> None:
    """Whatever it says: before RCPT a server knows of none."""
    assert [(verdict.reason, verdict.address_state) for verdict in classify_error(error, recipients=["a@example.com"])] == [(reason, "unknown")]


@pytest.mark.parametrize("error", [ValueError("x"), KeyError("x"), "550 5.1.1", None, [], ("a@example.com",)])
def test_other_exceptions_are_refused(error: Any) -> None:
    """With what is taken."""
    with pytest.raises(TypeError, match=r"classify_error\(\) takes an exception of smtplib"):
        classify_error(error)


@pytest.mark.parametrize(
    ("headers", "reason", "field"),
    [
        ("From: a@example.jp\nSubject: hello\n", None, ""),
        ("From: a@example.jp\nAuto-Submitted: no\nX-Auto-Response-Suppress: None\n", None, ""),
        ("From: a@example.jp\nReturn-Path: <>\n", NoAnswer.NULL_PATH, "return-path"),
        ("From: a@example.jp\nAuto-Submitted: auto-replied\n", NoAnswer.AUTOMATIC, "auto-submitted"),
        ("From: a@example.jp\nContent-Type: multipart/report; report-type=delivery-status\n", NoAnswer.REPORT, "content-type"),
        ("From: MAILER-DAEMON@example.jp\n", NoAnswer.REPORT, "from"),
        ("From: a@example.jp\nX-Auto-Response-Suppress: All\n", NoAnswer.ASKS_FOR_SILENCE, "x-auto-response-suppress"),
        ("From: a@example.jp\nPrecedence: bulk\n", NoAnswer.BULK, "precedence"),
        ("From: a@example.jp\nPrecedence: list\n", NoAnswer.LIST, "precedence"),
        ("From: a@example.jp\nList-Id: <news.example.jp>\n", NoAnswer.LIST, "list-id"),
        ("From: a@example.jp\nReturn-Path: <news-bounces+b=example.com@example.jp>\n", NoAnswer.LIST, "return-path"),
        ("From: a@example.jp\nReturn-Path: <owner-news@example.jp>\n", NoAnswer.LIST, "return-path"),
        ("From: No Reply <no-reply@example.jp>\n", NoAnswer.NO_REPLY, "from"),
        ("From: a@example.jp\nReply-To: donotreply@example.jp\n", NoAnswer.NO_REPLY, "reply-to"),
        ("From: no-reply@example.jp\nReply-To: a@example.jp\n", None, ""),
        ("From: Support <SUPPORT@example.net>\n", NoAnswer.OWN_ADDRESS, "from"),
        ("From: a@example.jp\nReply-To: support@example.net\n", NoAnswer.OWN_ADDRESS, "reply-to"),
        ("From: a@example.jp\nReturn-Path: <bounces+123-abcd-support=example.net@em.example.com>\n", NoAnswer.LIST, "return-path"),
        ("From: a@example.jp\nReturn-Path: <bounce-123_HTML-1@example.com>\n", NoAnswer.LIST, "return-path"),
        ("From: a@example.jp\nSender: dev-bounces@lists.example.org\n", NoAnswer.LIST, "sender"),
        ("From: a@example.jp\nReply-To: dev-request@lists.example.org\n", NoAnswer.LIST, "reply-to"),
        ("From: a@example.jp\nX-BeenThere: dev@lists.example.org\n", NoAnswer.LIST, "x-beenthere"),
        ("From: listserv@example.org\n", NoAnswer.LIST, "from"),
        ("From: a@example.jp\nPrecedence: first-class\nPrecedence: bulk\n", NoAnswer.BULK, "precedence"),
        ("From: root@example.org\n", NoAnswer.AUTOMATIC, "from"),
        ("From: noreply123@example.org\n", NoAnswer.NO_REPLY, "from"),
        ("From: mailnoreply@example.org\n", NoAnswer.NO_REPLY, "from"),
        ("From: nao-responda@example.org\n", NoAnswer.NO_REPLY, "from"),
        ("From: a@example.jp\nReply-To: a@example.jp, support@example.net\n", NoAnswer.OWN_ADDRESS, "reply-to"),
        ("From: a@example.jp\nSubject: Undelivered Mail Returned to Sender\n", NoAnswer.REPORT, "subject"),
        ("From: a@example.jp\nSubject: Re: Undelivered Mail Returned to Sender\n", None, ""),
        ("From: a@example.jp\nContent-Type: message/disposition-notification\n", NoAnswer.REPORT, "content-type"),
        ("From: a@example.jp\nX-Auto-Response-Suppress: DR, RN, NRN\n", None, ""),
        ("From: a@example.jp\nAuto-Submitted: no (a person)\n", None, ""),
        ("Subject: hello\n", NoAnswer.NO_ADDRESS, ""),
        ("From: a@example.jp\nX-Autoreply: yes\n", NoAnswer.AUTOMATIC, ""),
        ("From: a@example.jp\nSubject: 【自動返信】お問い合わせありがとうございます\n", NoAnswer.AUTOMATIC, "subject"),
        ({"From": "a@example.jp", "Precedence": "junk"}, NoAnswer.BULK, "precedence"),
        (message_from_string("From: a@example.jp\nX-Loop: support@example.net\n\n"), NoAnswer.LIST, "x-loop"),
    ],
)
def test_may_auto_reply(headers: Any, reason: NoAnswer | None, field: str) -> None:
    """With the reason and the field."""
    check = bounceclass.may_auto_reply(headers, own_addresses=["support@example.net"])

    assert (check.reason, check.field, bool(check)) == (reason, field, reason is None)


def test_what_looks_like_a_report_may_not_be_answered() -> None:
    """The stricter gate is never the looser one."""
    from corpus_mails import MAILS

    for mail in MAILS:
        assert not (bounceclass.looks_like_report(mail.octets) and bounceclass.may_auto_reply(mail.octets)), mail.path


def test_other_types_cannot_be_answered() -> None:
    """With the verb's name."""
    with pytest.raises(TypeError, match=r"may_auto_reply\(\) takes"):
        bounceclass.may_auto_reply(1)  # type: ignore[arg-type]
