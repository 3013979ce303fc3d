"""
Catalogs: the texts of one language, checked when they are loaded.

All catalogs have the keys, holes, steps and actors of the English one.  A program brings its own
wording as a TOML file laid over ours (`load_catalog`), or out of gettext (`translate_catalog`).
"""

from __future__ import annotations

import os
import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Protocol

from attrs import evolve, frozen

from bounceclass.errors import CatalogError
from bounceclass.reasons import Action, Audience, Authenticity, Kind, Party, Reason, Situation
from bounceclass.tables import load_table, read_table, table_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from os import PathLike

__all__ = [
    "HOLE",
    "Catalog",
    "Entry",
    "Translations",
    "Variant",
    "When",
    "catalog_texts",
    "find_catalog",
    "find_faults",
    "load_catalog",
    "read_catalog",
    "translate_catalog",
]

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
        "suggestion",
        "mechanisms",
        "others",
        "period",
        "reports",
        "not_mine",
        "sent_now",
        "sent_usual",
        "wall",
        "wall_reason",
    }
)
_LABEL_HOLES: Final = frozenset({"address", "recipient", "count", "year", "month", "month_two", "day", "day_two", "time", "first", "last", "text"})
# Kinds that no reason speaks for, and the two whose notices may name no recipient.
KINDS: Final = (Kind.DISPOSITION, Kind.CHALLENGE, Kind.OTHER, Kind.FAILURE, Kind.DELAY)
BACKSCATTER: Final = "backscatter"
_LABELS: Final = (
    "recipient",
    "someone",
    "everywhere",
    "forwarded",
    "date",
    "day",
    "span",
    "subject",
    "facts",
    "why",
    "steps",
    "resend",
    "instead",
    "cautions",
    "quote",
    "further",
    "checklist",
    "postmaster",
    "list",
    "quoted",
    "colon",
    "decimal",
    "seconds",
    "minutes",
    "hours",
    "days",
)
# What an explanation for postmasters, of an assessment or of a survey lists as facts.
FACTS: Final = (
    "recipient",
    "original_recipient",
    "reason",
    "decision",
    "rule",
    "others",
    "status",
    "reply_code",
    "command",
    "remote_mta",
    "reporting_mta",
    "dialect",
    "arrived_at",
    "last_attempt_at",
    "until",
    "message_id",
    "provider",
    "blocklist",
    "blocked",
    "lookup_url",
    "delist_url",
    "mechanisms",
    "size_limit",
    "retry_after",
    "new_address",
    "suggestion",
    "period",
    "reports",
    "failures",
    "not_mine",
    "suspicious",
    "sent_usual",
    "sent_now",
    "top_reasons",
    "top_domains",
)
SIGNS: Final = (
    "verp.valid",
    "verp.expired",
    "verp.invalid",
    "authentication.pass",
    "authentication.fail",
    "original.sent",
    "original.not_sent",
    "original.own_path",
    "original.foreign_path",
    "return_path.null",
    "return_path.not_null",
    "author.daemon",
    "author.no_daemon",
    "host.fits",
    "host.strange",
    "attachment.program",
    "attachment.archive",
    "attachment.page",
    "link.login",
    "link.disguised",
    "link.hidden",
    "link.form",
    "content.no_report",
)
# The words of tables and pages about many mails.
PAGE: Final = (
    "title",
    "period",
    "mails",
    "reports",
    "failures",
    "dead",
    "own_faults",
    "no_own_faults",
    "reasons",
    "days",
    "domains",
    "providers",
    "answers",
    "count",
    "reason",
    "answer",
    "address",
    "shown",
    "made_by",
)
_COMMON: Final = ("do_not_reply", "not_mine", "other_meaning", "delayed", "delayed_step", "checklist")
_TEXT_FIELDS: Final = ("title", "summary", "cause", "resend", "instead", "cautions", "checks")
_REQUIRED: Final = ("title", "summary")
_FIELDS: Final = (*_TEXT_FIELDS, "steps")
# What may decide whether a variant is used: vocabulary, or any text.
_WHEN: Final[Mapping[str, Iterable[str] | None]] = {
    "reason": tuple(Reason),
    "provider": None,
    "domain": None,
    "rule": None,
    "conflict": tuple(Reason),
    "audience": tuple(Audience),
    "known": tuple(HOLES),
}
# Sections of one text a key, of sentences, of whole entries; and which keys each has.
_WORDS: Final[Mapping[str, tuple[Iterable[str], frozenset[str]]]] = {
    "labels": (_LABELS, _LABEL_HOLES),
    "who": (tuple(Party), frozenset()),
    "facts": (FACTS, frozenset()),
    "signs": (SIGNS, frozenset()),
    "page": (PAGE, _LABEL_HOLES),
}
_SENTENCES: Final[Mapping[str, Iterable[str]]] = {"common": _COMMON, "owner": tuple(Action)}
_ENTRIES: Final[Mapping[str, Iterable[str]]] = {
    "reason": tuple(Reason),
    "kind": KINDS,
    "authenticity": (*Authenticity, BACKSCATTER),
    "situation": tuple(Situation),
}
_HEAD: Final = ("locale", "language", "joiner")
_SECTIONS: Final = ("catalog", *_WORDS, *_SENTENCES, *_ENTRIES, "variant")

