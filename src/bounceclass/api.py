"""The verbs: parse, classify, explain; short pipelines over the rooms below."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Final

from attrs import evolve

from bounceclass.mail.headers import Headers, split_block
from bounceclass.mail.limits import Limits
from bounceclass.mail.message import ParseLog
from bounceclass.model.reasons import Reason
from bounceclass.model.report import Report
from bounceclass.model.verdict import Verdict
from bounceclass.model.vocabulary import Audience, Kind
from bounceclass.plugins import installed_catalogs, installed_dialects, installed_readers, installed_rules
from bounceclass.reading.dialects.registry import Dialects
from bounceclass.reading.formats.reply import read_reply
from bounceclass.reading.pasted import as_mail, as_reply
from bounceclass.reading.readers import NOTHING, open_mail, read_report
from bounceclass.reading.report import build_report
from bounceclass.reading.traits import HeaderTraits
from bounceclass.rules.decide import decide
from bounceclass.rules.rule import Rule
from bounceclass.rules.rulebook import RuleBook
from bounceclass.sources import octets_of
from bounceclass.text.nearest import there_are

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping
    from email.message import Message

    from bounceclass.advice.catalog import Catalog
    from bounceclass.advice.explanation import Explanation
    from bounceclass.model.insight import AddressStanding, Assessment, AutoReplyCheck, Survey
    from bounceclass.model.report import Delivery
    from bounceclass.reading.context import ParseContext, Reader
    from bounceclass.reading.dialects.dialect import Dialect
    from bounceclass.sources import Source

    Verdicts = tuple[Verdict, ...]

__all__ = ["assess", "classify", "classify_error", "classify_reply", "explain", "looks_like_report", "may_auto_reply", "parse", "parse_pasted", "survey"]

# What differs between recipients who share an answer.
_OF_RECIPIENT: Final = ("recipient", "original_recipient", "last_attempt_at", "will_retry_until")
# The failures in which the domain may be another than was meant: a mistyped one is often for sale, and has a server.
_DOUBTED: Final = frozenset(
    {
        Reason.HOST_UNKNOWN,
        Reason.USER_UNKNOWN,
        Reason.DOMAIN_REFUSES_MAIL,
        Reason.BAD_ADDRESS_SYNTAX,
        Reason.NETWORK_ERROR,
        Reason.DELIVERY_EXPIRED,
    }
)
_DEFAULT_LIMITS: Final = Limits()


def parse(
    source: Source, *, dialects: Dialects | Iterable[Dialect] | None = None, readers: Iterable[Reader] | None = None, limits: Limits | None = None
) -> Report:
    """
    Read one mail.

    Args:
        source: The mail, CRLF, LF or CR line ends, with or without an mbox line in front.
        dialects: The servers' dialects to know; None for the built-in ones and those of installed plugins.
        readers: Who is asked before our own readers; None for those of installed plugins.
        limits: How much of it is read; None for the documented defaults.

    Returns:
        What it reports.  Mail that reports nothing has the kind `other`.  Never raises on
        what a mail contains: whatever was odd stands in `Report.defects`.

    Raises:
        TypeError: `source` is none of the types above.

    Spec:
        RFC 3464, 5965, 8098, 3834, 6533; dialects as in docs/dialects.md.
    """
    limits = limits or _DEFAULT_LIMITS
    return read_report(octets_of(source, limits), _dialects(dialects), limits, installed_readers() if readers is None else tuple(readers))


def parse_pasted(source: Source, *, limits: Limits | None = None) -> Report:
    """
    Read what a person pastes or forwards, for a person: a notice without its header fields, one within another mail, a bare answer.

    A mail that is a report is read as `parse()` reads it.  Of any other its attached mail, what stands below the mark
    of a forward, or its words are read as the notice that they may be.

    Args:
        source: As of `parse()`.
        limits: As of `parse()`.

    Returns:
        What it reports.  What was found within has `Report.forwarded` and `Report.secondhand`: nobody is dropped for it.

    Raises:
        TypeError: As of `parse()`.
    """
    limits = limits or _DEFAULT_LIMITS
    octets = octets_of(source, limits, pasted=True)
    context = open_mail(octets, installed_dialects(), limits, installed_readers())
    report = build_report(context.answer() or NOTHING, context.parts.log, context)
    if report.kind is not Kind.OTHER:
        return report
    for found in _within(context, octets, limits):
        if found.kind is not Kind.OTHER:
            return evolve(found, forwarded=True, secondhand=True)
    return report


def _within(context: ParseContext, octets: bytes, limits: Limits) -> Iterator[Report]:
    """Read what may stand within a mail that is no report, the surest first."""
    if context.within and (draft := context.within.answer()):
        yield build_report(draft, context.within.parts.log, context.within)
    block, _ = split_block(octets, limits.header_octets)
    text = context.parts.text if b":" in block else octets.decode("utf-8", "replace")
    if text.strip():
        yield parse(as_mail(text), limits=limits)
    answer = as_reply(text)
    if answer:
        report = build_report(answer, ParseLog(limits))
        if any(verdict.evidence for verdict in classify(report)):
            yield report


def _dialects(dialects: Dialects | Iterable[Dialect] | None) -> Dialects:
    if dialects is None:
        return installed_dialects()
    return dialects if isinstance(dialects, Dialects) else Dialects(dialects)


def classify(source: Report | Source, *, rules: RuleBook | Iterable[Rule] | None = None) -> tuple[Verdict, ...]:
    """
    Say why, for each delivery.

    Args:
        source: A report, or a mail to be parsed first.
        rules: The rules to judge by, or rules of one's own that go first; None for the built-in ones and those of installed plugins.

    Returns:
        One verdict for each delivery of the report, in its order.

    Raises:
        TypeError: `source` is neither a report nor a mail.
    """
    report = source if isinstance(source, Report) else parse(source)
    book = _book(rules)
    # Thousands of recipients may share one answer: it is judged once.
    known: dict[object, Verdict] = {}
    return tuple(_with_suggestion(_judge(delivery, report, book, known)) for delivery in report.deliveries)


def _book(rules: RuleBook | Iterable[Rule] | None) -> RuleBook:
    """Give the rules to judge by: a book, or rules of one's own before ours and those of plugins."""
    if isinstance(rules, RuleBook):
        return rules
    own = [*(rules or ())]
    if not all(isinstance(rule, Rule) for rule in own):
        raise TypeError("rules= takes a RuleBook, or Rules that go before those that there are")
    return installed_rules().extend(own) if own else installed_rules()


