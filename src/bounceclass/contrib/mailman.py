"""
GNU Mailman 3's bounce runner with our verdicts: members are scored for dead addresses alone.

    [runner.bounces]
    class: bounceclass.contrib.mailman.BounceRunner

Spec: mailman/runners/bounce.py of Mailman 3.3, whose order of steps it keeps; docs/mailman.md says what differs.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen
from mailman.app.bounces import ProbeVERP, StandardVERP, maybe_forward
from mailman.interfaces.bounce import BounceContext
from mailman.runners.bounce import BounceRunner as _MailmanRunner

from bounceclass.api import assess, classify, parse
from bounceclass.insight.flood import REFUSALS, Surveyor
from bounceclass.model.vocabulary import Action, Kind, Situation
from bounceclass.text.folding import safe_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from email.message import Message

    from bounceclass.model.insight import Assessment
    from bounceclass.model.reasons import Reason
    from bounceclass.model.report import Report
    from bounceclass.model.verdict import Verdict

__all__ = ["BounceRunner"]

_EXCERPT: Final = 120

_log = logging.getLogger("mailman.bounce")


@frozen(kw_only=True)
class _Bounce:
    """One mail in the queue, judged."""

    mlist: Any
    msg: Message
    report: Report
    verdicts: tuple[Verdict, ...]
    assessment: Assessment

    @property
    def genuine(self) -> bool:
        """Whether it reports failures or delays, by more than somebody's words, and does not look forged."""
        return self.report.kind.is_trouble and bool(self.verdicts) and not (self.report.secondhand or self.assessment.fake)


class BounceRunner(_MailmanRunner):  # type: ignore[misc]  # Mailman is not typed
    """
    Mailman's bounce runner; what a report says of each member decides whether the member is scored.

    To score other failures too, override `blames()`; to tell forged reports better, `facts()`.
    """

    def __init__(self, name: str, slice: int | None = None) -> None:  # noqa: A002 - Mailman's own name
        super().__init__(name, slice)
        self._windows: dict[str, tuple[date, Surveyor]] = {}
        self._told: set[tuple[str, date, str | None, Reason | None]] = set()

    def blames(self, verdict: Verdict) -> bool:
        """
        Tell whether a verdict blames the member's address.

        Only a dead one is blamed: no full mailbox, no refusal of the sender's, no delay.
        """
        return verdict.kind is Kind.FAILURE and verdict.action is Action.SUPPRESS

    def facts(self, mlist: Any) -> dict[str, Any]:  # noqa: ANN401, ARG002 - Mailman's list
        """Give the keywords for `assess()`, such as `trusted_authserv_ids`: what the site knows beside the report.  Nothing by default."""
        return {}

    def _dispose(self, mlist: Any, msg: Message, msgdata: dict[str, Any]) -> bool:  # noqa: ANN401, ARG002 - Mailman's signature
        if not mlist.process_bounces:
            return False
        report = parse(msg)
        bounce = _Bounce(mlist=mlist, msg=msg, report=report, verdicts=classify(report), assessment=assess(report, **self.facts(mlist)))
        members = StandardVERP().get_verp(mlist, msg)
        if not bounce.genuine:
            _write(bounce, "ignored", sorted(members), None)
            maybe_forward(mlist, msg)
            return False
        self._watch_for_walls(bounce)
        if members:
            self._judge_verp(bounce, sorted(members), BounceContext.normal)
        elif not self._judge_probe(bounce):
            self._judge_each(bounce)
        return False

    def _judge_verp(self, bounce: _Bounce, members: list[str], context: BounceContext) -> None:
        """Score those that the envelope names, by what the report says of them: of forwarded mail, of all it went on to."""
        for member in members:
            own = [verdict for verdict in bounce.verdicts if member.lower() in _addresses(verdict)] or [*bounce.verdicts]
            blamed = all(self.blames(verdict) for verdict in own)
            self._register(bounce, [member], own[0], context, blamed=blamed)

    def _judge_probe(self, bounce: _Bounce) -> bool:
        """Score who was probed.  The probe's token holds for one use: a report that blames nobody must not use it up."""
        if not all(self.blames(verdict) for verdict in bounce.verdicts):
            return False
        members = ProbeVERP().get_verp(bounce.mlist, bounce.msg)
        self._judge_verp(bounce, sorted(members), BounceContext.probe)
        return bool(members)

    def _judge_each(self, bounce: _Bounce) -> None:
        """Score each recipient that the report names and blames."""
        for verdict in bounce.verdicts:
            self._register(bounce, [*_addresses(verdict)], verdict, BounceContext.normal, blamed=self.blames(verdict))

    def _register(self, bounce: _Bounce, addresses: Iterable[str], verdict: Verdict, context: BounceContext, *, blamed: bool) -> None:
        """Register the first of the addresses that is a member's."""
        member = next((address for address in addresses if bounce.mlist.members.get_member(address) is not None), None)
        if member and blamed:
            self._processor.register(bounce.mlist, member, bounce.msg, context)
        outcome = "not scored" if not blamed else "scored" if member else "no member"
        _write(bounce, outcome, [member] if member else [*addresses], verdict, probe=context is BounceContext.probe)

    def _watch_for_walls(self, bounce: _Bounce) -> None:
        """Count what the list itself is refused for, day by day, and say it once a day."""
        name, day = bounce.mlist.list_id, datetime.now(UTC).date()
        known, surveyor = self._windows.get(name, (None, None))
        if surveyor is None or known != day:
            surveyor = Surveyor()
            self._windows[name] = (day, surveyor)
        surveyor.add(bounce.report, bounce.verdicts)
        if not any(verdict.reason in REFUSALS for verdict in bounce.verdicts):
            return
        found = surveyor.survey()
        key = (name, day, found.refused_by, found.refused_for)
        if found.situation is Situation.SENDING_REFUSED and key not in self._told:
            self._told = {told for told in self._told if told[1] == day} | {key}
            _line(
                "refusal",
                {"list": name, "provider": found.refused_by or "many", "reason": found.refused_for, "failures": found.failures, "outcome": "not scored"},
                logging.WARNING,
            )


