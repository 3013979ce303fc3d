"""From what a reader drafted to the `Report` that callers hold: the one place where values are made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from bounceclass.mail.addresses import normalise
from bounceclass.mail.dates import parse_date
from bounceclass.model.report import Delivery, Provenance, Report
from bounceclass.model.vocabulary import DefectCode, DeliveryAction, Kind
from bounceclass.reading.original import read_original
from bounceclass.reading.provenance import read_provenance
from bounceclass.reading.smtp_reply import SmtpReply, without_label
from bounceclass.reading.trust import is_secondhand
from bounceclass.text.folding import LONGEST_EXCERPT, on_one_line, replace_surrogates, safe_line

if TYPE_CHECKING:
    from datetime import datetime

    from bounceclass.mail.headers import Headers
    from bounceclass.mail.message import ParseLog
    from bounceclass.reading.context import ParseContext
    from bounceclass.reading.draft import Draft, DraftDelivery

__all__ = ["build_report"]

# What was done, where a report leaves that to the kind of the mail.
_ACTION_OF_KIND: Final = {
    Kind.DELAY: DeliveryAction.DELAYED,
    Kind.SUCCESS: DeliveryAction.DELIVERED,
    Kind.AUTO_REPLY: DeliveryAction.DELIVERED,
    Kind.COMPLAINT: DeliveryAction.DELIVERED,
}
# What such a mail tells, it tells of no recipient, whoever read it.
_OF_NOBODY: Final = frozenset({Kind.CHALLENGE, Kind.OTHER})


def build_report(draft: Draft, log: ParseLog, context: ParseContext | None = None) -> Report:
    """
    Make the report.

    Args:
        draft: What a reader found.
        log: Where is noted what is odd; what was noted before becomes the report's defects too.
        context: The mail that it was found in; None for words that came without a mail.
    """
    deliveries = _deliveries(draft, log)
    provenance = read_provenance(context.parts) if context else Provenance()
    returned = _returned(draft, context) if context else None
    return Report(
        kind=draft.kind,
        deliveries=deliveries,
        original=read_original(returned, log.limits) if returned else None,
        reporting_mta=draft.reporting_mta.lower() or None,
        dialect=draft.dialect,
        arrival_date=parse_date(draft.arrival_date) if draft.arrival_date else None,
        provenance=provenance,
        secondhand=context is not None and is_secondhand(draft, context.parts, deliveries, provenance),
        defects=tuple(log.defects),
    )


def _returned(draft: Draft, context: ParseContext) -> Headers | None:
    """Give the header fields of the message that came back, of mail that reports something."""
    if draft.kind is Kind.OTHER:
        return None
    return (context.within if draft.within and context.within else context).parts.original


def _deliveries(draft: Draft, log: ParseLog) -> tuple[Delivery, ...]:
    """Put recipients and what their words hold together; thousands may share the words of one notice: those are read once."""
    if draft.kind in _OF_NOBODY:
        return ()
    limit = log.limits.recipients
    heard = [_heard(delivery) for delivery in draft.deliveries[:limit]]
    replies = {words: SmtpReply(words) for words in {delivery.diagnostic for delivery in heard}}
    made = tuple(_delivery(delivery, replies[delivery.diagnostic], draft.kind, log) for delivery in heard)
    if len(draft.deliveries) > limit:
        log.note(DefectCode.RECIPIENTS_CUT, str(limit))
    return made


def _heard(draft: DraftDelivery) -> DraftDelivery:
    """Leave to what a server said its own words and code, without what a gateway made of them."""
    words, label = without_label(draft.diagnostic)
    return evolve(draft, diagnostic=words, status="") if label else draft


def _delivery(draft: DraftDelivery, reply: SmtpReply, kind: Kind, log: ParseLog) -> Delivery:
    recipient = _address(draft.recipient, log) if draft.recipient else ""
    alias = _address(draft.alias, log) if draft.alias else ""
    return Delivery(
        recipient=recipient,
        # An X.400 address ("/S=taro/O=example/…") is not what anybody wrote to.
        original_recipient=alias if alias and not alias.startswith("/") and alias.lower() != recipient.lower() else None,
        action=draft.action or _ACTION_OF_KIND.get(kind, DeliveryAction.FAILED),
        status=_status_code(draft.status, reply),
        reply_code=reply.reply_code,
        command=draft.command.upper() or reply.command or None,
        diagnostic=replace_surrogates(on_one_line(draft.diagnostic)),
        remote_mta=safe_line(draft.remote_mta).lower() or reply.host or None,
        last_attempt_at=_date(draft.last_attempt, log),
        will_retry_until=_date(draft.retry_until, log),
        label=safe_line(draft.label)[:LONGEST_EXCERPT] or None,
    )


def _address(text: str, log: ParseLog) -> str:
    address, valid = normalise(text)
    if not valid:
        address = safe_line(address)
        log.note(DefectCode.ADDRESS_INVALID, text)
    return address


def _status_code(stated: str, reply: SmtpReply) -> str | None:
    """Prefer the code in the server's words where the stated one only says "failed" (RFC 3463 §3.1)."""
    if stated and not stated.endswith(".0.0"):
        return stated
    answered = reply.status
    return stated if stated and answered[:1] != stated[0] else answered or stated or None


def _date(value: str, log: ParseLog) -> datetime | None:
    if not value:
        return None
    date = parse_date(value)
    if date is None:
        log.note(DefectCode.DATE_INVALID, value)
    return date
