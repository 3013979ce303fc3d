"""
Catalogs: the texts of one language, checked when they are loaded.

All catalogs have the keys, placeholders, steps and actors of the English one.  A program brings its own
wording as a TOML file laid over ours (`load_catalog`), or out of gettext (`translate_catalog`).
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Protocol

from attrs import evolve, frozen

from bounceclass.advice.shape import ENTRIES, find_faults
from bounceclass.errors import CatalogError
from bounceclass.model.vocabulary import Responsible
from bounceclass.tables import load_table, read_table, table_names
from bounceclass.text.nearest import there_are

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from os import PathLike

__all__ = [
    "Catalog",
    "Entry",
    "Translations",
    "Variant",
    "When",
    "catalog_texts",
    "find_catalog",
    "load_catalog",
    "read_catalog",
    "table_faults",
    "translate_catalog",
]

_ROOM: Final = "advice"
_MAX_TAG: Final = 100
Sentences = tuple[str, ...]
Table = dict[str, Any]


@frozen(kw_only=True)
class Entry:
    """The texts for one reason, kind, authenticity or situation; each a list of sentences, with placeholders."""

    title: Sentences
    summary: Sentences
    cause: Sentences = ()
    steps: tuple[tuple[Responsible, Sentences], ...] = ()
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
        author: The domain of the From field of the mail that came back, or a domain above it.
        blocklist: `Details.blocklist`.
        rule: How the id of the winning evidence begins.
        conflict: A reason among the conflicts.
        audience: Whom the explanation is for.
        known: Details that are known.
    """

    reason: Sentences = ()
    provider: Sentences = ()
    domain: Sentences = ()
    author: Sentences = ()
    blocklist: Sentences = ()
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
        who: What each responsible is called.
        facts: What each technical fact is called.
        signals: What each signal of an assessment says.
        page: The words of tables and pages about many mails.
        common: Texts that stand beside those of any reason.
        checklist: What to look at before the next mail, by what went wrong.
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
    signals: Mapping[str, str]
    page: Mapping[str, str]
    common: Mapping[str, Sentences]
    checklist: Mapping[str, Sentences]
    owner: Mapping[str, Sentences]
    entries: Mapping[str, Entry]
    variants: tuple[Variant, ...]

    @property
    def weekdays(self) -> list[str]:
        """What the days from Monday on are called."""
        return self.labels["weekdays"].split()


class Translations(Protocol):
    """What a host program answers from: `gettext.NullTranslations` and all that look like it."""

    def gettext(self, message: str, /) -> str:
        """Give the translation of an English text; the text itself where there is none."""
        ...


def find_catalog(locale: str, others: Mapping[str, Catalog] | None = None) -> Catalog:
    """
    Give the catalog of a locale, falling back from "ja-JP" to "ja".

    Args:
        locale: A language tag (RFC 5646) or a POSIX locale name: "ja", "ja-JP", "ja_JP.UTF-8".
        others: Catalogs that go before the built-in ones, by lower-case locale.

    Raises:
        ValueError: There is none; it names those there are.
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
    raise ValueError(f"there are no texts in {locale[:_MAX_TAG]!r}; {there_are(locale[:_MAX_TAG], sorted({*builtin, *others}))}")


@cache
def _builtin(name: str) -> Catalog:
    return read_catalog(read_table(_ROOM, name), f"{name}.toml")


@cache
def _english() -> dict[str, Any]:
    """Give the table of the English catalog, the model of all others."""
    return read_table(_ROOM, "en")


def load_catalog(path: str | PathLike[str], *, over: str = "en") -> Catalog:
    """
    Read a catalog of one's own, laid over a built-in one: what it leaves out stays as it is there.

    Args:
        path: A TOML file with some or all of the tables of ours; variants of its own among them.
        over: The locale of the catalog below.

    Raises:
        CatalogError: The file cannot be read, a text in it cannot be used, or there is no locale `over`.
    """
    name = os.path.basename(path)  # noqa: PTH119 - pathlib costs 7 ms to import
    try:
        table = load_table(path)
    except (OSError, ValueError) as error:
        raise CatalogError(name, "", "", str(error)) from error
    return read_catalog(_laid_over(table, _table_of(over, name)), name)


def _table_of(locale: str, origin: str) -> dict[str, Any]:
    """Give the table of a built-in catalog, and no other in its place."""
    try:
        found = find_catalog(locale).locale
    except ValueError as error:
        raise CatalogError(origin, "catalog", "locale", f"there is no built-in catalog {locale!r} to lie over") from error
    return read_table(_ROOM, found)


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
        CatalogError: A translation has a placeholder that does not exist, or there is no locale `over`.
    """
    table = _mapped(_table_of(over, f"translations into {locale}"), translations.gettext)
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
        return (translate(value) or value) if value and key != "who" else value
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
        CatalogError: A key or placeholder is unknown or missing, or a value has a wrong form; the first of all faults.
    """
    for fault in table_faults(table, origin):
        raise fault
    head = table["catalog"]
    return Catalog(
        locale=head["locale"],
        language=head["language"],
        joiner=head["joiner"],
        labels=table["labels"],
        who=table["who"],
        facts=table["facts"],
        signals=table["signals"],
        page=table["page"],
        common={name: tuple(texts) for name, texts in table["common"].items()},
        checklist={name: tuple(texts) for name, texts in table["checklist"].items()},
        owner={name: tuple(texts) for name, texts in table["owner"].items()},
        entries={f"{section}.{name}": Entry(**_entry(texts)) for section in ENTRIES for name, texts in table[section].items()},
        variants=tuple(_variant(name, texts) for name, texts in table["variant"].items()),
    )


def _entry(texts: Mapping[str, Any]) -> dict[str, Any]:
    return {field: _steps(value) if field == "steps" else tuple(value) for field, value in texts.items() if field != "when"}


def _steps(steps: list[Mapping[str, Any]]) -> tuple[tuple[Responsible, Sentences], ...]:
    return tuple((Responsible(step["who"]), tuple(step["text"])) for step in steps)


def _variant(name: str, texts: Mapping[str, Any]) -> Variant:
    when = texts.get("when") or _english()["variant"][name]["when"]
    return Variant(name=name, when=When(**{key: tuple(values) for key, values in when.items()}), texts=_entry(texts))


def table_faults(table: Mapping[str, Any], origin: str) -> list[CatalogError]:
    """Give all that is wrong with a table; empty where it can be read."""
    return [*find_faults(table, origin, _english())]
