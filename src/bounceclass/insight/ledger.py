"""
What to do with an address over time: the third soft failure, the full mailbox, the delivery in between.

A ledger holds facts and no decisions: what failed on which day, when something was last delivered.  What follows is asked
for, and is the same in whatever order the facts came, however often, and through however many ledgers that were merged.

    ledger = Ledger()
    for verdict in bounceclass.classify(report):
        ledger.record(verdict, at=received, message_id=report.original.message_id if report.original else "")
    ledger.standing("jane@example.com", now=now).advice        # keep, pause, drop

The defaults, and what others do:

- 5 failures, on different days: GNU Mailman's bounce_score_threshold, which counts one a day too.
- over at least 14 days: Mailman forgets after 7 (bounce_info_stale_after); a server that is out of order for a week is no
  dead address, and RFC 5321 §4.5.4.1 lets each message wait 4 to 5 days.
- a mailbox full for 90 days: most providers close one after 6 to 24 months.
- a pause of 1 day that doubles up to 16: the "back off" of RFC 5321 §4.5.4.1, by messages.
- soft failures are forgotten after 180 days; dead addresses (later they are often spam traps) and complaints never are.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from attrs import define, field, frozen

from bounceclass.model.insight import AddressStanding
from bounceclass.model.reasons import Reason
from bounceclass.model.vocabulary import Action, Advice, Grounds, Kind, Responsible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bounceclass.model.verdict import Verdict

__all__ = ["Ledger", "Policy"]

# Of one address, since something was last delivered to it: the earliest count, so that order makes no difference.
_MOST_FAILURES: Final = 1_000
_SENDERS: Final = frozenset({Responsible.SENDER, Responsible.SENDER_ADMIN})
# What shows that an address takes mail.
_ARRIVALS: Final = frozenset({Kind.SUCCESS, Kind.AUTO_REPLY, Kind.DISPOSITION})
_VERSION: Final = 1


@frozen(kw_only=True)
class Policy:
    """
    When an address is dropped.

    Attributes:
        failures: So many soft failures drop it, one a message and one a day;
        span: where the first and the last of them are as far apart, and nothing was delivered in between.
        full: How far apart they must be where the mailbox is full.
        pause: How long to wait after the first soft failure; after each further one twice as long.
        longest_pause: And no longer.
        memory: Soft failures older than that are forgotten; dead addresses and complaints never are.
    """

    failures: int = 5
    span: timedelta = timedelta(days=14)
    full: timedelta = timedelta(days=90)
    pause: timedelta = timedelta(days=1)
    longest_pause: timedelta = timedelta(days=16)
    memory: timedelta = timedelta(days=180)

    def __attrs_post_init__(self) -> None:
        """Refuse what would drop everybody, or nobody ever."""
        if self.failures < 1:
            raise ValueError(f"Policy.failures is {self.failures}; it must be 1 or more")
        for name in ("span", "full", "pause", "longest_pause", "memory"):
            if getattr(self, name) < timedelta(0):
                raise ValueError(f"Policy.{name} is {getattr(self, name)}; it must not be negative")
        if self.memory < max(self.span, self.full):
            raise ValueError("Policy.memory must be as long as Policy.span and Policy.full: what is forgotten drops nobody")


@define
class _Entry:
    """
    The facts of one address; each is the latest, the earliest or the union of what was told, so that order makes no difference.

    `soft` has the first failure of each message on each day, by day and message.
    """

    soft: dict[str, tuple[datetime, Reason]] = field(factory=dict)
    dead: tuple[datetime, Reason] | None = None
    complaint: datetime | None = None
    delivered: datetime | None = None
    cleared: datetime | None = None

    def add_soft(self, key: str, at: datetime, reason: Reason) -> None:
        """Note a failure: of the same message and day the first."""
        told = (at, reason)
        self.soft[key] = min(self.soft.get(key, told), told)
        if len(self.soft) > _MOST_FAILURES:
            since = max((at for at in (self.delivered, self.cleared) if at), default=None)
            self.soft = {key: told for key, told in self.soft.items() if since is None or told[0] > since}
            while len(self.soft) > _MOST_FAILURES:
                del self.soft[max(self.soft, key=lambda key: (self.soft[key], key))]

    def failures(self, since: datetime, now: datetime) -> list[tuple[datetime, Reason]]:
        """Give the failures between two instants in their order: of each message the first, of each day the first."""
        counted = sorted((told, key.partition(" ")[2]) for key, told in self.soft.items() if since < told[0] <= now)
        messages: dict[str, tuple[datetime, Reason]] = {}
        for told, message in counted:
            messages.setdefault(message or told[0].isoformat(), told)
        days: dict[date, tuple[datetime, Reason]] = {}
        for told in messages.values():
            days.setdefault(told[0].astimezone(UTC).date(), told)
        return list(days.values())

    def merge(self, other: _Entry) -> None:
        """Take over what another knows."""
        self.dead = _latest(self.dead, other.dead)
        self.complaint = _latest(self.complaint, other.complaint)
        self.delivered = _latest(self.delivered, other.delivered)
        self.cleared = _latest(self.cleared, other.cleared)
        for key, (at, reason) in other.soft.items():
            self.add_soft(key, at, reason)

    def forget(self, before: datetime) -> bool:
        """Forget what is older; tell whether anything is left."""
        self.soft = {message: told for message, told in self.soft.items() if told[0] >= before}
        if not (self.dead or self.complaint):  # which stay until something speaks against them
            self.delivered, self.cleared = (at if at and at >= before else None for at in (self.delivered, self.cleared))
        return bool(self.soft or self.dead or self.delivered or self.cleared or self.complaint)


def _latest(one: Any, other: Any) -> Any:  # noqa: ANN401 - instants, alone or before a reason
    return max((told for told in (one, other) if told is not None), default=None)


class Ledger:
    """
    What became of mail to each address, and what to do with it.

    Addresses are compared in lower case.  Nothing is looked up and nothing is written: `to_dict()`, or `entry()` and
    `put()` for one address at a time, keep it in a database (docs/arrivals.md has two).

    Args:
        policy: When an address is dropped.
    """

    def __init__(self, policy: Policy | None = None) -> None:
        self.policy: Policy = policy or Policy()
        self._entries: dict[str, _Entry] = {}

    def __len__(self) -> int:
        """Count the addresses of which anything is known."""
        return len(self._entries)

    def __iter__(self) -> Iterator[str]:
        """Name them, in lower case."""
        return iter(self._entries)

    def record(self, verdict: Verdict, *, at: datetime | None = None, message_id: str = "") -> None:
        """
        Note what a verdict tells.  The same one again changes nothing.

        A sender's fault never counts, nor does a delay; a complaint and a dead address count at once; a delivery, an
        automatic answer and a read receipt show that the address takes mail.

        Args:
            verdict: Of `classify()`.
            at: When it happened, aware of its zone; None for `last_attempt_at`.
            message_id: Of the message that failed, so that it counts once however often it fails; empty where it is not
                known: then each time counts, at most once a day.

        Raises:
            ValueError: It is not known when, or the time is of no zone.
        """
        at = _instant(at or verdict.last_attempt_at, "record()")
        address = verdict.intended_recipient.lower()
        if not address or not (entry := self._touched(address, verdict)):
            return
        if verdict.kind is Kind.COMPLAINT and verdict.reason is Reason.COMPLAINT:
            entry.complaint = _latest(entry.complaint, at)
        elif verdict.kind in _ARRIVALS:
            entry.delivered = _latest(entry.delivered, at)
        elif verdict.action is Action.SUPPRESS:
            entry.dead = _latest(entry.dead, (at, verdict.reason))
        else:
            entry.add_soft(f"{at.astimezone(UTC).date() if message_id else at.astimezone(UTC).isoformat()} {message_id}", at, verdict.reason)

    def _touched(self, address: str, verdict: Verdict) -> _Entry | None:
        """Give the entry that a verdict changes; None where it changes none."""
        soft = verdict.kind is Kind.FAILURE and verdict.responsible not in _SENDERS
        if verdict.kind in _ARRIVALS or verdict.reason is Reason.COMPLAINT or verdict.action is Action.SUPPRESS or soft or _doubted(verdict):
            return self._entries.setdefault(address, _Entry())
        return None

    def delivered(self, address: str, at: datetime) -> None:
        """Note that a message was delivered, as a server's log or a sending service tells."""
        entry = self._entries.setdefault(address.lower(), _Entry())
        entry.delivered = _latest(entry.delivered, _instant(at, "delivered()"))

    def cleared(self, address: str, at: datetime) -> None:
        """Note that a person vouched for the address: subscribed anew, or logged in.  What was before counts no more, complaints too."""
        entry = self._entries.setdefault(address.lower(), _Entry())
        entry.cleared = _latest(entry.cleared, _instant(at, "cleared()"))

    def standing(self, address: str, *, now: datetime) -> AddressStanding:
        """
        Say what to do with an address.

        Args:
            address: In any case.
            now: The time, aware of its zone, and not before what was told: pauses end, and facts are forgotten.

        Returns:
            The advice, with the failures that it rests on; `explain()` tells it to a person.
        """
        now = _instant(now, "standing()")
        entry, policy = self._entries.get(address.lower(), _Entry()), self.policy
        if entry.complaint and not (entry.cleared and entry.cleared >= entry.complaint):
            return _dropped(address, Grounds.COMPLAINT, [(entry.complaint, Reason.COMPLAINT)])
        since = max(at for at in (now - policy.memory, entry.cleared, entry.delivered) if at)
        if entry.dead and not any(at and at >= entry.dead[0] for at in (entry.cleared, entry.delivered)):
            return _dropped(address, Grounds.DEAD, [entry.dead])
        failures = entry.failures(since, now)
        others = [told for told in failures if told[1] is not Reason.MAILBOX_FULL]
        if self._suffice(others, policy.span):
            return _dropped(address, Grounds.FAILING, others)
        if self._suffice(failures, policy.full):
            return _dropped(address, Grounds.FULL, failures)
        if failures:
            latest = max(told[0] for told in entry.soft.values() if since < told[0] <= now)
            until = latest + min(policy.longest_pause, policy.pause * 2 ** min(len(failures) - 1, 32))
            if until > now:
                return _standing(address, Advice.PAUSE, failures, until=until)
        return _standing(address, Advice.KEEP, failures)

    def _suffice(self, failures: list[tuple[datetime, Reason]], span: timedelta) -> bool:
        return len(failures) >= self.policy.failures and failures[-1][0] - failures[0][0] >= span

    def merge(self, other: Ledger) -> None:
        """Take over what another ledger knows."""
        for address, entry in other._entries.items():
            self._entries.setdefault(address, _Entry()).merge(entry)

    def expire(self, now: datetime) -> None:
        """Forget what is older than the policy's memory, to keep the ledger small: what is asked is the same before and after."""
        before = _instant(now, "expire()") - self.policy.memory
        self._entries = {address: entry for address, entry in self._entries.items() if entry.forget(before)}

    def entry(self, address: str) -> dict[str, Any] | None:
        """Give the facts of one address as plain JSON types, for one row of a database; None where nothing is known."""
        entry = self._entries.get(address.lower())
        return _plain(entry) if entry else None

    def put(self, address: str, facts: Mapping[str, Any]) -> None:
        """
        Take over the facts of one address, as `entry()` gave them; they are merged with those that are there.

        Raises:
            ValueError: They are of another form.
        """
        self._entries.setdefault(address.lower(), _Entry()).merge(_entry(facts))

    def to_dict(self) -> dict[str, Any]:
        """Give the whole ledger as plain JSON types, without its policy."""
        return {"version": _VERSION, "addresses": {address: _plain(entry) for address, entry in self._entries.items()}}

    @classmethod
    def from_dict(cls, table: Mapping[str, Any], policy: Policy | None = None) -> Ledger:
        """
        Give a ledger back that `to_dict()` was made of.

        Raises:
            ValueError: It is of another form.
        """
        if table.get("version") != _VERSION or not isinstance(table.get("addresses"), dict):
            raise ValueError(f"a ledger has the version {_VERSION} and addresses")
        ledger = cls(policy)
        for address, facts in table["addresses"].items():
            ledger.put(address, facts)
        return ledger


