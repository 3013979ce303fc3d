"""
Amazon SES notifications that SNS sends as mail: one JSON object in the text.

Corpus: corpus/amazonses_sns/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bounceclass.model.vocabulary import Kind
from bounceclass.reading.dialects.dialect import Clue, Dialect
from bounceclass.reading.draft import DraftDelivery, complaint
from bounceclass.reading.smtp_reply import clean_status

if TYPE_CHECKING:
    from bounceclass.reading.parts import ReportParts

__all__ = ["DIALECTS"]

_MAX_JSON: Final = 200_000
_MAX_DIAGNOSTIC: Final = 1_000


def _from_json(parts: ReportParts, _: list[DraftDelivery]) -> list[DraftDelivery]:
    """Read the object; SNS breaks long lines of it with a blank, which JSON strings cannot hold."""
    text = parts.whole_text
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end - start > _MAX_JSON:
        return []
    import json  # noqa: PLC0415 - only these notices need it

    try:
        notification = json.loads(text[start : end + 1].replace("\n ", "").replace("\n", ""))
    except (ValueError, RecursionError):
        return []
    return _drafts(notification) if isinstance(notification, dict) else []


def _drafts(notification: dict[str, Any]) -> list[DraftDelivery]:
    bounced = _dict(notification.get("bounce"))
    complained = _dict(notification.get("complaint"))
    delivered = _dict(notification.get("delivery"))
    feedback = str(complained.get("complaintFeedbackType", "abuse"))[:_MAX_DIAGNOSTIC]
    answer = str(delivered.get("smtpResponse", ""))[:_MAX_DIAGNOSTIC]
    return [
        *(_bounced(row) for row in _rows(bounced, "bouncedRecipients")),
        *(complaint(str(row["emailAddress"]), feedback) for row in _rows(complained, "complainedRecipients")),
        *(DraftDelivery(recipient=str(address), diagnostic=answer) for address in _list(delivered.get("recipients"))),
    ]


def _bounced(row: dict[str, Any]) -> DraftDelivery:
    words = str(row.get("diagnosticCode") or "").removeprefix("smtp; ")
    return DraftDelivery(recipient=str(row["emailAddress"]), status=clean_status(str(row.get("status", ""))), diagnostic=words[:_MAX_DIAGNOSTIC])


def _rows(part: dict[str, Any], key: str) -> list[dict[str, Any]]:
    return [row for row in map(_dict, _list(part.get(key))) if "emailAddress" in row]


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _dialect(notification: str, kind: Kind) -> Dialect:
    return Dialect(
        name=f"amazonses_sns_{notification}",
        title=f"Amazon SES through SNS, {notification}",
        source="https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html",
        since="0.1",
        # {"notificationType":"Complaint","complaint":{"complainedRecipients":[{"emailAddress":"a@example.jp"}] …
        clues=(Clue("text", f'"notificationtype":"{notification}"'), Clue("from", "sns.amazonaws.com")),
        min_clues=2,
        kind=kind,
        clues_suffice=True,
        refine=_from_json,
    )


DIALECTS = (_dialect("bounce", Kind.FAILURE), _dialect("complaint", Kind.COMPLAINT), _dialect("delivery", Kind.SUCCESS))
