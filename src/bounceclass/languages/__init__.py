"""
The words that reports use, one file a language: what subjects, notices and servers say in it.

A language is added by its file and a folder of mails in corpus/ (docs/languages.md).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from bounceclass.tables import read_table, table_names
from bounceclass.text.phrases import Phrase, PhraseIndex, alternatives

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["index_of", "languages", "rules_by_id", "words_of"]

_ROOM = "languages"


@cache
def languages() -> Mapping[str, Mapping[str, Any]]:
    """Give the tables of all languages by their tags (RFC 5646), "de"."""
    return {name: read_table(_ROOM, name) for name in table_names(_ROOM)}


@cache
def words_of(section: str, key: str) -> tuple[str, ...]:
    """Give what all languages have under a key, alternatives spelled out; of `words`, also the phrases of rules that tell the same."""
    rows = [text for table in languages().values() for text in table.get(section, {}).get(key, ())]
    if section == "words":
        rows += [text for table in languages().values() for rule in table.get("rule", ()) if rule.get("tells") == key for text in rule["any"]]
    return tuple(dict.fromkeys(text for row in rows for text in alternatives(row)))


@cache
def index_of(section: str, key: str) -> PhraseIndex[None]:
    """Give the same, to be searched for in folded texts."""
    return PhraseIndex((Phrase(text), None) for text in words_of(section, key))


@cache
def rules_by_id() -> Mapping[str, Mapping[str, list[Any]]]:
    """Give what the languages add to our rules, by the rule's id and key."""
    added: dict[str, dict[str, list[Any]]] = {}
    for table in languages().values():
        for rule in table.get("rule", ()):
            for key in rule.keys() - {"id", "tells"}:
                added.setdefault(rule["id"], {}).setdefault(key, []).extend(rule[key])
    return added
