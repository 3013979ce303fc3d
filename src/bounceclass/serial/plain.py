"""Values as plain dicts: read back, and with addresses hidden."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast, get_args, get_origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from cattrs import Converter

__all__ = ["HIDDEN", "read_value", "redacted"]

T = TypeVar("T")

HIDDEN: Final = "***"
# A local part and what joins it to its domain: written plainly, quoted, escaped as in a link, as xtext (RFC 3461 §4).
_JOINED: Final = ("@", "%40", "+40", "=40", "_at_")
# What joins an address, where a domain follows.
_AT: Final = re.compile(r"(?:@|%40|\+40|=40|_at_)(?=\[?[^\s\"'<>()\[\],;@%])")
# What parts words in Japanese and in print; right before the joint it belongs to the address.
_WIDE: Final = "“”「」（）。、：；，"
_MARKS: Final = rf"\s\"<>()\[\],;:@\\={_WIDE}"


def _backwards(excluded: str) -> re.Pattern[str]:
    """Give the pattern of a local part read from its end, so that it is found without trying where it may begin."""
    letter = f"[^{_MARKS}{excluded}]"
    plain = rf"[{_WIDE}]{{0,8}}+(?:{letter}{{0,128}}+={letter}{{1,128}}+|{letter}{{1,128}}+)"
    return re.compile(rf"\A(?:\"(?:[^\"\n]|\"(?=\\)){{1,128}}+\"|{plain})")


_LOCAL: Final = _backwards("")
# Within a link, "/", "?" and "&" part its pieces, and belong to no address.
_LOCAL_IN_LINKS: Final = _backwards("/?&")
_LONGEST: Final = 260
# Where a name may stand alone: its first characters, behind none that it could go on from.
_ALONE: Final = re.compile(r"(?<![\w.-])(?=(\S{3}))")
_GOES_ON: Final = re.compile(r"[\w-]")
# Local parts that are words of servers' answers as well: hiding them where they stand alone would hide what was said.
_WORDS: Final = frozenset(
    {"user", "users", "info", "mail", "email", "postmaster", "mailer-daemon", "mailerdaemon", "abuse", "admin", "root", "test", "box", "data"}
    | {"unknown", "recipient", "address", "mailbox", "account", "help", "home", "news", "shop", "job", "jobs", "web", "dns", "net", "com", "smtp"}
    | {"the", "for", "not", "and", "you", "new", "her", "his", "all", "are", "was", "has", "who", "top", "any", "can", "may", "our", "your", "this"}
)
_SHORTEST: Final = 3
# Keys that hold an address, also where it has no domain.
_ADDRESSES: Final = frozenset({"recipient", "original_recipient", "new_address", "suggestion", "author", "sender", "normalized"})
# Keys whose values are words of ours: an address "challenge@example.jp" must not take the word from them.
_CLOSED: Final = frozenset(
    {"kind", "action", "reason", "permanence", "address_state", "responsible", "basis", "where", "rule", "code", "authenticity", "state", "situation", "typo"}
    | {"audience", "who", "locale", "dialect", "labels", "provider", "mechanisms", "media_type", "refused_for"}
)


@cache
def _converter() -> Converter:
    from datetime import date, datetime  # noqa: PLC0415 - here as all of this: `import bounceclass` needs none of it

    from cattrs import Converter  # noqa: PLC0415 - 40 ms

    converter = Converter(forbid_extra_keys=True)
    converter.register_structure_hook(datetime, lambda text, _: _moment(datetime.fromisoformat(text)))
    converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
    for kind in (str, int, float, bool):
        converter.register_structure_hook(kind, _strictly)
    converter.register_structure_hook_func(_is_tuple, lambda items, kind: _tuple(converter, items, get_args(kind)))
    return converter


def _is_tuple(kind: Any) -> bool:  # noqa: ANN401 - any annotation
    return get_origin(kind) is tuple


def _strictly(value: Any, kind: type[T]) -> T:  # noqa: ANN401 - whatever stands there
    """Take a value of that very type: cattrs by itself would turn None into "None"."""
    if type(value) is kind:
        return value
    if issubclass(kind, StrEnum):  # a str too, so that it comes here
        return kind(value)
    if kind is float and type(value) is int:
        return cast("T", float(value))
    raise TypeError(f"expected {kind.__name__}, not {value!r}")


def _moment(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("an instant must have its offset")
    return moment


def _tuple(converter: Converter, items: Any, kinds: tuple[Any, ...]) -> tuple[Any, ...]:  # noqa: ANN401 - whatever stands there
    if not isinstance(items, (list, tuple)):
        raise TypeError(f"expected a list, not {items!r}")
    if kinds[-1] is ...:
        return tuple(converter.structure(item, kinds[0]) for item in items)
    if len(items) != len(kinds):
        raise ValueError(f"expected {len(kinds)} items, not {len(items)}")
    return tuple(converter.structure(item, kind) for item, kind in zip(items, kinds, strict=True))


def read_value(table: Mapping[str, Any], kind: type[T]) -> T:
    """
    Give a value of a kind out of plain JSON types.

    Raises:
        ValueError: A key is unknown or missing, or a value is of a wrong form; it says which.
    """
    from cattrs import BaseValidationError, transform_error  # noqa: PLC0415 - as above

    if not isinstance(table, dict):
        raise ValueError(f"{kind.__name__}: expected a dict, not {type(table).__name__}")  # noqa: TRY004 - as for any other wrong form
    try:
        return _converter().structure(table, kind)
    except BaseValidationError as error:
        raise ValueError(f"{kind.__name__}: {'; '.join(transform_error(error))}") from error
    except (TypeError, AttributeError) as error:
        raise ValueError(f"{kind.__name__}: {error}") from error


def redacted(table: dict[str, Any]) -> dict[str, Any]:
    """
    Hide the local part of every address in a plain dict; domains stay.

    Where one of three letters or more also stands alone ("550 taro: no such user") it is hidden
    there too, unless it is a common word.  Addresses in base64, and names of persons, are not seen.
    """
    names = _Names(name for name in _names(table) if len(name) >= _SHORTEST and name.lower() not in _WORDS and name != HIDDEN)
    hidden: dict[str, Any] = _hidden(table, names, "")
    return hidden


class _Names:
    """Local parts, to be hidden wherever they stand alone; looked up by their beginnings, so that thousands cost what one costs."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {_lower(name) for name in names}
        lengths: dict[str, set[int]] = {}
        for name in self._names:
            lengths.setdefault(name[:_SHORTEST], set()).add(len(name))
        self._lengths = {start: sorted(found, reverse=True) for start, found in lengths.items()}

    def hide(self, text: str) -> str:
        """Give a text without them."""
        lower, rest = _lower(text), 0
        out: list[str] = []
        for match in _ALONE.finditer(lower) if self._names else ():
            start = match.start()
            if start >= rest and (end := self._end(lower, start, match.group(1))):
                out += (text[rest:start], HIDDEN)
                rest = end
        return "".join((*out, text[rest:])) if out else text

    def _end(self, lower: str, start: int, beginning: str) -> int:
        for length in self._lengths.get(beginning, ()):
            if lower[start : start + length] in self._names and not _GOES_ON.match(lower, start + length):
                return start + length
        return 0