def _doubted(verdict: Verdict) -> bool:
    """Tell a failure of an address that may be dead, but is not proven to be: it counts as a soft one."""
    return verdict.kind is Kind.FAILURE and verdict.reason.info.action is Action.SUPPRESS


def _instant(at: datetime | None, caller: str) -> datetime:
    if at is None:
        raise ValueError(f"{caller} must be told when: the report does not say it")
    if at.tzinfo is None:
        raise ValueError(f"{caller} takes an instant that is aware of its zone, not {at.isoformat()}")
    return at


def _dropped(address: str, grounds: Grounds, failures: list[tuple[datetime, Reason]]) -> AddressStanding:
    return _standing(address, Advice.DROP, failures, grounds=grounds)


def _standing(
    address: str, advice: Advice, failures: list[tuple[datetime, Reason]], *, grounds: Grounds | None = None, until: datetime | None = None
) -> AddressStanding:
    return AddressStanding(
        address=address,
        advice=advice,
        grounds=grounds,
        until=until,
        reason=failures[-1][1] if failures else None,
        failures=tuple(at for at, _ in failures),
    )


def _plain(entry: _Entry) -> dict[str, Any]:
    plain: dict[str, Any] = {"soft": {message: [at.isoformat(), str(reason)] for message, (at, reason) in entry.soft.items()}}
    if entry.dead:
        plain["dead"] = [entry.dead[0].isoformat(), str(entry.dead[1])]
    for name in ("complaint", "delivered", "cleared"):
        if at := getattr(entry, name):
            plain[name] = at.isoformat()
    return plain


def _entry(facts: Mapping[str, Any]) -> _Entry:
    try:
        entry = _Entry(dead=_told(facts["dead"]) if "dead" in facts else None)
        for name in {"complaint", "delivered", "cleared"} & facts.keys():
            setattr(entry, name, _instant(datetime.fromisoformat(facts[name]), "a ledger"))
        for message, told in facts.get("soft", {}).items():
            entry.add_soft(str(message), *_told(told))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"facts of an address must be as Ledger.entry() gives them: {error}") from error
    return entry


def _told(told: Any) -> tuple[datetime, Reason]:  # noqa: ANN401 - whatever a database holds
    at, reason = told
    return _instant(datetime.fromisoformat(at), "a ledger"), Reason(reason)
