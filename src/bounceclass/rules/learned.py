"""
A judge that has learned from examples which reason a server's words speak for.

A linear model (softmax) over the features of an answer (`bounceclass.text.features`): a table of weights, and
nothing but additions.  How ours was made: docs/learning.md.
"""

from __future__ import annotations

import json
import os
from functools import cache
from math import exp, sqrt
from struct import Struct
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from bounceclass.errors import LearnedError
from bounceclass.model.reasons import Reason
from bounceclass.text.features import CODE_MARK, OPEN_MARK
from bounceclass.text.phrases import VEIL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from os import PathLike

__all__ = ["Judgement", "Learned", "builtin_learned", "load_learned"]

_FORMAT: Final = 1
_KEYS: Final = frozenset({"format", "made_of", "reasons", "scale", "weights"})
_SHOWN: Final = 3
# Bits of a sum of weights, and what stands for nothing in them.  No sum of so few and so small numbers goes over.
_LANE: Final = 32
_ZERO: Final = 1 << 31
_LARGEST: Final = 100_000
_OURS: Final = f"{os.path.dirname(__file__)}/data/learned.json"  # noqa: PTH120 - pathlib costs 7 ms to import


@frozen
class Judgement:
    """
    What examples say of an answer.

    Attributes:
        reason: What it speaks for.
        probability: How likely that is, 0 to 1.
    """

    reason: Reason
    probability: float


class _Rows(dict[str, int]):
    """
    Weights by feature, those of all reasons in one number: so they are added at once, seven times as fast as one by one.

    Each reason has 32 bits of it.  A row is packed when it is first asked for, and kept.
    """

    def __init__(self, weights: Mapping[str, Sequence[int]]) -> None:
        super().__init__()
        self._weights = weights

    def __missing__(self, feature: str) -> int:
        pairs = iter(self._weights[feature])
        row = self[feature] = sum([weight << (_LANE * place) for place, weight in zip(pairs, pairs, strict=True)])
        return row


class Learned:
    """
    A table of weights.

    Args:
        reasons: What it can tell apart.
        weights: By feature, pairs of numbers one behind the other: the place of a reason in `reasons`, and the weight.
        scale: What one unit of a weight is worth.
        made_of: What it was made of, for people.
    """

    def __init__(self, reasons: tuple[Reason, ...], weights: Mapping[str, Sequence[int]], scale: float, made_of: str = "") -> None:
        self.reasons = reasons
        self.weights = weights
        self.scale = scale
        self.made_of = made_of
        self._rows = _Rows(weights)
        self._lanes = Struct(f"<{len(reasons)}I")
        self._zero = sum(_ZERO << (_LANE * place) for place in range(len(reasons)))

    def judge(self, features: AbstractSet[str]) -> Judgement:
        """Judge an answer by its features."""
        scores = self.scores(features)
        top = max(scores)
        unit = self.scale / sqrt(len(features))
        return Judgement(self.reasons[scores.index(top)], 1 / sum([exp((score - top) * unit) for score in scores]))

    def scores(self, features: AbstractSet[str]) -> tuple[int, ...]:
        """Give the sum of weights for each reason, above one common number."""
        total = sum(map(self._rows.__getitem__, self.weights.keys() & features), self._zero)
        return self._lanes.unpack(total.to_bytes(self._lanes.size, "little"))

    def heaviest(self, features: AbstractSet[str], reason: Reason) -> tuple[str, ...]:
        """Give the words that weighed most for a reason, as they stand in the answer."""
        place = self.reasons.index(reason)
        words = [word for word in features if word[0] != CODE_MARK and word[-1] != OPEN_MARK and word != VEIL]
        weighed = sorted(((self._weight(word, place), word) for word in words), reverse=True)
        return tuple(word.replace(VEIL, "…") for weight, word in weighed[:_SHOWN] if weight > 0)

    def to_json(self) -> str:
        """Give the file that `load_learned()` reads."""
        table = {"format": _FORMAT, "made_of": self.made_of, "reasons": self.reasons, "scale": self.scale, "weights": self.weights}
        return json.dumps(table, ensure_ascii=False, separators=(",", ":")) + "\n"

    def _weight(self, feature: str, place: int) -> int:
        row = self.weights.get(feature, ())
        return dict(zip(row[::2], row[1::2], strict=True)).get(place, 0)


@cache
def builtin_learned() -> Learned:
    """Give what bounceclass brings along."""
    return load_learned(_OURS)


def load_learned(path: str | PathLike[str]) -> Learned:
    """
    Read a table of weights, as `bounceclass rules learn` writes it.

    Raises:
        LearnedError: The file cannot be read, or is no such table; it names file and field.
    """
    name = os.path.basename(path)  # noqa: PTH119 - as above
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - as above
            table = json.load(file)
    except (OSError, ValueError, RecursionError) as error:
        raise LearnedError(name, "", "", str(error)) from error
    for field, problem in _problems(table):
        raise LearnedError(name, "", field, problem)
    return Learned(tuple(map(Reason, table["reasons"])), table["weights"], table["scale"], table["made_of"])


def _problems(table: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - whatever stands in the file
    """Say what keeps a table from being used: of which field, and what."""
    if not isinstance(table, dict) or table.keys() != _KEYS:
        yield "", f"must be an object with {', '.join(sorted(_KEYS))}"
    elif table["format"] != _FORMAT:
        yield "format", f"must be {_FORMAT}, the one that this version of bounceclass reads"
    elif not isinstance(table["made_of"], str):
        yield "made_of", "must be a text"
    elif not isinstance(table["scale"], float) or not 0 < table["scale"] < 1:
        yield "scale", "must be a number between 0 and 1"
    elif not isinstance(table["reasons"], list) or not table["reasons"] or not set(table["reasons"]) <= {*Reason}:
        yield "reasons", "must be a list of reasons"
    elif not isinstance(table["weights"], dict):
        yield "weights", "must be an object"
    else:
        count = len(table["reasons"])
        yield from (
            ("weights", f"{feature!r} must have pairs of a place in reasons and a weight")
            for feature, row in table["weights"].items()
            if not _is_row(row, count)
        )


def _is_row(row: object, count: int) -> bool:
    return (
        isinstance(row, list)
        and len(row) % 2 == 0
        and all(type(number) is int for number in row)
        and all(0 <= place < count for place in row[::2])
        and all(abs(weight) <= _LARGEST for weight in row[1::2])
    )
