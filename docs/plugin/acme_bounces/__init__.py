"""An example plugin: what Acme's mail servers say, and how Acme's support desk says it."""

from __future__ import annotations

from pathlib import Path

import bounceclass
from bounceclass import Capture, Clue, Dialect

HERE = Path(__file__).parent

DIALECT = Dialect(
    name="acme",
    title="Acme Mail",
    source="https://acme.example/mail/notices",
    since="1.0",
    clues=(Clue("subject", "acme could not place your mail"),),
    captures=(
        # Shelf a@example.com: 550 anvil overflow
        Capture(r"^Shelf (?P<recipient>\S+): (?P<diagnostic>.+)$"),
    ),
)


def rules() -> list[bounceclass.Rule]:
    """Give Acme's rules."""
    return bounceclass.load_rules(HERE / "rules.toml")


def catalog() -> bounceclass.Catalog:
    """Give the English catalog with Acme's wording laid over it."""
    return bounceclass.load_catalog(HERE / "catalog.toml", over="en")


def german() -> bounceclass.Catalog:
    """Give a language of one's own: a whole catalog, so that nothing of the English below shows."""
    return bounceclass.load_catalog(HERE / "de.toml", over="en")
