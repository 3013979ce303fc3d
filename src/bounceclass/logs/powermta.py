"""
PowerMTA: its accounting files, CSV under a line that names the columns.

    type,timeLogged,orig,rcpt,dsnStatus,dsnDiag,dsnMta,bounceCat
    b,2026-11-26 10:00:00+0000,taro@example.net,a@example.com,5.1.1 (bad destination mailbox address),
    smtp;550 5.1.1 User unknown,mx.example.com (192.0.2.1),bad-mailbox

Spec: PowerMTA 5 User's Guide, accounting
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bounceclass.logs.attempt import Message, attempt_of
from bounceclass.logs.format import CsvFormat
from bounceclass.model.vocabulary import Kind
from bounceclass.reading.draft import DraftDelivery
from bounceclass.reading.fields import untyped
from bounceclass.reading.smtp_reply import clean_status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bounceclass.logs.attempt import Attempt

__all__ = ["PowerMta"]

_NAME: Final = "powermta"
_KINDS: Final = {"d": Kind.SUCCESS, "b": Kind.FAILURE, "rb": Kind.FAILURE, "t": Kind.DELAY}
# Records of other kinds: receptions, feedback, queues.
_OTHER: Final = frozenset({"r", "f", "rs", "tq", "s", "e"})


class PowerMta(CsvFormat):
    """The accounting files of PowerMTA."""

    def read(self, line: str) -> Iterable[Attempt] | None:
        """Read a line."""
        if line.startswith(("type,", '"type",')):
            self.name_columns(line)
            return ()
        kind = line.partition(",")[0].strip('"')
        if not self.columns or (kind not in _KINDS and kind not in _OTHER):
            return None
        row = self.row(line) if kind in _KINDS else {}
        return None if row is None else (self._attempt(_KINDS[kind], row),) if row else ()

    def _attempt(self, kind: Kind, row: dict[str, str]) -> Attempt:
        host = row.get("dsnMta", "").partition(" ")[0]
        delivery = DraftDelivery(
            recipient=row.get("rcpt", ""),
            alias=untyped(row.get("orcpt", "")),
            status=clean_status(row.get("dsnStatus", "")),
            diagnostic=untyped(row.get("dsnDiag", "")),
            remote_mta=host if host.strip("(")[:1].isalnum() else "",
            label=row.get("bounceCat", ""),
        )
        sent = row.get("header_Message-Id") or row.get("header_Message-ID") or None
        at = self.clock.read(row.get("timeLogged", ""))
        return attempt_of(_NAME, kind, delivery, queue_id=row.get("jobId", ""), at=at, message=Message(row.get("orig"), sent))
