"""The drop-in for flufl.bounce, by our own mails and by flufl.bounce's own tests."""

from __future__ import annotations

import ast
import email
import importlib.metadata
import inspect
import subprocess
import sys
import tarfile
from typing import TYPE_CHECKING, Any

import flufl.bounce
import pytest

from bounceclass.contrib.flufl import Faults, Scanner, all_failures, scan_message
from corpus_mails import CORPUS, MAILS

if TYPE_CHECKING:
    from email.message import Message
    from pathlib import Path

# Where flufl.bounce's own tests expect what we do not give; docs/flufl.md says why.
NOT_FOUND = {
    **{name: {b"userx@example.com"} for name in ("simple_20.txt", "simple_36.txt", "microsoft_03.txt")},
    "simple_14.txt": {b"userx@example.com"},
    "yale_01.txt": {b"userx@cs.yale.edu", b"userx@yale.edu"},
}


def message(name: str) -> Message:
    """Give a mail of the corpus as programs hold it."""
    return email.message_from_bytes((CORPUS / f"{name}.eml").read_bytes())


@pytest.mark.parametrize(
    ("name", "temporary", "permanent", "as_stated"),
    [
        ("postfix/01-user-unknown", set(), {b"kaneda@example.co.jp"}, {b"kaneda@example.co.jp"}),
        ("postfix/08-google-dmarc", {b"hanako@example.co.jp"}, set(), {b"hanako@example.co.jp"}),
        ("postfix/04-delayed-greylisted", None, set(), set()),
        ("arf/01-abuse", set(), set(), set()),
        ("autoreply/01-sieve-vacation-english", set(), set(), set()),
        ("lookalike/11-phishing-bounce-with-login", set(), set(), set()),
    ],
)
def test_policy(name: str, temporary: set[bytes] | None, permanent: set[bytes], as_stated: set[bytes]) -> None:
    """The sender's faults are temporary by default; what is no failure, or looks forged, is nothing."""
    found = all_failures(message(name))

    assert found[1] == permanent == scan_message(message(name))
    assert temporary is None or found[0] == temporary
    assert scan_message(message(name), faults="as-stated") == as_stated
    assert Scanner(faults=Faults.AS_STATED).all_failures(message(name))[1] == as_stated


@pytest.mark.parametrize("name", ["scan_message", "all_failures"])
def test_signatures_are_flufls(name: str) -> None:
    """The first parameter, and nothing more that must be given; the same types come back."""
    ours, theirs = (list(inspect.signature(getattr(module, name)).parameters.values()) for module in (sys.modules[all_failures.__module__], flufl.bounce))

    assert [p.name for p in theirs] == [p.name for p in ours if p.default is p.empty]
    assert type(scan_message(message("postfix/01-user-unknown"))) is type(flufl.bounce.scan_message(message("postfix/01-user-unknown")))


def test_an_unknown_policy_is_refused() -> None:
    """Before any mail is judged by it."""
    with pytest.raises(ValueError, match="sometimes"):
        scan_message(message("postfix/01-user-unknown"), faults="sometimes")


def test_no_mail_raises() -> None:
    """flufl.bounce raises on some; we do not."""
    for mail in MAILS:
        temporary, permanent = all_failures(email.message_from_bytes(mail.octets))
        assert not temporary & permanent


@pytest.fixture(scope="module")
def flufls_tests(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give flufl.bounce's own tests, out of its source distribution."""
    folder = tmp_path_factory.mktemp("flufl")
    version = importlib.metadata.version("flufl.bounce")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", "--dest", str(folder), f"flufl.bounce=={version}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    sources = [*folder.glob("*.tar.gz")]
    if not sources:
        pytest.skip(f"no source distribution of flufl.bounce {version} can be had: {done.stderr.strip()[-200:]}")
    with tarfile.open(sources[0]) as archive:
        archive.extractall(folder, filter="data")
    (tests,) = folder.glob("flufl*/tests")
    return tests


def rows(tests: Path) -> list[tuple[str, frozenset[bytes], bool]]:
    """Read what flufl.bounce's tests expect: file, addresses, whether they failed for now."""
    tree = ast.parse((tests / "test_detectors.py").read_text("utf-8"))
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Tuple) and len(node.elts) == 4:
            values: Any = ast.literal_eval(node) if all(isinstance(item, (ast.Constant, ast.List)) for item in node.elts) else ()
            if len(values) == 4 and str(values[1]).endswith(".txt"):
                found.append((values[1], frozenset(values[2]), values[3]))
    return found


def test_what_flufl_finds_is_found(flufls_tests: Path) -> None:
    """Every address that its own tests expect, as permanent or temporary as they say; in lower case, as domains are to us."""
    cases = rows(flufls_tests)

    assert len(cases) > 100
    for name, expected, temporary in cases:
        with (flufls_tests / "data" / name).open("rb") as file:
            found = all_failures(email.message_from_binary_file(file), faults="as-stated")[0 if temporary else 1]
        missing = {address.lower() for address in expected} - {address.lower() for address in found}
        assert missing == NOT_FOUND.get(name, set()), name
