"""From verdicts, assessments and surveys to an explanation: which texts of a catalog, for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from bounceclass.advice.explanation import Explanation, Step
from bounceclass.advice.facts import facts_of_assessment, facts_of_survey, facts_of_verdict
from bounceclass.advice.placeholders import fill, filled, person, placeholders_of_report, placeholders_of_survey, placeholders_of_verdict, title
from bounceclass.advice.shape import BACKSCATTER
from bounceclass.model.vocabulary import Action, Audience, Kind, Responsible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bounceclass.advice.catalog import Catalog, Entry, Variant, When
    from bounceclass.advice.facts import Facts
    from bounceclass.advice.placeholders import Placeholders
    from bounceclass.model.insight import Assessment, Survey
    from bounceclass.model.report import Report
    from bounceclass.model.verdict import Verdict

__all__ = ["advise_assessment", "advise_report", "advise_survey", "advise_verdict", "advise_verdicts"]

_UNSURE: Final = 0.8
# Who can mend what delays a mail, where the sender's own side does.
_MENDING: Final = frozenset({Responsible.SENDER, Responsible.SENDER_ADMIN})


@frozen(kw_only=True)
class _Reader:
    """In which words, and for whom."""

    catalog: Catalog
    audience: Audience


@frozen(kw_only=True)
class _Fate:
    """Recipients of one mail with one fate: the verdicts, until when the server tries, which variants fit."""

    verdicts: list[Verdict]
    variants: tuple[Variant, ...]

    @property
    def until(self) -> datetime | None:
        return max((verdict.will_retry_until for verdict in self.verdicts if verdict.will_retry_until), default=None)


def advise_report(report: Report, verdicts: tuple[Verdict, ...], catalog: Catalog, audience: Audience) -> Explanation:
    """Explain a whole mail: recipients with the same fate together, in the order of the mail."""
    reader = _Reader(catalog=catalog, audience=audience)
    if not verdicts:
        return _of_kind(report.kind, reader)
    return _advise_fates(verdicts, report, reader)


def _advise_fates(verdicts: tuple[Verdict, ...], report: Report | None, reader: _Reader) -> Explanation:
    first, *rest = (_advise_fate(fate, report, reader) for fate in _fates(verdicts, report, reader))
    return _with_further(first, rest) if rest else first


def advise_verdicts(verdicts: tuple[Verdict, ...], catalog: Catalog, audience: Audience) -> Explanation:
    """Explain the verdicts of one mail, without its report."""
    return _advise_fates(verdicts, None, _Reader(catalog=catalog, audience=audience))


def advise_verdict(verdict: Verdict, catalog: Catalog, audience: Audience) -> Explanation:
    """Explain one verdict."""
    reader = _Reader(catalog=catalog, audience=audience)
    return _advise_fate(_Fate(verdicts=[verdict], variants=_fitting(verdict, {}, reader)), None, reader)


def advise_assessment(assessment: Assessment, catalog: Catalog) -> Explanation:
    """Explain whether a report is genuine, and what to do with it."""
    entry = catalog.entries[f"authenticity.{BACKSCATTER if assessment.backscatter else assessment.authenticity}"]
    return evolve(_explain(entry, {}, catalog), facts=facts_of_assessment(assessment, catalog))


def advise_survey(survey: Survey, catalog: Catalog) -> Explanation:
    """Explain what a window of reports tells as a whole."""
    placeholders = placeholders_of_survey(survey, catalog)
    return evolve(_explain(catalog.entries[f"situation.{survey.situation}"], placeholders, catalog), facts=facts_of_survey(survey, placeholders, catalog))


def _of_kind(kind: Kind, reader: _Reader) -> Explanation:
    """Explain a mail that names no recipient."""
    known = {Kind.COMPLAINT: "reason.complaint", Kind.AUTO_REPLY: "reason.auto_reply", Kind.SUCCESS: "reason.delivered"}
    entry = reader.catalog.entries[known.get(kind, f"kind.{kind}")]
    explanation = _explain(entry, {"recipient": reader.catalog.labels["someone"]}, reader.catalog)
    return _for_person(explanation, kind, {}, reader.catalog) if reader.audience is Audience.PERSON else explanation


def _fates(verdicts: tuple[Verdict, ...], report: Report | None, reader: _Reader) -> Iterator[_Fate]:
    """Group the recipients that are told the same."""
    fates: dict[object, _Fate] = {}
    for verdict in verdicts:
        variants = _fitting(verdict, placeholders_of_report(report, verdict, reader.catalog) if report else {}, reader)
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


def _advise_fate(fate: _Fate, report: Report | None, reader: _Reader) -> Explanation:
    head, catalog = fate.verdicts[0], reader.catalog
    placeholders = placeholders_of_verdict(head, person(fate.verdicts, catalog), fate.until, catalog)
    if report:
        placeholders |= placeholders_of_report(report, head, catalog)
    entry = catalog.entries[f"reason.{head.reason}"]
    for variant in fate.variants:
        entry = variant.over(entry)
    recipients = tuple(dict.fromkeys(verdict.recipient for verdict in fate.verdicts if verdict.recipient))
    explanation = evolve(_explain(entry, placeholders, catalog), audience=reader.audience, recipients=recipients, quote=head.diagnostic)
    if reader.audience is Audience.POSTMASTER:
        return _for_postmaster(explanation, entry, facts_of_verdict(head, report, placeholders, catalog), placeholders, catalog)
    if reader.audience is Audience.LIST_OWNER:
        return _for_owner(explanation, head, placeholders, catalog)
    explanation = _as_delayed(explanation, placeholders, catalog, mend=head.action is Action.FIX) if head.kind is Kind.DELAY else explanation
    return _for_person(explanation, head.kind, placeholders if _is_unsure(head, fate) else {}, catalog)


def _is_unsure(verdict: Verdict, fate: _Fate) -> bool:
    """Tell whether the reader must hear of other meanings; a variant for a conflict tells of it by itself."""
    told = any(variant.when.conflict for variant in fate.variants)
    return verdict.confidence < _UNSURE and bool(verdict.conflicts) and not told


# -- which variants fit ------------------------------------------------------------------------


def _fitting(verdict: Verdict, beside: Placeholders, reader: _Reader) -> tuple[Variant, ...]:
    return tuple(
        variant for variant in reader.catalog.variants if verdict.reason in variant.when.reason and _fits(variant.when, verdict, beside, reader.audience)
    )


def _fits(when: When, verdict: Verdict, beside: Placeholders, audience: Audience) -> bool:
    winner = verdict.evidence[0].rule if verdict.evidence else ""
    return (
        (not when.provider or verdict.details.provider in when.provider)
        and (not when.domain or _is_under(verdict.intended_recipient, when.domain))
        and (not when.rule or winner.startswith(when.rule))
        and (not when.conflict or any(item.reason in when.conflict for item in verdict.conflicts))
        and (not when.audience or audience in when.audience)
        and (not when.known or any(getattr(verdict.details, name, None) or beside.get(name) for name in when.known))
    )


def _is_under(address: str, domains: tuple[str, ...]) -> bool:
    domain = "." + address.rpartition("@")[2].lower()
    return any(domain.endswith(f".{above}") for above in domains)


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


def _for_person(explanation: Explanation, kind: Kind, others: Placeholders, catalog: Catalog) -> Explanation:
    """Add what a person must know beside the reason: other meanings, and of trouble what to mind and to check."""
    explanation = evolve(explanation, outcome=_outcome(kind, catalog))
    cautions = [*filled(catalog.common["other_meaning"], others), *explanation.cautions]
    if not kind.is_trouble:
        return evolve(explanation, cautions=tuple(cautions))
    cautions += [*filled(catalog.common["do_not_reply"], {}), *filled(catalog.common["not_sent_by_us"], {})]
    reminder = fill(catalog.common["not_mine"], {}, catalog)
    checklist = catalog.common["checklist"] if kind is Kind.FAILURE else ()
    return evolve(explanation, cautions=tuple(cautions), reminder=reminder, checklist=checklist)


def _for_owner(explanation: Explanation, verdict: Verdict, placeholders: Placeholders, catalog: Catalog) -> Explanation:
    """Say what becomes of the subscriber, then what is to be mended at the list's own side."""
    own = _step(Responsible.SENDER, fill(catalog.owner[verdict.action], placeholders, catalog), catalog)
    admin = tuple(step for step in explanation.steps if step.who is Responsible.SENDER_ADMIN)
    return evolve(explanation, steps=(own, *admin), resend="", instead="")


def _for_postmaster(explanation: Explanation, entry: Entry, facts: Facts, placeholders: Placeholders, catalog: Catalog) -> Explanation:
    """Put the facts first, and say what to check."""
    actor = catalog.labels["postmaster"]
    checks = tuple(Step(Responsible.SENDER_ADMIN, actor, text) for text in filled(entry.checks, placeholders))
    return evolve(explanation, facts=facts, steps=checks, resend="", instead="", cautions=())


def _as_delayed(explanation: Explanation, placeholders: Placeholders, catalog: Catalog, *, mend: bool) -> Explanation:
    """Tell of a delay: nothing is lost yet, and waiting is the first thing to do; where the cause is the sender's own, mending it is the next."""
    wait = _step(Responsible.SENDER, fill(catalog.common["delayed_step"], placeholders, catalog), catalog)
    return evolve(
        explanation,
        title=title("kind.delay", catalog),
        summary=fill(catalog.common["delayed"], placeholders, catalog),
        cause=f"{explanation.title}{catalog.labels['colon']}{explanation.cause}",
        steps=(wait, *(step for step in explanation.steps if mend and step.who in _MENDING)),
        resend="",
        instead="",
    )
