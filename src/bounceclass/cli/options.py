"""Options that several commands have."""

from __future__ import annotations

import locale
import re
from typing import Final

import click

from bounceclass.advice.catalog import find_catalog
from bounceclass.plugins import installed_catalogs
from bounceclass.text.folding import safe_line

__all__ = ["LOCALE", "OWN_DOMAIN", "PATHS", "REDACT", "SENT_IDS"]


def _known_language(_context: click.Context, _parameter: click.Parameter, tag: str | None) -> str:
    """Give the language asked for, else the terminal's; refuse one that we do not have: who asks for it would get English."""
    if tag is None:
        return locale.getlocale(locale.LC_CTYPE)[0] or "en"
    language = re.split("[-_.]", tag.lower(), maxsplit=1)[0]
    if re.split("[-_.]", find_catalog(tag, installed_catalogs()).locale.lower(), maxsplit=1)[0] != language:
        raise click.BadParameter(f"there are no texts in {safe_line(tag)!r}")
    return tag


PATHS: Final = click.argument("paths", nargs=-1, required=True, metavar="PATH...")
LOCALE: Final = click.option(
    "--locale", "language", metavar="TAG", default=None, callback=_known_language, help="Language of the texts, en or ja; the terminal's own by default."
)
OWN_DOMAIN: Final = click.option(
    "--own-domain", "own_domains", multiple=True, metavar="DOMAIN", help="A domain of your own servers and addresses; may be given several times."
)
SENT_IDS: Final = click.option(
    "--sent-ids", type=click.File("r", encoding="utf-8-sig", errors="replace"), metavar="FILE", help="The Message-IDs that you sent, one a line."
)
REDACT: Final = click.option("--redact", is_flag=True, help="Hide the part of every address before the @.")
