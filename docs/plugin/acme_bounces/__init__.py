"""An example plugin: what Acme's mail servers say, and how Acme's support desk says it."""

from __future__ import annotations

import json
from pathlib import Path

import bounceclass
from bounceclass import Clue, Dialect, Draft, DraftDelivery, Kind, ParseContext, Reader, line

HERE = Path(__file__).parent

DIALECT = Dialect(
    name="acme",
    title="Acme Mail",
    source="https://acme.example/mail/notices",
    since="1.0",
    clues=(Clue("subject", "acme could not place your mail"),),
    captures=(
        # Shelf a@example.com: 550 anvil overflow
        line("Shelf {recipient}: {diagnostic}"),
    ),
)


def read_parcel(context: ParseContext) -> Draft | None:
    """Read what Acme's parcel gateway attaches for programs: {"refused": [{"to": "a@example.com", "why": "550 anvil overflow"}]}."""
    text = next((part.decoded for part, _ in context.parts.leaves if part.media_type == "application/vnd.acme.parcel+json"), None)
    if text is None:
        return None
    try:
        refused = json.loads(text)["refused"]
        deliveries = tuple(DraftDelivery(recipient=str(row["to"]), diagnostic=str(row["why"])) for row in refused)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None  # mail is hostile input: what cannot be read is left to the other readers
    return Draft(kind=Kind.FAILURE, deliveries=deliveries, dialect="acme_parcel", basis="Acme's parcel file", in_fields=True)


READER = Reader("acme_parcel", "Acme's parcel file", read_parcel)


def rules() -> list[bounceclass.Rule]:
    """Give Acme's rules."""
    return bounceclass.load_rules(HERE / "rules.toml")


def catalog() -> bounceclass.Catalog:
    """Give the English catalog with Acme's wording laid over it."""
    return bounceclass.load_catalog(HERE / "catalog.toml", over="en")


def german() -> bounceclass.Catalog:
    """Give a language of one's own: a whole catalog, so that nothing of the English below shows."""
    return bounceclass.load_catalog(HERE / "de.toml", over="en")
