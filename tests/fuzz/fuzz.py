"""
Fuzz everything that a caller can do with a mail, from the corpus on.

    python tests/fuzz/fuzz.py [-max_total_time=SECONDS] [-runs=N] [libFuzzer's other options]

What must hold stands in `invariants.py`.  A fault is printed with its octets in a file `crash-…`.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["bounceclass"]):
    import invariants

HERE = Path(__file__).parent
MAX_OCTETS = 6_000


def main() -> None:
    """Start libFuzzer with the mails of the corpus and the words that bounces are made of."""
    folder = Path(tempfile.mkdtemp(prefix="bounceclass-fuzz-"))
    for number, path in enumerate(sorted((HERE.parent.parent / "corpus").glob("*/*.eml"))):
        (folder / f"{number}.eml").write_bytes(path.read_bytes()[:MAX_OCTETS])
    options = [f"-max_len={MAX_OCTETS}", f"-dict={HERE / 'bounces.dict'}", "-timeout=20", "-rss_limit_mb=2048", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *options, *sys.argv[1:], str(folder)], invariants.check)
    try:
        atheris.Fuzz()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
