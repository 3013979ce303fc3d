"""
Catalogs: the texts of one language, checked when they are loaded.

All catalogs have the keys, holes, numbers of steps and actors of the English one.  A program brings
its own wording as one more TOML file laid over ours (`overlay`).
"""

from __future__ import annotations

import os
import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from bounceclass.errors import CatalogError
from bounceclass.reasons import Kind, Party, Reason
from bounceclass.tables import load_table, read_table, table_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from os import PathLike

__all__ = ["HOLE", "Catalog", "Entry", "find_catalog", "load_catalog", "read_catalog"]

_ROOM: Final = "advice"
_MAX_TAG: Final = 100
HOLE: Final = re.compile(r"\{([a-z_]*)\}")
HOLES: Final = frozenset(
    {
        "recipient",
        "reply",
        "provider",
        "blocklist",
        "blocked",
        "delist_url",
        "size_limit",
        "retry_after",
        "until",
        "new_address",
        "mechanisms",
        "others",
    }
)
LABEL_HOLES: Final = frozenset({"address", "recipient", "count", "year", "month", "day", "time"})
# Kinds that no reason speaks for, and the two whose notices may name no recipient.
KINDS: Final = (Kind.DISPOSITION, Kind.CHALLENGE, Kind.OTHER, Kind.FAILURE, Kind.DELAY)
_COMMON: Final = ("do_not_reply", "not_mine", "other_meaning", "delayed", "delayed_step")
_LABELS: Final = (
    "recipient",
    "someone",
    "forwarded",
    "date",
    "subject",
    "why",
    "steps",
    "cautions",
    "quote",
    "further",
    "list",
    "seconds",
    "minutes",
    "hours",
    "days",
)
_ENTRY_KEYS: Final = frozenset({"title", "summary", "cause", "steps", "cautions"})
_SECTIONS: Final = frozenset({"catalog", "labels", "who", "common", "reason", "kind"})

Sentences = tuple[str, ...]


@frozen(kw_only=True)
class Entry:
    """The texts for one reason or kind; each a list of sentences, with holes."""

    title: Sentences
    summary: Sentences
    cause: Sentences
    steps: tuple[tuple[Party, Sentences], ...]
    cautions: Sentences


@frozen(kw_only=True)
class Catalog:
    """
    The texts of one language.

    Attributes:
        locale: Its language tag (RFC 5646), "ja".
        language: Its name in itself.
        joiner: What stands between two sentences.
        labels: Headings and units.
        who: What each party is called.
        common: Texts that stand beside those of any reason.
        entries: The texts of each reason and kind, by "reason.<id>" and "kind.<id>".
    """

    locale: str
    language: str
    joiner: str
    labels: Mapping[str, str]
    who: Mapping[Party, str]
    common: Mapping[str, Sentences]
    entries: Mapping[str, Entry]


def find_catalog(locale: str, others: Mapping[str, Catalog] | None = None) -> Catalog:
    """
    Give the catalog of a locale, falling back from "ja-JP" to "ja" to "en".

    Args:
        locale: A language tag (RFC 5646) or a POSIX locale name: "ja", "ja-JP", "ja_JP.UTF-8".
        others: Catalogs that go before the built-in ones, by lower-case locale.
    """
    others = others or {}
    tag = locale[:_MAX_TAG].partition(".")[0].replace("_", "-").lower()
    builtin = table_names(_ROOM)
    while tag:
        if tag in others:
            return others[tag]
        if tag in builtin:
            return _builtin(tag)
        tag = tag.rpartition("-")[0]
    return others.get("en") or _builtin("en")


@cache
def _builtin(name: str) -> Catalog:
    return read_catalog(read_table(_ROOM, name), f"{name}.toml")


def load_catalog(path: str | PathLike[str], *, over: str = "en") -> Catalog:
    """
    Read a catalog of one's own, laid over a built-in one: what it leaves out stays as it is there.

    Args:
        path: A TOML file with some or all of the tables of ours.
        over: The locale of the catalog below.

    Raises:
        CatalogError: The file cannot be read, or a text in it cannot be used.
    """
    name = os.path.basename(path)  # noqa: PTH119 - pathlib costs 7 ms to import
    try:
        table = load_table(path)
    except (OSError, ValueError) as error:
        raise CatalogError(name, "", "", str(error)) from error
    return read_catalog(_laid_over(table, read_table(_ROOM, find_catalog(over).locale)), name)


