"""Authenticity, floods, signed return paths, and typos in addresses."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import textdistance
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import bounceclass
from bounceclass import Authenticity, Reason, Signature, Situation, Surveyor, Typo
from bounceclass.insight.addresses import _distance
from bounceclass.tables import read_table
from corpus_mails import MAILS, CorpusMail

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = b"a secret of sixteen octets"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
BY_ID = {mail.id: mail for mail in MAILS}


# -- typos in addresses ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "meant", "typo"),
    [
        ("taro@dokomo.ne.jp", "taro@docomo.ne.jp", Typo.MISSPELT),
        ("taro@docmo.ne.jp", "taro@docomo.ne.jp", Typo.MISSPELT),
        ("taro@gmial.com", "taro@gmail.com", Typo.MISSPELT),
        ("taro@hotmial.com", "taro@hotmail.com", Typo.MISSPELT),
        ("taro@softbnak.ne.jp", "taro@softbank.ne.jp", Typo.MISSPELT),
        ("taro@gmail.con", "taro@gmail.com", Typo.ENDING),
        ("taro@company.con", "taro@company.com", Typo.ENDING),
        ("taro@yahoo.co.jo", "taro@yahoo.co.jp", Typo.ENDING),
        ("taro@yahoo.com.jp", "taro@yahoo.co.jp", Typo.ENDING),
        ("taro@yahoo.co", "taro@yahoo.co.jp", Typo.ENDING),
        ("taro@ezweb.co.jp", "taro@ezweb.ne.jp", Typo.ENDING),
        ("taro@gmail.co", "taro@gmail.com", Typo.ENDING),
        ("taro@yahoo.cojp", "taro@yahoo.co.jp", Typo.MISSING_DOT),
        ("taro@gmailcom", "taro@gmail.com", Typo.MISSING_DOT),
        ("taro@gmai1.com", "taro@gmail.com", Typo.DIGIT),
        ("taro@d0como.ne.jp", "taro@docomo.ne.jp", Typo.DIGIT),
        ("taro@ｄｏｃｏｍｏ．ｎｅ．ｊｐ", "taro@docomo.ne.jp", Typo.FULL_WIDTH),
        ("ｔａｒｏ＠example.jp", "taro@example.jp", Typo.FULL_WIDTH),
        ("taro@example。jp", "taro@example.jp", Typo.FULL_WIDTH),
        ("taro@gmail.com.", "taro@gmail.com", Typo.DOTS),
        ("taro@example..co.jp", "taro@example.co.jp", Typo.DOTS),
        ("taro@example,jp", "taro@example.jp", Typo.COMMA),
        ("taro @example.jp", "taro@example.jp", Typo.BLANK),
        ("<taro@example.jp>", "taro@example.jp", Typo.MARKS),
        ("mailto:taro@example.jp", "taro@example.jp", Typo.MARKS),
        ("taro@example.jp;", "taro@example.jp", Typo.MARKS),
        ('"taro yamada"@gmial.com', '"taro yamada"@gmail.com', Typo.MISSPELT),
        (" taro@example.jp", "taro@example.jp", Typo.BLANK),
        ("taro　@example.jp", "taro@example.jp", Typo.BLANK),
    ],
)
def test_typos_are_seen(address: str, meant: str, typo: Typo) -> None:
    """The likeliest address comes first, with what went wrong; the address itself is left as it was."""
    check = bounceclass.check_address(address)

    assert (check.suggestions[0].address, check.suggestions[0].typo) == (meant, typo)
    assert check.address == address


def test_known_domains_are_never_doubted() -> None:
    """Nor are those below them."""
    table = read_table("insight/data", "domains")
    for domain in (*table["meant"], *table["known"]):
        assert bounceclass.check_address(f"taro@{domain}").suggestions == (), domain
        assert bounceclass.check_address(f"taro@abc.{domain}").suggestions == (), domain


@pytest.mark.parametrize(
    "address",
    [
        "taro@example.co.jp", "taro@love.com", "taro@toyota.co.jp", "taro@amazon.co.jp", "taro@yahoo.com.pe", "taro@outlook.co.id", "taro@microsoft.com",
        "taro@apple.com", "taro@all.com", "taro@example.museum", "taro@u-tokyo.ac.jp", "taro@city.yokohama.lg.jp", "no address", "", "@", "a@", "@b",
    ],
)  # fmt: skip
def test_what_seems_right_is_left_alone(address: str) -> None:
    """Other people's domains, and what is no address at all."""
    assert bounceclass.check_address(address).suggestions == ()


