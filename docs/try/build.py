"""
Collect the page that reads a bounce in the reader's own browser into one folder of static files.

    npm ci --prefix docs/try
    python docs/try/build.py FOLDER
    python -m http.server --directory FOLDER

The folder holds the page, pyodide's core out of node_modules, and `packages.zip`: bounceclass as its wheel has it, and
what it needs at run time as it is installed here, pure Python alone.  Nothing is fetched.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from email.parser import HeaderParser
from importlib.metadata import distribution
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parent.parent
PYODIDE: Final = HERE / "node_modules" / "pyodide"
CORE: Final = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
PAGE: Final = ("index.html", "page.css", "page.mjs", "words.mjs", "worker.mjs", "offline.js", "reader.py")
# Looks addresses up, which the page never does.
UNUSED: Final = {"dnspython"}
# Which mails of the corpus can be tried, and what each is called in each language of the page.
SAMPLES: Final = {
    "guides/03-exceeds-remaining-quota": ("相手の方の容量がいっぱい（552）", "The mailbox is full (552)"),
    "postfix/01-user-unknown": ("宛先が見つからない（User unknown）", "The address does not exist (User unknown)"),
    "guides/06-not-delivered-for-5-days": ("5日たっても届かない", "Not delivered for 5 days"),
    "guides/04-infected-with-virus": ("ウイルスが見つかった", "A virus was found"),
    "gmail/04-delivery-incomplete": ("配達の遅れ（Delivery incomplete）", "Delayed (Delivery incomplete)"),
    "postfix/03-several-fates": ("宛先が3件", "Three recipients"),
    "exchange/07-spanish-no-se-puede-entregar": ("スペイン語のお知らせ", "A notice in Spanish"),
    "exim/02-relay-not-permitted-after-rcpt": ("取り次ぎを断られた（relay not permitted）", "relay not permitted"),
}


def main(folder: Path) -> None:
    """Write everything into a folder."""
    if not PYODIDE.is_dir():
        sys.exit("docs/try: pyodide is not there: npm ci --prefix docs/try")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pyodide").mkdir(exist_ok=True)
    for name in CORE:
        shutil.copy(PYODIDE / name, folder / "pyodide" / name)
    for name in PAGE:
        shutil.copy(HERE / name, folder / name)
    write_packages(folder / "packages.zip")
    samples = [{"title": {"ja": ja, "en": en}, "mail": (ROOT / "corpus" / f"{name}.eml").read_bytes().decode("latin-1")} for name, (ja, en) in SAMPLES.items()]
    (folder / "samples.json").write_text(json.dumps(samples), "utf-8")
    files = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and path.name not in {"files.json", "offline.js"})
    (folder / "files.json").write_text(json.dumps(files), "utf-8")


def write_packages(target: Path) -> None:
    """Zip our wheel, and what it needs."""
    with tempfile.TemporaryDirectory() as temporary, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as zipped:
        subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", temporary], cwd=ROOT, check=True, capture_output=True)
        (wheel,) = Path(temporary).glob("*.whl")
        with zipfile.ZipFile(wheel) as ours:
            (metadata,) = (name for name in ours.namelist() if name.endswith(".dist-info/METADATA"))
            asked = HeaderParser().parsestr(ours.read(metadata).decode("utf-8")).get_all("Requires-Dist", [])
            for name in ours.namelist():
                if name.startswith("bounceclass/") and not name.startswith(("bounceclass/cli/", "bounceclass/contrib/")):
                    zipped.writestr(name, ours.read(name))
        for requirement in needed(asked):
            for file in distribution(requirement).files or ():
                path = Path(str(file.locate()))
                if path.suffix not in {".pyc", ".so", ".pyi", ".c"} and not file.parts[0].startswith("..") and not {"tests", "test"} & {*file.parts}:
                    zipped.write(path, str(file))


def needed(asked: list[str]) -> list[str]:
    """Name the distributions that requirements ask for, and those that these ask for."""
    found: set[str] = set()
    while asked:
        requirement = Requirement(asked.pop())
        if requirement.name not in found | UNUSED and (not requirement.marker or requirement.marker.evaluate({"extra": ""})):
            found.add(requirement.name)
            asked += distribution(requirement.name).requires or ()
    return sorted(found)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
