"""
Amazon SES notifications that SNS sends as mail: one JSON object in the text.

Corpus: corpus/amazonses_sns/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bounceclass.model.vocabulary import Kind
from bounceclass.reading.amazonses import read_notification
from bounceclass.reading.dialects.dialect import Clue, Dialect

if TYPE_CHECKING:
    from bounceclass.reading.draft import DraftDelivery
    from bounceclass.reading.parts import ReportParts

__all__ = ["DIALECTS"]

_MAX_JSON: Final = 200_000


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
    draft = read_notification(notification) if isinstance(notification, dict) else None
    return list(draft.deliveries) if draft else []


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
