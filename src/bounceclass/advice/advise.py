"""From verdicts, assessments and surveys to an explanation: which texts of a catalog, for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from bounceclass.advice.explanation import Explanation, Step
from bounceclass.advice.facts import facts_of_assessment, facts_of_survey, facts_of_verdict
from bounceclass.advice.placeholders import (
    about,
    fill,
    filled,
    near_instant,
    person,
    placeholders_beside,
    placeholders_of_standing,
    placeholders_of_survey,
    placeholders_of_verdict,
    title,
)
from bounceclass.advice.shape import BACKSCATTER
from bounceclass.model.reasons import Reason
from bounceclass.model.vocabulary import Action, Audience, Kind, Responsible
from bounceclass.text.hosts import is_under

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, tzinfo

    from bounceclass.advice.catalog import Catalog, Entry, Variant, When
    from bounceclass.advice.facts import Facts
    from bounceclass.advice.placeholders import Placeholders
    from bounceclass.model.insight import AddressStanding, Assessment, Survey
    from bounceclass.model.report import Report
    from bounceclass.model.verdict import Verdict

__all__ = ["Listener", "advise_assessment", "advise_report", "advise_survey", "advise_verdicts"]

_UNSURE: Final = 0.8
_PERSONS: Final = frozenset({Audience.PERSON, Audience.SUPPORT})
# What to look at before the next mail depends on what went wrong with this one.
_CHECKLISTS: Final = {
    **dict.fromkeys((Reason.USER_UNKNOWN, Reason.HOST_UNKNOWN, Reason.DOMAIN_REFUSES_MAIL, Reason.BAD_ADDRESS_SYNTAX, Reason.UNKNOWN), "address"),
    **dict.fromkeys((Reason.MAILBOX_FULL, Reason.MESSAGE_TOO_LARGE), "size"),
    **dict.fromkeys((Reason.SPAM_DETECTED, Reason.CONTENT_REJECTED), "content"),
}
# Who can fix what delays a mail, where the sender's own side does.
_MENDING: Final = frozenset({Responsible.SENDER, Responsible.SENDER_ADMIN})


@frozen(kw_only=True)
class Listener:
    """
    In which words, and for whom.

    Attributes:
        catalog: The words.
        audience: For whom.
        zone: By whose clock times are told; None for that of the server.
    """

    catalog: Catalog
    audience: Audience
    zone: tzinfo | None

    @property
    def address(self) -> Placeholders:
        """How who reads it is addressed: of help desks that is their customer."""
        labels = self.catalog.labels
        you = {"you": labels["customer"] if self.audience is Audience.SUPPORT else labels["you"]}
        return {**you, "your_address": fill(self.catalog.common["your_address"], you, self.catalog)}


@frozen(kw_only=True)
class _Fate:
    """Recipients of one mail with one fate: the verdicts, until when the server tries, which variants fit."""

    verdicts: list[Verdict]
    variants: tuple[Variant, ...]

    @property
    def until(self) -> datetime | None:
        return max((verdict.will_retry_until for verdict in self.verdicts if verdict.will_retry_until), default=None)


def advise_report(report: Report, verdicts: tuple[Verdict, ...], listener: Listener) -> Explanation:
    """Explain a whole mail: recipients with the same fate together, in the order of the mail."""
    if not verdicts:
        return _of_kind(report.kind, listener)
    return _advise_fates(verdicts, report, listener)


def _advise_fates(verdicts: tuple[Verdict, ...], report: Report | None, listener: Listener) -> Explanation:
    first, *rest = (_advise_fate(fate, report, listener) for fate in _fates(verdicts, report, listener))
    first = evolve(first, about=about(report, listener.catalog, listener.zone))
    return _with_further(first, rest) if rest else first


def advise_verdicts(verdicts: tuple[Verdict, ...], listener: Listener) -> Explanation:
    """Explain the verdicts of one mail, without its report."""
    return _advise_fates(verdicts, None, listener)


def advise_assessment(assessment: Assessment, catalog: Catalog) -> Explanation:
    """Explain whether a report is genuine, and what to do with it."""
    entry = catalog.entries[f"authenticity.{BACKSCATTER if assessment.backscatter else assessment.authenticity}"]
    return evolve(_explain(entry, {}, catalog), facts=facts_of_assessment(assessment, catalog))


def advise_survey(survey: Survey, catalog: Catalog) -> Explanation:
    """Explain what a window of reports tells as a whole."""
    placeholders = placeholders_of_survey(survey, catalog)
    return evolve(_explain(catalog.entries[f"situation.{survey.situation}"], placeholders, catalog), facts=facts_of_survey(survey, placeholders, catalog))


def advise_standing(standing: AddressStanding, catalog: Catalog) -> Explanation:
    """Explain what to do with an address, by all that became of mail to it."""
    key = f"{standing.advice}_{standing.grounds}" if standing.grounds else standing.advice
    return _explain(catalog.entries[f"standing.{key}"], placeholders_of_standing(standing, catalog), catalog)


def _of_kind(kind: Kind, listener: Listener) -> Explanation:
    """Explain a mail that names no recipient."""
    known = {Kind.COMPLAINT: "reason.complaint", Kind.AUTO_REPLY: "reason.auto_reply", Kind.SUCCESS: "reason.delivered"}
    entry = listener.catalog.entries[known.get(kind, f"kind.{kind}")]
    explanation = evolve(_explain(entry, {"recipient": listener.catalog.labels["someone"], **listener.address}, listener.catalog), audience=listener.audience)
    return _for_person(explanation, kind, {}, listener) if listener.audience in _PERSONS else explanation


def _fates(verdicts: tuple[Verdict, ...], report: Report | None, listener: Listener) -> Iterator[_Fate]:
    """Group the recipients that are told the same."""
    fates: dict[object, _Fate] = {}
    for verdict in verdicts:
        variants = _fitting(verdict, placeholders_beside(verdict, report, listener.catalog), listener)
        key = (verdict.reason, verdict.kind, tuple(variant.name for variant in variants), verdict.details.suggestion, verdict.details.new_address)
        fate = fates.setdefault(key, _Fate(verdicts=[], variants=variants))
        fate.verdicts.append(verdict)
    return iter(fates.values())


def _with_further(first: Explanation, rest: list[Explanation]) -> Explanation:
    """Put the other fates behind the first; a caution that stands above is not said again, nor is the checklist."""
    said = set(first.cautions)
    further = []
    for other in rest:
        further.append(evolve(other, cautions=tuple(text for text in other.cautions if text not in said), checklist=()))
        said.update(other.cautions)
    return evolve(first, further=tuple(further))


def _advise_fate(fate: _Fate, report: Report | None, listener: Listener) -> Explanation:
    head, catalog = fate.verdicts[0], listener.catalog
    placeholders = placeholders_of_verdict(head, person(fate.verdicts, catalog), near_instant(fate.until, catalog, listener.zone), catalog)
    placeholders |= listener.address | placeholders_beside(head, report, catalog)
    entry = catalog.entries[f"reason.{head.reason}"]
    for variant in fate.variants:
        entry = variant.over(entry)
    recipients = tuple(dict.fromkeys(verdict.recipient for verdict in fate.verdicts if verdict.recipient))
    explanation = evolve(
        _explain(entry, placeholders, catalog),
        audience=listener.audience,
        recipients=recipients,
        addressees=placeholders["recipient"] if recipients else "",
        quote=head.diagnostic,
        quoted=head.remote_mta or "",
    )
    if listener.audience is Audience.POSTMASTER:
        if head.kind is Kind.DELAY:
            explanation = _as_delayed(explanation, placeholders, catalog, fix=False)
        return _for_postmaster(explanation, entry, facts_of_verdict(head, report, placeholders, catalog), placeholders, catalog)
    if listener.audience is Audience.LIST_OWNER:
        return _for_owner(explanation, head, placeholders, catalog)
    return _for_writer(explanation, fate, placeholders, listener)


def _for_writer(explanation: Explanation, fate: _Fate, placeholders: Placeholders, listener: Listener) -> Explanation:
    """Tell who wrote the mail, or a help desk for them: whether it is sent again, and what to mind and to check of such a failure."""
    head, catalog = fate.verdicts[0], listener.catalog
    if head.kind is Kind.DELAY:
        explanation = _as_delayed(explanation, placeholders, catalog, fix=head.action is Action.FIX)
    if head.kind is Kind.FAILURE and explanation.recipients:  # of a bare answer nobody knows what became of the mail
        explanation = evolve(explanation, summary=catalog.joiner.join((explanation.summary, *catalog.common["no_retry"])))
    told = _for_person(explanation, head.kind, placeholders if _is_unsure(head, fate) else {}, listener)
    if head.kind is not Kind.FAILURE or listener.audience is Audience.SUPPORT:
        return told
    if head.reason is Reason.VIRUS_DETECTED:  # who did not send it has more to do than to delete the notice
        told = evolve(told, reminder=fill(catalog.common["virus_not_mine"], listener.address, catalog))
    return evolve(told, checklist=catalog.checklist.get(_CHECKLISTS.get(head.reason, ""), ()))


def _is_unsure(verdict: Verdict, fate: _Fate) -> bool:
    """Tell whether a person must hear of other meanings; a variant for a conflict tells of it by itself."""
    told = any(variant.when.conflict for variant in fate.variants)
    return verdict.confidence < _UNSURE and bool(verdict.conflicts) and not told


# -- which variants fit ------------------------------------------------------------------------


def _fitting(verdict: Verdict, beside: Placeholders, listener: Listener) -> tuple[Variant, ...]:
    return tuple(
        variant for variant in listener.catalog.variants if verdict.reason in variant.when.reason and _fits(variant.when, verdict, beside, listener.audience)
    )


def _fits(when: When, verdict: Verdict, beside: Placeholders, audience: Audience) -> bool:
    winner = verdict.evidence[0].rule if verdict.evidence else ""
    return (
        (not when.provider or verdict.details.provider in when.provider)
        and (not when.domain or is_under(verdict.intended_recipient.rpartition("@")[2].lower(), when.domain))
        and (not when.blocklist or verdict.details.blocklist in when.blocklist)
        and (not when.author or is_under(beside.get("author_domain", ""), when.author))
        and (not when.rule or winner.startswith(when.rule))
        and (not when.conflict or any(item.reason in when.conflict for item in verdict.conflicts))
        and (not when.audience or audience in when.audience)
        and (not when.known or any(getattr(verdict.details, name, None) or beside.get(name) for name in when.known))
    )


# -- for whom ----------------------------------------------------------------------------------


def _explain(entry: Entry, placeholders: Placeholders, catalog: Catalog) -> Explanation:
    return Explanation(
        locale=catalog.locale,
        title=fill(entry.title, placeholders, catalog),
        summary=fill(entry.summary, placeholders, catalog),
        cause=fill(entry.cause, placeholders, catalog),
        steps=tuple(_step(who, text, catalog) for who, sentences in entry.steps if (text := fill(sentences, placeholders, catalog))),
        resend=fill(entry.resend, placeholders, catalog),
        instead=fill(entry.instead, placeholders, catalog),
        cautions=tuple(filled(entry.cautions, placeholders)),
        labels=tuple(catalog.labels.items()),
    )


def _step(who: Responsible, text: str, catalog: Catalog) -> Step:
    return Step(who, catalog.who[who], text)


def _outcome(kind: Kind, catalog: Catalog) -> str:
    """Say what became of the email, by the kind of the notice."""
    labels = catalog.labels
    known = {Kind.FAILURE: labels["outcome_failure"], Kind.DELAY: labels["outcome_delay"]}
    return known.get(kind, labels["outcome_success"] if kind in {Kind.SUCCESS, Kind.AUTO_REPLY} else "")


def _for_person(explanation: Explanation, kind: Kind, others: Placeholders, listener: Listener) -> Explanation:
    """Add what a person must know beside the reason: other meanings, and of trouble what to mind; a help desk knows that its customer did write the mail."""
    catalog = listener.catalog
    cautions = (*filled(catalog.common["other_meaning"], others), *explanation.cautions)
    explanation = evolve(explanation, outcome=_outcome(kind, catalog), cautions=cautions)
    if not kind.is_trouble or listener.audience is Audience.SUPPORT:
        return explanation
    beside = (text for name in ("do_not_reply", "not_sent_by_us") for text in filled(catalog.common[name], listener.address))
    return evolve(explanation, cautions=(*cautions, *beside), reminder=fill(catalog.common["not_mine"], listener.address, catalog))


def _for_owner(explanation: Explanation, verdict: Verdict, placeholders: Placeholders, catalog: Catalog) -> Explanation:
    """Say what becomes of the subscriber, then what is to be fixed at the list's own side."""
    own = _step(Responsible.SENDER, fill(catalog.owner[verdict.action], placeholders, catalog), catalog)
    admin = tuple(step for step in explanation.steps if step.who is Responsible.SENDER_ADMIN)
    return evolve(explanation, steps=(own, *admin), resend="", instead="")


def _for_postmaster(explanation: Explanation, entry: Entry, facts: Facts, placeholders: Placeholders, catalog: Catalog) -> Explanation:
    """Put the facts first, and say what to check."""
    actor = catalog.labels["postmaster"]
    checks = tuple(Step(Responsible.SENDER_ADMIN, actor, text) for text in filled(entry.checks, placeholders))
    return evolve(explanation, facts=facts, steps=checks, resend="", instead="", cautions=())


def _as_delayed(explanation: Explanation, placeholders: Placeholders, catalog: Catalog, *, fix: bool) -> Explanation:
    """Tell of a delay: nothing is lost yet, and waiting is the first thing to do; where the cause is the sender's own, fixing it is the next."""
    wait = (_step(Responsible.SENDER, text, catalog) for text in filled(catalog.common["delayed_step"], placeholders))
    return evolve(
        explanation,
        title=title("kind.delay", catalog),
        summary=fill(catalog.common["delayed"], placeholders, catalog),
        cause=fill(catalog.common["delayed_cause"], {"title": explanation.title}, catalog),
        steps=(*wait, *(step for step in explanation.steps if fix and step.who in _MENDING)),
        resend="",
        instead="",
    )
