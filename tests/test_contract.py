"""What holds of every table: rules prove themselves, catalogs are equal, dialects stay in their own mails."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

import bounceclass
from bounceclass import REASONS, Action, AddressState, Authenticity, Delivery, Kind, Reason, Responsible, RuleBook, Situation
from bounceclass.advice.catalog import Entry, find_catalog
from bounceclass.advice.placeholders import filled
from bounceclass.advice.shape import KINDS
from bounceclass.mail.limits import Limits
from bounceclass.mail.message import read
from bounceclass.providers import provider_title
from bounceclass.reading import dialects
from bounceclass.reading.dialects.interpret import decode
from bounceclass.reading.dialects.registry import builtin_dialects
from bounceclass.reading.parts import ReportParts
from bounceclass.rules.decide import decide
from bounceclass.rules.rule import builtin_rules
from bounceclass.rules.sources.codes import reply_codes, status_codes
from bounceclass.tables import read_table
from bounceclass.testing import check_catalog, check_rules
from bounceclass.text.folding import fold
from corpus_mails import MAILS, ROOT, CorpusMail

RULES = builtin_rules()
LOCALES = ("en", "ja")
_HOLE = re.compile(r"\{(\w+)\}")


def test_front_door_is_what_it_says() -> None:
    """The literal `__all__` is what a star-import gives, sorted."""
    names: dict[str, object] = {}
    exec("from bounceclass import *", names)  # noqa: S102 - that is what is tested

    names.pop("__builtins__")
    assert sorted(names) == sorted(bounceclass.__all__)
    assert all(getattr(bounceclass, name).__doc__ for name in bounceclass.__all__ if name != "REASONS")


def test_every_phrase_has_one_place() -> None:
    """No phrase stands in two rules that no guard tells apart: the second would never decide."""
    places: dict[str, list[str]] = {}
    for rule in RuleBook.default().rules:
        if not (rule.all or rule.status or rule.reply or rule.remote or rule.dialects or rule.command):
            for phrase in rule.any:
                places.setdefault(fold(phrase.source), []).append(rule.id)

    assert {phrase: ids for phrase, ids in places.items() if len(ids) > 1} == {}


def test_all_rules_prove_themselves() -> None:
    """Each `fires` text is won by its own rule against all rules, each `silent` text is not."""
    assert check_rules(RuleBook.default()) == []


def test_rules_are_complete() -> None:
    """A rule says since when it is there, where it is known from, and what it leaves alone."""
    for rule in RULES:
        assert rule.id.startswith(f"{rule.reason}."), rule.id
        assert all((rule.source, rule.since, rule.fires, rule.silent)), rule.id


def test_every_provider_has_a_title() -> None:
    """What people call it, which its id hardly ever is."""
    providers = {rule.provider: rule.title for rule in RULES if rule.provider}

    assert all(providers.values())
    assert [provider_title(name) for name in providers] == [*providers.values()]
    assert (provider_title("att"), provider_title("iua"), provider_title("my_own"), provider_title("mx.example"), provider_title(None)) == (
        "AT&T", "I.UA", "My Own", "mx.example", "",
    )  # fmt: skip


def test_every_reason_has_a_rule_and_a_row() -> None:
    """No reason of the vocabulary is out of reach."""
    spoken = {rule.reason for rule in RULES} | {Reason.DELIVERED, Reason.AUTO_REPLY, Reason.COMPLAINT, Reason.UNKNOWN}

    assert set(REASONS) == set(Reason) == spoken


def test_a_doubtful_code_alone_drops_nobody() -> None:
    """No reply code does, nor an enhanced one that servers use for other things as well; what doubtful ones mean is said with less confidence."""
    nothing = RuleBook([])
    for row in (*status_codes().values(), *reply_codes().values()):
        enhanced = row.code.startswith("X")
        delivery = Delivery(recipient="taro@example.jp", **({"status": f"5{row.code[1:]}"} if enhanced else {"reply_code": int(row.code)}))
        verdict = decide(delivery, Kind.FAILURE, None, nothing)

        assert re.fullmatch(r"X\.\d{1,3}\.\d{1,3}|[2345]\d\d", row.code)
        assert row.meaning, row.code
        assert row.reason not in row.also, row.code
        assert not (row.sure and row.also), row.code
        if not (row.sure and enhanced):
            assert verdict.action is not Action.SUPPRESS, row.code
            assert verdict.address_state is not AddressState.DEAD, row.code
        assert row.sure or verdict.confidence <= 0.8, row.code


@pytest.mark.parametrize("locale", LOCALES)
def test_catalog_texts(locale: str) -> None:
    """Every text is there, ends as sentences do, and holds nothing left over from writing."""
    catalog = find_catalog(locale)

    for key, entry in catalog.entries.items():
        assert entry.title, key
        assert entry.summary, key
        if key.startswith(("reason.", "kind.")):
            assert entry.cause, key
            assert entry.steps, key
        if key.startswith("reason."):
            assert entry.checks, key
        for text in _texts(entry)[1:]:
            assert text.endswith((".", "。", "?")), (key, text)
            assert "TODO" not in text
            assert "  " not in text


def _texts(entry: Entry) -> list[str]:
    return [
        *entry.title,
        *entry.summary,
        *entry.cause,
        *(text for _, texts in entry.steps for text in texts),
        *entry.resend,
        *entry.instead,
        *entry.cautions,
        *entry.checks,
    ]


@pytest.mark.parametrize("locale", LOCALES)
def test_catalogs_are_equal(locale: str) -> None:
    """All catalogs have the same keys, placeholders, steps and actors as the English one."""
    assert check_catalog(read_table("advice", locale), locale) == []
    for section, names in {"reason": Reason, "kind": KINDS, "authenticity": Authenticity, "situation": Situation}.items():
        assert {f"{section}.{name}" for name in names} <= set(find_catalog(locale).entries)


@pytest.mark.parametrize("tag", ["ja", "ja-JP", "ja_JP.UTF-8", "JA"])
def test_locale_falls_back_to_the_language(tag: str) -> None:
    """A region or charset does not hide the language."""
    assert find_catalog(tag).locale == "ja"


@pytest.mark.parametrize("tag", ["", "xx", "C", "POSIX", "fr-FR", "../rules/data/codes", "e" * 100_000])
def test_a_language_that_we_do_not_have_is_an_error(tag: str) -> None:
    """It names those there are."""
    with pytest.raises(ValueError, match="there are en, ja"):
        find_catalog(tag)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_mail_can_be_explained(locale: str) -> None:
    """No placeholder, no None, no empty heading in any explanation of any mail, in any rendering."""
    for mail in MAILS:
        explanation = bounceclass.explain(mail.octets, locale=locale)
        for text in (str(explanation), explanation.to_html()):
            without_quote = text.replace(explanation.quote, "")
            assert not _HOLE.search(without_quote), mail.id
            assert "None" not in without_quote, mail.id
        assert explanation.title, mail.id
        assert explanation.summary, mail.id
        assert explanation.locale == locale, mail.id


@pytest.mark.parametrize("locale", LOCALES)
def test_a_sentence_that_cannot_be_filled_is_left_out(locale: str) -> None:
    """Of every entry: with nothing known only what needs nothing is said, and with all known all of it."""
    catalog = find_catalog(locale)
    everything = dict.fromkeys({name for entry in catalog.entries.values() for text in _texts(entry) for name in _HOLE.findall(text)}, "x")
    for key, entry in catalog.entries.items():
        texts = tuple(_texts(entry))
        assert filled(texts, {}) == [text for text in texts if not _HOLE.search(text)], key
        assert len(filled(texts, everything)) == len(texts), key
        assert not any("{" in text for text in filled(texts, everything)), key


DIALECTS = builtin_dialects().dialects


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_dialect_has_a_corpus(dialect: bounceclass.Dialect) -> None:
    """A dialect alone reads at least one of our mails whole, and says where its template is known from."""
    dialect.check()
    alone = bounceclass.Dialects([dialect])

    assert any(_reads(dialect, alone, mail) for mail in MAILS)
    assert dialect.source
    assert dialect.title
    assert dialect.since


def _reads(dialect: bounceclass.Dialect, alone: bounceclass.Dialects, mail: CorpusMail) -> bool:
    part, log = read(mail.octets, Limits())
    parts = ReportParts(part, log)
    if dialect not in alone.speaking(parts):
        return False
    claimed = [recipient["address"].lower() for recipient in mail.sidecar["claim"]["recipients"]]
    if dialect.wraps:
        return [delivery.recipient for delivery in bounceclass.parse(mail.octets, dialects=alone).deliveries] == claimed
    return bool(claimed) and [draft.recipient.lower() for draft in decode(dialect, parts, 100)] == claimed


def test_no_dialect_claims_anothers_mail() -> None:
    """In every mail each dialect that is asked stays silent, or finds no recipient that the mail does not report."""
    asked = 0
    for mail in MAILS:
        part, log = read(mail.octets, Limits())
        parts = ReportParts(part, log)
        claimed = {recipient["address"].lower() for recipient in mail.sidecar["claim"]["recipients"]}
        for dialect in builtin_dialects().speaking(parts):
            if parts.may_report or dialect.clues_suffice:
                asked += 1
                assert {draft.recipient.lower() for draft in decode(dialect, parts, 100)} <= claimed, (mail.id, dialect.name)

    assert asked > len(MAILS) / 2


def test_every_dialect_of_the_room_is_registered() -> None:
    """One that is not would pass all other tests of dialects."""
    room = Path(dialects.__file__).parent
    tables = {path.stem for path in room.glob("*.py") if "DIALECTS" in path.read_text("utf-8")} - {"registry"}
    known = {dialect.name for dialect in builtin_dialects().dialects}

    assert tables
    for name in sorted(tables):
        assert {dialect.name for dialect in import_module(f"{dialects.__name__}.{name}").DIALECTS} <= known, name


def test_the_english_catalog_has_every_word_that_the_code_asks_for() -> None:
    """It is the model of all others: what it has not, nobody would miss."""
    english = read_table("advice", "en")
    code = {path.name: path.read_text("utf-8") for path in (ROOT / "src" / "bounceclass").rglob("*.py")}
    asked = {name for text in code.values() for name in re.findall(r"""\blabels?(?:\[|\()["'](\w+)["'](?:\]|\))""", text)}
    facts = set(re.findall(r'^ {8}"(\w+)": ', code["facts.py"], re.MULTILINE)) | set(
        re.findall(r"for name in \(([^)]+)\)", code["facts.py"])[0].replace('"', "").split(", ")
    )
    signals = {name for pair in re.findall(r'Signal\("([a-z_.]+)"|else "([a-z_]+\.[a-z_]+)"', code["authenticity.py"]) for name in pair if name}

    assert asked | {"days", "hours", "minutes", "seconds"} == english["labels"].keys()
    assert facts == english["facts"].keys()
    assert signals <= english["signals"].keys()
    assert english["who"].keys() == set(Responsible)
    assert english["owner"].keys() == set(Action)


PHRASES_OF_THE_GUIDES = {
    "User unknown": Reason.USER_UNKNOWN,
    "Host unknown": Reason.HOST_UNKNOWN,
    "Host Not Found": Reason.HOST_UNKNOWN,
    "I couldn’t find any host named": Reason.HOST_UNKNOWN,
    "Invalid recipient": Reason.USER_UNKNOWN,
    "No such user here": Reason.USER_UNKNOWN,
    "lookup failed": Reason.NETWORK_ERROR,
    "able to establish an SMTP connection": Reason.NETWORK_ERROR,
    "access denied": Reason.POLICY_REJECTED,
    "Relay denied": Reason.RELAY_DENIED,
    "mailbox full": Reason.MAILBOX_FULL,
    "over quota": Reason.MAILBOX_FULL,
    "exceeded storage allocation": Reason.MAILBOX_FULL,
    "Message size exceeds remaining quota": Reason.MAILBOX_FULL,
    "too large": Reason.MESSAGE_TOO_LARGE,
    "size exceeds": Reason.MESSAGE_TOO_LARGE,
    "Message exceeds maximum fixed size": Reason.MESSAGE_TOO_LARGE,
    "552": Reason.MAILBOX_FULL,
    "adjustment reminder": Reason.CLOCK_SKEW,
    "Setting the date and time": Reason.CLOCK_SKEW,
    "server timeout": Reason.NETWORK_ERROR,
    "451": Reason.SERVER_ERROR,
    "421": Reason.SERVER_ERROR,
    "550": Reason.USER_UNKNOWN,
    "0x80072af9": Reason.NETWORK_ERROR,
    "disabled or discontinued": Reason.MAILBOX_DISABLED,
    "The file report.doc has been infected with the virus W32/Example": Reason.VIRUS_DETECTED,
    "Message could not be delivered for 5 days": Reason.DELIVERY_EXPIRED,
    "Fragmented emails are not permit": Reason.POLICY_REJECTED,
}


@pytest.mark.parametrize(("phrase", "reason"), PHRASES_OF_THE_GUIDES.items())
def test_phrases_of_the_five_guides(phrase: str, reason: Reason) -> None:
    """Every phrase and code that the guides teach is understood, whatever its case."""
    for spelling in (phrase, phrase.upper(), phrase.lower()):
        assert bounceclass.classify_reply(spelling).reason is reason


def test_bare_552_says_what_else_it_can_mean() -> None:
    """A bare 552 may be a full mailbox or too large a message: both are said."""
    verdict = bounceclass.classify_reply("552")

    assert [evidence.reason for evidence in verdict.conflicts] == [Reason.MESSAGE_TOO_LARGE]
    assert "too large" in str(bounceclass.explain(verdict))
    assert "メールが大きすぎ" in str(bounceclass.explain(verdict, locale="ja"))


NEVER_THE_RECIPIENTS_FAULT = (
    "550-5.7.26 Unauthenticated email from example.jp is not accepted due to domain's DMARC policy.",
    "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org",
    "550 5.7.1 Our system has detected that this message is likely unsolicited mail.",
    "552 5.3.4 Message size exceeds fixed limit",
    "450 4.2.1 The user you are trying to contact is receiving mail too quickly.",
    "550 5.1.1 <a@example.jp> - 192.0.2.1 has sent to too many recipients this hour. IB607",
    "550 5.7.25 The IP address sending this message does not have a PTR record setup",
    "550 5.7.1 <a@example.jp>: Recipient address rejected: SPF fail",
    "550 5.1.1 <a@example.jp>: Recipient address rejected: Greylisted",
    "554 5.7.1 <a@example.jp>: Relay access denied",
    "450 4.1.1 <a@example.jp>: Recipient address rejected: User unknown",
    "550 Die Adresse des Absenders existiert nicht",
    "550 La cuenta del remitente está suspendida",
    "550 адрес отправителя не существует",
    "550 发件人用户不存在",
    "550 送信者のアカウントは停止されています",
    "550 L'adresse IP est inconnue du serveur",
    "550 Your domain has no MX, fix it",
)


@pytest.mark.parametrize("reply", NEVER_THE_RECIPIENTS_FAULT)
def test_the_recipient_is_never_punished_for_the_sender(reply: str) -> None:
    """No refusal of the sender, the message or a server makes an address dead."""
    verdict = bounceclass.classify_reply(reply)

    assert verdict.address_state is not bounceclass.AddressState.DEAD
    assert verdict.action is not bounceclass.Action.SUPPRESS


def test_kinds_without_a_reason_have_texts() -> None:
    """Every kind leads to a text, by a reason or by itself."""
    by_reason = {Kind.COMPLAINT, Kind.AUTO_REPLY, Kind.SUCCESS}

    assert set(KINDS) | by_reason == set(Kind)
