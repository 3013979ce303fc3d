"""
Make the weights that bounceclass ships, or measure how well they judge what they were not made of.

    python tools/learn.py                     from the project's own files alone
    python tools/learn.py --shared ../shared  with the labelled real mails and replies as well, as the shipped ones
    python tools/learn.py --shared ../shared --measure   leave out one origin at a time, and print docs/learning.md's tables
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import bounceclass
from bounceclass.learning import example_of, read_examples
from bounceclass.model.reasons import Reason
from bounceclass.rules.rulebook import RuleBook
from bounceclass.rules.training import TELLABLE, Example, examples_of, train

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bounceclass import Verdict

ROOT: Final = Path(__file__).parents[1]
WEIGHTS: Final = ROOT / "src" / "bounceclass" / "rules" / "data" / "learned.json"
# In how many examples a feature must stand: what stands in one alone is mostly its own.
_SEEN: Final = 2
# Every fifth line of the collection is kept for tests, and never learned.
_KEPT: Final = 5


def is_kept(number: int) -> bool:
    """Whether a line of the collection is kept for tests, by its number from 0."""
    return number % _KEPT == _KEPT - 1


def collection(*, kept: bool = False) -> dict[str, list[Example]]:
    """Give the replies written for the project, by who wrote them: those to learn from, or those kept apart."""
    found = {path.stem: read_examples(path) for path in sorted((ROOT / "corpus" / "replies").glob("*.jsonl"))}
    return {
        name: [example for number, example in enumerate(examples) if is_kept(number) is kept and example.reason in TELLABLE] for name, examples in found.items()
    }


def of_rules() -> list[Example]:
    """Give the phrases of the rules, and the texts that prove them."""
    rules = RuleBook.default().rules
    proofs = [example_of(case.text, rule.reason, case.command) for rule in rules if rule.reason in TELLABLE for case in rule.fires]
    return examples_of(rules) + proofs


def of_corpus() -> list[Example]:
    """Give the answers in the mails of the corpus, with the reasons that stand beside them."""
    found = []
    for path in sorted((ROOT / "corpus").glob("*/*.json")):
        expected = json.loads(path.read_text("utf-8"))["expect"]
        found += [_of_row(row, row["reason"]) for row in expected["verdicts"] if row["diagnostic"] and row["reason"] in TELLABLE]
    return found


def _of_row(row: dict[str, Any], reason: str) -> Example:
    return Example(text=row["diagnostic"], reason=Reason(reason), status=row["status"] or "", reply=str(row["reply_code"] or ""), command=row["command"] or "")


def of_shared(shared: Path) -> dict[str, list[tuple[Example, frozenset[str]]]]:
    """Give the labelled real mails and replies by their origin, each with the reasons that are right."""
    found: dict[str, list[tuple[Example, frozenset[str]]]] = defaultdict(list)
    for row in _lines(shared / "replies" / "labels.jsonl"):
        found[row["id"].split("/")[0]].append((example_of(row["text"], Reason(row["reason"])), frozenset({row["reason"], *(row["also"] or ())})))
    for row in _lines(shared / "mails" / "labels.jsonl"):
        named = {(recipient["address"] or "").lower(): recipient for recipient in row["recipients"]}
        report = bounceclass.parse((shared / "mails" / row["id"]).read_bytes())
        for delivery in report.deliveries:
            label = named.get(delivery.recipient.lower())
            if label and delivery.diagnostic and label["reason"] in TELLABLE:
                example = _of_row(delivery.to_dict(), label["reason"])
                found[row["id"].split("/")[0]].append((example, frozenset({label["reason"], *(label.get("also") or ())})))
    return found


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in path.read_text("utf-8").splitlines())


def make(shared: Path | None) -> None:
    """Write the weights."""
    own = [*of_rules(), *of_corpus(), *(example for examples in collection().values() for example in examples)]
    real = [example for rows in of_shared(shared).values() for example, _ in rows] if shared else []
    made_of = f"{len(own)} examples of the project's own" + (f", {len(real)} of labelled real mails and replies" if real else "")
    WEIGHTS.write_text(train([*own, *real], seen=_SEEN, made_of=made_of).to_json(), "utf-8")
    print(f"{WEIGHTS.name}: {made_of}; {WEIGHTS.stat().st_size // 1000} kB")


def measure(shared: Path) -> None:
    """Leave out each origin in turn: the real ones, and those who wrote the collection; print what is right of what was not learned."""
    real, written = of_shared(shared), collection()
    rules = [*of_rules(), *of_corpus()]
    right = {**real, **{name: [(example, frozenset({str(example.reason)})) for example in examples] for name, examples in written.items()}}
    bins: dict[int, list[tuple[float, bool, bool]]] = defaultdict(list)
    print("| left out | answers | rules alone | learned alone | together |\n|---|---|---|---|---|")
    for name, rows in right.items():
        others = [example for other, known in right.items() if other != name for example, _ in known]
        learned = train([*rules, *others], seen=_SEEN)
        alone, book = RuleBook.default().with_learned(None), RuleBook.default().with_learned(learned)
        counts = [0, 0, 0]
        for example, reasons in rows:
            verdict = _judge(example, book)
            bins[min(9, int(verdict.confidence * 10))].append((verdict.confidence, verdict.reason in reasons, name in real))
            told = (_judge(example, alone).reason, learned.judge(example.features).reason, verdict.reason)
            counts = [count + (reason in reasons) for count, reason in zip(counts, told, strict=True)]
        print(f"| {name} | {len(rows)} | " + " | ".join(f"{100 * count / len(rows):.1f}" for count in counts) + " |", flush=True)
    print("\n| confidence | answers | of real ones | right | said |\n|---|---|---|---|---|")
    for place, found in sorted(bins.items()):
        print(f"| {place / 10} | {len(found)} | {sum(row[2] for row in found)} | {_mean(row[1] for row in found):.2f} | {_mean(row[0] for row in found):.2f} |")


def _judge(example: Example, book: RuleBook) -> Verdict:
    return bounceclass.classify_reply(example.text, command=example.command, rules=book)


def _mean(numbers: Iterable[float]) -> float:
    values = [*numbers]
    return sum(values) / len(values)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, help="a folder with labelled mails/ and replies/")
    parser.add_argument("--measure", action="store_true", help="leave out one origin at a time")
    arguments = parser.parse_args()
    if arguments.measure:
        measure(arguments.shared)
    else:
        make(arguments.shared)
