"""
What a catalog must hold: its sections, keys, fields, placeholders and conditions; and all that is wrong with a table.

The English catalog is the model of all others; what is not text stands here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bounceclass.errors import CatalogError
from bounceclass.model.reasons import Reason
from bounceclass.model.vocabulary import Advice, Audience, Authenticity, Grounds, Kind, Responsible, Situation
from bounceclass.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["BACKSCATTER", "DATES", "ENTRIES", "KINDS", "PLACEHOLDER", "find_faults"]

PLACEHOLDER: Final = regex(r"\{([^{}]*)\}")
_OF_VERDICT: Final = frozenset(
    {
        "recipient",
        "reply",
        "provider",
        "blocklist",
        "listed_value",
        "delist_url",
        "size_limit",
        "retry_after",
        "until",
        "new_address",
        "suggestion",
        "mechanisms",
        "others",
        "waited",
        "reporter",
        "written_to",
        "your_address",
        "refuser",
        "fitting_size",
        "author_domain",
        "title",
        "message_size",
        "spf",
        "dkim",
        "dmarc",
        "you",
    }
)
_OF_STANDING: Final = frozenset({"recipient", "first", "last", "until", "count", "title"})
_OF_SURVEY: Final = frozenset({"period", "reports", "not_sent_by_us", "sent_now", "sent_usual", "refused_by", "refused_for"})
# The placeholders that the sentences of a section may have; and those of them that are always filled.
_PLACEHOLDERS: Final[Mapping[str, frozenset[str]]] = {
    **dict.fromkeys(("reason", "variant", "owner", "common"), _OF_VERDICT),
    "kind": frozenset({"recipient", "you"}),
    "checklist": frozenset(),
    "authenticity": frozenset(),
    "situation": _OF_SURVEY,
    "standing": _OF_STANDING,
}
_ALWAYS_FILLED: Final = frozenset({"recipient", "reports", "you"})
# Texts that stand beside those of any mail, so that nothing of one can fill their placeholders; and those that they may have.
_ALONE: Final = {"no_retry": frozenset(), **dict.fromkeys(("do_not_reply", "not_sent_by_us", "not_mine", "virus_not_mine", "your_address"), frozenset({"you"}))}
# Words that have placeholders, and which: the dates may choose among theirs, the others must have them all.
_WORD_PLACEHOLDERS: Final[Mapping[str, frozenset[str]]] = {
    "labels.forwarded": frozenset({"address", "recipient"}),
    **dict.fromkeys(("labels.date", "labels.moment"), frozenset({"year", "month", "month_two", "day", "day_two", "weekday", "time"})),
    "labels.day": frozenset({"year", "month", "month_two", "day", "day_two", "weekday"}),
    "labels.span": frozenset({"first", "last"}),
    "labels.quoted": frozenset({"text"}),
    "labels.sent": frozenset({"subject", "date"}),
    **dict.fromkeys(("labels.seconds", "labels.minutes", "labels.hours", "labels.days", "labels.others", "page.shown"), frozenset({"count"})),
}
# Kinds that no reason speaks for, and the two whose notices may name no recipient.
KINDS: Final = (Kind.DISPOSITION, Kind.CHALLENGE, Kind.OTHER, Kind.FAILURE, Kind.DELAY)
BACKSCATTER: Final = "backscatter"
_TEXT_FIELDS: Final = ("title", "summary", "cause", "resend", "instead", "cautions", "checks")
_REQUIRED: Final = ("title", "summary")
_MAY_BE_EMPTY: Final = frozenset({"joiner"})
_DAYS: Final = 7
DATES: Final = frozenset({"date", "day", "moment"})
_FIELDS: Final = (*_TEXT_FIELDS, "steps")
# What may decide whether a variant is used: vocabulary, or any text.
_WHEN: Final[Mapping[str, Iterable[str] | None]] = {
    "reason": tuple(Reason),
    "provider": None,
    "domain": None,
    "author": None,
    "blocklist": None,
    "rule": None,
    "conflict": tuple(Reason),
    "audience": tuple(Audience),
    "known": (
        "provider",
        "retry_after",
        "size_limit",
        "blocklist",
        "listed_value",
        "lookup_url",
        "delist_url",
        "mechanisms",
        "new_address",
        "suggestion",
        "waited",
        "reporter",
        "written_to",
        "refuser",
    ),
}
# Sections of one text a key, and of sentences: what keys they have the English catalog shows.
_WORDS: Final = ("labels", "who", "facts", "signals", "page")
_SENTENCES: Final = ("common", "checklist", "owner")
# Sections of whole entries, and which keys each has.
ENTRIES: Final[Mapping[str, Iterable[str]]] = {
    "reason": tuple(Reason),
    "kind": KINDS,
    "authenticity": (*Authenticity, BACKSCATTER),
    "situation": tuple(Situation),
    "standing": (Advice.KEEP, Advice.PAUSE, *(f"{Advice.DROP}_{grounds}" for grounds in Grounds)),
}
_HEAD: Final = ("locale", "language", "joiner")
_SECTIONS: Final = ("catalog", *_WORDS, *_SENTENCES, *ENTRIES, "variant")


def find_faults(table: Mapping[str, Any], origin: str, model: Mapping[str, Any]) -> Iterator[CatalogError]:
    """
    Find all that is wrong with a table, each fault with file, entry and field; nothing where it can be read.

    Args:
        table: As TOML gives it.
        origin: The file's name.
        model: The table of the English catalog: its keys are those of all; the conditions of its variants need not be repeated.
    """
    faults = [*_key_faults(table, _SECTIONS, origin, "")]
    yield from faults
    if faults:
        return
    yield from _key_faults(table["catalog"], _HEAD, origin, "catalog")
    yield from _word_faults(table["catalog"], origin, "catalog")
    for section in _WORDS:
        yield from _key_faults(table[section], model[section], origin, section)
        yield from _word_faults(table[section], origin, section)
    for section in _SENTENCES:
        yield from _key_faults(table[section], model[section], origin, section)
        yield from _field_faults(table[section], origin, section)
    for section, names in ENTRIES.items():
        yield from _key_faults(table[section], names, origin, section)
        yield from _entry_faults(table[section], origin, section)
    yield from _variant_faults(table["variant"], origin, {name: texts["when"] for name, texts in model["variant"].items()})


def _key_faults(table: object, wanted: Iterable[str], origin: str, entry: str, *, optional: Iterable[str] = ()) -> Iterator[CatalogError]:
    if not isinstance(table, dict):
        yield CatalogError(origin, entry, "", "must be a table")
        return
    expected = [str(key) for key in wanted]
    known = {*expected, *(str(key) for key in optional)}
    yield from (CatalogError(origin, entry, key, "missing") for key in expected if key not in table)
    yield from (CatalogError(origin, entry, key, "unknown key") for key in table if key not in known)


def _word_faults(table: object, origin: str, entry: str) -> Iterator[CatalogError]:
    for field, value in table.items() if isinstance(table, dict) else ():
        if not isinstance(value, str):
            yield CatalogError(origin, entry, field, "must be a text")
        elif not value.strip() and field not in _MAY_BE_EMPTY:
            yield CatalogError(origin, entry, field, "must not be empty")
        else:
            placeholders = _WORD_PLACEHOLDERS.get(f"{entry}.{field}", frozenset())
            yield from _placeholder_faults(value, placeholders, origin, entry, field)
            if field == "weekdays" and len(value.split()) != _DAYS:
                yield CatalogError(origin, entry, field, "must have seven words, from Monday on")
            missing = placeholders - set(PLACEHOLDER.findall(value)) if field not in DATES else ()
            yield from (CatalogError(origin, entry, field, f"placeholder {{{name}}} is missing") for name in sorted(missing))


def _field_faults(table: object, origin: str, entry: str) -> Iterator[CatalogError]:
    """Find what is wrong with lists of sentences."""
    for field, value in table.items() if isinstance(table, dict) else ():
        if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
            yield CatalogError(origin, entry, field, "must be a list of sentences")
            continue
        section = entry.partition(".")[0]
        for text in value:
            yield from _placeholder_faults(text, _ALONE.get(field, _PLACEHOLDERS[section]), origin, entry, field)
        # What a variant's conditions ask for is known, so that its placeholders are filled.
        if field in _REQUIRED and section != "variant" and not any(_ALWAYS_FILLED.issuperset(PLACEHOLDER.findall(text)) for text in value):
            yield CatalogError(origin, entry, field, "must have a sentence that is always there")


def _placeholder_faults(text: str, placeholders: frozenset[str], origin: str, entry: str, field: str) -> Iterator[CatalogError]:
    yield from (CatalogError(origin, entry, field, f"unknown placeholder {{{name}}}") for name in sorted(set(PLACEHOLDER.findall(text)) - placeholders))
    if {"{", "}"} & set(PLACEHOLDER.sub("", text)):
        yield CatalogError(origin, entry, field, "has a brace that belongs to no placeholder")


def _entry_faults(section: object, origin: str, name: str) -> Iterator[CatalogError]:
    for key, texts in section.items() if isinstance(section, dict) else ():
        entry = f"{name}.{key}"
        yield from _key_faults(texts, _REQUIRED, origin, entry, optional=_FIELDS)
        yield from _text_faults(texts, origin, entry)


def _text_faults(texts: object, origin: str, entry: str) -> Iterator[CatalogError]:
    if isinstance(texts, dict):
        yield from _field_faults({key: texts[key] for key in _TEXT_FIELDS if key in texts}, origin, entry)
        yield from _step_faults(texts.get("steps", []), origin, entry)


def _step_faults(steps: object, origin: str, entry: str) -> Iterator[CatalogError]:
    if not isinstance(steps, list):
        yield CatalogError(origin, entry, "steps", "must be a list of tables with who and text")
        return
    for step in steps:
        yield from _key_faults(step, ("who", "text"), origin, f"{entry}.steps")
        if isinstance(step, dict):
            yield from _field_faults({"text": step.get("text", [])}, origin, f"{entry}.steps")
            if "who" in step and step["who"] not in [*Responsible]:
                yield CatalogError(origin, f"{entry}.steps", "who", f"{step['who']!r} is no responsible")
            if step.get("text") == []:
                yield CatalogError(origin, f"{entry}.steps", "text", "must not be empty")


def _variant_faults(variants: object, origin: str, conditions: Mapping[str, Any]) -> Iterator[CatalogError]:
    if not isinstance(variants, dict):
        yield CatalogError(origin, "variant", "", "must be a table")
        return
    for name, texts in variants.items():
        entry = f"variant.{name}"
        yield from _key_faults(texts, (), origin, entry, optional=("when", *_FIELDS))
        yield from _text_faults(texts, origin, entry)
        if isinstance(texts, dict):
            yield from _when_faults(texts.get("when", conditions.get(name)), origin, entry)


def _when_faults(when: object, origin: str, entry: str) -> Iterator[CatalogError]:
    if when is None:
        yield CatalogError(origin, entry, "when", "missing")
        return
    yield from _key_faults(when, ("reason",), origin, f"{entry}.when", optional=_WHEN)
    for key, values in when.items() if isinstance(when, dict) else ():
        allowed = _WHEN.get(key)
        if not isinstance(values, list) or not values:
            yield CatalogError(origin, f"{entry}.when", key, "must be a list of one or more texts")
        elif allowed is not None and (unknown := [value for value in values if value not in [*allowed]]):
            yield CatalogError(origin, f"{entry}.when", key, f"unknown value {unknown[0]!r}")
        elif not all(isinstance(value, str) for value in values):
            yield CatalogError(origin, f"{entry}.when", key, "must be a list of one or more texts")
