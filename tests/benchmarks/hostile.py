"""
Hostile mails: one unit repeated in the subject, the author, the body.  Prints which take long.

    python tests/benchmarks/hostile.py [OCTETS [SECONDS]]

What takes ten times as long for ten times the octets is well; what takes a hundred times is not.
"""

from __future__ import annotations

import sys
import time

import bounceclass

OCTETS = int(sys.argv[1]) if len(sys.argv) > 1 else 30_000
SECONDS = float(sys.argv[2]) if len(sys.argv) > 2 else 0.5
HEAD = b"Return-Path: <>\nFrom: MAILER-DAEMON@x\nSubject: Undelivered Mail\n"
DSN = b"Content-Type: message/delivery-status\n\nReporting-MTA: dns; a\n\nFinal-Recipient: rfc822; a@b.example\nDiagnostic-Code: smtp; 550 "
UNITS = (
    *(bytes([octet]) for octet in b' \t\n-=a@<>[]().,:"0{'),
    b"a@", b"a@b.example ", b"a@b.example\n", b"<a@b.example>", b"<a@b.example>: ", b'\\"', b"550 ", b" \n", b"$B", b"\x1b$B", b"=?u?q?", b"<bounce-",
    b"5.1.1 ", b"host a.", b"rcpt to:", b"to a@", b"Action:\n", b"Final-Recipient: rfc822; a@b.example\n", b"--x\n", b"<a ", b"&#", b"<!--", b"http://",
    b"\xe3\x81\x82", b"\xa4\xa2", b"RCPT TO:<a@b.example>\n550 x\n", b"(in reply", b"said: ", b"...", b" -", b"smtp;", b"<td>", b"Recipient: ", b'"a" <',
)  # fmt: skip
OPENERS = (
    b"", b"undelivered mail; original message\n", b"Transcript of session follows\na@b.example", b"x", b"a@b.example",
    b"The following address failed:\n<a@b.example>: ", b"The message could not be delivered to a@b.example (", b"Recipient: ",
)  # fmt: skip


def take(name: str, octets: bytes) -> None:
    """Read, judge and explain one mail; print its name where that takes long."""
    start = time.perf_counter()
    report = bounceclass.parse(octets)
    str(bounceclass.explain(report))
    bounceclass.looks_like_report(octets)
    seconds = time.perf_counter() - start
    if seconds > SECONDS:
        print(f"{seconds:6.2f} s  {name}", flush=True)


def main() -> None:
    """Try every unit everywhere."""
    for unit in UNITS:
        run = (unit * (OCTETS // len(unit) + 1))[:OCTETS]
        line = run.replace(b"\n", b" ")
        take(f"subject {unit!r}", b"Return-Path: <>\nFrom: MAILER-DAEMON@x\nSubject: a" + line + b"b\n c\n\nhello\n")
        take(f"author {unit!r}", b'Auto-Submitted: auto-replied\nFrom: "' + line + b"x\n\nhello\n")
        take(f"type {unit!r}", b"Content-Type: multipart/mixed; boundary=" + line + b"x\n\nhello\n")
        for opener in OPENERS:
            take(f"body {opener!r} {unit!r}", HEAD + b"\n" + opener + run + b"x\n")
        take(f"lines {unit!r}", HEAD + b"\nfailed: " + (b"a " + line[:1_900] + b"x\n") * (OCTETS // 1_900))
        take(f"diagnostic {unit!r}", DSN + run + b"x\n")
        take(f"html {unit!r}", HEAD + b"Content-Type: text/html\n\n<html>" + run + b"x\n")


if __name__ == "__main__":
    main()