def test_the_table_of_domains_is_consistent() -> None:
    """No domain stands twice, no typo is a known domain, what is meant is known."""
    table = read_table("insight/data", "domains")
    domains = [*table["meant"], *table["known"]]

    assert len(domains) == len(set(domains))
    assert set(table["sole"]) <= set(table["meant"])
    assert not any(domain.endswith(tuple(table["endings"])) for domain in domains)


def test_syntax_is_email_validators() -> None:
    """The normal form, or what is wrong in words."""
    assert bounceclass.check_address("Taro@EXAMPLE.co.jp").normalized == "Taro@example.co.jp"
    check = bounceclass.check_address("taro@@example.jp")
    assert not check.valid
    assert "@" in check.problem
    with pytest.raises(TypeError):
        bounceclass.check_address(b"a@example.jp")  # type: ignore[arg-type]


@given(st.text(max_size=400))
def test_any_text_can_be_checked(text: str) -> None:
    """Nothing raises, and a suggestion never repeats the address."""
    check = bounceclass.check_address(text)

    assert all(suggestion.address != text for suggestion in check.suggestions)


@given(st.text("abc.", max_size=8), st.text("abc.", max_size=8))
def test_the_distance_is_that_of_damerau_and_levenshtein(one: str, other: str) -> None:
    """Another library measures the same."""
    assert _distance(one, other) == textdistance.DamerauLevenshtein(external=False).distance(one, other)


def test_suggestions_reach_verdict_and_advice() -> None:
    """Where a host is unknown, what was probably meant stands in the details and in the first step."""
    octets = (
        b"From: MAILER-DAEMON@mx.example.jp\nSubject: failure notice\nReturn-Path: <>\n\nHi. This is the qmail-send program at mx.example.jp.\n\n"
        b"<taro@dokomo.ne.jp>:\nSorry, I couldn't find any host named dokomo.ne.jp. (#5.1.2)\n\n--- Below this line is a copy of the message.\n\n"
        b"Return-Path: <a@example.jp>\nFrom: a@example.jp\nSubject: hello\n"
    )
    (verdict,) = bounceclass.classify(octets)

    assert verdict.reason is Reason.HOST_UNKNOWN
    assert verdict.recipient == "taro@dokomo.ne.jp"
    assert verdict.details.suggestion == "taro@docomo.ne.jp"
    for locale in ("en", "ja"):
        assert "taro@docomo.ne.jp" in bounceclass.explain(octets, locale=locale).steps[0].text


# -- signed return paths -----------------------------------------------------------------------


def test_return_paths_are_signed_and_verified() -> None:
    """What was signed is verified until it expires, in any case of letters."""
    signed = bounceclass.sign_return_path("bounces@lists.example.org", key=KEY, recipient="Taro+news@example.jp", days=3, now=NOW)
    checked = bounceclass.verify_return_path(f"<{signed.upper()}>", key=KEY, now=NOW + timedelta(days=3))

    assert signed.startswith("bounces+taro+news=example.jp+s")
    assert (checked.state, checked.path, checked.recipient) == (Signature.VALID, "bounces@lists.example.org", "taro+news@example.jp")
    assert checked.expires == date(2026, 11, 24)
    assert bounceclass.verify_return_path(signed, key=KEY, now=NOW + timedelta(days=4)).state is Signature.EXPIRED


@given(st.integers(min_value=0), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_a_changed_return_path_is_invalid(at: int, letter: str) -> None:
    """Whatever letter is changed, nothing of it is believed."""
    signed = bounceclass.sign_return_path("b@lists.example.org", key=KEY, recipient="taro@example.jp", now=NOW)
    at %= len(signed)
    changed = signed[:at] + letter + signed[at + 1 :]
    checked = bounceclass.verify_return_path(changed, key=KEY, now=NOW)

    if changed != signed:
        assert checked.state in {Signature.INVALID, Signature.UNSIGNED}
        assert (checked.path, checked.recipient, checked.expires) == (None, None, None)
    assert bounceclass.verify_return_path(signed, key=KEY[::-1], now=NOW).state is Signature.INVALID


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"key": b"short"}, "key"),
        ({"path": "no address"}, "path"),
        ({"path": "a+b@example.jp"}, r"'\+'"),
        ({"recipient": "taro"}, "recipient"),
        ({"recipient": "太郎@example.jp"}, "ASCII"),
        ({"recipient": "x" * 60 + "@example.jp"}, "octets"),
        ({"path": "a@b@c.example"}, "path"),
        ({"recipient": "a\tb@example.jp"}, "recipient"),
        ({"recipient": "a,b@example.jp"}, "recipient"),
        ({"days": -1}, "days"),
        ({"days": 10**9}, "days"),
    ],
)
def test_bad_return_paths_are_refused(values: dict[str, Any], words: str) -> None:
    """What could not be verified later is not signed."""
    with pytest.raises(ValueError, match=words):
        bounceclass.sign_return_path(**{"path": "b@lists.example.org", "key": KEY, **values})


