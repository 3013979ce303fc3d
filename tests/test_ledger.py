"""The ledger: what to do with an address, in whatever order its facts came."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import bounceclass
from bounceclass import Advice, Grounds, Kind, Ledger, Policy, Reason, classify_reply

if TYPE_CHECKING:
    from bounceclass import Verdict

ADDRESS = "Jane@example.com"
START = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def verdict(words: str, **facts: Any) -> Verdict:
    """Judge an answer to a message for the address."""
    return evolve(classify_reply(words), recipient=ADDRESS, **facts)


SOFT = verdict("451 4.3.0 Temporary system problem")
FULL = verdict("552 5.2.2 Mailbox full")
DEAD = verdict("550 5.1.1 User unknown")
DOUBTED = verdict("550 no")
OURS = verdict("550 5.7.26 DMARC policy of example.net")
COMPLAINT = evolve(SOFT, kind=Kind.COMPLAINT, reason=Reason.COMPLAINT, action=bounceclass.Action.SUPPRESS)
DELIVERED = evolve(SOFT, kind=Kind.SUCCESS, reason=Reason.DELIVERED, action=bounceclass.Action.NONE)
DELAY = evolve(SOFT, kind=Kind.DELAY, action=bounceclass.Action.NONE)
AWAY = evolve(SOFT, kind=Kind.AUTO_REPLY, reason=Reason.AUTO_REPLY, action=bounceclass.Action.NONE)


def ledger_of(*facts: tuple[Verdict, float] | tuple[Verdict, float, str]) -> Ledger:
    """Give a ledger of verdicts, each so many days after the start."""
    ledger = Ledger()
    for told, days, *message in facts:
        ledger.record(told, at=START + days * DAY, message_id=message[0] if message else "")
    return ledger


def advice(ledger: Ledger, days: float) -> tuple[Advice, Grounds | None]:
    """Ask so many days after the start."""
    standing = ledger.standing(ADDRESS.upper(), now=START + days * DAY)
    return standing.advice, standing.grounds


WEEKLY = [(SOFT, days) for days in (0, 7, 14, 21, 28)]


@pytest.mark.parametrize(
    ("facts", "days", "expected"),
    [
        ([], 0, (Advice.KEEP, None)),
        ([(SOFT, 0)], 0.5, (Advice.PAUSE, None)),
        ([(SOFT, 0)], 2, (Advice.KEEP, None)),
        ([(SOFT, 0), (SOFT, 1)], 2.5, (Advice.PAUSE, None)),
        (WEEKLY, 28.5, (Advice.DROP, Grounds.FAILING)),
        (WEEKLY[:4], 28, (Advice.PAUSE, None)),
        ([(SOFT, days) for days in range(10)], 10, (Advice.PAUSE, None)),  # an outage of ten days
        ([(SOFT, number / 200) for number in range(50)], 0.9, (Advice.PAUSE, None)),  # fifty messages on one day
        ([(SOFT, 0), (DELIVERED, 0.2), (SOFT, 0.4)], 0.5, (Advice.PAUSE, None)),  # what failed after a delivery counts
        ([(SOFT, 0, "<1@example.net>"), (DELIVERED, 0.1), (SOFT, 0.2, "<1@example.net>"), (SOFT, 3, "<1@example.net>")], 3.5, (Advice.PAUSE, None)),
        ([(SOFT, days, "<1@example.net>") for days in (0, 7, 14, 21, 28)], 29, (Advice.KEEP, None)),  # one message, reported again and again
        ([*WEEKLY, (DELIVERED, 10)], 29, (Advice.PAUSE, None)),
        ([*WEEKLY, (AWAY, 28.1)], 29, (Advice.KEEP, None)),
        ([(DELAY, days) for days in (0, 7, 14, 21, 28)], 28.1, (Advice.KEEP, None)),
        ([(OURS, days) for days in (0, 7, 14, 21, 28)], 28.1, (Advice.KEEP, None)),
        ([(DOUBTED, days) for days in (0, 7, 14, 21, 28)], 28.1, (Advice.DROP, Grounds.FAILING)),
        ([(FULL, days) for days in (0, 7, 14, 21, 28)], 28.1, (Advice.PAUSE, None)),
        ([(FULL, days) for days in (0, 30, 60, 80, 95)], 95.1, (Advice.DROP, Grounds.FULL)),
        ([(DEAD, 0)], 0, (Advice.DROP, Grounds.DEAD)),
        ([(DEAD, 0), (DELIVERED, 1)], 2, (Advice.KEEP, None)),
        ([(DELIVERED, 0), (DEAD, 1)], 2, (Advice.DROP, Grounds.DEAD)),
        ([(COMPLAINT, 0)], 1, (Advice.DROP, Grounds.COMPLAINT)),
        ([(COMPLAINT, 0), (DELIVERED, 1)], 2, (Advice.DROP, Grounds.COMPLAINT)),
        ([(DEAD, 0)], 200, (Advice.DROP, Grounds.DEAD)),
        ([(COMPLAINT, 0)], 2_000, (Advice.DROP, Grounds.COMPLAINT)),
        ([*WEEKLY], 300, (Advice.KEEP, None)),
        ([*((FULL, days) for days in (0, 4, 8, 12, 16)), (SOFT, 20)], 21, (Advice.PAUSE, None)),  # one other failure is no reason
    ],
)
def test_advice(facts: list[Any], days: float, expected: tuple[Advice, Grounds | None]) -> None:
    """As the policy says."""
    assert advice(ledger_of(*facts), days) == expected


def test_a_person_clears() -> None:
    """A complaint too; what comes later counts again."""
    ledger = ledger_of((COMPLAINT, 0), (DEAD, 0))
    ledger.cleared(ADDRESS, START + DAY)

    assert advice(ledger, 2) == (Advice.KEEP, None)
    ledger.record(COMPLAINT, at=START + 3 * DAY)
    assert advice(ledger, 4) == (Advice.DROP, Grounds.COMPLAINT)


def test_pauses_double() -> None:
    """Up to the longest."""
    ledger = Ledger()
    lengths = []
    for days in range(8):
        at = START + days * DAY
        ledger.record(SOFT, at=at)
        until = ledger.standing(ADDRESS, now=at).until
        lengths.append((until - at).days if until else None)

    assert lengths == [1, 2, 4, 8, 16, 16, 16, 16]


FACTS = st.lists(
    st.tuples(
        st.sampled_from([SOFT, FULL, DEAD, DOUBTED, OURS, COMPLAINT, DELIVERED, DELAY, AWAY, None]),
        st.integers(0, 100),
        st.sampled_from(["", "<1@example.net>", "<2@example.net>"]),
    ),
    max_size=14,
)


def told(facts: list[Any]) -> Ledger:
    """Tell a ledger; None is a person's own act."""
    ledger = Ledger()
    for fact, days, message in facts:
        if fact is None:
            ledger.cleared(ADDRESS, START + days * DAY)
        else:
            ledger.record(fact, at=START + days * DAY, message_id=message)
    return ledger


