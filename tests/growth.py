"""
What a mail can be filled with, and where: units to repeat, and places to put them, each with what a caller does with it.

`test_growth.py` holds that time grows with the length and not with its square; `benchmarks/grid.py` prints the figures.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

import bounceclass
from bounceclass.contrib.webhooks import read_event
from bounceclass.logs import read_log

UNITS: Final = (
    *(bytes([octet]) for octet in b"a0 \t\n-=@<>[]().,:;\"'\\{}|&#%*+~^!?/$`_"),
    b"ab ", b"a@", b"@a", b"a@b.example ", b"a@b.example\n", b"<a@b.example>", b"<a@b.example>: ", b"<a@b.example>:\n550 x\n", b'\\"', b'"a" <', b"550 ", b"5.1.1 ", b" \n",
    b"$B", b"\x1b$B", b'\x1b$B$"\x1b(B', b"=?u?q?", b"=?utf-8?B?YQ==?= ", b"=?", b"?=", b"\xe3\x81\x82", b"\xa4\xa2", b"\x82\xa0", b"\xff", b"\x00", b"\xc2\xad",
    b"<bounce-", b"host a.", b"rcpt to:", b"to a@", b"Action:\n", b"Action: failed\n", b"Final-Recipient: rfc822; a@b.example\n", b"--x\n", b"<a ", b"<a href='", b"&#", b"&lt;",
    b"<!--", b"<td>", b"<pre>", b"http://", b"https://a.example/?b ", b"RCPT TO:<a@b.example>\n550 x\n", b"(in reply", b"said: ", b"...", b" -", b"smtp;", b"Recipient: ", b"a.b.",
    b"192.0.2.1 ", b"2001:db8::", b"try again in 5 minutes ", b'mail from:"', b"Received: from a by b; x\n", b"From a 10:00\n", b"From :\n", b"X: y\n", b" y\n", b"%40", b"\\x{3042}",
    b"user unknown ", b"mailbox full\n", b"5.1.0 - Unknown address error 550-'",
)  # fmt: skip

_HEAD: Final = b"Return-Path: <>\nFrom: MAILER-DAEMON@x.example\nSubject: Undelivered Mail\n"
_STATUS: Final = _HEAD + b"Content-Type: message/delivery-status\n\nReporting-MTA: dns; a\n\nFinal-Recipient: rfc822; a@b.example\nAction: failed\n"
_KEY: Final = b"sixteen octets or more"
_NOW: Final = datetime(2026, 11, 21, tzinfo=UTC)


def use(octets: bytes) -> None:
    """Do with a mail what a caller can do."""
    report = bounceclass.parse(octets)
    verdicts = bounceclass.classify(report)
    explanation = bounceclass.explain(report)
    explanation.to_html()
    explanation.to_markdown()
    str(explanation)
    bounceclass.assess(report, own_domains=["example.jp"], key=_KEY, now=_NOW, trusted_authserv_ids=["x"])
    report.to_dict(redact=True)
    for verdict in verdicts[:3]:
        verdict.to_dict(redact=True)


def _line(octets: bytes) -> bytes:
    return octets.replace(b"\n", b" ")


def _text(octets: bytes) -> str:
    return octets.decode("utf-8", "replace")


def judged(lines: list[str]) -> list[object]:
    """Do with lines of a log what a caller can."""
    return [attempt.verdict for attempt in read_log(lines)]


PLACES: Final[dict[str, Callable[[bytes], object]]] = {
    "header field": lambda run: use(_HEAD + b"X-A: " + _line(run) + b"\n\nhello\n"),
    "folded field": lambda run: use(_HEAD + b"X-A: a\n " + run.replace(b"\n", b"\n ") + b"\n\nhello\n"),
    "header block": lambda run: use(_HEAD + run + b"\n\nhello\n"),
    "subject": lambda run: use(b"Return-Path: <>\nFrom: MAILER-DAEMON@x\nSubject: a" + _line(run) + b"b\n\nhello\n"),
    "author": lambda run: use(b'Auto-Submitted: auto-replied\nFrom: "' + _line(run) + b"x\n\nhello\n"),
    "media type": lambda run: use(b"Content-Type: multipart/mixed; boundary=" + _line(run) + b"x\n\nhello\n"),
    "text": lambda run: use(_HEAD + b"\n" + run + b"x\n"),
    "text below a heading": lambda run: use(_HEAD + b"\nThe following address failed:\n<a@b.example>: " + run + b"x\n"),
    "lines": lambda run: use(_HEAD + b"\nfailed: " + (b"a " + _line(run)[:1_900] + b"x\n") * (len(run) // 1_900 + 1)),
    "HTML": lambda run: use(_HEAD + b"Content-Type: text/html\n\n<html>" + run + b"x\n"),
    "diagnostic": lambda run: use(_STATUS + b"Diagnostic-Code: smtp; 550 " + run + b"x\n"),
    "diagnostic on one line": lambda run: use(_STATUS + b"Status: 5.0.0\nDiagnostic-Code: smtp; 550 " + _line(run) + b"\n"),
    "status field": lambda run: use(_STATUS + b"Status: " + _line(run) + b"\n"),
    "recipient field": lambda run: use(_STATUS + b"Original-Recipient: rfc822;" + _line(run) + b"\n"),
    "returned original": lambda run: use(_STATUS[:-1] + b"\n\n--- Below this line is a copy of the message.\n\nReceived: from a by b; c\nMIME-Version: 1.0\nSubject: " + run + b"\n"),
    "parts": lambda run: use(_HEAD + b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\n" + run + b"\n--x--\n"),
    "VERP address": lambda run: use(_HEAD + b"Delivered-To: bounces+" + _line(run) + b"@lists.example\nTo: <b+" + _line(run) + b"=c+saaaabbbbbbbbbbbbb@d.example>\n\nhello\n"),
    "results of a server": lambda run: use(_HEAD + b"Authentication-Results: x; " + _line(run) + b"\n\nhello\n"),
    "SMTP log line": lambda run: bounceclass.classify_reply("Nov 21 10:00:00 mx postfix/smtp[1]: A1: to=<a@b.example>, relay=c[192.0.2.1]:25, said: 550 " + _text(run)),
    "Postfix log": lambda run: judged(["Nov 26 10:00:00 mx postfix/smtp[1]: 4cXy2B1Jz: to=<a@b.example>, relay=c[192.0.2.1]:25, dsn=5.1.1, status=bounced (" + _text(run) + ")"]),
    "Exim log": lambda run: judged(["2026-11-26 10:00:00 1tFabc-000abc-Xy ** a@b.example R=r T=t H=mx [192.0.2.1]: " + _text(run)]),
    "Sendmail log": lambda run: judged(["Nov 26 10:00:00 mx sendmail[1]: 4AQ900AB012345: to=" + _text(run) + ", delay=00:00:01, dsn=5.1.1, stat=User unknown"]),
    "log line": lambda run: judged(["Nov 26 10:00:00 mx " + _text(run), _text(run), "{" + _text(run), "type,x", "b," + _text(run)]),
    "webhook": lambda run: read_event({"RecordType": "Bounce", "Type": _text(run), "Email": _text(run), "Details": _text(run), "BouncedAt": _text(run)}),
    "fields before an answer": lambda run: bounceclass.may_auto_reply(b"From: a@b.example\nReturn-Path: " + _line(run) + b"\nReply-To: " + _line(run) + b"\n"),
    "bare reply": lambda run: bounceclass.explain(bounceclass.classify_reply(_text(run))),
    "loop gate": lambda run: bounceclass.looks_like_report(b"Subject: " + run),
    "typed address": lambda run: bounceclass.check_address(_text(run)),
}  # fmt: skip

# Things that are counted, and not only octets.
COUNTS: Final[dict[str, Callable[[int], bytes]]] = {
    "recipients": lambda n: _HEAD + b"Content-Type: message/delivery-status\n\nReporting-MTA: dns; a\n\n"
    + b"".join(b"Final-Recipient: rfc822; name%d.a@b.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 name%d.a unknown\n\n" % (i, i) for i in range(n)),
    "recipients in words": lambda n: _HEAD + b"\nThe following addresses failed:\n\n" + b"".join(b"<name%d@b.example>: 550 5.1.1 user unknown\n" % i for i in range(n)),
    "parts": lambda n: _HEAD + b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\nContent-Type: text/plain\n\na@b.example failed\n" * n + b"--x--\n",
    "attachments": lambda n: _HEAD + b"Content-Type: multipart/mixed; boundary=x\n\n" + b'--x\nContent-Type: application/x; name="a.exe"\n\nx\n' * n + b"--x--\n",
    "links": lambda n: _HEAD + b"\n" + b"".join(b"see https://host%d.example/?a@b.example\n" % i for i in range(n)),
    "links in HTML": lambda n: _HEAD + b"Content-Type: text/html\n\n<html>" + b"".join(b'<a href="https://host%d.example/">x</a>\n' % i for i in range(n)),
    "fields": lambda n: _HEAD + b"".join(b"X-A%d: b\n" % i for i in range(n)) + b"\nhello\n",
    "parameters": lambda n: _HEAD + b"Content-Type: text/plain" + b"".join(b"; a%d*0=b" % i for i in range(n)) + b"\n\nhello\n",
    "words": lambda n: _STATUS + b"Diagnostic-Code: smtp; 550 " + b"".join(b"word%d " % i for i in range(n)) + b"\n",
    "messages in messages": lambda n: _HEAD + b"Content-Type: message/rfc822\n\n" * n,
}  # fmt: skip


def filled(unit: bytes, octets: int) -> bytes:
    """Repeat a unit to so many octets."""
    return (unit * (octets // len(unit) + 1))[:octets]


def seconds(act: Callable[[], object], rounds: int = 1) -> float:
    """Time an act in processor time: the best of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        act()
        best = min(best, time.process_time() - start)
    return best
