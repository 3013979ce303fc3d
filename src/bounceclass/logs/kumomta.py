"""KumoMTA: its logs, a JSON object a line (https://docs.kumomta.com/reference/log_record/); they are packed with zstd, which is for `zstdcat` to undo."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bounceclass.logs.attempt import Message, attempt_of
from bounceclass.logs.format import LogFormat
from bounceclass.model.vocabulary import Kind
from bounceclass.reading.kumomta import NAME, read_record
from bounceclass.reading.objects import instant_at, text_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bounceclass.logs.attempt import Attempt

__all__ = ["KumoMta"]


class KumoMta(LogFormat):
    """The JSON lines of KumoMTA."""

    def read(self, line: str) -> Iterable[Attempt] | None:
        """Read a line."""
        if not line.startswith("{"):
            return None
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            return None
        if not isinstance(record, dict) or not {"type", "recipient"} <= record.keys():
            return None
        draft = read_record(record)
        if draft is None or draft.kind is Kind.COMPLAINT:
            return ()
        at, message = self.clock.read(instant_at(record, "timestamp")), Message(text_at(record, "sender"), text_at(record, "headers", "Message-ID") or None)
        return tuple(attempt_of(NAME, draft.kind, delivery, queue_id=text_at(record, "id"), at=at, message=message) for delivery in draft.deliveries)
