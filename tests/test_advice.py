"""Catalogs that cannot be used are refused; overlays change what they say and nothing else."""

from __future__ import annotations

import copy
import gettext
import io
import re
from datetime import UTC
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve

import bounceclass
from bounceclass import Audience, CatalogError, Kind, Reason, catalog_texts, load_catalog, translate_catalog
from bounceclass.advice.catalog import read_catalog
from bounceclass.tables import read_table
from bounceclass.testing import check_catalog
from corpus_mails import CORPUS, MAILS

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = read_table("advice", "en")


def changed(path: str, value: Any) -> dict[str, Any]:
    """Give the English table with one value changed; None takes the key away."""
    table = copy.deepcopy(ENGLISH)
    *folders, key = path.split("/")
    place = table
    for folder in folders:
        place = place[folder]
    if value is None:
        del place[key]
    else:
        place[key] = value
    return table


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("reason/user_unknown", None, "reason: user_unknown: missing"),
        ("reason/no_reason", {}, "reason: no_reason: unknown key"),
        ("reason/user_unknown/title", None, "reason.user_unknown: title: missing"),
        ("reason/user_unknown/title", "text", "reason.user_unknown: title: must be a list of sentences"),
        ("reason/user_unknown/tip", [], "reason.user_unknown: tip: unknown key"),
        ("reason/user_unknown/summary", ["{recpient}"], "unknown placeholder {recpient}"),
        ("reason/user_unknown/steps", [{"who": "nobody_else", "text": []}], "steps: who: 'nobody_else' is no responsible"),
        ("reason/user_unknown/steps", [{"text": []}], "steps: who: missing"),
        ("labels/why", None, "labels: why: missing"),
        ("who/sender", None, "who: sender: missing"),
        ("common/not_sent_by_us", None, "common: not_sent_by_us: missing"),
        ("kind", [], "kind: must be a table"),
        ("catalog/joiner", None, "catalog: joiner: missing"),
        ("extra", {}, "extra: unknown key"),
        ("reason/user_unknown/title", [], "must have a sentence that is always there"),
        ("reason/user_unknown/title", [""], "must be a list of sentences"),
        ("reason/user_unknown/title", ["{provider}"], "must have a sentence that is always there"),
        ("reason/user_unknown/summary", ["{Recipient}"], "unknown placeholder {Recipient}"),
        ("reason/user_unknown/summary", ["{suggestion}"], "must have a sentence that is always there"),
        ("reason/user_unknown/summary", ["to {recipient", "x"], "has a brace that belongs to no placeholder"),
        ("authenticity/forged/summary", ["For {recipient}."], "unknown placeholder {recipient}"),
        ("checklist/address", ["Ask {recipient} first."], "checklist: address: unknown placeholder {recipient}"),
        ("reason/user_unknown/title", [" "], "must be a list of sentences"),
        ("reason/user_unknown/steps", [{"who": "sender", "text": []}], "reason.user_unknown.steps: text: must not be empty"),
        ("labels/minutes", "min", "labels: minutes: placeholder {count} is missing"),
        ("labels/steps", " ", "labels: steps: must not be empty"),
        ("labels/weekdays", "Mon Tue", "labels: weekdays: must have seven words"),
        ("page/days", "{count} days", "page: days: unknown placeholder {count}"),
        ("labels/forwarded", "{count}", "labels: forwarded: unknown placeholder {count}"),
        ("labels/day", "{time}", "labels: day: unknown placeholder {time}"),
        ("catalog/locale", "", "catalog: locale: must not be empty"),
    ],
)
def test_bad_catalogs_are_refused(path: str, value: object, words: str) -> None:
    """The error names file, entry and field."""
    with pytest.raises(CatalogError) as caught:
        read_catalog(changed(path, value), "my.toml")

    assert str(caught.value).startswith("my.toml: ")
    assert words in str(caught.value)


