"""
The package's own tables: TOML in the source tree, JSON in the wheel.

TOML is what people write; JSON loads twenty times as fast.  `hatch_build.py` turns one into the
other when a wheel is built, so a checkout never holds a stale copy.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

__all__ = ["load_table", "read_table", "table_names"]

_ROOT: Final = Path(__file__).parent


def read_table(room: str, name: str) -> dict[str, Any]:
    """Read the table `name` of a room, such as "rules/data" and "mailbox_full"."""
    compiled = _ROOT / room / f"{name}.json"
    if compiled.is_file():
        import json  # noqa: PLC0415 - only one of the two is needed

        table: dict[str, Any] = json.loads(compiled.read_bytes())
        return table
    return load_table(_ROOT / room / f"{name}.toml")


def load_table(path: Path) -> dict[str, Any]:
    """
    Read a TOML file of somebody's own.

    Raises:
        OSError: It cannot be read.
        ValueError: It is no TOML, or not in UTF-8.
    """
    import tomllib  # noqa: PLC0415 - only one of the two is needed

    return tomllib.loads(path.read_text("utf-8"))


def table_names(room: str) -> list[str]:
    """Name the tables of a room, in the order of the alphabet."""
    folder = _ROOT / room
    return sorted({path.stem for path in folder.iterdir() if path.suffix in {".toml", ".json"}})
