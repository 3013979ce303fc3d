"""README and docs run: every Python block is executed, in its page's order."""

from __future__ import annotations

import os
import re
from difflib import unified_diff
from typing import TYPE_CHECKING

import pytest
from sybil import Sybil
from sybil.document import Document
from sybil.parsers.markdown import PythonCodeBlockParser

import bounceclass
from bounceclass.tables import read_table
from corpus_mails import MAILS, ROOT
from derived import DERIVED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGES = sorted([*ROOT.glob("README*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "corpus" / "README.md"])
_LINK = re.compile(r"\]\(([^)#:]+)\)")


@pytest.fixture
def in_root() -> Iterator[None]:
    """Run in the root of the project, as a reader of the README does."""
    before = os.getcwd()  # noqa: PTH109
    os.chdir(ROOT)
    yield
    os.chdir(before)


@pytest.mark.usefixtures("in_root")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_run(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every fenced Python block runs."""
    if "# needs mailman" in page.read_text("utf-8"):
        pytest.importorskip("mailman", reason="Mailman is not installed")
    document = Document.parse(str(page), *Sybil(parsers=[PythonCodeBlockParser()], path=str(ROOT)).parsers)
    for example in document.examples():
        example.evaluate()
    capsys.readouterr()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """A relative link names a file that is there."""
    for target in _LINK.findall(page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("path", DERIVED, ids=lambda path: path.name)
def test_what_is_derived_is_up_to_date(path: Path, request: pytest.FixtureRequest) -> None:
    """Tables and schema say what the code says."""
    before = path.read_text("utf-8")
    if request.config.getoption("--update-goldens"):
        path.write_text(DERIVED[path](before), "utf-8")
    lines = [*unified_diff(path.read_text("utf-8").splitlines(), DERIVED[path](before).splitlines(), lineterm="", n=0)]
    if lines:
        pytest.fail("\n".join([*lines, "", "pytest tests/test_docs.py --update-goldens"]), pytrace=False)


def test_corpus_has_no_real_names() -> None:
    """Our mails use documentation addresses only (RFC 5737, RFC 3849)."""
    documentation = re.compile(r"192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|127\.0\.0\.|0\.0\.0\.|255\.|10\.0\.0\.")
    address = re.compile(rb"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])")
    for mail in MAILS:
        for found in address.findall(mail.octets):
            text = found.decode()
            if all(int(piece) < 256 for piece in text.split(".")) and int(text.split(".")[0]) > 19:
                assert documentation.match(text), (mail.id, text)


def test_guides_point_at_texts() -> None:
    """Every place that docs/guides.md names is a text of both catalogs."""
    places = re.findall(r"`((?:reason|kind|common|checklist|variant|situation|authenticity)\.[a-z_.0-9]+)`", (ROOT / "docs" / "guides.md").read_text("utf-8"))

    assert len(places) > 100
    for locale in ("en", "ja"):
        table = read_table("advice", locale)
        for place in places:
            section, name, *rest = place.split(".")
            found = table[section][name]
            for step in rest:
                found = found[int(step) - 1] if step.isdigit() else found[step]
            assert found, place


def test_the_reference_has_every_name() -> None:
    """Each name of the front door once."""
    names = re.findall(r"\.\. auto\w+:: bounceclass\.(\w+)$", (ROOT / "docs" / "api.md").read_text("utf-8"), re.MULTILINE)

    modules = {"labels", "linear", "logs", "mailboxes", "schema", "testing"}
    assert sorted(set(names) - modules) == sorted(bounceclass.__all__)


def test_every_page_is_in_the_index() -> None:
    """So that a reader finds it."""
    listed = set(re.findall(r"^([a-z.-]+)$", (ROOT / "docs" / "index.md").read_text("utf-8"), re.MULTILINE))

    assert {page.stem for page in (ROOT / "docs").glob("*.md")} - {"index"} <= listed
