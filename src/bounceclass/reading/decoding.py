"""
From octets to a `Report`: which format or dialect a mail is written in, and what it says.

The kind gate asks in this order: complaint, delivery status, read receipt, automatic answer,
notice in words.  What a mail calls itself never outweighs what it holds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from bounceclass.cached import cached
from bounceclass.mail.addresses import list_addresses, normalise
from bounceclass.mail.dates import parse_date
from bounceclass.mail.message import read
from bounceclass.model.report import Delivery, Report
from bounceclass.model.vocabulary import DefectCode, DeliveryAction, Kind
from bounceclass.reading.dialects import last_resort
from bounceclass.reading.dialects.failing import says_delayed, says_delivered, says_failed, says_not_arrived
from bounceclass.reading.dialects.interpret import decode
from bounceclass.reading.draft import DraftDelivery, join_drafts
from bounceclass.reading.formats.arf import read_feedback
from bounceclass.reading.formats.dsn import StatusPart, read_status
from bounceclass.reading.formats.mdn import read_disposition
from bounceclass.reading.formats.smtp_reply import SmtpReply, command_in, without_label
from bounceclass.reading.original import read_original
from bounceclass.reading.parts import ReportParts
from bounceclass.reading.provenance import read_arrival
from bounceclass.reading.traits import REPORTING
from bounceclass.text.folding import on_one_line, plain, whole

if TYPE_CHECKING:
    from datetime import datetime
    from types import ModuleType

    from bounceclass.mail.limits import Limits
    from bounceclass.mail.message import ParseLog
    from bounceclass.model.report import Arrival
    from bounceclass.reading.dialects.dialect import Dialect
    from bounceclass.reading.dialects.registry import Dialects

__all__ = ["deliver", "heard", "read_report"]

_GOOD: Final = frozenset({DeliveryAction.DELIVERED, DeliveryAction.RELAYED, DeliveryAction.EXPANDED})
_IN_WORDS: Final = frozenset({Kind.FAILURE, Kind.DELAY})
_ACTION_OF_KIND: Final = {
    Kind.DELAY: DeliveryAction.DELAYED,
    Kind.SUCCESS: DeliveryAction.DELIVERED,
    Kind.AUTO_REPLY: DeliveryAction.DELIVERED,
    Kind.COMPLAINT: DeliveryAction.DELIVERED,
}
# A diagnostic shorter than this ("550 5.1.1", "smtp; 250") leaves the why to the notice's words.
_TERSE: Final = 40
_TELLING: Final = re.compile(r"(?<![^\W\d_])[^\W\d_]{3,40}(?:['’][^\W\d_]{0,20})?[ -][^\W\d_]{4}")
# Microsoft's "554 5.0.0 Service unavailable" stands for any answer at all.
_EMPTY_WORDS: Final = "service unavailable"
_HOLDS_WORDS: Final = re.compile(r"[^\W\d_]{2}|\d{3} ?\d\.\d")
_FORMAT: Final = "rfc3464"


@frozen(kw_only=True)
class _Content:
    """What a mail was found to hold."""

    kind: Kind
    findings: tuple[DraftDelivery, ...] = ()
    dialect: str | None = None
    status: StatusPart | None = None
    within: ReportParts | None = None
    secondhand: bool = False
    certain: bool = False


class _Mail:
    """One mail before the gates, and what the dialects say of it; asked at most once."""

    def __init__(self, notice: ReportParts, dialects: Dialects, octets: bytes, *, wrapped: bool = False) -> None:
        self.notice = notice
        self.octets = octets
        self.limit = notice.reading.limits.recipients + 1
        self.dialects = dialects
        self.wrapped = wrapped

    @cached
    def speaking(self) -> list[Dialect]:
        """The dialects whose clues the notice has."""
        return self.dialects.speaking(self.notice)

    @cached
    def words(self) -> tuple[list[DraftDelivery], str]:
        """What the notice says in words, and who decoded it: a dialect that we know, else the common shapes."""
        for dialect in self.speaking:
            if findings := decode(dialect, self.notice, self.limit):
                return self.with_words(findings), dialect.name
        return self.generic.decode(self.notice, self.limit), self.generic.NAME

    def with_words(self, findings: list[DraftDelivery]) -> list[DraftDelivery]:
        """Give a single recipient without words of its own those of the whole notice."""
        if len(findings) != 1 or (_HOLDS_WORDS.search(findings[0].diagnostic) and _EMPTY_WORDS not in findings[0].diagnostic.lower()):
            return findings
        return [evolve(findings[0], diagnostic=self.generic.words_of(self.notice))]

    @cached
    def generic(self) -> ModuleType:
        """The common shapes: 10 ms of patterns to compile, which an RFC 3464 report does not need."""
        from bounceclass.reading.dialects import generic  # noqa: PLC0415

        return generic


def read_report(octets: bytes, dialects: Dialects, limits: Limits) -> Report:
    """Read one mail; never raises on what it contains."""
    mail, reading = read(octets, limits)
    outer = ReportParts(mail, reading)
    content = _content(_Mail(outer, dialects, octets))
    arrival = read_arrival(outer)
    notice = content.within or outer
    original = read_original(notice.original, limits) if notice.original and content.kind is not Kind.OTHER else None
    findings = [heard(finding) for finding in content.findings[: limits.recipients]]
    # Thousands of recipients may share the words of one notice: those are read once.
    answers = {words: SmtpReply(words) for words in {finding.diagnostic for finding in findings}}
    deliveries = tuple(deliver(finding, answers[finding.diagnostic], content.kind, reading) for finding in findings)
    if len(content.findings) > limits.recipients:
        reading.note(DefectCode.RECIPIENTS_CUT, str(limits.recipients))
    secondhand = _is_secondhand(content, outer, deliveries, arrival)
    status = content.status
    return Report(
        kind=content.kind,
        deliveries=deliveries,
        original=original,
        reporting_mta=(status.reporting_mta.lower() or None) if status else None,
        dialect=content.dialect,
        arrived_at=parse_date(status.arrival_date) if status else None,
        defects=tuple(reading.defects),
        arrival=arrival,
        secondhand=secondhand,
    )


def _is_secondhand(content: _Content, notice: ReportParts, deliveries: tuple[Delivery, ...], arrival: Arrival) -> bool:
    """
    Tell what rests on somebody's words alone.

    A person's mail does, unless he speaks of his own address; so does a notice in words that returns nothing
    and has something attached: worms copy servers' words, and cannot know what was sent.
    """
    if content.kind is Kind.OTHER or not deliveries:
        return False
    signs = notice.signs
    if content.secondhand or not _is_vouched(notice, content):
        own = {address.lower() for address in list_addresses(notice.headers.get("from"), 1)}
        return (content.kind is Kind.COMPLAINT and signs.listed) or {delivery.recipient.lower() for delivery in deliveries} != own
    in_words = content.status is None and content.kind in _IN_WORDS
    return in_words and notice.original is None and (bool(arrival.attachments) or notice.copied)


def _is_vouched(notice: ReportParts, content: _Content) -> bool:
    """
    Tell whether more than words speaks.

    A mail program wrote the mail; or a report's form, or what came back, or a dialect that knows its
    author, stands beside an author or a path that is no person's.
    """
    signs = notice.signs
    if signs.vouched:
        return True
    if signs.human:
        return signs.null_path and bool(signs.report_type or notice.original) and not signs.forward
    return bool(signs.report_type) or (bool(notice.original or content.certain) and not signs.forward)


def _content(mail: _Mail) -> _Content:
    for gate in (_complaint, _status, _disposition, _certain, _wrapped, _automatic_answer, _in_words):
        if content := gate(mail):
            return content
    return _Content(kind=Kind.OTHER)


def _complaint(mail: _Mail) -> _Content | None:
    notice = mail.notice
    if notice.feedback is None:
        return None
    addressed = list_addresses(notice.original.get("to"), notice.reading.limits.recipients) if notice.original else ()
    return _Content(kind=Kind.COMPLAINT, findings=tuple(read_feedback(notice.feedback, addressed)), dialect="rfc5965")


def _status(mail: _Mail) -> _Content | None:
    """RFC 3464: the fields say who and what; the words complete them where they are terse."""
    notice = mail.notice
    signs = notice.signs
    if not notice.status_texts or (signs.answer and not (signs.forward or signs.daemon or (signs.null_path and signs.report_type))):
        return None
    if signs.human and not signs.report_type and (signs.vacation or signs.auto_submitted.startswith("auto-replied")):
        return None  # an automatic answer, which quotes or attaches a report
    parts = [read_status(text, mail.limit) for text in notice.status_texts]
    findings = [finding for part in parts for finding in part.findings]
    if not findings:
        return None
    if any(_says_too_little(finding) for finding in findings):
        findings = mail.with_words(join_drafts(findings, mail.words[0]))
    if len(findings) == 1 and not findings[0].command and (command := command_in(notice.whole_text)):
        findings = [evolve(findings[0], command=command)]
    kind = _kind_of_actions([finding.action for finding in findings], notice)
    return _Content(kind=kind, findings=tuple(findings), dialect=_FORMAT, status=parts[0])


def _says_too_little(finding: DraftDelivery) -> bool:
    words = finding.diagnostic
    telling = _TELLING.search(words) and _EMPTY_WORDS not in words.lower()
    return "@" not in finding.recipient or (len(words) < _TERSE and not telling)


def _kind_of_actions(actions: list[DeliveryAction | None], notice: ReportParts) -> Kind:
    if DeliveryAction.FAILED in actions:
        return Kind.FAILURE
    if DeliveryAction.DELAYED in actions:
        return Kind.DELAY
    if actions and all(action in _GOOD for action in actions):
        return Kind.SUCCESS
    return _kind_of_words(notice)


def _disposition(mail: _Mail) -> _Content | None:
    """RFC 8098: a read receipt, unless it reports that the message never reached the mailbox."""
    notice = mail.notice
    if notice.disposition is None:
        receipt = notice.signs.report_type == "disposition-notification" or (notice.signs.subject_kind is Kind.DISPOSITION and notice.signs.automatic)
        return _Content(kind=Kind.DISPOSITION, dialect="rfc8098") if receipt else None
    disposition = read_disposition(notice.disposition)
    if disposition and (disposition.failed or says_failed(notice.folded)):
        findings = join_drafts(
            [disposition.finding], mail.words[0] or [DraftDelivery(recipient=disposition.finding.recipient, diagnostic=mail.generic.words_of(notice))]
        )
        return _Content(kind=Kind.FAILURE, findings=tuple(findings), dialect="rfc8098")
    return _Content(kind=Kind.DISPOSITION, dialect="rfc8098")


def _certain(mail: _Mail) -> _Content | None:
    """A dialect whose clues alone prove a notice."""
    for dialect in mail.speaking:
        if dialect.certain and (findings := decode(dialect, mail.notice, mail.limit)):
            return _Content(kind=dialect.kind or _kind_of_words(mail.notice), findings=tuple(findings), dialect=dialect.name, certain=True)
    return None


def _wrapped(mail: _Mail) -> _Content | None:
    """A list manager's mail to its owner that carries a notice inside, or one that a gateway put into an envelope; wrappers within wrappers are left alone."""
    vouched = any(dialect.wraps for dialect in mail.speaking) or mail.notice.enclosing
    if mail.wrapped or not (vouched or (mail.notice.holds_report and not mail.words[0])):
        return None
    inner = mail.notice.inner
    if inner is None:
        return None
    notice = ReportParts(inner, mail.notice.reading)
    content = _content(_Mail(notice, mail.dialects, mail.octets, wrapped=True))
    if content.kind is Kind.OTHER:
        return None
    # What a daemon returns may be anybody's: only what wraps by its own dialect vouches for it.
    return evolve(content, within=notice, secondhand=not vouched)