def _judge(delivery: Delivery, report: Report, rules: RuleBook, known: dict[object, Verdict]) -> Verdict:
    said = (delivery.diagnostic, delivery.status, delivery.reply_code, delivery.command, delivery.remote_mta, delivery.action, delivery.label)
    if verdict := known.get(said):
        return evolve(verdict, **{name: getattr(delivery, name) for name in _OF_RECIPIENT})
    known[said] = verdict = decide(delivery, report.kind, report.dialect, rules, secondhand=report.secondhand)
    return verdict


def _with_suggestion(verdict: Verdict) -> Verdict:
    """Add what the address was probably meant to be, where the failure lets one doubt it."""
    if verdict.reason not in _DOUBTED:
        return verdict
    from bounceclass.insight.addresses import suggest_address  # noqa: PLC0415 - many verdicts need none

    if not (suggestion := suggest_address(verdict.intended_recipient)):
        return verdict
    return evolve(verdict, details=evolve(verdict.details, suggestion=suggestion))


def classify_reply(reply: str, *, remote_mta: str | None = None, command: str | None = None, rules: RuleBook | Iterable[Rule] | None = None) -> Verdict:
    """
    Judge a bare SMTP answer, or a line of a server's log that holds one.

    Args:
        reply: "550 5.1.1 User unknown", with one line or several, escaped as logs escape them.
        remote_mta: The host that said so, where it is known.
        command: The SMTP command that was answered, "RCPT", where it is known.
        rules: The rules to judge by, or rules of one's own that go first; None for the built-in ones and those of installed plugins.

    Returns:
        The verdict; its `recipient` is empty.

    Raises:
        TypeError: `reply` is no str.
    """
    if not isinstance(reply, str):
        raise TypeError(f"classify_reply() takes str, not {type(reply).__name__}")
    report = build_report(read_reply(reply, remote_mta=remote_mta or "", command=command or ""), ParseLog(_DEFAULT_LIMITS))
    return classify(report, rules=rules)[0]


