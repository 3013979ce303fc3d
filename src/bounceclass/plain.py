"""Values as plain dicts: read back, and with addresses hidden."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cattrs import Converter

__all__ = ["HIDDEN", "read_value", "redacted"]

T = TypeVar("T")

HIDDEN: Final = "***"
# A local part and what joins it to its domain: written plainly, quoted, or escaped as in a link.
_ADDRESS: Final = re.compile(
    r"(?:\"[^\"\n]{1,64}\"|[^\s\"'<>()\[\],;:@\\/?&=“”「」（）。、：；，]{1,128}(?:=[^\s\"'<>()\[\],;:@\\/?&“”「」（）。、：；，]{0,128})?)"
    r"(?P<at>@|%40)(?=\[?[^\s\"'<>()\[\],;@%]{1,255})"
)
# Local parts that are words of servers as well: hiding them where they stand alone would hide what was said.
_WORDS: Final = frozenset(
    {"user", "users", "info", "mail", "email", "postmaster", "mailer-daemon", "mailerdaemon", "abuse", "admin", "root", "test"}
    | {"unknown", "recipient", "address", "mailbox", "account", "data"}
)
_SHORTEST: Final = 4
# Keys whose values are words of ours: an address "challenge@example.jp" must not take the word from them.
_CLOSED: Final = frozenset(
    {"kind", "action", "reason", "permanence", "address", "party", "source", "where", "rule", "code", "authenticity", "state", "situation", "slip"}
    | {"audience", "who", "locale", "dialect", "labels", "provider", "mechanisms", "media_type", "wall_reason"}
)


@cache
def _converter() -> Converter:
    from datetime import date, datetime  # noqa: PLC0415 - here as all of this: `import bounceclass` needs none of it

    from cattrs import Converter  # noqa: PLC0415 - 40 ms

    converter = Converter(forbid_extra_keys=True)
    converter.register_structure_hook(datetime, lambda text, _: datetime.fromisoformat(text))
    converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
    return converter


def read_value(table: Mapping[str, Any], kind: type[T]) -> T:
    """
    Give a value of a kind out of plain JSON types.

    Raises:
        ValueError: A key is unknown or missing, or a value is of a wrong form; it says which.
    """
    from cattrs import BaseValidationError, transform_error  # noqa: PLC0415 - as above

    try:
        return _converter().structure(table, kind)
    except BaseValidationError as error:
        raise ValueError(f"{kind.__name__}: {'; '.join(transform_error(error))}") from error
    except (TypeError, AttributeError) as error:
        raise ValueError(f"{kind.__name__}: {error}") from error


def redacted(table: dict[str, Any]) -> dict[str, Any]:
    """
    Hide the local part of every address in a plain dict; domains stay.

    Where one also stands alone ("550 taro: no such user") it is hidden there too, unless it is a
    common word.
    """
    found = {match.group()[: -len(match.group("at"))].strip('"') for text in _texts(table) if "@" in text or "%40" in text for match in _ADDRESS.finditer(text)}
    alone = sorted((name for name in found if len(name) >= _SHORTEST and name.lower() not in _WORDS and name != HIDDEN), key=len, reverse=True)
    names = re.compile(rf"(?i)(?<![\w.-])(?:{'|'.join(map(re.escape, alone))})(?![\w-])") if alone else None
    hidden: dict[str, Any] = _hidden(table, names)
    return hidden


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


def _hidden(value: Any, names: re.Pattern[str] | None) -> Any:  # noqa: ANN401 - JSON is what it is
    if isinstance(value, str):
        text = _ADDRESS.sub(rf"{HIDDEN}\g<at>", value) if "@" in value or "%40" in value else value
        return names.sub(HIDDEN, text) if names else text
    if isinstance(value, dict):
        return {key: _hidden(item, None if key in _CLOSED else names) for key, item in value.items()}
    return [_hidden(item, names) for item in value] if isinstance(value, list) else value
