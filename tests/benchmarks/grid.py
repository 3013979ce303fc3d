"""
How time grows with what a mail is filled with: every unit in every place, at two sizes four times apart.

    python tests/benchmarks/grid.py [OCTETS]

Prints the dearest cells, those that grow most, and counts of things.  100 kB of anything take less than a second.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from growth import COUNTS, PLACES, UNITS, filled, seconds, use

OCTETS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000


def main() -> None:
    """Measure the grid."""
    cells = []
    for place, act in PLACES.items():
        for unit in UNITS:
            short, long = (seconds(partial(act, filled(unit, octets)), 2) for octets in (OCTETS // 4, OCTETS))
            cells.append((long, long / max(short, 0.001), place, unit))
    print(f"{len(PLACES)} places, {len(UNITS)} units, {OCTETS:,} octets: {sum(cell[0] for cell in cells):.0f} s in all")
    print("dearest:")
    for long, growth, place, unit in sorted(cells, reverse=True)[:12]:
        print(f"  {long:6.3f} s, {growth:4.1f} times a quarter: {place} of {unit!r}")
    print("steepest:")
    for long, growth, place, unit in sorted(cells, key=lambda cell: -cell[1])[:12]:
        print(f"  {long:6.3f} s, {growth:4.1f} times a quarter: {place} of {unit!r}")
    for name, make in COUNTS.items():
        short, long = (seconds(partial(use, make(count)), 2) for count in (500, 2_000))
        print(f"  {long:6.3f} s, {long / max(short, 0.001):4.1f} times a quarter: 2,000 {name}")


if __name__ == "__main__":
    main()