def classify_error(
    error: BaseException | Mapping[str, tuple[int, bytes]], *, recipients: Iterable[str] = (), rules: RuleBook | Iterable[Rule] | None = None
) -> Verdicts:
    """
    Judge what went wrong when a message was sent: whether to drop the address, to try again later, or to fix one's own settings.

    Args:
        error: An exception of smtplib or aiosmtplib, or of the connection (OSError, TLS); or the mapping that
            `smtplib.SMTP.sendmail()` returns when some recipients were refused.
        recipients: Whom the message was for, of an exception that names nobody: the sender was refused, the message, the connection.
        rules: As of `classify()`.

    Returns:
        One verdict for each recipient that was refused, or of `recipients`; a single one without a recipient where nobody
        is named.  Where no server answered, no recipient is to blame, and none is dropped.  Of an empty mapping none.

    Raises:
        TypeError: `error` is no such exception.

    Spec:
        https://docs.python.org/3/library/smtplib.html, https://aiosmtplib.readthedocs.io/en/stable/reference.html
    """
    from bounceclass.reading.formats.exception import read_error  # noqa: PLC0415 - for who sends

    found = read_error(error, tuple(recipients))
    if found is None:
        raise TypeError(f"classify_error() takes an exception of smtplib, aiosmtplib or a connection, not {type(error).__name__}")
    report = evolve(build_report(found.draft, ParseLog(_DEFAULT_LIMITS)), secondhand=not found.answered)
    verdicts = classify(report, rules=rules)
    return verdicts if found.answered else tuple(evolve(verdict, diagnostic=found.words) for verdict in verdicts)


def explain(  # noqa: PLR0913 - each is a choice of the caller, by its name
    source: Report | Verdict | Verdicts | Assessment | Survey | AddressStanding | Source,
    *,
    locale: str | None = None,
    audience: Audience | str = Audience.PERSON,
    catalog: Catalog | None = None,
    rules: RuleBook | Iterable[Rule] | None = None,
    zone: tzinfo | None = None,
) -> Explanation:
    """
    Tell a person what happened, and what to do next.

    Args:
        source: A report, a verdict, several, an assessment, a survey, the standing of an address, or a mail to be parsed first.
        locale: A language tag, "ja" or "ja-JP"; None for English.
        audience: For whom: "person", who wrote the mail; "support", a help desk that passes it on to
            its customer; "list_owner", who must decide about a subscriber; "postmaster", who wants
            the technical facts and what to check.
        catalog: The texts to use; None for the built-in ones of the locale.
        rules: The rules to judge a report by, as of `classify()`.
        zone: By whose clock the reader is told until when a server goes on trying; None for that of the server.

    Returns:
        The explanation; recipients with another fate stand in its `further`.

    Raises:
        TypeError: `source` is none of these.
        ValueError: There is no such audience, or there are no texts in that language; it names those there are.
    """
    from bounceclass.advice import advise  # noqa: PLC0415 - programs that only judge need no texts
    from bounceclass.advice.catalog import find_catalog  # noqa: PLC0415
    from bounceclass.model.insight import AddressStanding, Assessment, Survey  # noqa: PLC0415

    catalog = catalog or find_catalog(locale or "en", installed_catalogs())
    if audience not in {*Audience}:
        raise ValueError(f"explain(): {audience!r} is no audience; {there_are(audience, Audience)}")
    listener = advise.Listener(catalog=catalog, audience=Audience(audience), zone=zone)
    if isinstance(source, (tuple, list)):
        if not source or not all(isinstance(verdict, Verdict) for verdict in source):
            raise TypeError("explain() takes verdicts together, at least one, but nothing else in a tuple")
        return advise.advise_verdicts(tuple(source), listener)
    if isinstance(source, Verdict):
        return advise.advise_verdicts((source,), listener)
    if isinstance(source, Assessment):
        return advise.advise_assessment(source, catalog)
    if isinstance(source, Survey):
        return advise.advise_survey(source, catalog)
    if isinstance(source, AddressStanding):
        return advise.advise_standing(source, catalog)
    report = source if isinstance(source, Report) else parse(source)
    return advise.advise_report(report, classify(report, rules=rules), listener)


