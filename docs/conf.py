"""How the documentation is built: `sphinx-build -W docs docs/_build`."""

from __future__ import annotations

from importlib.metadata import version as version_of

project = "bounceclass"
author = "The bounceclass founders"
version = release = version_of("bounceclass")
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build", "plugin"]
html_theme = "furo"
html_title = "bounceclass"
myst_heading_anchors = 3
# The classes' own docstrings tell their attributes; those of enums are their values.
napoleon_use_ivar = True
napoleon_custom_sections = [("Spec", "notes_style")]
autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
