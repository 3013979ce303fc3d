"""How the documentation is built: `sphinx-build -W docs docs/_build`."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version as version_of
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "bounceclass"
author = "The bounceclass founders"
version = release = version_of("bounceclass")
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build", "examples", "plugin", "try"]
suppress_warnings = ["myst.xref_missing"]  # links to files of the repository, which tests/test_docs.py follows
html_theme = "furo"
html_title = "bounceclass"
# Words of Japanese are found as well (宛先); English ones are found as they are written, without stemming.
html_search_language = "ja"
html_search_options = {"type": "sphinx.search.ja.DefaultSplitter"}
myst_heading_anchors = 3
# The classes' own docstrings tell their attributes; those of enums are their values.
napoleon_use_ivar = True
napoleon_custom_sections = [("Spec", "notes_style")]
autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"


def build_page(app: Sphinx, _error: Exception | None) -> None:
    """Put the page that runs in the reader's browser beside the documentation, where its parts are there (npm ci --prefix docs/try)."""
    here = Path(__file__).parent / "try"
    if app.builder.name == "html" and (here / "node_modules").is_dir():
        subprocess.run([sys.executable, str(here / "build.py"), str(Path(app.outdir) / "try")], check=True)  # noqa: S603 - our own


def setup(app: Sphinx) -> None:
    """Ask Sphinx to be told."""
    app.connect("build-finished", build_page)