def _lower(text: str) -> str:
    """Give a text in lower case, character for character."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def _local_parts(text: str) -> Iterator[tuple[int, int]]:
    """Find the local parts of all addresses in a text, as start and end; each character is looked at once."""
    rest = 0
    for joint in _AT.finditer(text):
        end = joint.start()
        word = text[max(0, end - _LONGEST) : end].rsplit(None, 1)
        pattern = _LOCAL_IN_LINKS if word and "://" in word[-1] else _LOCAL
        if match := pattern.match(text[max(rest, end - _LONGEST) : end][::-1]):
            yield end - match.end(), end
        rest = joint.end()


def _names(value: object, key: str = "") -> Iterator[str]:
    """Find the local parts of all addresses, and addresses without a domain."""
    if isinstance(value, str):
        if any(mark in value for mark in _JOINED):
            yield from (value[start:end].strip('"') for start, end in _local_parts(value))
        elif key in _ADDRESSES:
            yield value
    elif isinstance(value, (dict, list)):
        for name, item in value.items() if isinstance(value, dict) else ((key, item) for item in value):
            yield from _names(item, name)


def _hidden(value: Any, names: _Names, key: str) -> Any:  # noqa: ANN401 - JSON is what it is
    if isinstance(value, str):
        if key in _ADDRESSES and value and "@" not in value:
            return HIDDEN
        text = _without_locals(value) if any(mark in value for mark in _JOINED) else value
        return text if key in _CLOSED else names.hide(text)
    if isinstance(value, dict):
        return {name: _hidden(item, names, name) for name, item in value.items()}
    return [_hidden(item, names, key) for item in value] if isinstance(value, list) else value


def _without_locals(text: str) -> str:
    out: list[str] = []
    rest = 0
    for start, end in _local_parts(text):
        out += (text[rest:start], HIDDEN)
        rest = end
    return "".join((*out, text[rest:]))