Sentences = tuple[str, ...]
Table = dict[str, Any]


@frozen(kw_only=True)
class Entry:
    """The texts for one reason, kind, authenticity or situation; each a list of sentences, with holes."""

    title: Sentences
    summary: Sentences
    cause: Sentences = ()
    steps: tuple[tuple[Party, Sentences], ...] = ()
    resend: Sentences = ()
    instead: Sentences = ()
    cautions: Sentences = ()
    checks: Sentences = ()


@frozen(kw_only=True)
class When:
    """
    When a variant is used: every condition that is not empty must hold, by one of its values.

    Attributes:
        reason: Reasons that it is a variant of.
        provider: `Details.provider`.
        domain: The recipient's domain, or a domain above it.
        rule: How the id of the winning evidence begins.
        conflict: A reason among the conflicts.
        audience: Whom the explanation is for.
        known: Holes that are filled.
    """

    reason: Sentences = ()
    provider: Sentences = ()
    domain: Sentences = ()
    rule: Sentences = ()
    conflict: Sentences = ()
    audience: Sentences = ()
    known: Sentences = ()


@frozen(kw_only=True)
class Variant:
    """
    Texts that are laid over those of a reason where something more is known.

    Attributes:
        name: Its id.
        when: When it is used.
        texts: The fields of the entry that it replaces.
    """

    name: str
    when: When
    texts: Mapping[str, Any]

    def over(self, entry: Entry) -> Entry:
        """Give the entry with these texts in place of its own."""
        return evolve(entry, **self.texts)


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
        facts: What each technical fact is called.
        signs: What each sign of an assessment says.
        page: The words of tables and pages about many mails.
        common: Texts that stand beside those of any reason.
        owner: What the owner of a list does with a recipient, by action.
        entries: The texts of each reason, kind, authenticity and situation, by "reason.<id>" and so on.
        variants: What is laid over them, in the order of the file; of several that fit the later lies on top.
    """

    locale: str
    language: str
    joiner: str
    labels: Mapping[str, str]
    who: Mapping[str, str]
    facts: Mapping[str, str]
    signs: Mapping[str, str]
    page: Mapping[str, str]
    common: Mapping[str, Sentences]
    owner: Mapping[str, Sentences]
    entries: Mapping[str, Entry]
    variants: tuple[Variant, ...]


class Translations(Protocol):
    """What a host program answers from: `gettext.NullTranslations` and all that look like it."""

    def gettext(self, message: str, /) -> str:
        """Give the translation of an English text; the text itself where there is none."""
        ...


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


@cache
def _english_conditions() -> dict[str, Any]:
    """Give the conditions of our own variants, which stand in the English catalog alone."""
    return {name: texts["when"] for name, texts in read_table(_ROOM, "en")["variant"].items()}


def load_catalog(path: str | PathLike[str], *, over: str = "en") -> Catalog:
    """
    Read a catalog of one's own, laid over a built-in one: what it leaves out stays as it is there.

    Args:
        path: A TOML file with some or all of the tables of ours; variants of its own among them.
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


def _laid_over(table: Mapping[str, Any], below: Mapping[str, Any]) -> Table:
    merged = dict(below)
    for key, value in table.items():
        known = merged.get(key)
        merged[key] = _laid_over(value, known) if isinstance(value, dict) and isinstance(known, dict) else value
    return merged


def translate_catalog(translations: Translations, *, locale: str, language: str, joiner: str = " ", over: str = "en") -> Catalog:
    """
    Make a catalog out of a program's own translations: each text of ours is a message id.

    Args:
        translations: Anything with `gettext()`.
        locale: The language tag of the result.
        language: Its name in itself.
        joiner: What stands between two sentences; "" in Japanese and Chinese.
        over: The locale whose texts are the message ids.

    Raises:
        CatalogError: A translation has a hole that its text has not.
    """
    table = _mapped(read_table(_ROOM, find_catalog(over).locale), translations.gettext)
    return read_catalog({**table, "catalog": {"locale": locale, "language": language, "joiner": joiner}}, f"translations into {locale}")


def catalog_texts(locale: str = "en") -> Iterator[tuple[str, str]]:
    """Give each text of a built-in catalog with its place, "reason.user_unknown.title", to make a message template of."""
    table = read_table(_ROOM, find_catalog(locale).locale)
    return ((".".join(path), text) for path, text in _texts({key: value for key, value in table.items() if key != "catalog"}, ()))


def _texts(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:  # noqa: ANN401 - whatever stands in a TOML file
    if isinstance(value, str):
        if value:
            yield path, value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item["text"] if isinstance(item, dict) else item, path)
    else:
        for key, item in value.items():
            if key != "when":
                yield from _texts(item, (*path, key))