@pytest.mark.parametrize("address", ["", "b@lists.example.org", "b+taro=example.jp@lists.example.org", "b+sshort@x", "@"])
def test_other_addresses_bear_no_signature(address: str) -> None:
    """An ordinary address is not called forged."""
    assert bounceclass.verify_return_path(address, key=KEY).state is Signature.UNSIGNED


# -- authenticity ------------------------------------------------------------------------------

GENUINE = (
    "Return-Path: <>\n{headers}Delivered-To: {to}\nFrom: MAILER-DAEMON@mx.example.net (Mail Delivery System)\nTo: {to}\n"
    "Subject: Undelivered Mail Returned to Sender\nDate: Sat, 21 Nov 2026 10:00:00 +0900\nMIME-Version: 1.0\n"
    'Content-Type: multipart/report; report-type=delivery-status; boundary="B"\n\n--B\nContent-Type: {text_type}\n\n{text}\n\n'
    "--B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\nFinal-Recipient: rfc822; taro@example.net\n"
    "Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\n\n{more}"
    "--B\nContent-Type: message/rfc822\n\nReceived: from pc by {through} with ESMTP; Sat, 21 Nov 2026 09:59:00 +0900\n"
    "Message-ID: <1@example.jp>\nFrom: hanako@example.jp\nTo: taro@example.net\nSubject: hello\n\nhello\n\n--B--\n"
)
PASSED = "Authentication-Results: mx.example.jp; spf=pass smtp.helo=mx.example.net; dmarc=none\n"
FAILED = "Authentication-Results: mx.example.jp; dmarc=fail header.from=mx.example.net\n"
ELSEWHERE = "Authentication-Results: mx.evil.example; spf=pass smtp.helo=mx.example.net; dmarc=pass header.from=mx.example.net\n"


def report(**values: str) -> bytes:
    """Give a genuine report with some things changed."""
    standard = {
        "headers": "",
        "to": "hanako@example.jp",
        "text_type": "text/plain",
        "text": "I could not deliver it.",
        "more": "",
        "through": "mail.example.jp",
    }
    return GENUINE.format(**{**standard, **values}).encode()


def attached(name: str, media_type: str = "application/octet-stream") -> str:
    """Give one more part with a file."""
    return f'--B\nContent-Type: {media_type}; name="{name}"\nContent-Disposition: attachment; filename="{name}"\n\nx\n\n'


FACTS: dict[str, Any] = {"sent": {"<1@example.jp>"}, "own_domains": ["example.jp"], "trusted_authserv_ids": ["mx.example.jp"]}
SIGNED = bounceclass.sign_return_path("bounces@lists.example.jp", key=KEY, now=NOW)
SIGNED_FOR = bounceclass.sign_return_path("bounces@lists.example.jp", key=KEY, recipient="taro@example.net", now=NOW)
OTHERS = bounceclass.sign_return_path("bounces@lists.example.jp", key=KEY[::-1], now=NOW)


