"""
How a decision falls.

1 the kind of the mail · 2 user and plugin rules · 3 the provider's own table · 4 precise phrases ·
5 unambiguous enhanced codes · 6 learned words, likely · 7 weak phrases · 8 learned words, less likely ·
9 ambiguous codes · 10 the SMTP command · 11 the label of a sending service · 12 unknown.  What loses becomes a conflict.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from attrs import fields

from bounceclass.model.reasons import Reason, ReasonGroup
from bounceclass.model.report import Delivery
from bounceclass.model.verdict import Details, Evidence, Verdict
from bounceclass.model.vocabulary import Action, AddressState, Basis, DeliveryAction, Kind, Permanence
from bounceclass.regex import regex
from bounceclass.rules.circumstance import Circumstance
from bounceclass.rules.details import read_details
from bounceclass.rules.rule import Precedence
from bounceclass.rules.sources import SOURCES
from bounceclass.text.answers import Answer
from bounceclass.text.features import has_words
from bounceclass.text.hosts import is_under

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bounceclass.rules.candidate import Candidate, EvidenceSource
    from bounceclass.rules.rulebook import RuleBook

__all__ = ["ask", "decide", "is_settled", "weigh"]

# What a verdict repeats of its delivery.
_SHARED: Final = [a.name for a in fields(Delivery) if a.name in {b.name for b in fields(Verdict)} - {"action"}]
_OF_DELIVERY: Final = attrgetter(*_SHARED)
_MOST_CONFLICTS: Final = 5
_CODES: Final = frozenset({Basis.STATUS, Basis.REPLY})

# "unknown" is a verdict too: how often a careful reader could not have said more.
_NOTHING: Final = 0.8
_NOT_UNDERSTOOD: Final = 0.3
_AGREEMENT: Final = 0.02
_AGREEMENT_WITH_LEARNED: Final = 0.1
# From here on what was learned can make a code doubtful; from the second on prove something with it.
_DOUBT: Final = 0.7
_PROOF: Final = 0.9
_CONFLICT: Final = 0.06

_OF_KIND: Final = {
    Kind.COMPLAINT: Reason.COMPLAINT,
    Kind.AUTO_REPLY: Reason.AUTO_REPLY,
    Kind.SUCCESS: Reason.DELIVERED,
    Kind.DISPOSITION: Reason.DELIVERED,
}
_ARRIVED: Final = frozenset({DeliveryAction.DELIVERED, DeliveryAction.RELAYED, DeliveryAction.EXPANDED})
# As Postfix says which name was looked up.
_SOUGHT_HOST: Final = regex(r"\b(?:name service error for name=|unable to look up host )([a-z0-9._-]{1,253}[a-z0-9])")
# The commands that a server answers before it knows of any recipient, and what it cannot speak of then.
_BEFORE_RECIPIENT: Final = frozenset({"CONNECT", "HELO", "EHLO", "LHLO", "STARTTLS", "AUTH", "MAIL"})
_OF_RECIPIENT: Final = frozenset({ReasonGroup.ADDRESS, ReasonGroup.MAILBOX})
# What people ask by a feedback report, where it is no complaint (RFC 6591 §3.1, RFC 6430 §3).
_OF_FEEDBACK: Final = {"feedback-type: auth-failure": Reason.AUTH_FAILED, "feedback-type: not-spam": Reason.DELIVERED}
_PATIENT: Final = frozenset({Action.RETRY, Action.REVIEW, Action.SUPPRESS})


def decide(delivery: Delivery, kind: Kind, dialect: str | None, rules: RuleBook, *, secondhand: bool = False) -> Verdict:
    """
    Judge one delivery.

    Args:
        delivery: What became of one recipient.
        kind: What the mail is, as a whole.
        dialect: Who decoded it.
        rules: The rules to judge by.
        secondhand: Nothing but somebody's words says so: nobody is dropped.
    """
    if settled := _settled(delivery, kind, secondhand=secondhand):
        return settled
    here = Circumstance.of(delivery, dialect)
    return _verdict(here, weigh(here, rules), secondhand=secondhand)


def weigh(here: Circumstance, rules: RuleBook) -> list[Candidate]:
    """Give what all sources say, the candidate that decides first."""
    found = [candidate for _, candidates in ask(here, rules) for candidate in candidates or ()]
    return sorted(found, key=lambda candidate: candidate.precedence)


def ask(here: Circumstance, rules: RuleBook) -> Iterator[tuple[EvidenceSource, list[Candidate] | None]]:
    """Ask the sources of evidence in their order; give what each says, None of one that is not asked because others spoke."""
    found: list[Candidate] = []
    for source in SOURCES:
        spared = source.unless is not None and any(candidate.precedence <= source.unless for candidate in found)
        candidates = None if spared else [candidate for candidate in source.candidates(here, rules) if not _is_too_early(candidate, here)]
        found += candidates or ()
        yield source, candidates


def _is_too_early(candidate: Candidate, here: Circumstance) -> bool:
    """Tell what cannot be meant: before RCPT a server knows of no recipient, so that its answer speaks of the sender or the host (RFC 5321 §3.3)."""
    of_recipient = candidate.evidence.reason.info.group in _OF_RECIPIENT
    return of_recipient and here.command in _BEFORE_RECIPIENT and bool(here.reply) and candidate.precedence is not Precedence.USER


def is_settled(delivery: Delivery, kind: Kind) -> bool:
    """Whether the kind alone says what became of a delivery, so that no source of evidence is asked."""
    return kind in _OF_KIND or delivery.action in _ARRIVED


def _facts(delivery: Delivery) -> dict[str, Any]:
    """Take over what stands in a delivery as in its verdict, as it is."""
    return dict(zip(_SHARED, _OF_DELIVERY(delivery), strict=True))


def _settled(delivery: Delivery, kind: Kind, *, secondhand: bool) -> Verdict | None:
    """Judge what is no failure, by the kind alone."""
    if not is_settled(delivery, kind):
        return None
    reason = _OF_FEEDBACK.get(delivery.diagnostic.lower().partition(",")[0]) if kind is Kind.COMPLAINT else None
    reason = reason or _OF_KIND.get(kind, Reason.DELIVERED)
    info = reason.info
    evidence = Evidence(f"kind.{kind}", reason, Basis.KIND, str(delivery.action), "action")
    return Verdict(
        reason=reason,
        permanence=Permanence.UNKNOWN,
        address_state=info.address_state,
        responsible=info.responsible,
        action=Action.REVIEW if secondhand and info.action is Action.SUPPRESS else info.action,
        confidence=0.98,
        evidence=(evidence,),
        details=read_details(delivery.diagnostic, Answer(""), reason, "") if reason is Reason.AUTH_FAILED else Details(),
        kind=kind if kind in _OF_KIND else Kind.SUCCESS,
        **_facts(delivery),
    )


def _verdict(here: Circumstance, candidates: list[Candidate], *, secondhand: bool) -> Verdict:
    delivery = here.delivery
    winner = candidates[0] if candidates else None
    reason = winner.evidence.reason if winner else Reason.UNKNOWN
    agreeing = [candidate for candidate in candidates if candidate.evidence.reason is reason]
    losers = [candidate for candidate in candidates if candidate.evidence.reason is not reason]
    delayed = delivery.action is DeliveryAction.DELAYED
    permanence = (winner.permanence if winner else None) or _permanence(delivery, reason)
    guessed = winner is not None and reason.info.address_state is AddressState.DEAD and _is_guess(winner, agreeing, losers)
    doubted = guessed or secondhand or (reason is Reason.HOST_UNKNOWN and _names_other_host(delivery))
    address_state, action = _consequence(reason, permanence, delayed=delayed, doubted=doubted)
    return Verdict(
        reason=reason,
        permanence=permanence,
        address_state=address_state,
        responsible=reason.info.responsible,
        action=action,
        confidence=_confidence(here, agreeing, losers),
        evidence=tuple(candidate.evidence for candidate in agreeing),
        conflicts=_conflicts(winner, losers),
        details=read_details(delivery.diagnostic, here.folded, reason, winner.provider if winner else ""),
        kind=Kind.DELAY if delayed else Kind.FAILURE,
        **_facts(delivery),
    )


def _permanence(delivery: Delivery, reason: Reason) -> Permanence:
    """
    Read the class of the codes; where they disagree, the reply code is what was really said.

    A delay is never permanent, and what a queue's lifetime ended is no permanent refusal.
    """
    if delivery.action is DeliveryAction.DELAYED or reason is Reason.DELIVERY_EXPIRED:
        return Permanence.TEMPORARY
    first = str(delivery.reply_code or delivery.status or "")[:1]
    return {"4": Permanence.TEMPORARY, "5": Permanence.PERMANENT}.get(first, reason.info.permanence)


def _consequence(reason: Reason, permanence: Permanence, *, delayed: bool, doubted: bool) -> tuple[AddressState, Action]:
    """
    Say what follows from a reason; the table of reasons with three overrides.

    - A dead address that was refused for now only (450 4.1.1) is not known to be dead.
    - Nor is one of which only an ambiguous code speaks (a bare 550 refuses senders as well as mailboxes), or only somebody's words.
    - Of a delay nothing follows yet: the server goes on trying by itself, unless the sender must fix something.
    """
    info = reason.info
    address_state, action = info.address_state, info.action
    if address_state is AddressState.DEAD and permanence is Permanence.TEMPORARY:
        address_state, action = AddressState.UNKNOWN, Action.RETRY
    elif address_state is AddressState.DEAD and doubted:
        address_state, action = AddressState.UNKNOWN, Action.REVIEW
    if delayed and action in _PATIENT:
        action = Action.NONE
    return address_state, action


def _is_guess(winner: Candidate, agreeing: list[Candidate], losers: list[Candidate]) -> bool:
    """
    Tell whether so little is proven that no address is called dead for it.

    What was learned from words proves it with a code, or with a phrase, that says the same; where it speaks
    for something else, a code proves nothing either.
    """
    if winner.precedence is Precedence.STATUS:
        return any(loser.precedence is Precedence.LEARNED and loser.confidence >= _DOUBT for loser in losers)
    proven = {candidate.evidence.basis for candidate in agreeing if not candidate.precedence.is_guess}
    if winner.precedence is Precedence.LEARNED and winner.confidence >= _PROOF:
        proven |= _CODES & {candidate.evidence.basis for candidate in agreeing}
    return not proven


def _names_other_host(delivery: Delivery) -> bool:
    """Tell whether the name that was not found is another than the recipient's: a relay of the sender's own, mistyped in a transport table."""
    sought = _SOUGHT_HOST.search(delivery.diagnostic.lower())
    domain = delivery.recipient.rpartition("@")[2].lower()
    return sought is not None and domain != "" and not is_under(sought[1], (domain,)) and not is_under(domain, (sought[1],))


def _confidence(here: Circumstance, agreeing: list[Candidate], losers: list[Candidate]) -> float:
    if not agreeing:
        return _NOT_UNDERSTOOD if has_words(here.folded) else _NOTHING
    winner = agreeing[0]
    confidence = max(candidate.confidence for candidate in agreeing)
    bases = {candidate.evidence.basis for candidate in agreeing}
    if len(bases) > 1:
        confidence += _AGREEMENT_WITH_LEARNED if Basis.LEARNED in bases else _AGREEMENT
    confidence -= _CONFLICT * sum(loser.precedence <= max(winner.precedence, Precedence.STATUS) for loser in losers[:2])
    return round(min(0.99, max(0.1, confidence)), 2)


def _conflicts(winner: Candidate | None, losers: list[Candidate]) -> tuple[Evidence, ...]:
    """Give the strongest loser of each other reason; what a bare code may mean as well is one of them."""
    by_reason: dict[Reason, Evidence] = {}
    for evidence in (*(loser.evidence for loser in losers), *(winner.also if winner else ())):
        by_reason.setdefault(evidence.reason, evidence)
    return tuple(by_reason.values())[:_MOST_CONFLICTS]
