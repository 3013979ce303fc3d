"""What fills the placeholders of texts: facts written as the locale writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bounceclass.advice.shape import PLACEHOLDER
from bounceclass.providers import provider_title
from bounceclass.regex import regex
from bounceclass.text.folding import safe_line
from bounceclass.text.hosts import is_under

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime, tzinfo

    from bounceclass.advice.catalog import Catalog, Sentences
    from bounceclass.model.insight import AddressStanding, Survey
    from bounceclass.model.report import Report
    from bounceclass.model.verdict import Verdict

__all__ = [
    "Placeholders",
    "about",
    "fill",
    "filled",
    "instant",
    "listing",
    "near_instant",
    "person",
    "placeholders_beside",
    "placeholders_of_survey",
    "placeholders_of_verdict",
    "title",
]

# A blank parts Latin from Japanese ("a@example.jp 宛"); between two Japanese words there is none.
_DENSE_BLANK: Final = regex(r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])")
_SHOWN: Final = 5
_DAY: Final = 86_400
# No server tries longer: what is longer is a wrong clock.
_MOST_DAYS: Final = 30
# Of these the one that failed is named, and where none is known all of them.
_MECHANISMS: Final = ("spf", "dkim", "dmarc")
# Attachments grow by 1.37 when they are sent (RFC 2045 §6.8), and the text of the mail wants room too.
_GROWTH: Final = 1.5
_MEBI: Final = 1024**2
_SAME_SERVICE: Final = {"googlemail.com": "gmail.com"}
_UNITS: Final = (("days", 86_400), ("hours", 3_600), ("minutes", 60), ("seconds", 1))

Placeholders = dict[str, str]


def fill(sentences: Sentences, placeholders: Placeholders, catalog: Catalog) -> str:
    """Join the sentences whose placeholders can all be filled."""
    return catalog.joiner.join(filled(sentences, placeholders))


def filled(sentences: Sentences, placeholders: Placeholders) -> list[str]:
    """Fill the placeholders of each sentence; one whose placeholder has nothing to fill it is left out."""
    kept = [text for text in sentences if all(placeholders.get(name) for name in PLACEHOLDER.findall(text))]
    return [_DENSE_BLANK.sub("", PLACEHOLDER.sub(lambda match: placeholders[match.group(1)], text)) for text in kept]


def placeholders_of_verdict(verdict: Verdict, recipient: str, until: str, catalog: Catalog) -> Placeholders:
    """Give what is known of a verdict; an unknown placeholder is left empty, so that its sentence is left out."""
    details = verdict.details
    failed = details.mechanisms or _MECHANISMS
    return {
        "recipient": recipient,
        "reply": " ".join(str(code) for code in (verdict.reply_code, _telling(verdict.status)) if code),
        "provider": provider_title(details.provider),
        "blocklist": details.blocklist or "",
        "listed_value": details.listed_value or "",
        "delist_url": details.delist_url or "",
        "size_limit": _size(details.size_limit, catalog),
        "fitting_size": _fitting(details.size_limit, catalog),
        "message_size": _size(details.message_size, catalog),
        "retry_after": _duration(details.retry_after, catalog.labels),
        "until": until,
        "new_address": details.new_address or "",
        "suggestion": details.suggestion or "",
        "mechanisms": listing((name.upper() for name in details.mechanisms), catalog),
        **{name: name.upper() if name in failed else "" for name in _MECHANISMS},
        "title": title(f"reason.{verdict.reason}", catalog),
        "others": listing((_put(catalog.labels["quoted"], {"text": title(f"reason.{item.reason}", catalog)}) for item in verdict.conflicts), catalog),
    }


def placeholders_beside(verdict: Verdict, report: Report | None, catalog: Catalog) -> Placeholders:
    """
    Give what is known beside the reason and its details.

    Of the verdict, which address was written to, where mail is forwarded to another domain, and whether the recipient's own
    server refused; of the report, who wrote the mail, how long the server tried, and whether the server that wrote the notice refused it itself.
    """
    written_to = verdict.original_recipient or verdict.recipient
    host, domain = (verdict.remote_mta or "").lower(), _domain(verdict.recipient)
    of_verdict = {"written_to": written_to if _domain(written_to) != domain else "", "refuser": host if is_under(host, [domain]) else ""}
    return of_verdict | (_placeholders_of_report(report, verdict, catalog) if report else {})


def _placeholders_of_report(report: Report, verdict: Verdict, catalog: Catalog) -> Placeholders:
    until = verdict.last_attempt_at or report.provenance.date
    waited = (until - report.arrival_date).total_seconds() if until and report.arrival_date else 0
    own = verdict.remote_mta is None and verdict.reply_code is None
    author = (report.original.sender if report.original else None) or ""
    return {
        # Only who got the notice is told to have their address allowed: anybody can write any author into a mail.
        **({"your_address": author} if author in report.provenance.delivered_to else {}),
        "waited": _duration(int(waited), catalog.labels) if _DAY <= waited <= _MOST_DAYS * _DAY else "",
        "reporter": (report.reporting_mta or "") if own else "",
        "author_domain": _strange_author(author, report),
    }


def _strange_author(written_by: str, report: Report) -> str:
    """Give the domain of who wrote the mail that came back; "" where the notice is of that domain's own service, which then did send it."""
    author = _domain(written_by)
    hosts = (_domain(report.provenance.author), (report.reporting_mta or "").lower())
    return "" if any(is_under(_SAME_SERVICE.get(host, host), [author]) for host in hosts) else author


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()