@pytest.mark.parametrize(
    ("octets", "facts", "authenticity", "sent_by_us"),
    [
        pytest.param(report(), {}, Authenticity.UNCHECKED, None, id="no facts"),
        pytest.param(report(headers=PASSED), {}, Authenticity.UNCHECKED, None, id="nobody is trusted"),
        pytest.param(report(), FACTS, Authenticity.PLAUSIBLE, True, id="sent by me"),
        pytest.param(report(), {"sent": "<1@example.jp>".__eq__}, Authenticity.PLAUSIBLE, True, id="sent as a function"),
        pytest.param(report(), {"sent": {"1@example.jp"}}, Authenticity.PLAUSIBLE, True, id="without brackets"),
        pytest.param(report(), {"own_domains": ["example.jp"]}, Authenticity.PLAUSIBLE, None, id="through my servers: no proof that I sent it"),
        pytest.param(report(headers=PASSED), FACTS, Authenticity.VERIFIED, True, id="origin proven"),
        pytest.param(report(headers=ELSEWHERE), FACTS, Authenticity.PLAUSIBLE, True, id="results of a stranger count nothing"),
        pytest.param(report(headers=FAILED), {**FACTS, "sent": set()}, Authenticity.FORGED, False, id="origin refuted"),
        pytest.param(report(headers=FAILED), FACTS, Authenticity.SUSPICIOUS, True, id="origin refuted, but sent by me"),
        pytest.param(report(to=SIGNED_FOR), {"key": KEY, "now": NOW}, Authenticity.VERIFIED, True, id="signed return path"),
        pytest.param(report(to=SIGNED), {"key": KEY, "now": NOW}, Authenticity.PLAUSIBLE, True, id="signed for nobody: no proof of whom"),
        pytest.param(report(to=OTHERS), {"key": KEY, "now": NOW}, Authenticity.FORGED, None, id="forged return path"),
        pytest.param(report(through="relay.example.org"), {**FACTS, "sent": set()}, Authenticity.PLAUSIBLE, False, id="backscatter"),
        pytest.param(report(headers=PASSED), {**FACTS, "sent": ()}, Authenticity.VERIFIED, False, id="proven backscatter"),
        pytest.param(report(more=attached("report.pdf.exe")), {}, Authenticity.SUSPICIOUS, None, id="program"),
        pytest.param(report(more=attached("mail.zip")), {"sent": ()}, Authenticity.SUSPICIOUS, False, id="archive"),
        pytest.param(report(more=attached("a.html", "text/html")), {}, Authenticity.SUSPICIOUS, None, id="page"),
        pytest.param(report(more=attached("x.bin", "application/x-msdownload")), {}, Authenticity.SUSPICIOUS, None, id="by its media type"),
        pytest.param(report(more=attached("a.js") + attached("b.rar")), {}, Authenticity.FORGED, None, id="betrayed twice"),
        pytest.param(report(more=attached("icon.png", "image/png")), {}, Authenticity.UNCHECKED, None, id="a picture is harmless"),
        pytest.param(report(text="Sign in to release it: https://evil.example/x"), {}, Authenticity.SUSPICIOUS, None, id="sign in"),
        pytest.param(report(text="パスワードを確認してください https://evil.example/x"), {}, Authenticity.SUSPICIOUS, None, id="in Japanese"),
        pytest.param(report(text="See https://support.google.com/mail/?p=NoSuchUser"), {}, Authenticity.UNCHECKED, None, id="a help page"),
        pytest.param(
            report(text_type="text/html", text='<a href="http://evil.example/x">https://mail.example.jp/</a>'),
            {},
            Authenticity.SUSPICIOUS,
            None,
            id="disguised",
        ),
        pytest.param(report(text_type="text/html", text='<form action="http://evil.example/x">'), {}, Authenticity.SUSPICIOUS, None, id="form"),
        pytest.param(BY_ID["lookalike/04-phishing-pending-messages"].octets, {}, Authenticity.SUSPICIOUS, None, id="phishing"),
        pytest.param(BY_ID["lookalike/11-phishing-bounce-with-login"].octets, FACTS, Authenticity.FORGED, None, id="phishing with a program"),
        pytest.param(BY_ID["lookalike/10-password-reset"].octets, {}, Authenticity.UNCHECKED, None, id="a mail that claims nothing"),
        pytest.param(b"", {}, Authenticity.UNCHECKED, None, id="nothing"),
    ],
)
def test_authenticity(octets: bytes, facts: dict[str, Any], authenticity: Authenticity, sent_by_us: object) -> None:
    """What speaks for a report and against it, weighed."""
    assessment = bounceclass.assess(octets, **facts)

    assert (assessment.authenticity, assessment.sent_by_us) == (authenticity, sent_by_us)
    assert assessment.backscatter is (sent_by_us is False and authenticity in {Authenticity.PLAUSIBLE, Authenticity.VERIFIED})
    assert all(signal.name in read_table("advice", "en")["signals"] for signal in assessment.signals)


AUTHENTIC = "Authentication-Results: mx.example.jp; {}\n"


