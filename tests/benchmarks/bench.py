"""
How fast we are, beside the standard library and flufl.bounce, in one run.

    python tests/benchmarks/bench.py [FOLDER]                   mails of one's own, *.eml; without it the corpus
    python tests/benchmarks/bench.py --python .../bin/python    what starts is measured there: where a wheel is installed

Works take turns within a round, so that all of them meet the same moods of the machine; each figure is the
best of its rounds.  docs/benchmarks.md says how to read it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from email import message_from_bytes
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent.parent))

from flufl.bounce import all_failures

import bounceclass
from corpus_mails import MAILS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_FIRST_VERDICT = "import bounceclass; bounceclass.classify(bounceclass.parse(open({!r}, 'rb').read()))"
# Exim's notice of a message in an 8-bit charset that nobody names, as its mails are that return all of it.
_NOTICE = (
    "From: Mail Delivery System <Mailer-Daemon@mx.example.net>\nTo: taro@example.net\nSubject: Mail delivery failed: returning message to sender\n"
    "X-Failed-Recipients: anna@example.com\nAuto-Submitted: auto-replied\n\nThis message was created automatically by mail delivery software.\n\n"
    "A message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n"
    "  anna@example.com\n    host mx.example.com [192.0.2.1]\n    SMTP error from remote mail server after RCPT TO:<anna@example.com>:\n"
    "    550 5.1.1 User unknown\n\n------ This is a copy of the message, including all the headers. ------\n\n"
    "Return-path: <taro@example.net>\nFrom: Taro <taro@example.net>\nTo: anna@example.com\nSubject: Grüße\nMessage-Id: <1@example.net>\n\n"
)
_LINES = "Schöne Grüße aus München, wir sehen uns nächste Woche wieder; die Unterlagen liegen bei.\nBitte schreib an info@example.org.\n\n"


def parse_and_classify(octets: bytes) -> object:
    """Do the main job."""
    return bounceclass.classify(bounceclass.parse(octets))


def flufl(octets: bytes) -> object:
    """Do flufl.bounce's, with the parser it needs; its crashes count as answers."""
    try:
        return all_failures(message_from_bytes(octets))
    except (IndexError, AttributeError, LookupError, ValueError):
        return None


def best_times(works: Mapping[str, Callable[[bytes], object]], mails: Sequence[bytes], rounds: int) -> dict[str, list[float]]:
    """Give for each work the best time of each mail, in microseconds."""
    best = {name: [float("inf")] * len(mails) for name in works}
    for _ in range(rounds + 1):
        for name, work in works.items():
            for index, octets in enumerate(mails):
                start = time.perf_counter()
                work(octets)
                best[name][index] = min(best[name][index], 1e6 * (time.perf_counter() - start))
    return best


def notice(octets: int) -> bytes:
    """Give an unlabelled 8-bit notice of about that size."""
    return (_NOTICE + _LINES * ((octets - len(_NOTICE)) // len(_LINES))).encode("latin-1")


def process_times(commands: Mapping[str, list[str]], rounds: int) -> dict[str, float]:
    """Give the best time of each process from start to end, in seconds."""
    best = dict.fromkeys(commands, float("inf"))
    for _ in range(rounds):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "LC_ALL": "C.UTF-8"})
            best[name] = min(best[name], time.perf_counter() - start)
    return best


def compare(mails: Sequence[bytes], rounds: int) -> None:
    """Print what a mail costs, by us and by others."""
    works: dict[str, Callable[[bytes], object]] = {
        "email.message_from_bytes": message_from_bytes,
        "bounceclass parse": bounceclass.parse,
        "bounceclass parse + classify": parse_and_classify,
        "flufl.bounce with email": flufl,
    }
    print(f"{len(mails)} mails of {sum(map(len, mails)) / len(mails):,.0f} octets, microseconds a mail:")
    best = best_times(works, mails, rounds)
    reference = sum(best["email.message_from_bytes"])
    for name, times in best.items():
        middle, slowest = sorted(times)[len(times) // 2], max(times)
        print(f"  {name:30} {sum(times) / len(times):6.0f} = {sum(times) / reference:4.2f} x email   median {middle:5.0f}   slowest {slowest:6.0f}")
    short, long = notice(4_000), notice(36_000)
    grown = best_times({"": parse_and_classify}, [short, long], 5 * rounds)[""]
    print(f"  an unlabelled 8-bit notice: {1e3 * (grown[1] - grown[0]) / (len(long) - len(short)):.1f} us a kB beyond the first four")


def start(python: str, mail: Path, rounds: int) -> None:
    """Print what a start costs."""
    commands = {
        "python": [python, "-c", "pass"],
        "import": [python, "-c", "import bounceclass"],
        "verdict": [python, "-c", _FIRST_VERDICT.format(str(mail))],
        "explain": [python, "-m", "bounceclass", "explain", str(mail)],
    }
    took = process_times(commands, rounds)
    imported, judged = took["import"] - took["python"], took["verdict"] - took["import"]
    print(f"import bounceclass {1e3 * imported:.0f} ms, the first verdict {1e3 * judged:.0f} ms more; bounceclass explain MAIL {took['explain']:.2f} s in all")


def scan(python: str, mails: Sequence[bytes], count: int) -> None:
    """Print what a mailbox costs, by one process and by two."""
    with tempfile.TemporaryDirectory() as folder:
        box = Path(folder, "mbox")
        with box.open("wb") as file:
            for index in range(count):
                file.write(b"From MAILER-DAEMON Thu Nov 26 00:00:00 2026\n" + mails[index % len(mails)].replace(b"\nFrom ", b"\n>From ") + b"\n\n")
        commands = {jobs: [python, "-m", "bounceclass", "scan", "--format", "csv", "--jobs", jobs, "--output", f"{folder}/out", str(box)] for jobs in "12"}
        took = process_times(commands, 2)
    print(f"scan of {count:,} mails: {took['1']:.1f} s, by two processes {took['2']:.1f} s: {took['1'] / took['2']:.2f} times as fast")


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", nargs="?", type=Path)
    options.add_argument("--rounds", type=int, default=9)
    options.add_argument("--python", default=sys.executable)
    options.add_argument("--scan", type=int, default=0, metavar="N", help="time `bounceclass scan` of N mails too")
    given = options.parse_args()
    mails = [path.read_bytes() for path in sorted(given.folder.rglob("*.eml"))] if given.folder else [mail.octets for mail in MAILS]
    compare(mails, given.rounds)
    start(given.python, Path(__file__).parents[2] / "corpus" / "postfix" / "01-user-unknown.eml", given.rounds)
    if given.scan:
        scan(given.python, mails, given.scan)


if __name__ == "__main__":
    main()
