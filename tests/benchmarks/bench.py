"""
How fast we are: parse and classify over the corpus, beside the standard library and flufl.bounce.

    python tests/benchmarks/bench.py            the table
    python tests/benchmarks/bench.py --rounds 9 more rounds, where the machine is noisy

Each figure is the best of the rounds, in microseconds a mail; the works take turns within a round, so
that all of them meet the same moods of the machine.  docs/benchmarks.md says how to read it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from email import message_from_bytes
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent.parent))

from flufl.bounce import all_failures

import bounceclass
from corpus_mails import MAILS

if TYPE_CHECKING:
    from collections.abc import Callable


def timed(work: Callable[[bytes], object], mails: list[bytes]) -> float:
    """Give the time of one round over all mails, in microseconds a mail."""
    start = time.perf_counter()
    for octets in mails:
        work(octets)
    return 1e6 * (time.perf_counter() - start) / len(mails)


def parse_and_classify(octets: bytes) -> object:
    """Do the main job."""
    return bounceclass.classify(bounceclass.parse(octets))


def flufl(octets: bytes) -> object:
    """Do flufl.bounce's, with the parser it needs; its crashes count as answers."""
    try:
        return all_failures(message_from_bytes(octets))
    except (IndexError, AttributeError, LookupError, ValueError):
        return None


def import_time() -> float:
    """Give the best of five imports in a fresh interpreter, less the interpreter's own start, in milliseconds."""

    def run(code: str) -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        return time.perf_counter() - start

    return 1e3 * (min(run("import bounceclass") for _ in range(5)) - min(run("pass") for _ in range(5)))


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=15)
    rounds = options.parse_args().rounds
    groups = {
        "whole corpus": [mail.octets for mail in MAILS],
        "3 to 5 kB": [octets for mail in MAILS if 3_000 <= len(octets := mail.octets) <= 5_000],
        "RFC 3464 of 3 to 5 kB": [
            octets for mail in MAILS if 3_000 <= len(octets := mail.octets) <= 5_000 and mail.sidecar["expect"]["report"]["dialect"] == "rfc3464"
        ],
    }
    works: dict[str, Callable[[bytes], object]] = {
        "bounceclass parse": bounceclass.parse,
        "bounceclass parse + classify": parse_and_classify,
        "email.message_from_bytes": message_from_bytes,
        "flufl.bounce with it": flufl,
    }
    for name, mails in groups.items():
        size = sum(map(len, mails)) / len(mails)
        print(f"{name}: {len(mails)} mails, {size:,.0f} octets on average")
        times = [[timed(work, mails) for work in works.values()] for _ in range(rounds + 1)][1:]  # the first round loads tables
        for title, column in zip(works, zip(*times, strict=True), strict=True):
            print(f"  {title:30} {min(column):8.0f} us a mail")
    print(f"import bounceclass: {import_time():.0f} ms")


if __name__ == "__main__":
    main()