@pytest.mark.parametrize(
    ("results", "authenticity"),
    [
        ("dmarc=pass header.from=mx.example.net", Authenticity.VERIFIED),
        ("dkim=pass header.d=example.net", Authenticity.VERIFIED),
        ("spf=fail smtp.mailfrom=f.example; dkim=pass header.d=example.net; dmarc=pass header.from=mx.example.net", Authenticity.VERIFIED),
        ("spf=pass smtp.mailfrom= smtp.helo=mx.example.net", Authenticity.VERIFIED),
        ("spf=pass smtp.mailfrom=evil.example smtp.helo=mx.example.net", Authenticity.UNCHECKED),
        ('spf=none smtp.mailfrom="; dkim=pass header.d=example.net"@evil.example', Authenticity.UNCHECKED),
        ("spf=none (a comment; dkim=pass header.d=example.net) smtp.mailfrom=evil.example", Authenticity.UNCHECKED),
        ("dkim=pass (see; dmarc=fail) header.d=example.net", Authenticity.VERIFIED),
        ("dkim=pass header.d=evil.example", Authenticity.UNCHECKED),
        ("dkim=pass header.d=evilexample.net", Authenticity.UNCHECKED),
        ("dmarc=fail header.from=mx.example.net; dkim=pass header.d=example.net", Authenticity.FORGED),
        ("spf=fail smtp.helo=mx.example.net", Authenticity.FORGED),
        ("((((((", Authenticity.UNCHECKED),
    ],
)
def test_results_of_a_trusted_server(results: str, authenticity: Authenticity) -> None:
    """What the sender can write, a local part or a comment, is never taken for a result; SPF speaks of the envelope first."""
    octets = report(headers=AUTHENTIC.format(results))

    assert bounceclass.assess(octets, trusted_authserv_ids="MX.example.jp").authenticity is authenticity


@pytest.mark.parametrize(("recipient", "authenticity"), [("taro@example.net", Authenticity.VERIFIED), ("mallory@example.net", Authenticity.PLAUSIBLE)])
def test_a_signed_path_proves_its_own_recipient_alone(recipient: str, authenticity: Authenticity) -> None:
    """Who got one mail knows the path of that mail, and could report anybody by it."""
    path = bounceclass.sign_return_path("bounces@lists.example.jp", key=KEY, recipient=recipient, now=NOW)

    assert bounceclass.assess(report(to=path), key=KEY, now=NOW, sent={"<1@example.jp>"}).authenticity is authenticity


@pytest.mark.parametrize("domain", ["evil.tokyo.jp", "evil.github.io", "evil.co.jp"])
def test_neighbours_are_not_each_other(domain: str) -> None:
    """Under a suffix that many share, one cannot prove the other."""
    other = domain.replace("evil", "metro")
    octets = (
        report(headers=AUTHENTIC.format(f"dkim=pass header.d={domain}"))
        .replace(b"mx.example.net", other.encode())
        .replace(b"@example.net", f"@{other}".encode())
    )

    assert bounceclass.assess(octets, trusted_authserv_ids=["mx.example.jp"]).authenticity is Authenticity.UNCHECKED


@pytest.mark.parametrize(
    "link",
    ["https:/evil.example/login", "https:///", "//evil.example/login", " https://evil.example/login", "&#104;ttps://evil.example/login", "http:", "https://@/"],
)
def test_odd_links_never_raise(link: str) -> None:
    """Whatever a link looks like; those that a browser would follow are seen."""
    octets = report(text_type="text/html", text=f'<a title="x" href="{link}">Signal in</a>')
    seen = bounceclass.assess(octets).authenticity

    assert seen is Authenticity.SUSPICIOUS or "evil" not in link


@pytest.mark.parametrize(("shown", "target"), [("https://metro.tokyo.jp/x", "https://evil.tokyo.jp/x"), ("https://shop.co.uk/x", "https://evil.co.uk/x")])
def test_a_neighbour_under_a_shared_suffix_is_somebody_else(shown: str, target: str) -> None:
    """A link that shows one and leads to the other is disguised; one within an organisation is not."""
    text = '<a href="{}">{}</a>'
    seen = [bounceclass.assess(report(text_type="text/html", text=text.format(to, shown))) for to in (target, shown.replace("https://", "https://www."))]

    assert ["link.disguised" in {signal.name for signal in one.signals} for one in seen] == [True, False]


