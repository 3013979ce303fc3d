"""Where a program runs: many threads, a fork, no asserts, a plain locale; and how much memory a large mail takes."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import bounceclass
from corpus_mails import CORPUS, MAILS, result

MAIL = CORPUS / "postfix" / "01-user-unknown.eml"


def test_eight_threads() -> None:
    """Whoever asks first for what is loaded late, all get the same."""
    mails = [mail.octets for mail in MAILS]
    alone = [result(octets) for octets in mails]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(result, mails * 3))

    assert together == alone * 3


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_fork() -> None:
    """A child that was forked off judges as its parent does."""
    expected = [str(verdict.reason) for verdict in bounceclass.classify(MAIL.read_bytes())]
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply(reasons_of, (MAIL.read_bytes(),)) == expected


def reasons_of(octets: bytes) -> list[str]:
    """Give what a child finds."""
    return [str(verdict.reason) for verdict in bounceclass.classify(octets)]


@pytest.mark.parametrize(
    ("options", "environment"), [(["-O"], {}), (["-OO"], {}), ([], {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})]
)
def test_how_python_is_started(options: list[str], environment: dict[str, str]) -> None:
    """Without asserts and docstrings, and where the locale knows ASCII alone."""
    command = [sys.executable, *options, "-m", "bounceclass", "explain", "--locale", "ja", str(MAIL)]
    done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, **environment})

    assert done.returncode == 0, done.stderr
    assert done.stdout
    assert not done.stderr


def peak(act: Any) -> int:
    """Give how many octets an act takes at its peak, beside what is there before."""
    act(b"Subject: warm\n\nup\n")
    tracemalloc.start()
    try:
        return traced(act)
    finally:
        tracemalloc.stop()


def traced(act: Any) -> int:
    """Measure while tracing."""
    large = MAIL.read_bytes() + b"a line of fifty octets that says nothing at all.\n" * 10**6
    before, _ = tracemalloc.get_traced_memory()
    tracemalloc.reset_peak()
    act(large)
    return (tracemalloc.get_traced_memory()[1] - before) * 100 // len(large)


def test_the_memory_of_a_large_mail() -> None:
    """At most six times its size, whatever is done with it: a mail of 50 MB."""
    assert peak(bounceclass.parse) < 600
    assert peak(lambda octets: str(bounceclass.explain(octets))) < 600