def _laid_over(table: Mapping[str, Any], below: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in table.items():
        known = merged.get(key)
        merged[key] = _laid_over(value, known) if isinstance(value, dict) and isinstance(known, dict) else value
    return merged


def read_catalog(table: Mapping[str, Any], origin: str) -> Catalog:
    """
    Turn a table into a catalog.

    Args:
        table: As TOML gives it.
        origin: The file's name, for errors.

    Raises:
        CatalogError: A key or hole is unknown or missing, or a value has a wrong form.
    """
    _same_keys(table, _SECTIONS, origin, "")
    head = table["catalog"]
    _same_keys(head, {"locale", "language", "joiner"}, origin, "catalog")
    _same_keys(table["labels"], _LABELS, origin, "labels")
    _same_keys(table["who"], Party, origin, "who")
    _same_keys(table["common"], _COMMON, origin, "common")
    _same_keys(table["reason"], Reason, origin, "reason")
    _same_keys(table["kind"], KINDS, origin, "kind")
    return Catalog(
        locale=_word(head["locale"], frozenset(), origin, "catalog", "locale"),
        language=_word(head["language"], frozenset(), origin, "catalog", "language"),
        joiner=_word(head["joiner"], frozenset(), origin, "catalog", "joiner"),
        labels={name: _word(text, LABEL_HOLES, origin, "labels", name) for name, text in table["labels"].items()},
        who={Party(name): _word(text, frozenset(), origin, "who", name) for name, text in table["who"].items()},
        common={name: _sentences(value, origin, f"common.{name}", name) for name, value in table["common"].items()},
        entries=dict(_entries(table, origin)),
    )


def _same_keys(table: Any, wanted: Any, origin: str, entry: str) -> None:  # noqa: ANN401 - whatever stands in a TOML file
    if not isinstance(table, dict):
        raise CatalogError(origin, entry, "", "must be a table")
    expected = {str(key) for key in wanted}
    if missing := expected - set(table):
        raise CatalogError(origin, entry, min(missing), "missing")
    if unknown := set(table) - expected:
        raise CatalogError(origin, entry, min(unknown), "unknown key")


def _entries(table: Mapping[str, Any], origin: str) -> Iterator[tuple[str, Entry]]:
    for section in ("reason", "kind"):
        for name, texts in table[section].items():
            key = f"{section}.{name}"
            _same_keys(texts, _ENTRY_KEYS, origin, key)
            yield key, _entry(texts, origin, key)


def _entry(texts: Mapping[str, Any], origin: str, key: str) -> Entry:
    return Entry(
        title=_sentences(texts["title"], origin, key, "title"),
        summary=_sentences(texts["summary"], origin, key, "summary"),
        cause=_sentences(texts["cause"], origin, key, "cause"),
        steps=_steps(texts["steps"], origin, key),
        cautions=_sentences(texts["cautions"], origin, key, "cautions"),
    )


def _steps(value: object, origin: str, key: str) -> tuple[tuple[Party, Sentences], ...]:
    if not isinstance(value, list):
        raise CatalogError(origin, key, "steps", "must be a list of tables with who and text")
    return tuple(_step(step, origin, key) for step in value)


def _step(step: Any, origin: str, key: str) -> tuple[Party, Sentences]:  # noqa: ANN401 - whatever stands in a TOML file
    _same_keys(step, {"who", "text"}, origin, f"{key}.steps")
    try:
        who = Party(step["who"])
    except ValueError as error:
        raise CatalogError(origin, f"{key}.steps", "who", f"{step['who']!r} is no party") from error
    return who, _sentences(step["text"], origin, f"{key}.steps", "text")


def _word(value: object, holes: frozenset[str], origin: str, entry: str, field: str) -> str:
    if not isinstance(value, str):
        raise CatalogError(origin, entry, field, "must be a text")
    if unknown := set(HOLE.findall(value)) - holes:
        raise CatalogError(origin, entry, field, f"unknown hole {{{min(unknown)}}}")
    return value


def _sentences(value: object, origin: str, entry: str, field: str) -> Sentences:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise CatalogError(origin, entry, field, "must be a list of sentences")
    for text in value:
        if unknown := set(HOLE.findall(text)) - HOLES:
            raise CatalogError(origin, entry, field, f"unknown hole {{{min(unknown)}}}")
    return tuple(value)
