"""
Exchange: its message tracking log, CSV under a line that names the columns.

    #Fields: date-time,...,event-id,internal-message-id,message-id,...,recipient-address,recipient-status,...,sender-address,...

Spec: https://learn.microsoft.com/exchange/mail-flow/transport-logs/message-tracking
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bounceclass.logs.attempt import Message, attempt_of
from bounceclass.logs.format import CsvFormat
from bounceclass.model.vocabulary import Kind
from bounceclass.reading.draft import DraftDelivery
from bounceclass.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bounceclass.logs.attempt import Attempt

__all__ = ["Exchange"]

_NAME: Final = "exchange"
_FIELDS: Final = "#Fields:"
_KINDS: Final = {"SEND": Kind.SUCCESS, "DELIVER": Kind.SUCCESS, "SENDEXTERNAL": Kind.SUCCESS, "FAIL": Kind.FAILURE, "DEFER": Kind.DELAY}
# [{LED=550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found};{MSG=};{FQDN=mx.example.com};{IP=192.0.2.1};{LRT=}]
_LAST_ERROR: Final = regex(r"\{LED=([^{}]{0,2000})\}")
# Where an answer begins in a list of them: one in brackets, or a bare one.
_ANSWER_OPENS: Final = regex(r"\[\{LED=|(?:^|;)[245]\d\d ")
_HOST: Final = regex(r"\{FQDN=([A-Za-z0-9._-]{1,253})\}")
_MOST: Final = 1_000


class Exchange(CsvFormat):
    """The message tracking log of Exchange."""

    def read(self, line: str) -> Iterable[Attempt] | None:
        """Read a line."""
        if line.startswith("#"):
            if line.startswith(_FIELDS):
                self.name_columns(line.removeprefix(_FIELDS))
            return () if line.startswith((_FIELDS, "#Software:", "#Version:", "#Log-type:", "#Log-Type:", "#Date:")) else None
        if not self.columns or not line[:4].isdigit():
            return None
        row = self.row(line)
        if row is None:
            return None
        kind = _KINDS.get(row.get("event-id", ""))
        if kind is None:
            return () if "event-id" in row else None
        message = Message(row.get("sender-address", "").replace("<>", ""), row.get("message-id") or None)
        at, queue_id = self.clock.read(row.get("date-time", "")), row.get("internal-message-id", "")
        return tuple(attempt_of(_NAME, kind, delivery, queue_id=queue_id, at=at, message=message) for delivery in _deliveries(row))


def _deliveries(row: dict[str, str]) -> Iterable[DraftDelivery]:
    recipients = row.get("recipient-address", "").split(";")[:_MOST]
    for address, words, host in zip(recipients, *_answers(row.get("recipient-status", ""), len(recipients)), strict=True):
        if address.strip():
            yield DraftDelivery(recipient=address.strip(), diagnostic=words, remote_mta=host)


def _answers(status: str, count: int) -> tuple[list[str], list[str]]:
    """Give the words for each recipient, and the hosts that said so; none where there are others than recipients: nobody knows whom they name."""
    errors, hosts = _LAST_ERROR.findall(status), _HOST.findall(status)
    words = errors if errors and len(errors) == len(_ANSWER_OPENS.findall(status)) else status.split(";")
    alone = [errors[0] if len(errors) == 1 else status] if count == 1 else [""] * count
    return (words if len(words) == count else alone), (hosts if len(hosts) == count else [""] * count)
