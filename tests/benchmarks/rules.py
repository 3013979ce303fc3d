"""
How the cost of a verdict grows with the number of rules: 100 to 5,000, over the diagnostics of the corpus.

    python tests/benchmarks/rules.py
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import bounceclass
from bounceclass.rules.rule import Rule, builtin_rules
from corpus_mails import MAILS

ROUNDS = 15


def made_up(count: int) -> list[Rule]:
    """Give rules of ordinary words that no server says, three phrases each."""
    words = "mailbox user quota server message policy address account limit blocked relay sender".split()  # noqa: SIM905 - a list of words
    phrases = [f"{words[n % 12]} {words[n // 12 % 12]} number{n}" for n in range(3 * count)]
    return [Rule(id=f"unknown.made_up_{n}", reason=bounceclass.Reason.UNKNOWN, any=tuple(phrases[3 * n : 3 * n + 3])) for n in range(count)]


def main() -> None:
    """Print microseconds a verdict for books of several sizes."""
    reports = [bounceclass.parse(mail.octets) for mail in MAILS]
    verdicts = sum(len(report.deliveries) for report in reports)
    ours = builtin_rules()
    for size in (100, len(ours), 1_000, 5_000):
        book = bounceclass.RuleBook(ours[:size] + made_up(max(0, size - len(ours))))
        times = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            for report in reports:
                bounceclass.classify(report, rules=book)
            times.append(time.perf_counter() - start)
        print(f"{size:5} rules, {sum(len(rule.any) for rule in book.rules):6} phrases: {1e6 * min(times) / verdicts:6.0f} us a verdict")


if __name__ == "__main__":
    main()
