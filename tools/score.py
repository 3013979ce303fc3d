"""
Score bounceclass on public mails with labels: the table of docs/comparison.md, by anybody.

    git clone --depth 1 https://github.com/sisimai/set-of-emails
    git clone --depth 1 https://gitlab.com/warsaw/flufl.bounce
    python tools/score.py --set-of-emails set-of-emails/maildir/bsd --flufl-bounce flufl.bounce/test/data

The mails stay where they are.  tools/labels.jsonl has what a reader said of each before any code existed: its kind, and for each
recipient a hash of the address, the reason, and other reasons that can be defended.  Some labels are wrong; argue, and never fit
the code to a single mail.  `--misses` shows each mail that is answered otherwise.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import bounceclass

if TYPE_CHECKING:
    from collections.abc import Iterable

LABELS = Path(__file__).with_name("labels.jsonl")
SETS = ("set-of-emails", "flufl-bounce")
_TROUBLE = ("failure", "delay")


def hashed(address: str | None) -> str:
    """Give the hash that a label has of an address; "" of none."""
    return hashlib.sha256(address.strip().strip("<>").lower().encode()).hexdigest()[:12] if address else ""


def score(label: dict[str, Any], octets: bytes) -> tuple[Counter[str], list[str]]:
    """Give what counts of one mail, and what was missed."""
    report = bounceclass.parse(octets)
    said = [({hashed(v.recipient), hashed(v.original_recipient)} - {""}, str(v.reason)) for v in bounceclass.classify(report)]
    wanted, says = label["kind"] in _TROUBLE, report.kind in _TROUBLE
    counts = Counter(mails=1, kind=report.kind == label["kind"], bounces=wanted, found=wanted and says, others=not wanted, false=says and not wanted)
    misses = [] if report.kind == label["kind"] else [f"kind {report.kind}, labelled {label['kind']}"]
    if wanted and label["recipients"]:
        named = [names for names, _ in said] if says else []
        exact = all(any({*row["is"]} & names for names in named) for row in label["recipients"]) and all(
            any({*row["is"]} & names for row in label["recipients"]) for names in named
        )
        counts += Counter(addressed=1, recipients=exact)
        misses += [] if exact else ["other recipients"]
        for row in label["recipients"]:
            reasons = [reason for names, reason in said if names & {*row["is"]}] or ([said[0][1]] if len(said) == len(label["recipients"]) == 1 else [])
            right = any(reason in {row["reason"], *row.get("also", ())} for reason in reasons)
            counts += Counter(reasons=1, reason=right, strict=row["reason"] in reasons)
            misses += [] if right else [f"reason {', '.join(reasons) or 'none'}, labelled {row['reason']}"]
    return counts, misses


def line(name: str, counts: Counter[str]) -> str:
    """Give one row of the table, in percent."""
    pairs = (("kind", "mails"), ("found", "bounces"), ("recipients", "addressed"), ("reason", "reasons"), ("strict", "reasons"))
    shares = "  ".join(f"{100 * counts[what] / counts[of]:6.2f}" if counts[of] else "     -" for what, of in pairs)
    return f"{name:16} {counts['mails']:5}  {shares}  {counts['false']:3} of {counts['others']}"


def mails(folder: Path) -> dict[str, Path]:
    """Name the mails below a folder by their file's name without its ending."""
    return {path.stem: path for path in folder.rglob("*") if path.is_file()}


def labels() -> Iterable[dict[str, Any]]:
    """Read the labels."""
    return map(json.loads, LABELS.read_text("utf-8").splitlines())


def main() -> None:
    """Score, and print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in SETS:
        options.add_argument(f"--{name}", type=Path, metavar="FOLDER")
    options.add_argument("--misses", action="store_true")
    given = options.parse_args()
    folders = {name: mails(folder) for name in SETS if (folder := getattr(given, name.replace("-", "_")))}
    if not folders:
        options.error("give a folder of mails")
    totals: dict[str, Counter[str]] = {name: Counter() for name in folders}
    absent = 0
    for label in labels():
        if label["set"] not in folders:
            continue
        path = folders[label["set"]].get(label["name"])
        if path is None:
            absent += 1
            continue
        counts, misses = score(label, path.read_bytes())
        totals[label["set"]] += counts
        if given.misses and misses:
            print(f"{label['set']}/{label['name']}: {'; '.join(misses)}")
    print(f"{'':16} mails    kind  recall  recipients  reason  strict  false alarms")
    for name, counts in totals.items():
        print(line(name, counts))
    print(line("all", sum(totals.values(), Counter())))
    if absent:
        print(f"{absent} labelled mails were not there")


if __name__ == "__main__":
    main()
