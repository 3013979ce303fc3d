"""What somebody probably meant, for errors: the allowed values, and the nearest of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["there_are"]

# "jp" and "ja" have one letter of two in common.
_LIKE: Final = 0.5


def there_are(given: object, allowed: Iterable[str]) -> str:
    """Name the allowed values, and the one that was probably meant: "there are en, ja; did you mean 'ja'?"."""
    from difflib import get_close_matches  # noqa: PLC0415 - 3 ms, for errors alone

    names = [*allowed]
    near = get_close_matches(given.lower(), names, 1, _LIKE) if isinstance(given, str) else []
    return f"there are {', '.join(names)}" + (f"; did you mean {str(near[0])!r}?" if near else "")