def _automatic_answer(mail: _Mail) -> _Content | None:
    """RFC 3834 §5: an answer that a program wrote for the recipient, who therefore got the message."""
    notice = mail.notice
    signs = notice.signs
    named = signs.subject_kind
    if named in REPORTING and (signs.daemon or (signs.subject_opens and not notice.headers.get("subject").startswith("["))):
        return None
    if named is Kind.CHALLENGE and not signs.daemon:
        return _Content(kind=Kind.CHALLENGE, dialect="rfc3834")
    if signs.daemon or not (signs.vacation or signs.auto_submitted.startswith("auto-replied") or named is Kind.AUTO_REPLY):
        return None
    if named is Kind.AUTO_REPLY and not (signs.automatic or signs.sure_reply):
        return None
    if named is not Kind.AUTO_REPLY and not signs.vacation and (signs.failed_recipients or signs.ndr):
        return None
    author = list_addresses(notice.headers.get("from") or notice.headers.get("reply-to"), 1)
    return _Content(kind=Kind.AUTO_REPLY, findings=tuple(DraftDelivery(recipient=address) for address in author), dialect="rfc3834")


def _in_words(mail: _Mail) -> _Content | None:
    """A notice without fields: a dialect that we know, else the common shapes, else the last resort."""
    notice = mail.notice
    if not notice.may_report:
        return None
    findings, name = mail.words
    genuine = notice.signs.null_path or notice.says_it_returns
    if not findings and genuine and (says_not_arrived(notice.folded) or _names_failure(notice)):
        findings, name = mail.generic.last_hints(notice), mail.generic.NAME
        if not findings:
            findings, name = last_resort.decode(notice, mail.octets), last_resort.NAME
    if not findings and not (genuine and _names_failure(notice)):
        return None
    return _Content(kind=_kind_of_words(notice), findings=tuple(findings), dialect=name)


