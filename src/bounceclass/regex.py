"""A regular expression that is compiled when it is first used."""

from __future__ import annotations

import re
from typing import Any, AnyStr, Final, cast

__all__ = ["Regex", "regex"]

_METHODS: Final = ("search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split", "pattern", "flags", "groups", "groupindex")


class Regex:
    """
    What `re.compile()` gives, once somebody uses it.

    Our hundred and eighty take 50 ms to compile, more than half the time of the import; a report needs
    a third of them.  From the first use on its methods are found on the object itself, as fast as others.
    """

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self._pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever `re.Pattern` has
        """Compile the pattern, and answer like it from now on."""
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self._pattern, self._flags)
        vars(self).update({method: getattr(compiled, method) for method in _METHODS})
        return vars(self)[name]


def regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Give a pattern of ours, to be held by a module."""
    return cast("re.Pattern[AnyStr]", Regex(pattern, flags))
