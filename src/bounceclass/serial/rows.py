"""A row a recipient: the one shape of `scan --format csv` and `parquet`, and of data frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bounceclass.serial.plain import to_plain

if TYPE_CHECKING:
    from bounceclass.model.report import Report
    from bounceclass.model.verdict import Verdict

__all__ = ["COLUMNS", "rows"]

# The columns, in their order, and what they hold: "text", "time" (ISO 8601 with its offset), "share" (0 to 1), "code" (200 to 599).
COLUMNS: Final = {
    "source": "text",
    "date": "time",
    "kind": "text",
    "recipient": "text",
    "original_recipient": "text",
    "reason": "text",
    "permanence": "text",
    "address_state": "text",
    "responsible": "text",
    "action": "text",
    "confidence": "share",
    "status": "text",
    "reply_code": "code",
    "remote_mta": "text",
    "provider": "text",
    "rule": "text",
    "diagnostic": "text",
    "message_id": "text",
    "defects": "text",
}


def rows(report: Report, verdicts: tuple[Verdict, ...], *, source: str = "", redact: bool = False) -> list[dict[str, Any]]:
    """
    Give a row a recipient; one, without a recipient, of a mail that names none.

    Args:
        report: The report.
        verdicts: On its deliveries.
        source: Where it stood.
        redact: Hide the local parts of all addresses.

    Returns:
        Plain JSON types by the names of `COLUMNS`, all of them in their order; None where there is nothing.
    """
    head = {
        "source": source,
        "date": report.provenance.date,
        "kind": report.kind,
        "message_id": report.original.message_id if report.original else None,
        "defects": " ".join(dict.fromkeys(defect.code for defect in report.defects)),
    }
    # All at once: what is hidden of one recipient is hidden in the others' answers too.
    plain = to_plain({"head": head, "verdicts": verdicts}, redact=redact)
    if not plain["verdicts"]:
        return [{name: plain["head"].get(name) for name in COLUMNS}]
    return [_row(plain["head"], verdict) for verdict in plain["verdicts"]]


def _row(head: dict[str, Any], verdict: dict[str, Any]) -> dict[str, Any]:
    evidence = verdict["evidence"]
    known = {**verdict, **head, "provider": verdict["details"]["provider"], "rule": evidence[0]["rule"] if evidence else None}
    return {name: known.get(name) for name in COLUMNS}
