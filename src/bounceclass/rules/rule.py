"""
A rule: phrases and guards that speak for a reason, and the texts that prove it.

Rules are written in TOML (docs/rules.md).  A file may state `reason`, `priority`, `provider`, `title`,
`remote`, `source` and `since` once for all its rules; a rule's own value goes before.
"""

from __future__ import annotations

import os
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from attrs import field, fields, frozen

from bounceclass.errors import RuleError
from bounceclass.languages import rules_by_id, words_of
from bounceclass.model.reasons import Reason
from bounceclass.model.vocabulary import Permanence
from bounceclass.providers import PROVIDERS
from bounceclass.regex import regex
from bounceclass.tables import load_table, read_table, table_names
from bounceclass.text.nearest import there_are
from bounceclass.text.phrases import Phrase, alternatives

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from os import PathLike

__all__ = ["Case", "Precedence", "Rule", "builtin_rules", "load_rules", "read_rules"]


class Precedence(IntEnum):
    """How much a piece of evidence proves; the lower number decides first."""

    USER = 0
    PROVIDER = 1
    PRECISE = 2
    STATUS = 3
    LEARNED = 4
    WEAK = 5
    SUPPOSED = 6
    AMBIGUOUS = 7
    COMMAND = 8
    LABEL = 9

    @property
    def is_guess(self) -> bool:
        """Whether so little is proven that no address is called dead for it."""
        return self is Precedence.LEARNED or self > Precedence.WEAK


@frozen(kw_only=True)
class Case:
    """
    A text that proves a rule, and what is known beside it.

    Attributes:
        text: A server's words.
        remote: The host that said so.
        dialect: Who decoded the notice.
        command: The SMTP command that was answered so.
    """

    text: str
    remote: str = ""
    dialect: str = ""
    command: str = ""


def _phrases(texts: Iterable[str | Phrase]) -> tuple[Phrase, ...]:
    return tuple(text if isinstance(text, Phrase) else Phrase(text) for text in texts)


@frozen(kw_only=True)
class Rule:
    """
    One rule.

    Attributes:
        id: "<reason>.<what>", stable for ever.
        reason: What it speaks for.
        any: Phrases, one of which must stand in the diagnostic.  Empty: the guards decide alone.
            In a file, "(a|b) c" stands for "a c" and "b c", and "@sender" for what
            senders are called in all languages; likewise in `unless`.
        all: Phrases that must all stand there too.
        unless: Phrases that veto.
        status: Enhanced codes, "5.7.1" or "X.7.1" for any class; one must hold.
        reply: Reply codes, "550" or "4xx"; one must hold.
        remote: Host names, ``*.example.com`` for all below; one must hold.
        dialects: Names of dialects; one must hold.
        command: SMTP commands; one must hold.
        provider: The service whose own table it is of; such rules go before all general ones.
        title: What people call that service, in our own tables; of others they are shown the id in words.
        precedence: PRECISE or WEAK, how much the phrases prove; PROVIDER and USER follow from where it stands.
        priority: Among rules of one precedence the highest number decides first.
        permanence: What it says of trying again, where that differs from the codes.
        source: Where it is known from.
        checked: The day that it was last held against its source, "2026-11-26"; empty where nobody says.
        since: The version of bounceclass that had it first.
        fires: Cases that this rule must win against all rules.
        silent: Cases that it must leave alone.
        origin: The file that it was read from.
    """

    id: str
    reason: Reason
    any: tuple[Phrase, ...] = field(default=(), converter=_phrases)
    all: tuple[Phrase, ...] = field(default=(), converter=_phrases)
    unless: tuple[Phrase, ...] = field(default=(), converter=_phrases)
    status: tuple[str, ...] = ()
    reply: tuple[str, ...] = ()
    remote: tuple[str, ...] = ()
    dialects: tuple[str, ...] = ()
    command: tuple[str, ...] = ()
    provider: str = ""
    title: str = ""
    precedence: Precedence = Precedence.PRECISE
    priority: int = 0
    permanence: Permanence | None = None
    source: str = ""
    checked: str = ""
    since: str = ""
    fires: tuple[Case, ...] = ()
    silent: tuple[Case, ...] = ()
    origin: str = ""


_PRECEDENCES: Final = {"precise": Precedence.PRECISE, "weak": Precedence.WEAK}
# The registered codes and the block lists stand beside the rules, and are read elsewhere.
_NO_RULES: Final = frozenset({"codes", "labels", "learned", "zones"})
_KEYS: Final = frozenset(a.name for a in fields(Rule)) - {"origin"}
_FILE_KEYS: Final = frozenset({"rule", "reason", "priority", "provider", "title", "remote", "source", "since", "checked"})
_LONGEST_SHOWN: Final = 80
# What a value may be, where that is one of a few words.
_ALLOWED: Final[Mapping[str, Iterable[str]]] = {"reason": tuple(Reason), "permanence": tuple(Permanence), "precedence": tuple(_PRECEDENCES)}
_SHAPES: Final = {
    "id": regex(r"\A[a-z_]+\.[a-z0-9_]+"),
    "status": regex(r"[245X]\.\d{1,3}\.(?:\d{1,3}|\*)"),
    "reply": regex(r"[245](?:\d\d|xx)"),
    "remote": regex(r"(?:\*\.)?[a-z0-9.-]+"),
    "command": regex(r"[A-Z]+"),
}