def assess(  # noqa: PLR0913 - each is a fact of the caller's own, by its name
    source: Report | Source,
    *,
    sent: Container[str] | Callable[[str], bool] | None = None,
    own_domains: Iterable[str] = (),
    trusted_authserv_ids: Iterable[str] = (),
    key: bytes | None = None,
    now: datetime | None = None,
) -> Assessment:
    """
    Say whether a report is genuine, and whether the mail that it speaks of was the caller's.

    Without any fact of the caller's own the answer is `unchecked`, or what the mail itself
    betrays (programs attached, links to log in): `suspicious` or `forged`, never better.

    Args:
        source: A report, or a mail to be parsed first.
        sent: The Message-IDs that the caller sent, as any container or a function; with or without angle brackets.
        own_domains: The domains of the caller's own servers and addresses.
        trusted_authserv_ids: The servers whose Authentication-Results are believed: they must
            remove fields that others write in their name.
        key: The secret that return paths were signed with (`sign_return_path()`).
        now: The time to hold expiries against; None for the clock's.

    Returns:
        The assessment with all that was looked at.

    Raises:
        TypeError: `source` is neither a report nor a mail.
        ValueError: The key is too short.

    Spec:
        RFC 8601 §5 (Authentication-Results), RFC 5321 §4.5.5 (null reverse-path).
    """
    from bounceclass.insight.authenticity import Records, assess_report  # noqa: PLC0415 - 7 ms of patterns, which few need

    report = source if isinstance(source, Report) else parse(source)
    return assess_report(report, Records(sent=sent, own_domains=own_domains, trusted_authserv_ids=trusted_authserv_ids, key=key, now=now))


def survey(
    results: Report | Iterable[Report | Source | tuple[Report | Verdicts | Assessment, ...]],
    *,
    sent_counts: Mapping[date, int] | Mapping[str, int] | None = None,
    rules: RuleBook | Iterable[Rule] | None = None,
) -> Survey:
    """
    Say what a window of reports tells as a whole; `Surveyor` does the same for a stream.

    Args:
        results: One report, or several, or mails to be parsed first; each by itself, or in a tuple with its
            verdicts, its assessment, or both.
        sent_counts: How many mails one's server sent, by day (a date, or "2026-11-21"): those of
            the window, and some before it for comparison: without those no rise can be told.
        rules: The rules to judge by, or rules of one's own that go first; None for the built-in ones and those of installed plugins.

    Raises:
        TypeError: A result is none of these.
        ValueError: A day is no date, or a count is no number of mails.
    """
    if isinstance(results, Report):
        results = [results]
    if isinstance(results, (str, bytes)):
        raise TypeError("survey() takes several results, such as a list of mails")
    from bounceclass.insight.flood import Surveyor  # noqa: PLC0415 - as above

    surveyor = Surveyor()
    for result in results:
        report, verdicts, assessment = _result(result)
        surveyor.add(report, classify(report, rules=rules) if verdicts is None else verdicts, assessment)
    return surveyor.survey({_day(day): count for day, count in (sent_counts or {}).items()})


