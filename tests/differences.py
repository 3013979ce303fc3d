"""What is otherwise in one JSON value than in another, one line a difference: `verdicts[0].confidence: 0.96 → 0.95`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_ABSENT = object()


def differences(expected: Any, found: Any, path: str = "") -> Iterator[str]:
    """Give the lines, in the order of the values."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in dict.fromkeys((*expected, *found)):
            yield from differences(expected.get(key, _ABSENT), found.get(key, _ABSENT), f"{path}.{key}".lstrip("."))
    elif isinstance(expected, list) and isinstance(found, list):
        for index in range(max(len(expected), len(found))):
            one, other = (items[index] if index < len(items) else _ABSENT for items in (expected, found))
            yield from differences(one, other, f"{path}[{index}]")
    elif type(expected) is not type(found) or expected != found:
        yield f"{path}: {_shown(expected)} → {_shown(found)}"


def _shown(value: Any) -> str:
    return "(absent)" if value is _ABSENT else json.dumps(value, ensure_ascii=False)