@given(FACTS, st.randoms(use_true_random=False), st.integers(0, 14), st.integers(0, 300))
def test_order_repetition_and_merging_make_no_difference(facts: list[Any], chance: Any, cut: int, days: int) -> None:
    """Nor do JSON, and forgetting what is too old to count."""
    whole, now = told(facts), START + days * DAY
    shuffled = facts + chance.sample(facts, len(facts) // 2)
    chance.shuffle(shuffled)
    parted = told(shuffled[:cut])
    parted.merge(told(shuffled[cut // 2 :]))
    read = Ledger.from_dict(json.loads(json.dumps(parted.to_dict())))

    assert read.to_dict() == parted.to_dict()
    assert parted.entry(ADDRESS) == whole.entry(ADDRESS)
    expected = whole.standing(ADDRESS, now=now)
    assert parted.standing(ADDRESS, now=now) == expected
    whole.expire(now)
    assert whole.standing(ADDRESS, now=now) == expected


@pytest.mark.parametrize("locale", ["en", "ja"])
@pytest.mark.parametrize(
    ("facts", "days", "words"),
    [
        ([], 0, {"en": "no reason to stop", "ja": "止める理由はありません"}),
        ([(SOFT, 0)], 0.5, {"en": "Send again after", "ja": "以降に、あらためてお送りください"}),
        (WEEKLY, 28.5, {"en": "failed on 5 days between 2026-06-01 and 2026-06-29", "ja": "2026年6月1日から2026年6月29日までの間に、5日"}),
        ([(FULL, days) for days in (0, 30, 60, 80, 95)], 95.1, {"en": "has been full for a long time", "ja": "容量がいっぱいの状態"}),
        ([(DEAD, 0)], 0, {"en": "no longer accepts mail", "ja": "届かなくなっています"}),
        ([(COMPLAINT, 0)], 0, {"en": "reported a message as unwanted", "ja": "迷惑メールとしての報告"}),
    ],
)
def test_standings_are_explained(facts: list[Any], days: float, words: dict[str, str], locale: str) -> None:
    """To whoever looks after the list."""
    standing = ledger_of(*facts).standing(ADDRESS, now=START + days * DAY)
    explanation = bounceclass.explain(standing, locale=locale)

    assert words[locale] in explanation.summary
    assert bounceclass.AddressStanding.from_dict(standing.to_dict()) == standing


def test_what_is_kept_of_an_address_is_bounded() -> None:
    """A thousand failures; what was before a delivery goes first, and order makes no difference here either."""
    facts: list[Any] = [(SOFT, number / 50, f"<{number}@example.net>") for number in range(1_500)]
    ledger, backwards = ledger_of(*facts), ledger_of(*reversed(facts))

    kept = ledger.entry(ADDRESS)
    assert kept is not None
    assert len(kept["soft"]) == 1_000
    assert backwards.entry(ADDRESS) == kept
    assert (len(ledger), [*ledger]) == (1, ["jane@example.com"])
    ledger.record(DELIVERED, at=START + 30 * DAY)
    ledger.record(SOFT, at=START + 31 * DAY)
    assert ledger.standing(ADDRESS, now=START + 31 * DAY).failures == (START + 31 * DAY,)


def test_what_is_told_late_is_forgotten_as_well() -> None:
    """Whether or not the ledger was made smaller in between."""
    facts: list[Any] = [(SOFT, 0, "<1@example.net>"), (SOFT, 4, "<1@example.net>")]
    parted = ledger_of(facts[0])
    parted.expire(START + 181 * DAY)
    parted.record(SOFT, at=START + 4 * DAY, message_id="<1@example.net>")

    now = START + 182 * DAY
    assert parted.standing(ADDRESS, now=now) == ledger_of(*facts).standing(ADDRESS, now=now)


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: Ledger().record(SOFT), "must be told when"),
        (lambda: Ledger().record(SOFT, at=datetime(2026, 1, 1)), "aware of its zone"),  # noqa: DTZ001 - what is refused
        (lambda: Ledger().standing("a", now=datetime(2026, 1, 1)), "aware of its zone"),  # noqa: DTZ001 - as above
        (lambda: Ledger.from_dict({}), "a ledger has the version 1"),
        (lambda: Ledger().put("a", {"dead": ["x", "user_unknown"]}), "as Ledger.entry"),
        (lambda: Ledger().put("a", {"soft": {"x": ["2026-01-01T00:00:00+00:00", "no_reason"]}}), "as Ledger.entry"),
        (lambda: Ledger().put("a", {"delivered": "2026-01-01T00:00:00"}), "aware of its zone"),
        (lambda: Policy(failures=0), "must be 1 or more"),
        (lambda: Policy(span=-DAY), "must not be negative"),
        (lambda: Policy(memory=DAY), "must be as long as"),
    ],
)
def test_wrong_facts_are_refused(act: Any, words: str) -> None:
    """With what is wrong."""
    with pytest.raises(ValueError, match=words):
        act()
