"""Every regular expression takes linear time: proven for each that the package compiles, and the prover proven first."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bounceclass import PluginError
from bounceclass.linear import find_attack
from bounceclass.reading.dialects.dialect import Capture, Clue, Dialect
from bounceclass.testing import check_dialect

BAD = (
    r"(a+)+b", r"(a|a)*b", r"(a|aa)+$", r"(.*)*x", r"(\w+\s?)*$x", r"^(\d+)*$", r"([a-z]+)+\d", r"(?:a?){20}a{20}b", r"(?:x+x+)+y",
    r"a*a*b", r"a*b", r"\s+$", r"^\s+|\s+$", r"<.*?>.*?</a>", r"\d+\.\d+x", r"x*y*x*z", r"(?=.*x)a", r"\bfoo.*bar\b.*baz", r".*?=.*;",
    r"(?:\w+@)?\w+\.com", r"a{1,600}+a*b", r'"[^"\\]*+(?:\\.[^"\\]*+)*+"', r"(?<!\w)(\w+)\1!", r"(?>a+b?)+c",
    "(?m)^" + r"a{1,4}b?" * 11 + "c",
    r"[^\W\d_]{3,}['’]?[^\W\d_]*[ -][^\W\d_]{4,}",  # what hung the parser for 21 s
)  # fmt: skip
GOOD = (
    r"abc", r"\w+", r"(?<!\w)\w+@", r"<[^<>]*>", r"(?m)^[^\n]*x", r"a{1,64}@", r"(?<![a-z])[a-z]++@x", r"\A\s*x", r"(?m)^>[ >]{0,3}", r"(?:foo|bar)+",
    r"\d{3}-\d{4}", r"\b(?:a|b|c)\b", r"(?m)^\w+:[^\n]*$", r"\Aa*b", r"https?://[^\s]+", r"[ab]+?", r"(?i)<br\s?/?>", r"(?<=x)y+z", r"(?m)^[ \t]*\n[ \t]*x",
    r"\A(?:a++,)*+b", r"(?m)^[ \t]*+(?P<a>[^\n]+)$",
)  # fmt: skip
# What the prover cannot prove, and why it is linear all the same.
_LINE = "matched against lines of at most 2,000 characters, once each"
UNPROVEN = {
    r"^[ \t]{0,4}(?:[*•>-]{1,3}": _LINE,
    r"^[ \t]*+(?:(?:[*•>#-]{1,4}|": _LINE,
    r"(?i)<(?:a|area)(?=[\s/])": "possessive and bounded: a tag is read once, and no further than 40 pieces of 600 characters",
}


@cache
def compiled() -> list[dict[str, Any]]:
    """Give each pattern that the package compiles, with its flags and where."""
    found = subprocess.run([sys.executable, str(Path(__file__).parent / "compiled.py")], capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in found.splitlines()]


@pytest.mark.parametrize("pattern", BAD)
def test_the_prover_finds_what_is_known_to_be_bad(pattern: str) -> None:
    """Exponential, cubic, quadratic patterns, and those that only a search makes so."""
    attack = find_attack(pattern)

    assert attack
    assert attack.pump


@pytest.mark.parametrize("pattern", GOOD)
def test_the_prover_passes_what_is_known_to_be_good(pattern: str) -> None:
    """Nobody writes patterns for a prover that cries at everything."""
    assert find_attack(pattern) is None


def test_an_attack_is_one() -> None:
    """The text that the prover gives makes the pattern slow: four times the length costs far more than four times the time."""
    attack = find_attack(BAD[-1])
    assert attack
    slow = re.compile(BAD[-1])

    assert seconds(slow, attack.text(800)) > 8 * seconds(slow, attack.text(200))


def seconds(pattern: re.Pattern[str], text: str) -> float:
    """Time one search, the best of three."""
    best = 60.0
    for _ in range(3):
        start = time.process_time()
        pattern.search(text)
        best = min(best, time.process_time() - start)
    return best


def test_every_pattern_of_the_package_is_linear() -> None:
    """A slow one is named with its place and its attack."""
    patterns = compiled()
    assert len(patterns) > 500
    assert {row["place"].split("/")[2].split(".")[0] for row in patterns} >= {"reading", "text", "rules", "mail", "insight", "cli", "serial", "mailboxes"}

    slow = []
    for row in patterns:
        pattern = row["pattern"].encode("latin-1") if row["octets"] else row["pattern"]
        if not row["pattern"].startswith(tuple(UNPROVEN)) and (attack := find_attack(pattern, row["flags"])):
            slow.append(f"{row['place']}: {row['pattern']!r}: {attack.why}: try {attack.text(1_000)[:60]!r}…")

    assert not slow, "\n".join(slow)


def test_what_is_not_proven_is_still_there_and_measured() -> None:
    """No exemption outlives its pattern; the attacks of each grow no faster than the text."""
    patterns = {row["pattern"]: row for row in compiled()}
    for beginning, reason in UNPROVEN.items():
        (row,) = (row for pattern, row in patterns.items() if pattern.startswith(beginning))
        attack = find_attack(row["pattern"], row["flags"])
        assert attack, f"{beginning} is proven: take it off the list"
        regex = re.compile(row["pattern"], row["flags"])
        short, long = (measured(regex, attack.text(times), lines=reason is _LINE) for times in (20_000, 80_000))
        assert long < 8 * max(short, 0.002)


def measured(regex: re.Pattern[str], text: str, *, lines: bool) -> float:
    """Time a pattern as it is used: on lines of a bounded length, or on the whole text."""
    start = time.process_time()
    for piece in [text[at : at + 2_000] for at in range(0, len(text), 2_000)] if lines else [text]:
        regex.match(piece) if lines else [*regex.finditer(piece)]
    return time.process_time() - start


def test_a_plugin_with_a_slow_pattern_is_refused() -> None:
    """By the check that its author runs, and when it is loaded; the sentence names dialect, field and pattern."""
    table = {"name": "slow", "title": "Slow", "source": "https://example.org", "since": "1", "clues": (Clue("text", "slow"),)}
    capture = Capture(r"^(?P<recipient>\S+@\S+)\s*:\s*(?P<diagnostic>\s*\S+)+$")

    (problem,) = check_dialect(Dialect(**table, captures=(capture,)), {})  # type: ignore[arg-type]

    assert "slow" in problem
    assert "captures[0]" in problem
    assert "linear" in problem
    with pytest.raises(PluginError, match="opens"):
        Dialect(**table, opens=r"(a+)+b").check()  # type: ignore[arg-type]