def test_a_proven_stranger_cannot_report_others() -> None:
    """Whoever proves a domain of its own could else have anybody taken off a list; what it names as remote host proves nothing."""
    octets = report(headers=AUTHENTIC.format("dkim=pass header.d=example.net")).replace(b"taro@example.net", b"victim@example.org")
    octets = octets.replace(b"Status: 5.1.1\n", b"Status: 5.1.1\nRemote-MTA: dns; mx.example.net\n")

    assert bounceclass.assess(octets, trusted_authserv_ids=["mx.example.jp"]).authenticity is Authenticity.PLAUSIBLE


@pytest.mark.parametrize(
    ("facts", "error", "words"),
    [
        ({"sent": "<1@example.jp>, <2@example.jp>"}, TypeError, "sent must be a container"),
        ({"sent": b"<1@example.jp>"}, TypeError, "sent must be a container"),
        ({"sent": iter(["<1@example.jp>"])}, TypeError, "sent must be a container"),
        ({"sent": 5}, TypeError, "sent must be a container"),
        ({"key": b"short"}, ValueError, "16 octets"),
        ({"key": "a secret of sixteen letters"}, TypeError, "must be bytes"),
    ],
)
def test_wrong_facts_are_refused(facts: dict[str, Any], error: type[Exception], words: str) -> None:
    """At once, and not when a mail comes that they would matter for."""
    with pytest.raises(error, match=words):
        bounceclass.assess(b"", **facts)


def test_facts_come_in_all_forms() -> None:
    """One domain by itself, with a dot or an at sign; Message-IDs as octets."""
    for domains in ("example.jp", ["@example.jp"], ("Example.JP.",), {"mail.example.jp"}):
        assert "original.own_path" in {signal.name for signal in bounceclass.assess(report(), own_domains=domains).signals}
    assert bounceclass.assess(report(), sent={b"<1@example.jp>"}).sent_by_us  # type: ignore[arg-type]


@pytest.mark.parametrize("mail", [mail for mail in MAILS if mail.folder == "phishing"], ids=lambda mail: mail.id)
def test_phishing_is_suspected(mail: CorpusMail) -> None:
    """By what it holds alone; with the caller's facts too."""
    choices: list[dict[str, Any]] = [{}, FACTS, {"sent": set()}]
    for facts in choices:
        assert bounceclass.assess(mail.octets, **facts).authenticity in {Authenticity.SUSPICIOUS, Authenticity.FORGED}


@pytest.mark.parametrize("mail", [mail for mail in MAILS if mail.folder not in {"lookalike", "phishing"}], ids=lambda mail: mail.id)
def test_no_mail_of_the_corpus_is_suspected(mail: CorpusMail) -> None:
    """Genuine notices of all servers, some with links, pictures and odd parts, betray nothing."""
    assert bounceclass.assess(mail.octets).authenticity is Authenticity.UNCHECKED


def test_what_the_original_says_of_itself_is_no_proof() -> None:
    """Authentication-Results inside the returned message are not those of the report."""
    octets = report().replace(b"Message-ID: <1@example.jp>", b"Message-ID: <1@example.jp>\n" + PASSED.strip().encode())

    assert bounceclass.assess(octets, trusted_authserv_ids=["mx.example.jp"]).authenticity is Authenticity.UNCHECKED


@pytest.mark.parametrize("locale", ["en", "ja"])
@pytest.mark.parametrize("octets", [report(), report(headers=PASSED), report(headers=FAILED), report(more=attached("a.exe"))])
@pytest.mark.parametrize("sent", [{"<1@example.jp>"}, set()])
def test_assessments_are_explained(octets: bytes, sent: set[str], locale: str) -> None:
    """In words, with what was looked at."""
    assessment = bounceclass.assess(octets, **{**FACTS, "sent": sent})
    explanation = bounceclass.explain(assessment, locale=locale)

    assert len(explanation.facts) == len(assessment.signals)
    assert "{" not in str(explanation)


# -- floods ------------------------------------------------------------------------------------


def bounce(number: int, diagnostic: str = "550 5.1.1 User unknown", domain: str = "example.net", day: int = 21) -> bounceclass.Report:
    """Give a report of one recipient."""
    octets = report().decode().replace("taro@example.net", f"taro{number}@{domain}").replace("550 5.1.1 User unknown", diagnostic)
    return bounceclass.parse(octets.replace("<1@", f"<{number}@").replace("Sat, 21 Nov", f"Sat, {day} Nov").replace("Status: 5.1.1\n", ""))