def test_overlays_change_what_they_say(tmp_path: Path) -> None:
    """A program's own wording lies over ours; what it leaves out stays."""
    path = tmp_path / "own.toml"
    path.write_text('[reason.user_unknown]\ntitle = ["Nobody of that name"]\n', "utf-8")
    catalog = load_catalog(path)
    verdict = bounceclass.classify_reply("550 5.1.1 user unknown")

    assert bounceclass.explain(verdict, catalog=catalog).title == "Nobody of that name"
    assert bounceclass.explain(verdict, catalog=catalog).cause == bounceclass.explain(verdict).cause
    assert load_catalog(path, over="ja").locale == "ja"


@pytest.mark.parametrize("content", ["[catalog", "\udcff"])
def test_unreadable_catalogs_are_refused(tmp_path: Path, content: str) -> None:
    """No TOML, no UTF-8, no file: one error that names it."""
    path = tmp_path / "own.toml"
    path.write_text(content, "utf-8", "surrogateescape")

    with pytest.raises(CatalogError, match=r"^own\.toml: "):
        load_catalog(path)
    with pytest.raises(CatalogError, match=r"^none\.toml: "):
        load_catalog(tmp_path / "none.toml")


@pytest.mark.parametrize("locale", ["en", "ja"])
@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_reads_well_without_a_recipient(reason: Reason, locale: str) -> None:
    """A bare reply names no recipient: the text names "the recipient" instead of nothing."""
    verdict = bounceclass.Verdict(
        recipient="",
        reason=reason,
        permanence=bounceclass.Permanence.UNKNOWN,
        address_state=bounceclass.AddressState.UNKNOWN,
        responsible=bounceclass.Responsible.NOBODY,
        action=bounceclass.Action.REVIEW,
        confidence=0.5,
    )
    text = str(bounceclass.explain(verdict, locale=locale))

    assert "{" not in text
    assert "to  " not in text
    assert not text.startswith(" 宛")


@pytest.mark.parametrize(
    ("reply", "locale", "words"),
    [
        ("552 5.3.4 Message size exceeds limit of 10240000 bytes", "en", "9.77 MB"),
        ("552 5.3.4 Message size exceeds limit of 10240000 bytes", "ja", "9.77 MB"),
        ("451 4.7.1 Greylisted, please try again in 300 seconds", "en", "5 minutes"),
        ("451 4.7.1 Greylisted, please try again in 300 seconds", "ja", "5分"),
        ("554 Client host [192.0.2.1] blocked using zen.spamhaus.org", "ja", "Spamhaus"),
        ("551 5.1.6 User not local; please try <new@example.net>", "ja", "new@example.net"),
    ],
)
def test_details_reach_the_reader(reply: str, locale: str, words: str) -> None:
    """What the server said beside the reason stands in the text."""
    explanation = bounceclass.explain(bounceclass.classify_reply(reply), locale=locale)

    assert words in explanation.summary


# -- audiences and variants --------------------------------------------------------------------


def verdict(reply: str, recipient: str = "taro@example.co.jp", **changes: Any) -> bounceclass.Verdict:
    """Judge an answer for a recipient."""
    return evolve(bounceclass.classify_reply(reply), recipient=recipient, **changes)


