"""
Answers that nobody understood, without what changes from mail to mail: grouped, counted, ready to become rules or examples.

As TOML each is the draft of a rule, as JSON lines an example for `bounceclass rules learn`: a person puts the
reason in the place of "unknown".
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from attrs import define, field

from bounceclass.model.reasons import Reason
from bounceclass.text.answers import Answer
from bounceclass.text.folding import LONGEST_ANSWER
from bounceclass.text.phrases import VEIL

if TYPE_CHECKING:
    from collections.abc import Callable

    from bounceclass.model.verdict import Verdict

__all__ = ["Unread", "Wording", "wording_of"]

_MOST: Final = 5_000
_LONGEST: Final = 300
# What stands for a name, a number or an id: a phrase of a rule takes it for any sixty characters.
_ANY: Final = "*"
_CHANGING: Final = frozenset({VEIL, _ANY})
_EDGES: Final = " *.,;:-|"


def wording_of(diagnostic: str) -> str:
    """Give an answer without codes, names, numbers and ids, in the form of a rule's phrase; "" where nothing is left."""
    words = [_ANY if _changes(word) else word for word in Answer(diagnostic[:LONGEST_ANSWER]).said.split(" ")]
    kept = [word for index, word in enumerate(words) if word != _ANY or words[index - 1 : index] != [_ANY]]
    return " ".join(kept)[:_LONGEST].strip(_EDGES)


def _changes(word: str) -> bool:
    return any(letter in _CHANGING or letter.isdigit() for letter in word)


@define
class Wording:
    """An answer without what changes, how often it came, and what was made of it."""

    text: str
    reason: Reason
    confidence: float
    count: int = 1


@define
class Unread:
    """
    Answers that ended as `unknown`, or that nobody is sure of; a bounded number of them.

    Attributes:
        below: What confidence is too little.
    """

    below: float
    wordings: dict[str, Wording] = field(factory=dict)

    def add(self, verdict: Verdict) -> None:
        """Keep the answer of a failure that was not understood."""
        if verdict.reason is Reason.UNKNOWN or verdict.confidence < self.below:
            self._count(Wording(wording_of(verdict.diagnostic), verdict.reason, verdict.confidence))

    def merge(self, other: Unread) -> None:
        """Count what another has counted."""
        for wording in other.wordings.values():
            self._count(wording)

    def _count(self, wording: Wording) -> None:
        if known := self.wordings.get(wording.text):
            known.count += wording.count
        elif wording.text and len(self.wordings) < _MOST:
            self.wordings[wording.text] = wording

    def most_frequent(self) -> list[Wording]:
        """Give them, those that came most often first."""
        return sorted(self.wordings.values(), key=lambda wording: (-wording.count, wording.text))

    def written(self, name: str) -> str:
        """Give them as the file of that name is to hold them: drafts of rules in `.toml`, examples in any other."""
        write: Callable[[int, Wording], str] = _as_rule if name.endswith(".toml") else _as_example
        return "".join(write(number, wording) for number, wording in enumerate(self.most_frequent(), 1))


def _times(count: int) -> str:
    return "came once" if count == 1 else f"came {count:,} times"


def _as_rule(number: int, wording: Wording) -> str:
    phrase = json.dumps(wording.text, ensure_ascii=False)
    proof = json.dumps(wording.text.replace(_ANY, "x"), ensure_ascii=False)
    guess = "" if wording.reason is Reason.UNKNOWN else f", taken for {wording.reason} ({wording.confidence})"
    return f'# {_times(wording.count)}{guess}\n[[rule]]\nid = "unknown.n{number}"\nreason = "unknown"\nany = [{phrase}]\nfires = [{proof}]\n\n'


def _as_example(_: int, wording: Wording) -> str:
    return json.dumps({"text": wording.text, "reason": Reason.UNKNOWN, "count": wording.count}, ensure_ascii=False) + "\n"