def phish() -> bounceclass.Report:
    """Give a report that looks forged."""
    return bounceclass.parse(report(more=attached("a.exe")))


def assessed(reports: list[bounceclass.Report], **facts: Any) -> Iterator[tuple[bounceclass.Report, bounceclass.Assessment]]:
    """Give each report with its assessment."""
    return ((item, bounceclass.assess(item, **facts)) for item in reports)


ALL_MINE = {"sent": lambda _: True}
NONE_MINE = {"sent": lambda _: False}
USUAL = {date(2026, 11, day): 40 for day in range(1, 21)}
LARGE_LIST = {date(2026, 11, day): 5_000 for day in range(1, 22)}
QUIET_DAY = {**USUAL, date(2026, 11, 21): 45}
BUSY_DAY = {**USUAL, date(2026, 11, 21): 4_000}
LISTED = "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using bl.example.net"
DMARC = "550 5.7.26 Unauthenticated email is not accepted due to domain's DMARC policy"


@pytest.mark.parametrize(
    ("reports", "facts", "sent_counts", "situation"),
    [
        pytest.param([], {}, None, Situation.QUIET, id="nothing"),
        pytest.param([bounce(n) for n in range(3)], {}, None, Situation.SINGLE_FAILURES, id="a few"),
        pytest.param([bounce(n) for n in range(3)], {}, BUSY_DAY, Situation.SINGLE_FAILURES, id="a few on a busy day"),
        pytest.param([bounce(n) for n in range(30)], NONE_MINE, BUSY_DAY, Situation.ACCOUNT_ABUSED, id="much more went out"),
        pytest.param([bounce(n) for n in range(30)], {}, BUSY_DAY, Situation.ACCOUNT_ABUSED, id="much more went out, nothing else known"),
        pytest.param([bounce(n) for n in range(30)], NONE_MINE, QUIET_DAY, Situation.ADDRESS_FORGED, id="no more went out"),
        pytest.param([bounce(n) for n in range(30)], {}, None, Situation.UNCLEAR, id="nobody knows what went out"),
        pytest.param([bounce(n) for n in range(30)], {}, {date(2026, 11, 21): 5_000}, Situation.UNCLEAR, id="no day to compare with"),
        pytest.param([bounce(n) for n in range(30)], {}, {date(2026, 11, 22): 5_000}, Situation.UNCLEAR, id="only days behind"),
        pytest.param([bounce(n) for n in range(30)], NONE_MINE, None, Situation.UNCLEAR, id="not mine, but nobody counted"),
        pytest.param([bounce(n) for n in range(30)], {}, QUIET_DAY, Situation.ADDRESS_FORGED, id="as many as were sent"),
        pytest.param([bounce(n) for n in range(30)], {}, LARGE_LIST, Situation.SINGLE_FAILURES, id="a list of thousands"),
        pytest.param([bounce(n) for n in range(30)], NONE_MINE, LARGE_LIST, Situation.ADDRESS_FORGED, id="a list of thousands, and a forger"),
        pytest.param([bounce(n, day=1 if n == 7 else 21) for n in range(30)], NONE_MINE, BUSY_DAY, Situation.ACCOUNT_ABUSED, id="one date is a lie"),
        pytest.param([phish() for _ in range(30)], {"sent": set()}, QUIET_DAY, Situation.SINGLE_FAILURES, id="fakes are no flood"),
        pytest.param([bounce(n) for n in range(30)], ALL_MINE, BUSY_DAY, Situation.OWN_FAILURES, id="my own mailing"),
        pytest.param([bounce(n, DMARC, "gmail.com") for n in range(30)], {}, None, Situation.SENDING_REFUSED, id="a wall"),
        pytest.param([bounce(n, DMARC, "gmail.com") for n in range(6)], {}, None, Situation.SENDING_REFUSED, id="a small wall"),
        pytest.param([bounce(n, DMARC, "gmail.com") if n < 20 else bounce(n) for n in range(50)], ALL_MINE, None, Situation.SENDING_REFUSED, id="among others"),
        pytest.param([bounce(n, LISTED, f"d{n}.example") for n in range(30)], {}, None, Situation.SENDING_REFUSED, id="refused everywhere"),
        pytest.param([bounce(n, DMARC, "gmail.com") for n in range(30)], NONE_MINE, QUIET_DAY, Situation.ADDRESS_FORGED, id="a forger's wall is not mine"),
    ],
)  # fmt: skip
def test_situations(reports: list[bounceclass.Report], facts: dict[str, Any], sent_counts: dict[date, int] | None, situation: Situation) -> None:
    """What guide 003 asks: single, abused, forged, or refused."""
    results: Any = assessed(reports, **facts) if facts else reports
    found = bounceclass.survey(results, sent_counts=sent_counts)

    assert found.situation is situation
    assert found.reports == len(reports)
    for locale in ("en", "ja"):
        text = str(bounceclass.explain(found, locale=locale))
        assert "{" not in text
        assert "None" not in text


