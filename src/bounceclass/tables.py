"""
The package's own tables: TOML in the source tree, JSON in the wheel.

TOML is what people write; JSON loads twenty times as fast.  `hatch_build.py` turns one into the
other when a wheel is built, so a checkout never holds a stale copy.
"""

# The modules that only a reading needs are imported when it happens: `import bounceclass` reads nothing.
from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from os import PathLike

__all__ = ["load_table", "read_table", "table_names"]

_ROOT: Final = os.path.dirname(__file__)  # noqa: PTH120 - pathlib costs 7 ms to import


def read_table(room: str, name: str) -> dict[str, Any]:
    """Read the table `name` of a room, such as "rules/data" and "mailbox_full"."""
    path = f"{_ROOT}/{room}/{name}"
    try:
        with open(f"{path}.json", "rb") as file:  # noqa: PTH123
            import json  # noqa: PLC0415

            table: dict[str, Any] = json.load(file)
            return table
    except FileNotFoundError:
        return load_table(f"{path}.toml")


def load_table(path: str | PathLike[str]) -> dict[str, Any]:
    """
    Read a TOML file.

    Raises:
        OSError: It cannot be read.
        ValueError: It is no TOML, or not in UTF-8.
    """
    import tomllib  # noqa: PLC0415

    with open(path, "rb") as file:  # noqa: PTH123
        return tomllib.load(file)


def table_names(room: str) -> list[str]:
    """Name the tables of a room, in the order of the alphabet."""
    stems = (os.path.splitext(name) for name in os.listdir(f"{_ROOT}/{room}"))  # noqa: PTH122, PTH208
    return sorted({stem for stem, ending in stems if ending in {".toml", ".json"}})