def _names_failure(notice: ReportParts) -> bool:
    return notice.signs.subject_kind in REPORTING


def _kind_of_words(notice: ReportParts) -> Kind:
    """Tell delays and successes from failures, by the subject and by the words."""
    named = notice.signs.subject_kind
    folded = notice.folded
    if named is Kind.DELAY or says_delayed(folded):
        return Kind.DELAY
    if named is Kind.SUCCESS or (says_delivered(folded) and not says_failed(folded)):
        return Kind.SUCCESS
    return Kind.FAILURE


# -- findings to deliveries --------------------------------------------------------------------


def heard(finding: DraftDelivery) -> DraftDelivery:
    """Leave to what a server said its own words and code, without what a gateway made of them."""
    words, label = without_label(finding.diagnostic)
    return evolve(finding, diagnostic=words, status="") if label else finding


def deliver(finding: DraftDelivery, answer: SmtpReply, kind: Kind, reading: ParseLog) -> Delivery:
    """Put one finding and what its words hold together into a delivery; what is odd about it is noted in the reading."""
    recipient = _address(finding.recipient, reading) if finding.recipient else ""
    alias = _address(finding.alias, reading) if finding.alias else ""
    return Delivery(
        recipient=recipient,
        # An X.400 address ("/S=taro/O=example/…") is not what anybody wrote to.
        original_recipient=alias if alias and not alias.startswith("/") and alias.lower() != recipient.lower() else None,
        action=finding.action or _ACTION_OF_KIND.get(kind, DeliveryAction.FAILED),
        status=_status_code(finding.status, answer.status),
        reply_code=answer.reply_code,
        command=finding.command.upper() or answer.command or None,
        diagnostic=whole(on_one_line(finding.diagnostic)),
        remote_mta=plain(finding.remote_mta).lower() or answer.host or None,
        last_attempt_at=_date(finding.last_attempt, reading),
        will_retry_until=_date(finding.retry_until, reading),
    )


def _address(text: str, reading: ParseLog) -> str:
    address, valid = normalise(text)
    if not valid:
        address = plain(address)
        reading.note(DefectCode.ADDRESS_INVALID, text)
    return address


def _status_code(stated: str, answered: str) -> str | None:
    """Prefer the code in the server's words where the stated one only says "failed" (RFC 3463 §3.1)."""
    if stated and (not stated.endswith(".0.0") or not answered or answered[0] != stated[0]):
        return stated
    return answered or stated or None


def _date(value: str, reading: ParseLog) -> datetime | None:
    if not value:
        return None
    date = parse_date(value)
    if date is None:
        reading.note(DefectCode.DATE_INVALID, value)
    return date
