"""Catalogs that cannot be used are refused; overlays change what they say and nothing else."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

import bounceclass
from bounceclass import CatalogError, Reason
from bounceclass.advice.catalog import load_catalog, read_catalog
from bounceclass.tables import read_table

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = read_table("advice", "en")


def changed(path: str, value: Any) -> dict[str, Any]:
    """Give the English table with one value changed; None takes the key away."""
    table = copy.deepcopy(ENGLISH)
    *folders, key = path.split("/")
    place = table
    for folder in folders:
        place = place[folder]
    if value is None:
        del place[key]
    else:
        place[key] = value
    return table


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("reason/user_unknown", None, "reason: user_unknown: missing"),
        ("reason/no_reason", {}, "reason: no_reason: unknown key"),
        ("reason/user_unknown/title", None, "reason.user_unknown: title: missing"),
        ("reason/user_unknown/title", "text", "reason.user_unknown: title: must be a list of sentences"),
        ("reason/user_unknown/tip", [], "reason.user_unknown: tip: unknown key"),
        ("reason/user_unknown/summary", ["{recpient}"], "unknown hole {recpient}"),
        ("reason/user_unknown/steps", [{"who": "nobody_else", "text": []}], "steps: who: 'nobody_else' is no party"),
        ("reason/user_unknown/steps", [{"text": []}], "steps: who: missing"),
        ("labels/why", None, "labels: why: missing"),
        ("who/sender", None, "who: sender: missing"),
        ("common/not_mine", None, "common: not_mine: missing"),
        ("kind", [], "kind: must be a table"),
        ("catalog/joiner", None, "catalog: joiner: missing"),
        ("extra", {}, "extra: unknown key"),
    ],
)
def test_bad_catalogs_are_refused(path: str, value: object, words: str) -> None:
    """The error names file, entry and field."""
    with pytest.raises(CatalogError) as caught:
        read_catalog(changed(path, value), "my.toml")

    assert str(caught.value).startswith("my.toml: ")
    assert words in str(caught.value)


def test_overlays_change_what_they_say(tmp_path: Path) -> None:
    """A program's own wording lies over ours; what it leaves out stays."""
    path = tmp_path / "own.toml"
    path.write_text('[reason.user_unknown]\ntitle = ["Nobody of that name"]\n', "utf-8")
    catalog = load_catalog(path)
    verdict = bounceclass.classify_reply("550 5.1.1 user unknown")

    assert bounceclass.explain(verdict, catalog=catalog).title == "Nobody of that name"
    assert bounceclass.explain(verdict, catalog=catalog).cause == bounceclass.explain(verdict).cause
    assert load_catalog(path, over="ja").locale == "ja"


@pytest.mark.parametrize("content", ["[catalog", "\udcff"])
def test_unreadable_catalogs_are_refused(tmp_path: Path, content: str) -> None:
    """No TOML, no UTF-8, no file: one error that names it."""
    path = tmp_path / "own.toml"
    path.write_text(content, "utf-8", "surrogateescape")

    with pytest.raises(CatalogError, match=r"^own\.toml: "):
        load_catalog(path)
    with pytest.raises(CatalogError, match=r"^none\.toml: "):
        load_catalog(tmp_path / "none.toml")


@pytest.mark.parametrize("locale", ["en", "ja"])
@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_reads_well_without_a_recipient(reason: Reason, locale: str) -> None:
    """A bare reply names no recipient: the text names "the recipient" instead of nothing."""
    verdict = bounceclass.Verdict(
        recipient="",
        reason=reason,
        permanence=bounceclass.Permanence.UNKNOWN,
        address=bounceclass.AddressState.UNKNOWN,
        party=bounceclass.Party.NOBODY,
        action=bounceclass.Action.REVIEW,
        confidence=0.5,
    )
    text = str(bounceclass.explain(verdict, locale=locale))

    assert "{" not in text
    assert "to  " not in text
    assert not text.startswith(" 宛")


@pytest.mark.parametrize(
    ("reply", "locale", "words"),
    [
        ("552 5.3.4 Message size exceeds limit of 10240000 bytes", "en", "9.77 MB"),
        ("552 5.3.4 Message size exceeds limit of 10240000 bytes", "ja", "9.77 MB"),
        ("451 4.7.1 Greylisted, please try again in 300 seconds", "en", "5 minutes"),
        ("451 4.7.1 Greylisted, please try again in 300 seconds", "ja", "5分"),
        ("554 Client host [192.0.2.1] blocked using zen.spamhaus.org", "ja", "Spamhaus"),
        ("551 5.1.6 User not local; please try <new@example.net>", "ja", "new@example.net"),
    ],
)
def test_details_reach_the_reader(reply: str, locale: str, words: str) -> None:
    """What the server said beside the reason stands in the text."""
    explanation = bounceclass.explain(bounceclass.classify_reply(reply), locale=locale)

    assert words in explanation.summary