def builtin_rules() -> list[Rule]:
    """Read the rules that bounceclass brings along, by reason and by provider."""
    rules: list[Rule] = []
    for room in ("rules/data", PROVIDERS):
        for name in table_names(room):
            if name not in _NO_RULES:
                rules += read_rules(_in_all_languages(read_table(room, name)), f"{name}.toml", proven=True)
    return rules


def _in_all_languages(table: Mapping[str, Any]) -> dict[str, Any]:
    """Add what the languages say to the rules of a file."""
    return {**table, "rule": [_extended(entry, rules_by_id().get(entry["id"], {})) for entry in table["rule"]]}


def _extended(entry: dict[str, Any], added: Mapping[str, list[Any]]) -> dict[str, Any]:
    return {**entry, **{key: [*entry.get(key, ()), *texts] for key, texts in added.items()}}


def load_rules(path: str | PathLike[str]) -> list[Rule]:
    """
    Read rules from a TOML file of one's own.

    Raises:
        RuleError: The file cannot be read, or a rule in it cannot be used.
    """
    name = os.path.basename(path)  # noqa: PTH119 - pathlib costs 7 ms to import
    try:
        table = load_table(path)
    except (OSError, ValueError) as error:
        raise RuleError(name, "", "", str(error)) from error
    return read_rules(table, name)


def read_rules(table: Mapping[str, Any], origin: str, *, proven: bool = False) -> list[Rule]:
    """
    Turn a table into rules.

    Args:
        table: As TOML gives it: file-wide values, and a list of tables under "rule".
        origin: The file's name, for errors.
        proven: The values need not be checked: they are our own, and the tests have done so.

    Raises:
        RuleError: A key is unknown, missing or of a wrong form, or an id is given twice.
    """
    if unknown := set(table) - _FILE_KEYS:
        raise RuleError(origin, "", min(unknown), f"unknown key; {there_are(min(unknown), sorted(_FILE_KEYS))}")
    shared = {key: value for key, value in table.items() if key != "rule"}
    entries = table.get("rule", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise RuleError(origin, "", "rule", "must be a list of tables, [[rule]]")
    rules = [_read_rule({**shared, **entry}, origin, proven=proven) for entry in entries]
    ids = [rule.id for rule in rules]
    if repeated := {name for name in ids if ids.count(name) > 1}:
        raise RuleError(origin, min(repeated), "id", "given twice")
    return rules


def _read_rule(entry: Mapping[str, Any], origin: str, *, proven: bool) -> Rule:
    name = entry.get("id")
    if not isinstance(name, str) or not name:
        raise RuleError(origin, "", "id", "missing")
    if unknown := set(entry) - _KEYS:
        raise RuleError(origin, name, min(unknown), f"unknown key; {there_are(min(unknown), sorted(_KEYS))}")
    values: dict[str, Any] = {key: _read_value(key, value, origin, name) for key, value in entry.items()}
    if not proven:
        _check(values, origin, name)
    return Rule(**values, origin=origin)


def _check(values: Mapping[str, Any], origin: str, name: str) -> None:
    if not values.get("fires"):
        raise RuleError(origin, name, "fires", "a rule must prove itself by at least one text")
    if "reason" not in values:
        raise RuleError(origin, name, "reason", "missing")
    if not any(values.get(key) for key in ("any", "status", "reply")):
        raise RuleError(origin, name, "any", "a rule needs phrases, a status or a reply code")
    for key, shape in _SHAPES.items():
        texts = (name,) if key == "id" else values.get(key, ())
        for text in texts:
            if not shape.fullmatch(text):
                raise RuleError(origin, name, key, f"{text!r} is not of the form {shape.pattern}")
    for key in ("any", "all", "unless"):
        for text in values.get(key, ()):
            if not Phrase(text).searchable:
                raise RuleError(origin, name, key, f"{text!r} holds no word to find it by")


def _read_value(key: str, value: object, origin: str, name: str) -> object:
    try:
        return _convert(key, value)
    except (AttributeError, TypeError, ValueError, KeyError) as error:
        why = there_are(value, _ALLOWED[key]) if key in _ALLOWED else str(error) or "it must be of another type"
        raise RuleError(origin, name, key, f"cannot be {_shown(value)}: {why}") from error


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]} …"


def _convert(key: str, value: Any) -> object:  # noqa: ANN401 - whatever stands in a TOML file
    return _CONVERTERS.get(key, _text)(value)


def _texts(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - as above
    return tuple(_text(item) for item in _list(value))


def _phrase_texts(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - as above
    """Spell alternatives out, and what all languages have for "@sender" and the like."""
    return tuple(text for item in _texts(value) for text in (_named(item[1:]) if item.startswith("@") else alternatives(item)))


def _named(name: str) -> tuple[str, ...]:
    """Give the words for a thing in all languages."""
    if words := words_of("words", name):
        return words
    raise ValueError(f"no language has words for @{name}")


def _cases(value: Any) -> tuple[Case, ...]:  # noqa: ANN401 - as above
    return tuple(Case(text=item) if isinstance(item, str) else Case(**{name: _text(text) for name, text in item.items()}) for item in _list(value))


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("it must be a list, in brackets")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("it must be a text, in quotes")
    return value


def _integer(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("it must be a whole number")
    return value


_CONVERTERS: Final[dict[str, Callable[[Any], object]]] = {
    "reason": Reason,
    "permanence": Permanence,
    "precedence": _PRECEDENCES.__getitem__,
    "priority": _integer,
    **dict.fromkeys(("any", "unless"), _phrase_texts),
    **dict.fromkeys(("all", "status", "reply", "remote", "dialects", "command"), _texts),
    **dict.fromkeys(("fires", "silent"), _cases),
}