def _addresses(verdict: Verdict) -> dict[str, None]:
    """Give the addresses of a verdict in lower case, first the one that was written to: that is the member's."""
    return dict.fromkeys(address.lower() for address in (verdict.original_recipient, verdict.recipient) if address)


def _write(bounce: _Bounce, outcome: str, members: list[str], verdict: Verdict | None, *, probe: bool = False) -> None:
    """Write one line of the bounce log: who, why, on what evidence, what came of it."""
    winner = verdict.evidence[0] if verdict and verdict.evidence else None
    fields: dict[str, object] = {
        "list": bounce.mlist.list_id,
        "member": ",".join(members) or None,
        "kind": bounce.report.kind,
        "authenticity": bounce.assessment.authenticity if bounce.assessment.fake else None,
        "reason": verdict.reason if verdict else None,
        "address_state": verdict.address_state if verdict else None,
        "action": verdict.action if verdict else None,
        "confidence": verdict.confidence if verdict else None,
        "rule": winner.rule if winner else None,
        "evidence": winner.excerpt[:_EXCERPT] if winner else None,
        "probe": "yes" if probe else None,
        "message-id": bounce.msg.get("message-id"),
        "outcome": outcome,
    }
    _line("bounce", fields, logging.INFO)


def _line(event: str, fields: Mapping[str, object], level: int) -> None:
    """Write "bounceclass bounce list=… reason=…"; what a mail says is quoted, and cannot begin a line of its own."""
    _log.log(level, "bounceclass %s %s", event, " ".join(f"{name}={_quoted(str(value))}" for name, value in fields.items() if value is not None))


def _quoted(text: str) -> str:
    text = safe_line(text)
    return json.dumps(text, ensure_ascii=False) if not text or any(mark in text for mark in ' "=') else text