def _day(day: date | str) -> date:
    if isinstance(day, str):
        return date.fromisoformat(day)
    return day.date() if isinstance(day, datetime) else day


def _result(result: object) -> tuple[Report, Verdicts | None, Assessment | None]:
    from bounceclass.model.insight import Assessment  # noqa: PLC0415 - as above

    source, *rest = result if isinstance(result, tuple) else (result,)
    verdicts: Verdicts | None = None
    assessment: Assessment | None = None
    for item in rest:
        if isinstance(item, Assessment):
            assessment = item
        elif isinstance(item, (tuple, list)) and all(isinstance(verdict, Verdict) for verdict in item):
            verdicts = tuple(item)
        else:
            raise TypeError(f"survey() takes a report with its verdicts and its assessment, not with {type(item).__name__}")
    return source if isinstance(source, Report) else parse(source), verdicts, assessment


def looks_like_report(headers: bytes | str | Message | Mapping[str, str]) -> bool:
    """
    Tell from header fields alone whether a program wrote a mail, so that answering could start a loop.

    For helpdesks and list software, before they open a ticket or answer.  It leans to yes: order
    confirmations and the like, which no person wrote either, are among them.  Mail of lists
    (`List-Id`, `Precedence: bulk`) by itself is not, nor are services' notices that look like
    ordinary mail from outside: only `parse(mail).kind` tells what those report.

    Args:
        headers: The header block as octets or text (a whole mail will do), a parsed message,
            or a mapping of field names to values.

    Returns:
        True for delivery reports, read receipts, automatic answers, any mail with a null return
        path or a mail daemon as its author, and mail that asks programs not to answer it.

    Raises:
        TypeError: `headers` is of another type.

    Spec:
        RFC 3834 §2 and §5, RFC 5321 §4.5.5.
    """
    return HeaderTraits(_headers_of(headers, "looks_like_report")).looping


def may_auto_reply(headers: bytes | str | Message | Mapping[str, str], *, own_addresses: Iterable[str] = ()) -> AutoReplyCheck:
    """
    Say whether a program may answer a mail, as a help desk or a holiday notice does: two that answer each other never end.

    Stricter than `looks_like_report()`: mail of lists and of authors who take no answers is not answered either.

    Args:
        headers: The header block as octets or text (a whole mail will do), a parsed message, or a mapping of field names to values.
        own_addresses: Those that the program itself writes from, and may not answer.

    Returns:
        The check: true where the mail may be answered; else with the reason, and the field that it rests on.

    Raises:
        TypeError: `headers` is of another type.

    Spec:
        RFC 3834 §2, RFC 2919, RFC 2369, RFC 5321 §4.5.5, [MS-OXCMAIL] §2.2.3.2.14.
    """
    from bounceclass.insight.answering import check_headers  # noqa: PLC0415 - for who answers

    return check_headers(_headers_of(headers, "may_auto_reply"), frozenset(address.strip().lower() for address in own_addresses))


def _headers_of(headers: bytes | str | Message | Mapping[str, str], verb: str) -> Headers:
    """Read a header block in whatever form a caller has it."""
    if isinstance(headers, (bytes, str)):
        octets = headers if isinstance(headers, bytes) else headers.encode("utf-8", "replace")
        block, _ = split_block(octets.replace(b"\r\n", b"\n").replace(b"\r", b"\n").lstrip(b"\n"), _DEFAULT_LIMITS.header_octets)
    elif hasattr(headers, "items"):
        block = "".join(f"{name}: {value}\n" for name, value in headers.items()).encode("utf-8", "replace")
    else:
        raise TypeError(f"{verb}() takes bytes, str, email.message.Message or a mapping, not {type(headers).__name__}")
    return Headers(block)
