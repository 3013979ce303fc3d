"""How a failing golden is told."""

from __future__ import annotations

import pytest

from differences import differences


@pytest.mark.parametrize(
    ("expected", "found", "lines"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"verdicts": [{"confidence": 0.96}]}, {"verdicts": [{"confidence": 0.95}]}, ["verdicts[0].confidence: 0.96 → 0.95"]),
        ({"a": 1}, {"b": "x"}, ["a: 1 → (absent)", 'b: (absent) → "x"']),
        ({"a": [1, 2]}, {"a": [1]}, ["a[1]: 2 → (absent)"]),
        ({"a": [1]}, {"a": {"b": 1}}, ['a: [1] → {"b": 1}']),
        ({"a": 1}, {"a": True}, ["a: 1 → true"]),
        ({"a": {}}, {"a": {}, "b": None}, ["b: (absent) → null"]),
    ],
)
def test_one_line_a_difference(expected: object, found: object, lines: list[str]) -> None:
    """Path, what was expected, what was found."""
    assert [*differences(expected, found)] == lines
