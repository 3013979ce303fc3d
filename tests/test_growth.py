"""Time grows with what a mail is filled with, and not with its square: each unit in each place, and counts of things."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from growth import COUNTS, PLACES, UNITS, filled, seconds, use

SHORT, LONG = 4_000, 16_000  # octets
FEW, MANY = 100, 400  # things
# Four times as much may take this many times as long: what is quadratic takes sixteen.  No time by itself fails a test.
MOST = 9.0
LEAST = 0.002  # seconds; what is shorter is noise


def growth(short: Callable[[], object], long: Callable[[], object]) -> float:
    """Give how many times as long the longer takes; measured again, and better, where it seems steep."""
    ratio = 0.0
    for rounds in (1, 3, 9):
        ratio = seconds(long, rounds) / max(seconds(short, rounds), LEAST)
        if ratio < MOST:
            break
    return ratio


@pytest.mark.parametrize("place", PLACES)
def test_octets(place: str) -> None:
    """Whatever stands there."""
    act = PLACES[place]
    act(b"x")  # what is loaded at the first use
    steep = {unit: ratio for unit in UNITS if (ratio := growth(partial(act, filled(unit, SHORT)), partial(act, filled(unit, LONG)))) >= MOST}

    assert not steep


@pytest.mark.parametrize("name", COUNTS)
def test_things(name: str) -> None:
    """Recipients, parts, links, fields, words."""
    make = COUNTS[name]
    use(make(1))

    assert growth(partial(use, make(FEW)), partial(use, make(MANY))) < MOST


def test_what_is_quadratic_is_seen() -> None:
    """The test can fail."""

    def quadratic(count: int) -> int:
        return sum(1 for _ in range(count) for _ in range(count))

    assert growth(partial(quadratic, 400), partial(quadratic, 1_600)) > MOST