def placeholders_of_survey(survey: Survey, catalog: Catalog) -> Placeholders:
    """Give what is known of a window of reports."""
    return {
        "period": _span(survey.first, survey.last, catalog),
        "reports": str(survey.reports),
        "not_sent_by_us": str(survey.not_sent_by_us or ""),
        "sent_now": _number(survey.sent_now),
        "sent_usual": _number(survey.sent_usual),
        "refused_by": provider_title(survey.refused_by) or catalog.labels["everywhere"],
        "refused_for": title(f"reason.{survey.refused_for}", catalog) if survey.refused_for else "",
    }


def placeholders_of_standing(standing: AddressStanding, catalog: Catalog) -> Placeholders:
    """Give what is known of an address over time."""
    failures = standing.failures
    return {
        "recipient": safe_line(standing.address),
        "first": _span(failures[0].date(), failures[0].date(), catalog) if failures else "",
        "last": _span(failures[-1].date(), failures[-1].date(), catalog) if failures else "",
        "until": _span(standing.until.date(), standing.until.date(), catalog) if standing.until else "",
        "count": str(len(failures)),
        "title": title(f"reason.{standing.reason}", catalog) if standing.reason else "",
    }


def about(report: Report | None, catalog: Catalog, zone: tzinfo | None) -> str:
    """Say which mail came back, by its subject and when it was sent; "" where the notice does not return it."""
    original = report.original if report else None
    if not original or not original.subject:
        return ""
    when = near_instant(original.date, catalog, zone)
    return _put(catalog.labels["sent"], {"subject": original.subject, "date": when}) if when else original.subject


def title(key: str, catalog: Catalog) -> str:
    """Give the title of an entry."""
    return fill(catalog.entries[key].title, {}, catalog)


def listing(words: Iterable[str], catalog: Catalog) -> str:
    """Join words as the locale lists them, each once."""
    return catalog.labels["list"].join(dict.fromkeys(words))


def person(verdicts: list[Verdict], catalog: Catalog) -> str:
    """Name the recipients; of forwarded mail the address that was written to as well."""
    names = dict.fromkeys(_name(verdict, catalog.labels["forwarded"]) for verdict in verdicts if verdict.recipient)
    shown = listing([*names][:_SHOWN], catalog) or catalog.labels["someone"]
    return shown + (" …" if len(names) > _SHOWN else "")


def _telling(status: str | None) -> str:
    """Give a status code that says something: X.0.0 is what servers put where they know nothing (RFC 3463 §3.1)."""
    return "" if not status or status.endswith(".0.0") else status


def _name(verdict: Verdict, pattern: str) -> str:
    if not verdict.original_recipient:
        return verdict.recipient
    return _put(pattern, {"address": verdict.original_recipient, "recipient": verdict.recipient})


def instant(moment: datetime | None, catalog: Catalog) -> str:
    """Write an instant as the locale does, with the offset that the server gave it; "" for None."""
    return _put(catalog.labels["date"], {**_of_day(moment, catalog), "time": _time(moment)}) if moment else ""


def near_instant(moment: datetime | None, catalog: Catalog, zone: tzinfo | None) -> str:
    """Write an instant of these days, without its year, by the clock of the reader; where that is not known, with the server's offset."""
    if moment is None:
        return ""
    try:
        here = moment.astimezone(zone) if zone else moment
    except OverflowError:  # in the year 1 or 9999
        here = moment
    return _put(catalog.labels["moment"], {**_of_day(here, catalog), "time": f"{here:%H:%M}" if zone else _time(here)})


def _time(moment: datetime) -> str:
    zone = moment.strftime("%z")
    return f"{moment:%H:%M} (UTC{zone[:3]}:{zone[3:5]})"


def _span(first: date | None, last: date | None, catalog: Catalog) -> str:
    if first is None or last is None:
        return ""
    days = [_put(catalog.labels["day"], _of_day(day, catalog)) for day in (first, last)]
    return days[0] if first == last else _put(catalog.labels["span"], {"first": days[0], "last": days[1]})


def _of_day(day: date, catalog: Catalog) -> Placeholders:
    return {
        "year": str(day.year),
        "month": str(day.month),
        "day": str(day.day),
        "month_two": f"{day.month:02}",
        "day_two": f"{day.day:02}",
        "weekday": catalog.weekdays[day.weekday()],
    }


def _put(pattern: str, values: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda match: values[match.group(1)], pattern)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}"


def _size(octets: int | None, catalog: Catalog) -> str:
    if octets is None:
        return ""
    mebi = octets / _MEBI
    return f"{mebi:.3g} MB".replace(".", catalog.labels["decimal"]) if mebi >= 1 else f"{max(1, round(octets / 1024))} KB"


def _fitting(limit: int | None, catalog: Catalog) -> str:
    """Say how large attachments may be below a limit, in whole megabytes where there are any."""
    room = int((limit or 0) / _GROWTH)
    return _size(room // _MEBI * _MEBI if room >= _MEBI else room or None, catalog)


def _duration(seconds: int | None, labels: Mapping[str, str]) -> str:
    if not seconds:
        return ""
    # "60 minutes", not "1 hours": no language needs a singular that way.
    unit, size = next((unit, size) for unit, size in _UNITS if seconds >= 2 * size or size == 1)
    return _put(labels[unit], {"count": str(round(seconds / size))})
