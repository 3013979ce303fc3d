"""The wheel: tables compiled and equal to their sources, types marked, nothing else in it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
import zipfile
from typing import TYPE_CHECKING

import pytest

from corpus_mails import ROOT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Build the wheel as a user's installer does."""
    out = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)], cwd=ROOT, check=True, capture_output=True)
    (path,) = out.glob("*.whl")
    return zipfile.ZipFile(path)


def tables() -> list[Path]:
    """Give every TOML file of the package."""
    return sorted((ROOT / "src").rglob("*.toml"))


def test_tables_are_compiled(wheel: zipfile.ZipFile) -> None:
    """Each TOML file has a JSON twin in the wheel that says the same."""
    assert len(tables()) > 30
    for path in tables():
        name = str(path.relative_to(ROOT / "src").with_suffix(".json"))
        assert json.loads(wheel.read(name)) == tomllib.loads(path.read_text("utf-8"))


def test_wheel_holds_the_package_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    """Types are marked; tables are there once; tests and corpus stay at home."""
    names = wheel.namelist()

    assert "bounceclass/py.typed" in names
    assert not [name for name in names if name.endswith(".toml")]
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"bounceclass"}


def test_the_wheel_works_from_its_compiled_tables(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    """Unpacked elsewhere it gives the same verdict."""
    wheel.extractall(tmp_path)
    code = (
        "import bounceclass; print(bounceclass.__file__); print(bounceclass.explain(bounceclass.classify_reply('552 5.2.2 Mailbox full'), locale='ja').title)"
    )
    done = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": str(tmp_path), "PYTHONUTF8": "1"}, capture_output=True, text=True, check=True)

    assert done.stdout.splitlines() == [str(tmp_path / "bounceclass" / "__init__.py"), "相手の方のメールボックスがいっぱいです"]


def test_the_readme_leads_somewhere_from_anywhere(wheel: zipfile.ZipFile) -> None:
    """A package index shows it without the repository: no link and no picture is relative."""
    (name,) = (name for name in wheel.namelist() if name.endswith("METADATA"))
    text = wheel.read(name).decode()

    assert "](https://github.com/bounceclass/bounceclass/blob/main/docs/trust.md)" in text
    assert re.findall(r"\]\((?!https?://|#)[^)]*\)", text) == []
