"""From verdicts to an explanation: which texts of a catalog, and what fills their holes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import evolve

from bounceclass.advice.catalog import HOLE
from bounceclass.advice.explanation import Explanation, Step
from bounceclass.reasons import Kind, Party, Reason

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bounceclass.advice.catalog import Catalog, Entry, Sentences
    from bounceclass.results import Report, Verdict

__all__ = ["advise_report", "advise_verdict"]

# A blank parts Latin from Japanese ("a@example.jp 宛"); between two Japanese words there is none.
_DENSE_BLANK: Final = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])")
_UNSURE: Final = 0.8
_SHOWN_RECIPIENTS: Final = 5
_UNITS: Final = (("days", 86_400), ("hours", 3_600), ("minutes", 60), ("seconds", 1))
_TROUBLE: Final = frozenset({Kind.FAILURE, Kind.DELAY})

Holes = dict[str, str]


def advise_report(report: Report, verdicts: tuple[Verdict, ...], catalog: Catalog) -> Explanation:
    """Explain a whole mail: recipients with the same fate together, in the order of the mail."""
    if not verdicts:
        kind = report.kind if report.kind is not Kind.SUCCESS else Kind.OTHER
        key = {Kind.COMPLAINT: "reason.complaint", Kind.AUTO_REPLY: "reason.auto_reply"}.get(report.kind, f"kind.{kind}")
        return _explain(key, (), {}, catalog, trouble=report.kind in _TROUBLE)
    fates: dict[tuple[Reason, Kind], list[int]] = {}
    for index, verdict in enumerate(verdicts):
        fates.setdefault((verdict.reason, verdict.kind), []).append(index)
    first, *rest = (_advise_fate([verdicts[i] for i in indices], _until(report, indices), catalog) for indices in fates.values())
    return _with_further(first, rest) if rest else first


def advise_verdict(verdict: Verdict, catalog: Catalog) -> Explanation:
    """Explain one verdict."""
    return _advise_fate([verdict], None, catalog)


def _until(report: Report, indices: list[int]) -> datetime | None:
    dates = [date for i in indices if (date := report.deliveries[i].will_retry_until)]
    return max(dates, default=None)


def _with_further(first: Explanation, rest: list[Explanation]) -> Explanation:
    """Put the other fates behind the first; a caution that stands above is not said again."""
    said = set(first.cautions)
    further = []
    for other in rest:
        further.append(evolve(other, cautions=tuple(text for text in other.cautions if text not in said)))
        said.update(other.cautions)
    return evolve(first, further=tuple(further))


def _advise_fate(verdicts: list[Verdict], until: datetime | None, catalog: Catalog) -> Explanation:
    head = verdicts[0]
    recipients = tuple(dict.fromkeys(verdict.recipient for verdict in verdicts if verdict.recipient))
    holes = _holes(head, _shown(verdicts, catalog), until, catalog)
    explanation = _explain(f"reason.{head.reason}", recipients, holes, catalog, quote=head.quote, trouble=head.kind in _TROUBLE, unsure=_is_unsure(head))
    return _as_delayed(explanation, holes, catalog) if head.kind is Kind.DELAY else explanation


def _shown(verdicts: list[Verdict], catalog: Catalog) -> str:
    """Name the recipients; of forwarded mail the address that was written to as well."""
    names = dict.fromkeys(_name(verdict, catalog.labels["forwarded"]) for verdict in verdicts if verdict.recipient)
    shown = catalog.labels["list"].join([*names][:_SHOWN_RECIPIENTS]) or catalog.labels["someone"]
    return shown + (" …" if len(names) > _SHOWN_RECIPIENTS else "")


def _name(verdict: Verdict, pattern: str) -> str:
    if not verdict.original_recipient:
        return verdict.recipient
    return pattern.replace("{address}", verdict.original_recipient, 1).replace("{recipient}", verdict.recipient, 1)


def _is_unsure(verdict: Verdict) -> bool:
    return verdict.confidence < _UNSURE and bool(verdict.conflicts)


def _holes(verdict: Verdict, recipient: str, until: datetime | None, catalog: Catalog) -> Holes:
    """Give what is known; an unknown hole is left empty, so that its sentence is left out."""
    details = verdict.details
    codes = " ".join(str(code) for code in (verdict.reply_code, verdict.status) if code)
    titles = [_fill(catalog.entries[f"reason.{item.reason}"].title, {}, catalog) for item in verdict.conflicts]
    return {
        "recipient": recipient,
        "reply": codes,
        "provider": details.provider or "",
        "blocklist": details.blocklist or "",
        "blocked": details.blocked or "",
        "delist_url": details.delist_url or "",
        "size_limit": _size(details.size_limit),
        "retry_after": _duration(details.retry_after, catalog.labels),
        "until": _date(until, catalog.labels["date"]),
        "new_address": details.new_address or "",
        "mechanisms": catalog.labels["list"].join(name.upper() for name in details.mechanisms),
        "others": catalog.labels["list"].join(dict.fromkeys(titles)),
    }


def _date(date: datetime | None, pattern: str) -> str:
    """Write an instant as the locale does, with the offset that the server gave it."""
    if date is None:
        return ""
    zone = date.strftime("%z")
    parts = {"year": str(date.year), "month": str(date.month), "day": str(date.day), "time": f"{date:%H:%M} (UTC{zone[:3]}:{zone[3:5]})"}
    return HOLE.sub(lambda match: parts[match.group(1)], pattern)


def _size(octets: int | None) -> str:
    if octets is None:
        return ""
    mebi = octets / 1024**2
    return f"{mebi:.3g} MB" if mebi >= 1 else f"{max(1, round(octets / 1024))} KB"


def _duration(seconds: int | None, labels: Mapping[str, str]) -> str:
    if not seconds:
        return ""
    unit, size = next((unit, size) for unit, size in _UNITS if seconds >= size and (seconds % size == 0 or seconds >= 2 * size))
    return labels[unit].replace("{count}", str(round(seconds / size)))


def _fill(sentences: Sentences, holes: Holes, catalog: Catalog) -> str:
    """Join the sentences whose holes can all be filled."""
    return catalog.joiner.join(_filled(sentences, holes))


def _filled(sentences: Sentences, holes: Holes) -> list[str]:
    kept = [text for text in sentences if all(holes.get(name) for name in HOLE.findall(text))]
    return [_DENSE_BLANK.sub("", HOLE.sub(lambda match: holes[match.group(1)], text)) for text in kept]


def _explain(  # noqa: PLR0913 - one keyword for each thing that the texts depend on
    key: str, recipients: tuple[str, ...], holes: Holes, catalog: Catalog, *, quote: str = "", trouble: bool = False, unsure: bool = False
) -> Explanation:
    entry: Entry = catalog.entries[key]
    steps = tuple(Step(who, catalog.who[who], text) for who, sentences in entry.steps if (text := _fill(sentences, holes, catalog)))
    cautions = _filled(entry.cautions, holes)
    if unsure:
        cautions = _filled(catalog.common["other_meaning"], holes) + cautions
    if trouble:
        cautions += _filled(catalog.common["do_not_reply"], holes) + _filled(catalog.common["not_mine"], holes)
    return Explanation(
        locale=catalog.locale,
        title=_fill(entry.title, holes, catalog),
        recipients=recipients,
        summary=_fill(entry.summary, holes, catalog),
        cause=_fill(entry.cause, holes, catalog),
        steps=steps,
        cautions=tuple(cautions),
        quote=quote,
        labels=tuple(catalog.labels.items()),
    )


def _as_delayed(explanation: Explanation, holes: Holes, catalog: Catalog) -> Explanation:
    """Tell of a delay: nothing is lost yet, and waiting is the first thing to do."""
    wait = Step(Party.SENDER, catalog.who[Party.SENDER], _fill(catalog.common["delayed_step"], holes, catalog))
    return evolve(
        explanation,
        title=_fill(catalog.entries["kind.delay"].title, holes, catalog),
        summary=_fill(catalog.common["delayed"], holes, catalog),
        cause=f"{explanation.title}{': ' if catalog.joiner else '：'}{explanation.cause}",
        steps=(wait,),
    )