FULL = bounceclass.Details(
    provider="google",
    retry_after=300,
    size_limit=10_240_000,
    blocklist="Spamhaus",
    listed_value="192.0.2.1",
    lookup_url="https://example.org/look",
    delist_url="https://example.org/ask",
    mechanisms=("spf", "dmarc"),
    new_address="new@example.net",
    suggestion="taro@docomo.ne.jp",
)


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("locale", ["en", "ja"])
def test_nothing_is_left_open(locale: str, audience: Audience) -> None:
    """For every reason, with much known and with nothing."""
    for reason, details in product(Reason, (bounceclass.Details(), FULL)):
        explanation = bounceclass.explain(verdict("550 5.1.1 User unknown", reason=reason, details=details), locale=locale, audience=audience)
        for text in (str(explanation), explanation.to_markdown(), explanation.to_html()):
            for wrong in ("{", "None", '""', "「」", "（）", " 。", "  。", "()", "<li></li>"):
                assert wrong not in text, reason
        assert explanation.steps, reason
        assert explanation.audience is audience


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (verdict("550 5.1.1 User unknown", "taro@docomo.ne.jp"), "迷惑メールフォルダー"),
        (verdict("550 5.1.1 User unknown", "taro@ezweb.ne.jp"), "受信リストに登録"),
        (verdict("550 5.1.1 User unknown", "taro@i.softbank.ne.jp"), "My SoftBank"),
        (verdict("550-5.7.26 Unauthenticated email from example.org is not accepted due to domain's DMARC policy"), "本物だと確かめられない"),
        (verdict("550 5.7.606 Access denied, banned sending IP [192.0.2.25]", remote_mta=None), "sender.office.com"),
        (verdict("552"), "メールが大きすぎます"),
        (verdict("552 5.2.2 Over quota"), "メールボックスがいっぱいです"),
        (verdict("550"), "宛先が間違っているか、メールが拒否されました"),
        (verdict("Fragmented emails are not permit"), "分割"),
        (verdict("0x80072af9"), "サーバー名"),
        (verdict("Date/time adjustment reminder: Setting the date and time of your computer"), "内蔵電池"),
        (verdict("The file a.zip has been infected with the virus X"), "ウイルス対策ソフト"),
        (verdict("550 5.1.1 User unknown", "taro@dokomo.ne.jp", details=FULL), "間違っていたら taro@docomo.ne.jp に直して"),
    ],
)
def test_variants_say_more(one: bounceclass.Verdict, words: str) -> None:
    """Where more is known, the reader is told more: by carrier, by provider, by ambiguity, by rule."""
    assert words in str(bounceclass.explain(one, locale="ja"))


def test_a_variant_for_a_carrier_is_for_it_alone() -> None:
    """Not for a domain that only looks like it."""
    assert "ドコモ" not in str(bounceclass.explain(verdict("550 5.1.1 User unknown", "taro@notdocomo.ne.jp"), locale="ja"))
    assert "ドコモ" in str(bounceclass.explain(verdict("550 5.1.1 User unknown", "taro@mail.docomo.ne.jp"), locale="ja"))


def test_every_mail_is_explained_to_every_reader() -> None:
    """Nothing is left open, and the sender's faults never tell an owner to take somebody off."""
    for mail in MAILS:
        report = bounceclass.parse(mail.octets)
        for audience, locale in product(Audience, ("en", "ja")):
            assert "{" not in bounceclass.explain(report, locale=locale, audience=audience).summary, mail.id
        verdicts = bounceclass.classify(report)
        owner = bounceclass.explain(report, locale="en", audience="list_owner")
        if verdicts and not any(item.action == "suppress" for item in verdicts):
            assert "off the list" not in owner.steps[0].text, mail.id


@pytest.mark.parametrize("audience", list(Audience))
def test_a_verdict_says_all_that_its_report_says_of_the_recipient(audience: Audience) -> None:
    """But for what only a report can tell: who wrote it, how it was read, which mail came back, for how long the server tried."""
    compared = 0
    for mail in MAILS:
        report = bounceclass.parse(mail.octets)
        if len(report.deliveries) != 1:
            continue
        compared += 1
        bare = evolve(report, original=None, arrival_date=None, reporting_mta=None, dialect=None)
        one = bounceclass.explain(bounceclass.classify(report)[0], audience=audience)
        assert one == bounceclass.explain(bare, audience=audience), mail.id

    assert compared > 100


REPORT = (
    "From: MAILER-DAEMON@mail.example.com\nReturn-Path: <>\nDate: Tue, 24 Nov 2026 09:12:00 +0900\n"
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nfailed\n--b\nContent-Type: message/delivery-status\n\n"
    "Reporting-MTA: dns; mail.example.com\nArrival-Date: Thu, 19 Nov 2026 09:12:00 +0900\n\nFinal-Recipient: rfc822; anna@example.org\n{}\n--b--\n"
)


