"""The technical facts of an explanation: what a postmaster looks at first, what an assessment or a survey rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bounceclass.advice.placeholders import instant, listing, title

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bounceclass.advice.catalog import Catalog
    from bounceclass.advice.placeholders import Placeholders
    from bounceclass.model.insight import Assessment, Count, Survey
    from bounceclass.model.report import Report
    from bounceclass.model.verdict import Verdict

__all__ = ["Facts", "facts_of_assessment", "facts_of_survey", "facts_of_verdict"]

_MOST: Final = 5

Facts = tuple[tuple[str, str], ...]


def facts_of_verdict(verdict: Verdict, report: Report | None, placeholders: Placeholders, catalog: Catalog) -> Facts:
    """List what a postmaster needs of one fate: codes, hosts, what decided."""
    winner = verdict.evidence[0] if verdict.evidence else None
    rows = {
        "recipient": placeholders["recipient"],
        "reason": f"{verdict.reason} ({verdict.confidence:.2f})",
        "decision": f"address_state={verdict.address_state} permanence={verdict.permanence} action={verdict.action}",
        "rule": f"{winner.rule} ({winner.basis}: {winner.excerpt})" if winner else "",
        "others": placeholders["others"],
        "status": verdict.status,
        "reply_code": verdict.reply_code,
        "command": verdict.command,
        "remote_mta": verdict.remote_mta,
        "reporting_mta": report.reporting_mta if report else "",
        "dialect": report.dialect if report else "",
        "arrival_date": instant(report.arrival_date if report else None, catalog),
        "last_attempt_at": instant(verdict.last_attempt_at, catalog),
        "until": placeholders["until"],
        "message_id": report.original.message_id if report and report.original else "",
        **{
            name: placeholders[name]
            for name in ("provider", "blocklist", "listed_value", "delist_url", "mechanisms", "size_limit", "retry_after", "new_address", "suggestion")
        },
        "lookup_url": verdict.details.lookup_url,
    }
    return _labelled(rows, catalog.facts)


def facts_of_assessment(assessment: Assessment, catalog: Catalog) -> Facts:
    """List what was looked at."""
    return tuple((catalog.signals[signal.name], signal.excerpt) for signal in assessment.signals)


def facts_of_survey(survey: Survey, placeholders: Placeholders, catalog: Catalog) -> Facts:
    """List the figures that a situation was told from."""
    rows = {
        "period": placeholders["period"],
        "reports": survey.reports,
        "failures": survey.failures,
        "not_sent_by_us": survey.not_sent_by_us,
        "suspicious": survey.suspicious,
        "sent_usual": placeholders["sent_usual"],
        "sent_now": placeholders["sent_now"],
        "top_reasons": _top(((title(f"reason.{row.name}", catalog), row) for row in survey.by_reason), catalog),
        "top_domains": _top(((row.name, row) for row in survey.by_domain), catalog),
    }
    return _labelled(rows, catalog.facts)


def _top(rows: Iterable[tuple[str, Count]], catalog: Catalog) -> str:
    return listing([f"{name} ({row.count})" for name, row in rows][:_MOST], catalog)


def _labelled(rows: Mapping[str, object], labels: Mapping[str, str]) -> Facts:
    """Put the catalog's words to what is known, in the order of the catalog."""
    return tuple((label, str(rows[name])) for name, label in labels.items() if rows.get(name))
