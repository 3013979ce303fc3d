"""Make the `.mo` files that the command speaks from out of the `.po` files beside them: python tools/messages.py."""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOM = Path(__file__).parent.parent / "src" / "bounceclass" / "cli" / "locale"


def main() -> None:
    """Compile each language."""
    for source in sorted(ROOM.glob("*/LC_MESSAGES/messages.po")):
        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parent.parent.name)
        with source.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog)


if __name__ == "__main__":
    main()
