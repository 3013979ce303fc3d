"""Options that several commands have."""

from __future__ import annotations

import locale
import os
import re
from typing import Final

import click

from bounceclass.advice.catalog import find_catalog
from bounceclass.languages import languages
from bounceclass.plugins import installed_catalogs
from bounceclass.text.folding import safe_line

__all__ = ["LOCALE", "OWN_DOMAIN", "PATHS", "REDACT", "SENT_IDS", "language_of_surroundings"]


def _known_language(_context: click.Context, _parameter: click.Parameter, tag: str | None) -> str:
    """Give the language asked for; else the surroundings' own where we have it, else English."""
    try:
        return find_catalog(tag or language_of_surroundings(), installed_catalogs()).locale
    except ValueError as error:
        if tag is None:
            return "en"
        raise click.BadParameter(safe_line(str(error))) from error


def language_of_surroundings() -> str:
    """Give the language that the surroundings name (POSIX; on Windows the system's: "Japanese_Japan"), whether its locale is installed or not."""
    named = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE") if (value := os.environ.get(name))), "")
    tag = re.split(r"[.@:]", named or locale.getlocale(locale.LC_CTYPE)[0] or "en")[0]
    in_words = {str(table["language"]).lower(): name for name, table in languages().items()}
    return in_words.get(tag.partition("_")[0].lower(), tag)


PATHS: Final = click.argument("paths", nargs=-1, required=True, type=click.Path(allow_dash=True), metavar="PATH...")
LOCALE: Final = click.option(
    "--locale",
    "language",
    metavar="TAG",
    default=None,
    callback=_known_language,
    help="Language of the texts, en or ja; that of LC_ALL, LC_MESSAGES, LANG or LANGUAGE by default.",
)
OWN_DOMAIN: Final = click.option(
    "--own-domain", "own_domains", multiple=True, metavar="DOMAIN", help="A domain of your own servers and addresses; may be given several times."
)
SENT_IDS: Final = click.option(
    "--sent-ids", type=click.File("r", encoding="utf-8-sig", errors="replace"), metavar="FILE", help="The Message-IDs that you sent, one a line."
)
REDACT: Final = click.option("--redact", is_flag=True, help="Hide the part of every address before the @.")
