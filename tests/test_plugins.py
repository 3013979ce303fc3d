"""Plugins: the example under docs/ works as installed, and one that fails stops nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve

import bounceclass
from bounceclass import DefectCode, Draft, DraftDelivery, Kind, ParseContext, PluginError, PluginWarning, Reader, Reason, Rule
from bounceclass.plugins import installed_catalogs, installed_dialects, installed_readers, installed_rules, load_plugins
from bounceclass.testing import check_catalog, check_dialect, check_reader, check_rules
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
    for function in (installed_rules, installed_dialects, installed_readers, installed_catalogs):
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
    assert "clues_suffice=True" in problem
    assert check_catalog({})[:2] == ["catalog: catalog: missing", "catalog: labels: missing"]


PARCEL = (
    b"From: postmaster@example.jp\nSubject: Undeliverable\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nSee the parcel.\n--b\n"
    b'Content-Type: application/vnd.acme.parcel+json\n\n{"refused": [{"to": "a@example.com", "why": "550 anvil overflow"}]}\n--b--\n'
)


@pytest.mark.usefixtures("acme")
def test_the_example_reader_works() -> None:
    """It is asked before ours, and what it reads is judged as everything is."""
    import acme_bounces

    report = bounceclass.parse(PARCEL)
    (verdict,) = bounceclass.classify(report)

    assert (report.dialect, report.kind, verdict.recipient, verdict.reason) == ("acme_parcel", Kind.FAILURE, "a@example.com", Reason.MAILBOX_FULL)
    assert bounceclass.parse(NOTICE).dialect == "acme"
    assert check_reader(acme_bounces.READER, {"own": (PARCEL, ["a@example.com"]), "other": (NOTICE, None)}) == []
    assert check_reader(acme_bounces.READER, {"own": (PARCEL, ["b@example.com"])}) == ["acme_parcel: own: names ['a@example.com'], not ['b@example.com']"]
    assert check_reader(acme_bounces.READER, {"own": (NOTICE, ["a@example.com"])}) == ["acme_parcel: own: names None, not ['a@example.com']"]


def test_a_reader_that_fails_is_told_and_the_others_are_asked() -> None:
    """What it raises, or gives that is no draft, is a defect of the mail; its author sees it in the contract test."""

    def stumbles(_: ParseContext) -> Draft | None:
        raise KeyError("to")

    wrong: Any = lambda _: ["a@example.com"]  # noqa: E731 - as somebody would write it
    untyped: Any = Draft(kind="failure", deliveries=())  # type: ignore[arg-type]
    empty: Any = Draft(kind=Kind.FAILURE, deliveries=(DraftDelivery(recipient="a@example.com", diagnostic=None),))  # type: ignore[arg-type]
    faults = (
        (stumbles, "KeyError('to')"),
        (wrong, "gives list, not Draft"),
        (lambda _: untyped, "gives a Draft whose kind is 'failure'"),
        (lambda _: empty, "gives a DraftDelivery whose diagnostic is None"),
    )
    for read, words in faults:
        reader = Reader("new", "anything", read)
        report = bounceclass.parse(NOTICE.replace(b"Shelf a@example.com", b"<a@example.com>"), readers=[reader])
        assert (report.dialect, report.deliveries[0].recipient) == ("generic", "a@example.com")
        assert [(defect.code, words in defect.detail) for defect in report.defects] == [(DefectCode.DETECTOR_FAILED, True)]
        problems = check_reader(reader, {"any": (NOTICE, None)})
        assert len(problems) == 2
        assert all(words in problem for problem in problems)


def test_what_reports_no_delivery_has_none() -> None:
    """Of a challenge nobody is dropped, whatever a reader says of it."""
    draft = Draft(kind=Kind.CHALLENGE, deliveries=(DraftDelivery(recipient="a@example.com", diagnostic="550 5.1.1 user unknown"),))

    assert bounceclass.parse(NOTICE, readers=[Reader("new", "anything", lambda _: draft)]).deliveries == ()


def test_a_reader_must_bear_mails_cut_short() -> None:
    """Bad mail never raises, wherever it ends."""

    def read(context: ParseContext) -> Draft | None:
        return Draft(kind=Kind.FAILURE) if context.parts.text.split("\n")[2] == "sorry" else None

    reader = Reader("tail", "the last line", read)

    assert check_reader(reader, {"whole": (b"Subject: x\n\n1\n2\n3\n", None)}) == ["tail: whole: cut short: raises IndexError('list index out of range')"]


@pytest.mark.usefixtures("acme")
def test_a_third_language_comes_with_a_plugin() -> None:
    """A whole catalog passes the contract test, and nothing English shows through."""
    table = tomllib.loads((ROOT / "docs" / "plugin" / "acme_bounces" / "de.toml").read_text("utf-8"))
    english = {text for _, text in bounceclass.catalog_texts("en") if len(text) > 20}
    verdict = bounceclass.classify_reply("550 5.1.1 User unknown")

    assert check_catalog(table, "de.toml") == []
    for reason in Reason:
        explanation = bounceclass.explain(evolve(verdict, reason=reason), locale="de-AT")
        assert explanation.locale == "de"
        assert not english & {explanation.title, explanation.summary, explanation.cause, *explanation.cautions, *explanation.checklist}, reason


@pytest.mark.usefixtures("site")
def test_without_plugins_ours_are_used() -> None:
    """Nothing is installed here but bounceclass itself."""
    assert installed_rules() is bounceclass.RuleBook.default()
    assert installed_catalogs() == {}


@pytest.mark.parametrize("form", ["folder", "archive", "none"])
def test_plugins_are_found_in_a_fresh_interpreter(tmp_path: Path, form: str) -> None:
    """In a folder on the path, or an archive; where there are none, what knows of distributions is not even imported."""
    site = tmp_path / "site"
    site.mkdir()
    if form != "none":
        (site / "acme_bounces_rules.py").write_text(
            "from bounceclass import Case, Reason, Rule\n"
            "rules = [Rule(id='acme.anvil', reason=Reason.SPAM_DETECTED, any=['anvil'], fires=[Case(text='anvil')])]\n"
        )
        install(site, "acme", "1.0", "[bounceclass.rules]\nacme = acme_bounces_rules:rules\n")
    path = shutil.make_archive(str(tmp_path / "site"), "zip", site) if form == "archive" else site
    code = (
        f"import sys; sys.path.append({str(path)!r}); import bounceclass\n"
        "print(bounceclass.classify_reply('550 5.1.1 User unknown: anvil').reason.value, 'importlib.metadata' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.split() == (["user_unknown", "False"] if form == "none" else ["spam_detected", "True"])


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