def _mapped(value: Any, translate: Callable[[str], str], key: str = "") -> Any:  # noqa: ANN401 - whatever stands in a TOML file
    """Give a table with all its texts translated; an empty one is no message (to gettext it is the header)."""
    if isinstance(value, str):
        return translate(value) if value and key != "who" else value
    if isinstance(value, list):
        return [_mapped(item, translate) for item in value]
    return {name: item if name == "when" else _mapped(item, translate, name) for name, item in value.items()}


# -- reading and checking ----------------------------------------------------------------------


def read_catalog(table: Mapping[str, Any], origin: str) -> Catalog:
    """
    Turn a table into a catalog.

    Args:
        table: As TOML gives it.
        origin: The file's name, for errors.

    Raises:
        CatalogError: A key or hole is unknown or missing, or a value has a wrong form; the first of all faults.
    """
    for fault in find_faults(table, origin):
        raise fault
    head = table["catalog"]
    return Catalog(
        locale=head["locale"],
        language=head["language"],
        joiner=head["joiner"],
        labels=table["labels"],
        who=table["who"],
        facts=table["facts"],
        signs=table["signs"],
        page=table["page"],
        common={name: tuple(texts) for name, texts in table["common"].items()},
        owner={name: tuple(texts) for name, texts in table["owner"].items()},
        entries={f"{section}.{name}": Entry(**_entry(texts)) for section in _ENTRIES for name, texts in table[section].items()},
        variants=tuple(_variant(name, texts) for name, texts in table["variant"].items()),
    )


def _entry(texts: Mapping[str, Any]) -> dict[str, Any]:
    return {field: _steps(value) if field == "steps" else tuple(value) for field, value in texts.items() if field != "when"}


def _steps(steps: list[Mapping[str, Any]]) -> tuple[tuple[Party, Sentences], ...]:
    return tuple((Party(step["who"]), tuple(step["text"])) for step in steps)


def _variant(name: str, texts: Mapping[str, Any]) -> Variant:
    when = texts.get("when") or _english_conditions()[name]
    return Variant(name=name, when=When(**{key: tuple(values) for key, values in when.items()}), texts=_entry(texts))


def find_faults(table: Mapping[str, Any], origin: str) -> Iterator[CatalogError]:
    """Find all that is wrong with a table, each fault with file, entry and field; nothing where it can be read."""
    faults = [*_key_faults(table, _SECTIONS, origin, "")]
    yield from faults
    if faults:
        return
    yield from _key_faults(table["catalog"], _HEAD, origin, "catalog")
    yield from _word_faults(table["catalog"], frozenset(), origin, "catalog")
    for section, (names, holes) in _WORDS.items():
        yield from _key_faults(table[section], names, origin, section)
        yield from _word_faults(table[section], holes, origin, section)
    for section, names in _SENTENCES.items():
        yield from _key_faults(table[section], names, origin, section)
        yield from _field_faults(table[section], origin, section)
    for section, names in _ENTRIES.items():
        yield from _key_faults(table[section], names, origin, section)
        yield from _entry_faults(table[section], origin, section)
    yield from _variant_faults(table["variant"], origin)


def _key_faults(table: object, wanted: Iterable[str], origin: str, entry: str, *, optional: Iterable[str] = ()) -> Iterator[CatalogError]:
    if not isinstance(table, dict):
        yield CatalogError(origin, entry, "", "must be a table")
        return
    expected = [str(key) for key in wanted]
    known = {*expected, *(str(key) for key in optional)}
    yield from (CatalogError(origin, entry, key, "missing") for key in expected if key not in table)
    yield from (CatalogError(origin, entry, key, "unknown key") for key in table if key not in known)


def _word_faults(table: object, holes: frozenset[str], origin: str, entry: str) -> Iterator[CatalogError]:
    for field, value in table.items() if isinstance(table, dict) else ():
        if isinstance(value, str):
            yield from _hole_faults(value, holes, origin, entry, field)
        else:
            yield CatalogError(origin, entry, field, "must be a text")


def _field_faults(table: object, origin: str, entry: str) -> Iterator[CatalogError]:
    """Find what is wrong with lists of sentences."""
    for field, value in table.items() if isinstance(table, dict) else ():
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            yield CatalogError(origin, entry, field, "must be a list of sentences")
            continue
        for text in value:
            yield from _hole_faults(text, HOLES, origin, entry, field)


def _hole_faults(text: str, holes: frozenset[str], origin: str, entry: str, field: str) -> Iterator[CatalogError]:
    yield from (CatalogError(origin, entry, field, f"unknown hole {{{name}}}") for name in sorted(set(HOLE.findall(text)) - holes))


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
            if "who" in step and step["who"] not in [*Party]:
                yield CatalogError(origin, f"{entry}.steps", "who", f"{step['who']!r} is no party")


def _variant_faults(variants: object, origin: str) -> Iterator[CatalogError]:
    if not isinstance(variants, dict):
        yield CatalogError(origin, "variant", "", "must be a table")
        return
    for name, texts in variants.items():
        entry = f"variant.{name}"
        yield from _key_faults(texts, (), origin, entry, optional=("when", *_FIELDS))
        yield from _text_faults(texts, origin, entry)
        if isinstance(texts, dict):
            yield from _when_faults(texts.get("when", _english_conditions().get(name)), origin, entry)


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
