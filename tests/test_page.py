"""The page that reads a bounce in the reader's own browser: in a real Chromium, and our package on pyodide's Python."""

from __future__ import annotations

import base64
import io
import json
import re
import runpy
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from bounceclass import classify, parse
from bounceclass.serial.schema import mail_to_dict
from corpus_mails import MAILS

ROOT = Path(__file__).parent.parent
CHECKS = ROOT / "tests" / "page" / "checks.mjs"
PARTS = ROOT / "docs" / "try" / "node_modules" / "pyodide"
NAMES = re.findall(r'^  async "([^"]+)"\(\)', CHECKS.read_text("utf-8"), re.MULTILINE)

built = pytest.mark.skipif(not shutil.which("node") or not PARTS.is_dir(), reason="no node, or no pyodide: npm ci --prefix docs/try")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Collect the page once."""
    target = tmp_path_factory.mktemp("page")
    subprocess.run([sys.executable, str(ROOT / "docs" / "try" / "build.py"), str(target)], check=True, cwd=ROOT)
    return target


@pytest.fixture(scope="module")
def results(folder: Path) -> dict[str, dict[str, str]]:
    """Let Chromium try everything once."""
    chromium = shutil.which("chromium") or ""
    done = subprocess.run(["node", str(CHECKS), str(folder), chromium], capture_output=True, encoding="utf-8", check=False, cwd=ROOT, timeout=600)
    found = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert found, done.stderr[-2_000:]
    return {one["name"]: one for one in found}


@built
@pytest.mark.skipif(not shutil.which("chromium"), reason="no chromium on this machine")
@pytest.mark.parametrize("name", NAMES)
def test_the_page(name: str, results: dict[str, dict[str, str]], capsys: pytest.CaptureFixture[str]) -> None:
    """Pasted, dropped, forged, hostile, without a network, by keyboard, on a phone: see tests/page/checks.mjs.  Figures are printed."""
    if results[name]["figure"]:
        with capsys.disabled():
            sys.stdout.write(f"\n  {results[name]['figure']}\n")
    assert results[name]["problem"] == ""


@built
def test_the_corpus_on_another_python(folder: Path) -> None:
    """In WebAssembly, on a newer Python, and without flufl.bounce's compiled friends: every verdict is the same."""
    given = {mail.id: base64.b64encode(mail.octets).decode() for mail in MAILS}
    mails = folder / "given.json"
    mails.write_text(json.dumps(given), "utf-8")
    command = ["node", str(ROOT / "tests" / "page" / "corpus.mjs"), str(folder), str(mails)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, cwd=ROOT)
    told = json.loads(done.stdout.splitlines()[-1])

    assert told["python"].startswith("3.14")
    for mail in MAILS:
        report = parse(mail.octets)
        expected: dict[str, Any] = json.loads(json.dumps(mail_to_dict("-", report, classify(report))))
        assert told["told"][mail.id] == expected, mail.id


def zipped(*mails: bytes) -> bytes:
    """Pack mails."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, mail in enumerate(mails):
            archive.writestr(f"{number}.eml", mail)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("octets", "problem"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (zipped(), "binary"),
        (zipped(b""), "empty"),
        (zipped(*[b"\0" * 2**24] * 5), "large"),
        (zipped(b"x")[:40], "zip"),
        (b"\xd0\xcf\x11\xe0", "msg"),
        (b"\x89PNG\0\0", "binary"),
    ],
    ids=["nothing", "blanks", "an empty ZIP", "an empty mail", "a bomb", "half a ZIP", "Outlook", "a picture"],
)
def test_what_the_page_cannot_read(octets: bytes, problem: str) -> None:
    """Each has its sentence; a ZIP that unpacks to more than a browser holds is one of them."""
    read = runpy.run_path(str(ROOT / "docs" / "try" / "reader.py"))["read"]

    assert json.loads(read(memoryview(octets), "ja", 540)) == {"problem": problem}
