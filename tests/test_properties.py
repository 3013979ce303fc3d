"""Whatever the octets: nothing raises, nothing hangs, line ends do not matter, fast paths agree with the libraries."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import bounceclass
from bounceclass import Limits
from bounceclass.mail import charsets
from bounceclass.mail.addresses import normalise
from bounceclass.mail.dates import parse_date
from bounceclass.mail.headers import decode_words
from corpus_mails import MAILS, CorpusMail, result

if TYPE_CHECKING:
    from collections.abc import Callable

SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def whole_pipeline(octets: bytes) -> None:
    """Parse, classify, explain and write out; any exception fails the test."""
    report = bounceclass.parse(octets)
    verdicts = bounceclass.classify(report)
    assert len(verdicts) == len(report.deliveries)
    for locale in ("en", "ja"):
        explanation = bounceclass.explain(report, locale=locale)
        assert str(explanation).encode()
        assert explanation.to_markdown().encode()
        assert explanation.to_html().encode()
    json.dumps([report.to_dict(), *(verdict.to_dict() for verdict in verdicts)])


def dsn(recipient: str) -> bytes:
    """Give a report on one recipient."""
    return f"Content-Type: message/delivery-status\n\nReporting-MTA: dns; a\n\nFinal-Recipient: rfc822; {recipient}\nAction: failed\n".encode()


@pytest.mark.parametrize(
    "octets",
    [
        dsn("\\x{D800}@example.jp"),
        b"Subject: Undelivered Mail\nFrom: MAILER-DAEMON@x\nContent-Type: text/plain; charset=unicode-escape\n\n<a@example.jp>: 550 \\ud800 \\q \xe9\n",
        b'From: no-reply@sns.amazonaws.com\n\n{"notificationType":"Bounce","bounce":{"bouncedRecipients":[{"emailAddress":"\\ud800@x","status":null}]}}\n',
    ],
)
def test_half_characters_stay_inside(octets: bytes) -> None:
    """No lone surrogate gets out, however a mail spells it."""
    whole_pipeline(octets)


@pytest.mark.parametrize("recipient", ["=?utf-8?q?a=40b.example=0A=0AWhat:=0A=0Aevil?=", "a@b.example\u2028evil", "\u202ea@b.example"])
def test_an_address_stays_on_its_line(recipient: str) -> None:
    """A recipient cannot forge headings in the explanation."""
    (delivery,) = bounceclass.parse(dsn(recipient)).deliveries

    assert len(delivery.recipient.splitlines()) == 1
    assert "\u202e" not in delivery.recipient


@SLOW
@given(st.binary(max_size=2_000))
@example(b"")
@example(b"\n")
@example(b"\x00" * 100)
@example(b"Content-Type: multipart/report; boundary=\n\n--\n--\n")
@example(b"Content-Type: message/rfc822\n\n" * 50)
@example(b"Subject: =?utf-8?B?" + b"=?utf-8?B?" * 100)
def test_any_octets(octets: bytes) -> None:
    """Random octets are no bounce, and no trouble."""
    whole_pipeline(octets)


_LINES = st.sampled_from(
    [
        b"From: MAILER-DAEMON@example.jp",
        b"Subject: Undelivered Mail Returned to Sender",
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b",
        b"Content-Type: message/delivery-status",
        b"Content-Type: text/html; charset=iso-2022-jp",
        b"Content-Transfer-Encoding: base64",
        b"Final-Recipient: rfc822; a@example.jp",
        b"Diagnostic-Code: smtp; 550 5.1.1 User unknown",
        b"Action: failed",
        b"--b",
        b"--b--",
        b"",
        b"<a@example.jp>: host mx said: 550 no",
        b">>> RCPT TO:<b@example.jp>",
        b"<<< 550 no",
        b"  c@example.jp",
        b"\x1b$B%a!<%k\x1b(B $B%a!<%k(B \xff\xfe",
    ]
)


@SLOW
@given(st.lists(_LINES, max_size=40))
def test_any_order_of_a_reports_lines(lines: list[bytes]) -> None:
    """What servers write, in an order that none writes."""
    whole_pipeline(b"\n".join(lines))


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.id)
def test_every_prefix(mail: CorpusMail) -> None:
    """A mail that breaks off anywhere parses; every tenth octet by step, and all of the first thousand."""
    octets = mail.octets
    ends = [*range(0, min(len(octets), 1_000), 7), *range(1_000, len(octets), 53)]

    for end in ends:
        report = bounceclass.parse(octets[:end])
        bounceclass.classify(report)


@SLOW
@given(mail=st.sampled_from(MAILS), data=st.data())
def test_mutated_mails(mail: CorpusMail, data: st.DataObject) -> None:
    """A mail with pieces cut out, doubled and overwritten parses."""
    octets = mail.octets
    start = data.draw(st.integers(0, len(octets)))
    end = data.draw(st.integers(start, min(len(octets), start + 400)))
    patch = data.draw(st.one_of(st.binary(max_size=40), st.just(octets[start:end] * 3), st.just(b"\r\n\r\n")))

    whole_pipeline(octets[:start] + patch + octets[end:])


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.id)
@pytest.mark.parametrize("line_end", [b"\r\n", b"\r"], ids=["CRLF", "CR"])
def test_line_ends_do_not_matter(mail: CorpusMail, line_end: bytes) -> None:
    """LF, CRLF and CR give equal results."""
    octets = mail.octets.replace(b"\r\n", b"\n").replace(b"\r", b"\n")

    assert result(octets.replace(b"\n", line_end)) == result(octets)


@SLOW
@given(st.text(max_size=400))
@example("550 " * 1_000)
@example("5.7.1 " * 1_000)
@example("host " * 1_000)
@example("try again in " * 1_000)
def test_any_reply(reply: str) -> None:
    """Any text can be asked for as a reply."""
    verdict = bounceclass.classify_reply(reply)

    assert 0 <= verdict.confidence <= 1
    assert str(bounceclass.explain(verdict, locale="ja"))


HOSTILE: dict[str, Callable[[int], bytes]] = {
    "headers": lambda n: b"X-A: b\n" * n,
    "header of words": lambda n: b"Subject: " + b"=?utf-8?q?a?= " * n,
    "header without end": lambda n: b"Subject:" + b" \n\t" * n,
    "folding": lambda n: b"Subject: a" + b"\n b" * n,
    "boundaries": lambda n: b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n" * n,
    "nested messages": lambda n: b"Content-Type: message/rfc822\n\n" * (n // 10),
    "parameters": lambda n: b"Content-Type: text/plain" + b"; a=b" * n,
    "addresses": lambda n: b"From: MAILER-DAEMON@a\nSubject: failure notice\n\n" + b"<a@b.example>: " * n,
    "address characters": lambda n: b"From: MAILER-DAEMON@a\nSubject: failure notice\n\n" + b"a" * n + b"@" + b"b." * n,
    "recipients": lambda n: b"Content-Type: message/delivery-status\n\nReporting-MTA: dns; a\n\n" + b"Final-Recipient: rfc822; a@b.example\n\n" * n,
    "one field": lambda n: b"Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822; a@b.example\nDiagnostic-Code: " + b"5.5.5 " * n,
    "lost escapes": lambda n: b"\n" + b"$B" * n,
    "html tags": lambda n: b"Content-Type: text/html\n\n" + b"<p" * n,
    "html comments": lambda n: b"Content-Type: text/html\n\n" + b"<!--" * n,
    "quote marks": lambda n: b"Subject: Fwd: failure notice\n\n" + b"> " * n,
    "session": lambda n: b"From: MAILER-DAEMON@a\nSubject: failure notice\n\n" + b">>> RCPT TO:<a@b.example>\n" * n,
    "colons": lambda n: b"From: MAILER-DAEMON@a\nSubject: failure notice\n\n" + b"a:" * n,
    "dashes": lambda n: b"From: MAILER-DAEMON@a\nSubject: failure notice\n\n" + b"-" * n,
    "kana": lambda n: b"Content-Type: text/plain\n\n" + b"\xa4\xa2" * n,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mail_raises_nothing(name: str) -> None:
    """Twenty thousand repeats of each trap give defects at the most.  What they cost, tests/test_growth.py counts."""
    whole_pipeline(HOSTILE[name](20_000))


def test_a_thousand_recipients() -> None:
    """All recipients are reported, in order, up to the limit; what is cut off is said."""
    groups = "".join(f"Final-Recipient: rfc822; u{n}@example.jp\nAction: failed\nStatus: 5.1.1\n\n" for n in range(1_000))
    octets = f"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.jp\n\n{groups}".encode()

    report = bounceclass.parse(octets)
    assert [delivery.recipient for delivery in report.deliveries] == [f"u{n}@example.jp" for n in range(1_000)]

    cut = bounceclass.parse(octets, limits=Limits(recipients=10))
    assert len(cut.deliveries) == 10
    assert bounceclass.DefectCode.RECIPIENTS_CUT in {defect.code for defect in cut.defects}


_ADDRESSES = st.one_of(
    st.emails(),
    st.from_regex(r"[a-zA-Z0-9._+'-]{1,70}@[a-zA-Z0-9.-]{1,80}", fullmatch=True),
    st.from_regex(r"[a-z.]{1,5}@([a-z0-9-]{1,66}\.){1,4}[a-zA-Z]{1,4}", fullmatch=True),
)


@settings(max_examples=300, deadline=None)
@given(_ADDRESSES)
@example("a@b.co")
@example("A.B@EXAMPLE.JP")
@example("a..b@example.jp")
@example(".a@example.jp")
@example("a@-example.jp")
@example("a@xn--fiq228c.example")
@example("a" * 65 + "@example.jp")
@example("a@" + "b" * 64 + ".jp")
def test_addresses_agree_with_the_library(address: str) -> None:
    """The fast path for plain addresses says what email-validator says."""
    try:
        valid = validate_email(
            address, check_deliverability=False, globally_deliverable=False, test_environment=True, allow_quoted_local=True, allow_domain_literal=True
        )
        expected = ((valid.ascii_email or valid.normalized) if address.isascii() else valid.normalized, True)
    except EmailNotValidError:
        expected = (address, False)

    assert normalise(address) == expected


@settings(max_examples=200, deadline=None)
@given(st.datetimes(min_value=datetime(1971, 1, 1), max_value=datetime(2099, 1, 1)), st.integers(-14 * 60, 14 * 60))  # noqa: DTZ001 - offsets are drawn
def test_dates_agree_with_the_library(naive: datetime, offset: int) -> None:
    """The fast path for usual dates says what the standard library says."""
    text = format_datetime(naive.replace(microsecond=0, tzinfo=UTC)).replace(
        "+0000", f"{'-' if offset < 0 else '+'}{abs(offset) // 60:02}{abs(offset) % 60:02}"
    )
    expected = parsedate_to_datetime(text)
    found = parse_date(text)

    expected = expected if expected.tzinfo else expected.replace(tzinfo=UTC)
    assert found == expected
    assert found is not None
    assert found.utcoffset() == expected.utcoffset()


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="メール送信できませんでした宛先不明 abc123", min_size=1, max_size=60), st.sampled_from(["iso-2022-jp", "cp932", "euc_jp", "utf-8"]))
def test_japanese_survives_every_charset_with_its_label(text: str, codec: str) -> None:
    """Labelled Japanese is read as it was written."""
    label = {"cp932": "Shift_JIS", "euc_jp": "EUC-JP"}.get(codec, codec)

    assert charsets.decode(text.encode(codec), label)[0] == text


NOTICE = "次のあて先へのメッセージはエラーのため送信できませんでした。送信先メールアドレスが見つかりませんでした。"


@pytest.mark.parametrize("codec", ["iso-2022-jp", "cp932", "euc_jp", "utf-8"])
@pytest.mark.parametrize("label", ["", "us-ascii", "iso-2022-jp", "x-unknown", "utf-8", "iso-8859-1x"])
def test_japanese_survives_false_labels(codec: str, label: str) -> None:
    """A whole notice is read as it was written, whatever its label says."""
    assert charsets.decode(NOTICE.encode(codec), label)[0] == NOTICE


@given(st.text(max_size=200))
def test_decoding_words_leaves_plain_text_alone(text: str) -> None:
    """Text without encoded-words comes back as it is."""
    if "=?" not in text:
        assert decode_words(text) == text


def test_lost_escapes_are_repaired() -> None:
    """The example of the guides: ISO-2022-JP whose ESC octets were dropped."""
    octets = "メールエラーが発生しました".encode("iso-2022-jp").replace(b"\x1b", b"")

    assert charsets.decode(octets) == ("メールエラーが発生しました", bounceclass.DefectCode.CHARSET_REPAIRED)


@pytest.mark.parametrize("octets", [b"price $B100 (B)", b"$B!!(B", b"begin 644 $BAAAA(B", b"cost: $@AB(J"])
def test_nothing_else_is_repaired(octets: bytes) -> None:
    """What only looks like lost escapes stays as it is."""
    assert charsets.decode(octets) == (octets.decode(), None)
