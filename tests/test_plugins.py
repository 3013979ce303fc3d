"""Plugins: the example under docs/ works as installed, and one that fails stops nothing."""

from __future__ import annotations

import shutil
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest
from attrs import evolve

import bounceclass
from bounceclass import PluginError, PluginWarning, Reason, Rule
from bounceclass.plugins import installed_catalogs, installed_dialects, installed_rules, load_plugins
from bounceclass.testing import check_catalog, check_dialect, check_rules
from corpus_mails import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a folder that distributions can be put into, as an installer does; forget them afterwards."""
    monkeypatch.syspath_prepend(tmp_path)
    forget()
    yield tmp_path
    forget()
    for name in [name for name in sys.modules if name.startswith("acme_bounces")]:
        del sys.modules[name]


def forget() -> None:
    """Let the next call look for plugins anew."""
    for function in (installed_rules, installed_dialects, installed_catalogs):
        function.cache_clear()


def install(site: Path, name: str, version: str, entry_points: str) -> None:
    """Write what an installer writes."""
    info = site / f"{name}-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    (info / "entry_points.txt").write_text(entry_points)


@pytest.fixture
def acme(site: Path) -> Path:
    """Install the example of the docs: its package, and the entry points of its pyproject.toml."""
    import tomllib

    source = ROOT / "docs" / "plugin"
    shutil.copytree(source / "acme_bounces", site / "acme_bounces")
    groups = tomllib.loads((source / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]
    lines = [f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in entries.items()) for group, entries in groups.items()]
    install(site, "acme_bounces", "1.0", "\n".join(lines))
    return site


NOTICE = b"From: postmaster@example.jp\nSubject: Acme could not place your mail\n\nShelf a@example.com: 550 anvil overflow\n"


@pytest.mark.usefixtures("acme")
def test_the_example_plugin_works() -> None:
    """Its dialect decodes, its rule judges, its catalog speaks."""
    report = bounceclass.parse(NOTICE)
    (verdict,) = bounceclass.classify(report)

    assert report.dialect == "acme"
    assert verdict.reason is Reason.MAILBOX_FULL
    assert verdict.evidence[0].rule == "mailbox_full.acme_anvil"
    assert bounceclass.explain(report, locale="en-x-acme").title == "The anvil is full"
    assert bounceclass.explain(report, locale="en").title != "The anvil is full"


@pytest.mark.usefixtures("acme")
def test_the_example_plugin_passes_the_contract_tests() -> None:
    """What we ask of plugins, our example does."""
    import acme_bounces  # type: ignore[import-not-found]

    assert check_rules(acme_bounces.rules()) == []
    assert check_dialect(acme_bounces.DIALECT, {"own": (NOTICE, ["a@example.com"]), "other": (b"Subject: x\n\n", [])}) == []
    assert check_dialect(acme_bounces.DIALECT, {"own": (NOTICE, ["b@example.com"])}) == ["acme: own: finds ['a@example.com'], not ['b@example.com']"]
    (problem,) = check_dialect(acme_bounces.DIALECT, {"person": (NOTICE.replace(b"postmaster", b"pigeon"), ["a@example.com"])})
    assert "certain=True" in problem
    assert check_catalog({})[:2] == ["catalog: catalog: missing", "catalog: labels: missing"]


@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize("reason", list(Reason))
def test_a_third_language_comes_with_a_plugin(reason: Reason) -> None:
    """A whole catalog passes the contract test, and nothing English shows through."""
    table = tomllib.loads((ROOT / "docs" / "plugin" / "acme_bounces" / "de.toml").read_text("utf-8"))
    english = {text for _, text in bounceclass.catalog_texts("en") if len(text) > 20}
    verdict = bounceclass.classify_reply("550 5.1.1 User unknown")
    explanation = bounceclass.explain(evolve(verdict, reason=reason), locale="de-AT")

    assert check_catalog(table, "de.toml") == []
    assert explanation.locale == "de"
    assert not english & {explanation.title, explanation.summary, explanation.cause, *explanation.cautions, *explanation.checklist}


@pytest.mark.usefixtures("site")
def test_without_plugins_ours_are_used() -> None:
    """Nothing is installed here but bounceclass itself."""
    assert installed_rules() is bounceclass.RuleBook.default()
    assert installed_catalogs() == {}


@pytest.mark.parametrize(
    ("field", "value", "words"), [("name", "postfix", "two dialects have this name"), ("opens", "(", "missing ), unterminated subpattern")]
)
def test_a_dialect_that_cannot_be_used_is_left_out(site: Path, field: str, value: str, words: str) -> None:
    """It is checked with the plugin, not at the first mail."""
    values = {"name": "new", "opens": "x", field: value}
    (site / "acme_bounces_dialect.py").write_text(
        "from bounceclass import Clue, Dialect\n"
        f"DIALECT = Dialect(name={values['name']!r}, title='T', source='S', since='1', clues=(Clue('text', 'word'),), opens={values['opens']!r})\n"
    )
    install(site, "broken", "2.0", "[bounceclass.dialects]\nbad = acme_bounces_dialect:DIALECT\n")

    with pytest.warns(PluginWarning, match=r"bad \(broken 2\.0\)") as caught:
        assert bounceclass.parse(b"From: postmaster@example.jp\nSubject: Undelivered\n\n<a@example.com>: 550 no\n").dialect == "generic"
    assert words in str(caught[0].message)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("def rules(): raise KeyError('x')", "KeyError('x')"),
        ("rules = [1]", "gives int, not Rule"),
        ("rules = 1", "TypeError"),
        ("import no_such_module", "No module named 'no_such_module'"),
    ],
)
def test_a_plugin_that_fails_is_left_out(site: Path, code: str, words: str) -> None:
    """A warning names distribution and entry point; asked for strictly, it is an error."""
    (site / "acme_bounces_broken.py").write_text(code)
    install(site, "broken", "2.0", "[bounceclass.rules]\nbad = acme_bounces_broken:rules\n")

    with pytest.warns(PluginWarning, match=r"bad \(broken 2\.0\): bounceclass\.rules: plugin failed: ") as caught:
        assert bounceclass.classify_reply("550 5.1.1 user unknown").reason is Reason.USER_UNKNOWN
    assert words in str(caught[0].message)
    with pytest.raises(PluginError, match=r"bad \(broken 2\.0\)"):
        load_plugins("bounceclass.rules", Rule, strict=True)
