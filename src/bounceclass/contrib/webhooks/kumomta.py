"""KumoMTA's log hooks: a record of its log a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bounceclass.contrib.webhooks.provider import Event, Provider
from bounceclass.reading.kumomta import NAME, read_record
from bounceclass.reading.objects import text_at

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PROVIDER"]


def _read(row: Mapping[str, Any]) -> Event | None:
    draft = read_record(row)
    return Event(draft=draft, message_id=text_at(row, "headers", "Message-ID") or text_at(row, "id"), sender=text_at(row, "sender")) if draft else None


PROVIDER: Final = Provider(
    name=NAME,
    title="KumoMTA",
    source="https://docs.kumomta.com/reference/log_record/",
    looks_like='"type", "recipient" and "response" beside "queue"',
    knows=lambda row: {"type", "recipient", "response"} <= row.keys() and "queue" in row,
    read=_read,
)