def test_results_come_in_all_forms() -> None:
    """Mails, reports, with verdicts or an assessment or both; days as dates or as text."""
    one = bounce(1)
    verdicts, assessment = bounceclass.classify(one), bounceclass.assess(one, sent=set())
    found = bounceclass.survey(
        [report(), one, (one, verdicts), (one, assessment), (one, verdicts, assessment)], sent_counts={"2026-11-20": 40, "2026-11-21": 41}
    )

    assert (found.reports, found.failures, found.not_sent_by_us) == (5, 3, 2)
    assert (found.sent_usual, found.sent_now) == (40.0, 41)
    with pytest.raises(TypeError, match="int"):
        bounceclass.survey([(one, 1)])  # type: ignore[list-item]


@pytest.mark.parametrize("counts", [{"2026-11-21": -5}, {"2026-11-21": "5000"}, {"2026-11-21": float("nan")}, {"yesterday": 5}])
def test_wrong_counts_are_refused(counts: Any) -> None:
    """A wrong number could call an abused account safe."""
    with pytest.raises(ValueError, match=r"sent_counts|isoformat"):
        bounceclass.survey([bounce(1)], sent_counts=counts)
    with pytest.raises(TypeError, match="several"):
        bounceclass.survey("abc")


def test_a_wall_is_named() -> None:
    """With the provider and its reason; the members' addresses are left alone."""
    found = bounceclass.survey([bounce(n, DMARC, "gmail.com") for n in range(10)])

    assert (found.refused_by, found.refused_for) == ("google", Reason.AUTH_FAILED)
    assert "Google" in bounceclass.explain(found).summary
    assert "リストから外したり" in bounceclass.explain(found, locale="ja").steps[0].text


def test_other_mail_does_not_count() -> None:
    """Newsletters, receipts and complaints are no failures."""
    others = [mail.octets for mail in MAILS if mail.folder in {"lookalike", "mdn", "arf", "autoreply"}]

    assert bounceclass.survey(others).situation in {Situation.QUIET, Situation.SINGLE_FAILURES}


def test_names_beyond_the_bound_harm_nothing() -> None:
    """A provider that comes after ten thousand others is counted in the totals alone."""
    dead, refused = bounceclass.classify_reply("550 5.1.1 User unknown"), bounceclass.classify_reply(LISTED)
    surveyor, one = Surveyor(), bounce(1)
    surveyor.add(one, [evolve(dead, recipient=f"a@d{number}.example") for number in range(10_001)])
    surveyor.add(one, [evolve(refused, recipient="a@new.example")] * 6_000)

    assert surveyor.survey().failures == 16_001


def test_merged_names_beyond_the_bound_harm_nothing() -> None:
    """Nor does one that another surveyor counted among fewer."""
    dead, refused = bounceclass.classify_reply("550 5.1.1 User unknown"), bounceclass.classify_reply(LISTED)
    full, other, one = Surveyor(), Surveyor(), bounce(1)
    full.add(one, [evolve(dead, recipient=f"a@d{number}.example") for number in range(10_001)])
    other.add(one, [evolve(refused, recipient="a@new.example")] * 6_000)
    full.merge(other)

    assert full.survey().failures == 16_001


def test_a_stream_has_bounded_memory() -> None:
    """However many domains come, a bounded number is kept, and the totals stay right."""
    verdict = bounceclass.classify_reply("550 5.1.1 User unknown")
    surveyor, one = Surveyor(), bounce(1)
    for number in range(12_000):
        surveyor.add(one, [evolve(verdict, recipient=f"a@d{number}.example")])
    found = surveyor.survey()

    assert found.failures == found.reports == 12_000
    assert len(found.by_domain) == 20
    assert sum(len(tally.counts) for tally in vars(surveyor).values() if hasattr(tally, "counts")) < 25_000