@pytest.mark.parametrize(
    ("fields", "words", "count"),
    [
        ("Action: failed\nStatus: 5.7.1\nDiagnostic-Code: X-Postfix; Spam message rejected", "mail.example.com, the server that wrote this notice", 2),
        ("Action: failed\nStatus: 4.4.1\nDiagnostic-Code: X-Postfix; connect to mx.example.org[203.0.113.9]:25: timed out", "for 5 days", 3),
        (
            "Action: delayed\nStatus: 4.1.8\nDiagnostic-Code: smtp; 450 4.1.8 <a@example.com>: Sender address rejected: Domain not found",
            "not been delivered yet",
            4,
        ),
        ("Action: delayed\nStatus: 4.2.2\nDiagnostic-Code: smtp; 452 4.2.2 mailbox full", "not been delivered yet", 2),
    ],
)
def test_the_report_says_more_than_the_answer(fields: str, words: str, count: int) -> None:
    """Whose server refused, for how long it tried, and what delays a mail on the sender's own side."""
    explanation = bounceclass.explain(bounceclass.parse(REPORT.format(fields).encode()))

    assert words in explanation.summary
    assert len(explanation.steps) == count


def test_recipients_with_one_fate_stand_together() -> None:
    """And those with another one behind them."""
    report = bounceclass.parse((CORPUS / "postfix" / "03-several-fates.eml").read_bytes())
    explanation = bounceclass.explain(report)
    told = [explanation, *explanation.further]

    assert len({one.title for one in told}) == len(told)
    assert sorted(address for one in told for address in one.recipients) == sorted({delivery.recipient for delivery in report.deliveries})


def test_an_unknown_audience_is_refused() -> None:
    """As any other wrong value is."""
    with pytest.raises(ValueError, match="nobody"):
        bounceclass.explain(b"", audience="nobody")


# -- overlays, languages, gettext --------------------------------------------------------------


def test_overlays_add_variants(tmp_path: Path) -> None:
    """A variant of one's own needs its conditions; one of ours keeps them."""
    path = tmp_path / "own.toml"
    path.write_text(
        '[variant.our_own]\nwhen = { reason = ["user_unknown"], domain = ["example.co.jp"] }\nsummary = ["Ask extension 123 about {recipient}."]\n'
        '[variant.docomo]\ncause = ["Ask the docomo shop."]\n',
        "utf-8",
    )
    catalog = load_catalog(path)

    assert bounceclass.explain(verdict("550 5.1.1 User unknown"), catalog=catalog).summary.startswith("Ask extension 123 about taro@example.co.jp.")
    assert bounceclass.explain(verdict("550 5.1.1 User unknown", "a@docomo.ne.jp"), catalog=catalog).cause == "Ask the docomo shop."
    assert "extension" not in bounceclass.explain(verdict("550 5.1.1 User unknown", "a@example.net"), catalog=catalog).summary


@pytest.mark.parametrize(
    ("variant", "words"),
    [
        ({"summary": ["x"]}, "variant.new: when: missing"),
        ({"when": {"provider": ["google"]}}, "variant.new.when: reason: missing"),
        ({"when": {"reason": ["no_reason"]}}, "variant.new.when: reason: unknown value 'no_reason'"),
        ({"when": {"reason": []}}, "must be a list of one or more texts"),
        ({"when": {"reason": "user_unknown"}}, "must be a list of one or more texts"),
        ({"when": {"reason": ["user_unknown"], "colour": ["red"]}}, "variant.new.when: colour: unknown key"),
        ({"when": {"reason": ["user_unknown"]}, "steps": 1}, "variant.new: steps: must be a list of tables"),
        ({"when": {"reason": ["user_unknown"]}, "summary": ["{nothing}"]}, "unknown placeholder {nothing}"),
        ("text", "variant.new: must be a table"),
    ],
)
def test_bad_variants_are_refused(variant: object, words: str) -> None:
    """With file, entry and field."""
    with pytest.raises(CatalogError) as caught:
        read_catalog(changed("variant/new", variant), "my.toml")

    assert words in str(caught.value)


