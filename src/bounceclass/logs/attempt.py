"""One attempt to deliver a message to one recipient, as a server's log tells it."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - `from_dict()` reads the annotations
from typing import TYPE_CHECKING, Final

from attrs import evolve, field, frozen

from bounceclass.api import classify
from bounceclass.mail.limits import Limits
from bounceclass.mail.message import ParseLog
from bounceclass.model.report import Delivery, Original, Provenance, Report
from bounceclass.model.value import Value
from bounceclass.reading.draft import Draft
from bounceclass.reading.report import build_report
from bounceclass.serial.redaction import ADDRESS, WORD

if TYPE_CHECKING:
    from bounceclass.model.verdict import Verdict
    from bounceclass.model.vocabulary import Kind
    from bounceclass.reading.draft import DraftDelivery

__all__ = ["Attempt", "Message", "attempt_of"]

_LIMITS: Final = Limits()


@frozen(kw_only=True, repr=False)
class Attempt(Value):
    """
    One attempt.

    Attributes:
        program: Whose log tells it: "postfix", "exim", "sendmail", "powermta", "kumomta", "exchange".
        queue_id: What the server calls the message; empty where it does not.
        at: When; None where the line does not tell.
        sender: The envelope's sender, "" for the null path; None where the log has not told it so far.
        message_id: Its Message-ID, with angle brackets; None where the log has not told it so far.
        delivery: What became of the recipient: `action` is failed, delayed or delivered.
    """

    program: str = field(metadata=WORD)
    queue_id: str = field(default="", metadata=WORD)
    at: datetime | None = None
    sender: str | None = field(default=None, metadata=ADDRESS)
    message_id: str | None = None
    delivery: Delivery

    @property
    def report(self) -> Report:
        """The same as a report, as a mail would bring it."""
        original = Original(message_id=self.message_id, sender=self.sender) if self.message_id or self.sender else None
        return Report(kind=self.delivery.action.kind, deliveries=(self.delivery,), original=original, dialect=self.program, provenance=Provenance(date=self.at))

    @property
    def verdict(self) -> Verdict:
        """Why it came out so, by the built-in rules and those of installed plugins; `classify(attempt.report, rules=…)` takes others."""
        return classify(self.report)[0]


@frozen
class Message:
    """What a log has told of a message before anything of its recipients."""

    sender: str | None = None
    message_id: str | None = None


def attempt_of(program: str, kind: Kind, delivery: DraftDelivery, *, queue_id: str = "", at: datetime | None = None, message: Message = Message()) -> Attempt:  # noqa: PLR0913 - frozen; each by its name
    """Make an attempt of what a line tells, as text."""
    report = build_report(Draft(kind=kind, deliveries=(delivery,), dialect=program, in_fields=True), ParseLog(_LIMITS))
    made = evolve(report.deliveries[0], last_attempt_at=at)
    return Attempt(program=program, queue_id=queue_id, at=at, sender=message.sender, message_id=message.message_id, delivery=made)
