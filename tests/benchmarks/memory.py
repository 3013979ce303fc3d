"""
Peak memory of a mail of 50 MB, in its size: as octets, and as a file of which no more is read than of one.

    python tests/benchmarks/memory.py
"""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import bounceclass

MAIL = (Path(__file__).parents[2] / "corpus/postfix/01-user-unknown.eml").read_bytes()
FILLS = {
    "lines": b"a line of fifty octets that says nothing at all.\n",
    "one line": b"a",
    "empty lines": b"\n",
    "CRLF": b"ab\r\n",
    "parts": b"--x\nContent-Type: text/plain\n\nx\n",
}
ACTS: dict[str, Callable[[bytes], object]] = {
    "parse": bounceclass.parse,
    "explain": lambda octets: str(bounceclass.explain(octets)),
    "parse of a file": lambda octets: bounceclass.parse(io.BytesIO(octets)),
    "loop gate": bounceclass.looks_like_report,
}


def main() -> None:
    """Print one row a fill."""
    for fill, unit in FILLS.items():
        octets = MAIL + unit * (50 * 10**6 // len(unit))
        row = []
        for name, act in ACTS.items():
            tracemalloc.start()
            act(octets)
            row.append(f"{name} {tracemalloc.get_traced_memory()[1] / len(octets):.2f}")
            tracemalloc.stop()
        print(f"{fill}: {', '.join(row)}")


if __name__ == "__main__":
    main()
