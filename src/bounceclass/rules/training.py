"""
How a judge learns: from answers with their reasons, by scipy (extra `learn`).

Softmax regression with a quadratic penalty: minus the logarithm of what the judge gives the right
reasons, and half the sum of the squared weights.  On top of a judge that is there, only what is added is
penalised: what it knows stays, unless the examples speak against it.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from bounceclass.model.reasons import Reason, ReasonGroup
from bounceclass.rules.learned import Learned
from bounceclass.text.answers import Answer
from bounceclass.text.features import read_features
from bounceclass.text.folding import LONGEST_ANSWER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bounceclass.rules.rule import Rule

__all__ = ["TELLABLE", "Example", "examples_of", "train"]

# What an answer can speak for: what settles itself by the kind of a mail is not learned.
TELLABLE: Final = tuple(reason for reason in Reason if reason.info.group is not ReasonGroup.NONE)
_PENALTY: Final = 0.2
_STEPS: Final = 120
# A phrase is a piece of an answer, and proves less than a whole one.
_OF_PHRASE: Final = 0.5
# Weights are whole numbers of such units; what is lighter than the least is left out.
_UNITS: Final = 100
_LEAST: Final = 0.15
# How much surer the judge is of answers than the penalty lets it say; fitted on answers that it had not seen.
_SHARPNESS: Final = 1.5


@frozen(kw_only=True)
class Example:
    """
    An answer, and why the mail came back.

    Attributes:
        text: The server's words.
        reason: Why.
        status: The enhanced status code; "" where there is none.
        reply: The reply code as text; "" where there is none.
        command: The command that was answered; "" where nobody knows.
        weight: How much it counts.
    """

    text: str
    reason: Reason
    status: str = ""
    reply: str = ""
    command: str = ""
    weight: float = 1.0

    @property
    def features(self) -> set[str]:
        """What the judge sees of it."""
        return read_features(Answer(self.text[:LONGEST_ANSWER]), self.status, self.reply, self.command)


def examples_of(rules: Iterable[Rule]) -> list[Example]:
    """Give what rules hold to learn from: their general phrases."""
    return [
        Example(text=phrase.source.replace("*", " "), reason=rule.reason, weight=_OF_PHRASE)
        for rule in rules
        if rule.reason in TELLABLE and not (rule.all or rule.remote or rule.provider)
        for phrase in rule.any
    ]


def train(examples: Sequence[Example], *, base: Learned | None = None, seen: int = 1, made_of: str = "") -> Learned:
    """
    Learn from examples.

    Args:
        examples: At least one of each reason that is to be told, unless `base` tells them.  Those of reasons that the kind of
            a mail settles (auto_reply, complaint, delivered) are left out.
        base: A judge to start from.
        seen: In how many examples a feature must stand to be learned.
        made_of: What stands in the table, for people.
    """
    examples = [example for example in examples if example.reason in (base.reasons if base else TELLABLE)]
    texts = [example.features for example in examples]
    counts = Counter(chain.from_iterable(texts))
    places = {feature: place for place, feature in enumerate(sorted(feature for feature, count in counts.items() if count >= seen))}
    reasons = base.reasons if base else tuple(reason for reason in TELLABLE if reason in {example.reason for example in examples})
    added = _fit(texts, places, examples, reasons, base)
    weights = {feature: [round(weight * _UNITS) for weight in added[place]] for feature, place in places.items()}
    return Learned(reasons, _together(weights, base), base.scale if base else _SHARPNESS / _UNITS, made_of)


def _fit(texts: list[set[str]], places: Mapping[str, int], examples: Sequence[Example], reasons: tuple[Reason, ...], base: Learned | None) -> Any:  # noqa: ANN401 - an array
    """Give the weights to add, a row a feature, a column a reason."""
    import numpy as np  # noqa: PLC0415 - the extra "learn"
    from scipy.optimize import minimize  # noqa: PLC0415
    from scipy.sparse import csr_array  # noqa: PLC0415

    rows = [[places[feature] for feature in text if feature in places] for text in texts]
    ends = np.cumsum([0, *map(len, rows)])
    values = np.concatenate([np.full(len(row), 1 / len(text) ** 0.5) for row, text in zip(rows, texts, strict=True)])
    seen = csr_array((values, np.array([*chain.from_iterable(rows)]), ends), shape=(len(texts), len(places)))
    known = np.array([[score / _UNITS / len(text) ** 0.5 for score in base.scores(text)] for text in texts]) if base else 0.0
    wanted = np.zeros((len(texts), len(reasons)))
    wanted[np.arange(len(texts)), [reasons.index(example.reason) for example in examples]] = 1
    counts = np.array([example.weight for example in examples])[:, None]

    def loss(flat: Any) -> tuple[float, Any]:  # noqa: ANN401 - an array
        weights = flat.reshape(len(places), len(reasons))
        scores = seen @ weights + known
        scores = scores - scores.max(axis=1, keepdims=True)
        chances = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        slope = seen.T @ ((np.exp(chances) - wanted) * counts) + _PENALTY * weights
        return float(-(chances * wanted * counts).sum() + _PENALTY / 2 * (flat @ flat)), slope.ravel()

    return minimize(loss, np.zeros(len(places) * len(reasons)), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}).x.reshape(len(places), len(reasons))


def _together(added: Mapping[str, list[int]], base: Learned | None) -> dict[str, list[int]]:
    """Add weights to those of a judge; leave out what weighs nothing."""
    known = base.weights if base else {}
    merged = {}
    for feature in sorted({*added, *known}):
        row = added.get(feature) or []
        weights = dict(enumerate(row))
        before = known.get(feature, ())
        for place, weight in zip(before[::2], before[1::2], strict=True):
            weights[place] = weights.get(place, 0) + weight
        if heavy := {place: weight for place, weight in weights.items() if abs(weight) >= _LEAST * _UNITS}:
            merged[feature] = [*chain.from_iterable(sorted(heavy.items()))]
    return merged