def test_check_catalog_says_all_at_once() -> None:
    """What is missing, unknown or has other placeholders; not the first fault alone."""
    table = changed("reason/user_unknown/summary", ["No placeholder at all."])
    table["reason"]["mailbox_full"]["steps"] = table["reason"]["mailbox_full"]["steps"][:1]
    del table["reason"]["virus_detected"]["checks"]
    del table["variant"]["docomo"]

    assert check_catalog(table, "my.toml") == [
        "my.toml: reason.user_unknown: summary: placeholder {recipient} is missing",
        "my.toml: reason.mailbox_full: steps: the actors are not those of the English catalog",
        "my.toml: reason.virus_detected: checks: missing",
        "my.toml: variant: docomo: missing",
    ]
    broken = changed("reason/user_unknown/title", None)
    del broken["who"]["sender"]
    assert check_catalog(broken, "my.toml") == ["my.toml: who: sender: missing", "my.toml: reason.user_unknown: title: missing"]


def test_an_overlay_needs_something_below(tmp_path: Path) -> None:
    """English in place of a language that we do not have would surprise."""
    path = tmp_path / "own.toml"
    path.write_text("", "utf-8")

    with pytest.raises(CatalogError, match="no built-in catalog 'xx'"):
        load_catalog(path, over="xx")
    assert load_catalog(path, over="ja-JP").locale == "ja"


def test_an_empty_translation_is_none() -> None:
    """A template that nobody has filled in gives English."""

    class Empty(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            return "" if message else "header"

    assert bounceclass.explain(verdict("550 5.1.1 User unknown"), catalog=translate_catalog(Empty(), locale="xx", language="X")).title


class Shouting(gettext.NullTranslations):
    """A translation that anybody can check."""

    def gettext(self, message: str) -> str:
        """Give the text in capitals, its placeholders as they are."""
        return re.sub(r"\{[a-z_]+\}|.", lambda match: match.group() if len(match.group()) > 1 else match.group().upper(), message)


def test_a_program_answers_from_gettext() -> None:
    """Every text goes through its translations, the untranslated stay English."""
    catalog = translate_catalog(Shouting(), locale="en-x-loud", language="Loud")
    loud = bounceclass.explain(verdict("550 5.1.1 User unknown"), catalog=catalog)
    plain = bounceclass.explain(verdict("550 5.1.1 User unknown"), catalog=translate_catalog(gettext.NullTranslations(), locale="en-x-same", language="Same"))

    assert loud.title == "THE RECEIVING SERVER DOES NOT KNOW THIS ADDRESS"
    assert "taro@example.co.jp" in loud.summary
    assert loud.steps[0].who == "sender"
    assert plain.cause == bounceclass.explain(verdict("550 5.1.1 User unknown")).cause
    assert len(dict(catalog_texts())) > 200
    assert ("reason.user_unknown.title", "The receiving server does not know this address") in set(catalog_texts())


def test_a_translation_with_other_placeholders_is_refused() -> None:
    """It would break when a mail comes in, not now."""

    class Wrong(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            return message.replace("{recipient}", "{empfaenger}")

    with pytest.raises(CatalogError, match=r"unknown placeholder \{empfaenger\}"):
        translate_catalog(Wrong(), locale="de", language="Deutsch")


@pytest.mark.parametrize("answer", ["1. 550 no", "12. 550 no", "550 a\u200bb", "550 a\u00adb", "550 a\ufeffb", "550 a\u2060b", "550 a\U000e0041b"])
def test_an_answer_is_quoted_as_it_reads(answer: str) -> None:
    """No list in Markdown, and nothing that shows nothing."""
    explanation = bounceclass.explain(bounceclass.classify_reply(answer))

    assert not re.search(r"(?m)^> \d+\. ", explanation.to_markdown())
    for text in (str(explanation), explanation.to_markdown(), explanation.to_html()):
        assert not re.search("[\u00ad\u200b\u2060\ufeff\U000e0000-\U000e007f]", text)


@pytest.mark.parametrize("locale", ["en", "ja"])
def test_the_first_screen_is_short(locale: str) -> None:
    """At most 18 lines for one recipient, 24 for several, on a terminal of 80 columns; the outcome first, then what to do."""
    from rich.console import Console

    from bounceclass.cli.layout import lay_out

    over = []
    for mail in MAILS:
        report = bounceclass.parse(mail.octets)
        short = bounceclass.explain(report, locale=locale).brief()
        console = Console(width=80, file=io.StringIO(), highlight=False, emoji=False, markup=False)
        with console.capture() as laid:
            console.print(lay_out(short, report))
        if laid.get().rstrip("\n").count("\n") + 1 > (24 if short.further else 18):
            over.append(mail.id)
        if report.kind is Kind.FAILURE and report.deliveries:
            assert laid.get().startswith(("Not delivered: ", "届きませんでした：")), mail.id
            assert short.steps

    assert over == []


def test_the_short_form_in_all_writings() -> None:
    """Text, Markdown and HTML have the same parts; the whole form has all of them and more; a postmaster is told the facts."""
    report = bounceclass.parse(next(mail.octets for mail in MAILS if mail.id == "postfix/01-user-unknown"))
    whole = bounceclass.explain(report)
    short = whole.brief()

    assert short.brief() == short
    for written in (str(short), short.to_markdown(), short.to_html()):
        assert "Not delivered" in written
        assert "open nothing in the notice" in written
    assert len(str(short)) < len(str(whole)) / 2
    assert "### \n" not in short.to_markdown()
    assert bounceclass.explain(report, audience=Audience.POSTMASTER).brief().facts


# -- what fits this mail alone -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "words", "silent"),
    [
        (verdict("550 5.1.1 User unknown", "ben@oldmail.example.net", original_recipient="ben@example.org"), "転送先で断られている", "一文字ずつ"),
        (verdict("452 4.2.2 over quota", "taro@gmail.com"), "Google フォト", "OneDrive"),
        (verdict("452 4.2.2 over quota", "taro@hotmail.co.jp"), "OneDrive", "Google フォト"),
        (verdict("550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup"), "メンバーか担当の方", "先に参加"),
        (verdict("554 Client host [192.0.2.1] blocked using zen.spamhaus.org; Error: open resolver"), "実際に載っているわけではありません", "解除を申請"),
        (verdict("554 Client host [192.0.2.1] blocked using zen.spamhaus.org"), "無料です", "delist@microsoft.com"),
        (verdict("552 5.3.4 message size 36700160 exceeds size limit 26214400 of server mx.example.jp"), "35 MB です。上限は 25 MB です", "メールボックス"),
        (verdict("550 5.7.1 SPF check failed"), "SPF", "DKIM"),
        (verdict("550 5.1.1 User unknown", "taro@au.com"), "受信リストに登録", "My SoftBank"),
    ],
)
def test_what_fits_this_mail_alone(one: bounceclass.Verdict, words: str, silent: str) -> None:
    """The mechanism that failed, the storage that is shared, the list that was misread, and nothing of the others."""
    told = str(bounceclass.explain(one, locale="ja"))

    assert words in told
    assert silent not in told


def test_a_suggestion_stands_in_the_title() -> None:
    """A person who sees nothing else sees it."""
    one = verdict("550 5.1.1 User unknown", "taro@dokomo.ne.jp", details=FULL)

    assert str(bounceclass.explain(one, locale="ja").brief()).startswith("届きませんでした：宛先は taro@docomo.ne.jp ではありませんか")


def test_a_free_mail_author_sends_from_that_service() -> None:
    """Nobody can publish DMARC for gmail.com: the way out is another one than for a domain of one's own."""
    fields = (
        "Action: failed\nStatus: 5.7.26\nDiagnostic-Code: smtp; 550-5.7.26 Unauthenticated email is not accepted due to domain's DMARC policy\n"
        "--b\nContent-Type: message/rfc822\n\nFrom: {}\nTo: anna@example.org\n\nx"
    )
    own, free = (str(bounceclass.explain(bounceclass.parse(REPORT.format(fields.format(author)).encode()))) for author in ("a@example.com", "a@yahoo.co.jp"))

    assert "Send it again from yahoo.co.jp itself" in free
    assert "Forward this notice" in own
    assert "Forward this notice" not in free


def test_a_help_desk_can_pass_it_on() -> None:
    """To a customer, who is not called あなた, did write the mail, and is shown no checklist."""
    for mail in MAILS:
        told = bounceclass.explain(mail.octets, locale="ja", audience="support")
        assert "あなた" not in str(told).replace(told.quote, ""), mail.id
        assert told.checklist == ()
    assert "お客様" in str(bounceclass.explain(verdict("550 5.2.1 Mail is rejected by recipients"), locale="ja", audience="support"))


def test_times_by_the_clock_of_the_reader() -> None:
    """Until when a server tries: of these days, without a year."""
    report = bounceclass.parse(
        REPORT.format("Action: delayed\nStatus: 4.4.1\nWill-Retry-Until: Sun, 29 Nov 2026 05:11:58 +0900\nDiagnostic-Code: smtp; timed out").encode()
    )

    assert "11月29日（日）05:11 (UTC+09:00) ごろ" in bounceclass.explain(report, locale="ja").summary
    assert "11月28日（土）20:11 ごろ" in bounceclass.explain(report, locale="ja", zone=UTC).summary
    assert "Sat 2026-11-28 20:11" in bounceclass.explain(report, zone=UTC).summary


def test_a_value_is_shown_on_one_line() -> None:
    """What is set, long things by their number; rich shows all."""
    report = bounceclass.parse((CORPUS / "postfix" / "03-several-fates.eml").read_bytes())
    one = bounceclass.classify(report)[0]

    assert repr(report).startswith("Report(kind='failure', deliveries=<3 of Delivery>, original=<Original>, ")
    assert repr(one).startswith("Verdict(recipient='anna.berg@example.com', reason='user_unknown', ")
    assert "\n" not in repr(bounceclass.explain(report)) + repr(report) + repr(one)
    assert dict(one.__rich_repr__())["evidence"] == one.evidence


def test_a_year_at_the_end_of_time_is_told_as_it_is() -> None:
    """No clock can be set to it."""
    fields = "Action: failed\nStatus: 5.1.1\n--b\nContent-Type: message/rfc822\n\nSubject: x\nDate: Mon, 01 Jan 0001 00:00:00 +0900\n\nx"
    report = bounceclass.parse(REPORT.format(fields).encode())

    assert bounceclass.explain(report, zone=UTC).about.startswith("x (Mon 1-01-01 00:00")


@pytest.mark.parametrize(("host", "theirs"), [("mx.example.org", True), ("smtp.provider.example", False)])
def test_a_relay_is_the_other_sides_where_its_name_says_so(host: str, theirs: bool) -> None:  # noqa: FBT001 - a case
    """A provider's server that refuses to relay is the sender's own side."""
    fields = f"Action: failed\nStatus: 5.7.1\nRemote-MTA: dns; {host}\nDiagnostic-Code: smtp; 554 5.7.1 <anna@example.org>: Relay access denied"
    told = bounceclass.explain(bounceclass.parse(REPORT.format(fields).encode()))

    assert ("does not accept email for this address" in told.title) is theirs


def test_a_service_that_sent_its_own_mail_is_not_strange() -> None:
    """Gmail's own notice about mail that Gmail sent: nobody else's server did."""
    mail = REPORT.replace("From: MAILER-DAEMON@mail.example.com", "From: mailer-daemon@googlemail.com").replace("dns; mail.example.com", "dns; googlemail.com")
    fields = "Action: failed\nStatus: 5.7.1\nDiagnostic-Code: smtp; 550 5.7.1 DMARC check failed\n--b\nContent-Type: message/rfc822\n\nFrom: a@gmail.com\n\nx"

    assert "forgery" not in bounceclass.explain(bounceclass.parse(mail.format(fields).encode())).title


@pytest.mark.parametrize(("to", "named"), [("hanako@example.jp", True), ("other@example.jp", False)])
def test_the_address_to_allow_is_that_of_who_got_the_notice(to: str, named: bool) -> None:  # noqa: FBT001 - a case
    """Anybody can write any author into the mail that a notice brings along."""
    fields = (
        "Action: failed\nStatus: 5.7.1\nDiagnostic-Code: smtp; 550 Mail is rejected by recipients\n"
        "--b\nContent-Type: message/rfc822\n\nFrom: hanako@example.jp\n\nx"
    )
    told = str(bounceclass.explain(bounceclass.parse(f"To: {to}\n{REPORT}".format(fields).encode())))

    assert ("add hanako@example.jp to their allowed senders" in told) is named
    assert ("add your address to their allowed senders" in told) is not named
