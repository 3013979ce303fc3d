"""
The package's own tables: TOML in the source tree, JSON in the wheel.

TOML is what people write; JSON loads twenty times as fast.  `hatch_build.py` turns one into the
other when a wheel is built, so a checkout never holds a stale copy.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any, Final

__all__ = ["read_table", "table_names"]

_ROOT: Final = Path(__file__).parent


def read_table(room: str, name: str) -> dict[str, Any]:
    """Read the table `name` of a room, such as "rules/data" and "mailbox_full"."""
    compiled = _ROOT / room / f"{name}.json"
    if compiled.is_file():
        table: dict[str, Any] = json.loads(compiled.read_bytes())
        return table
    return tomllib.loads((_ROOT / room / f"{name}.toml").read_text("utf-8"))


def table_names(room: str) -> list[str]:
    """Name the tables of a room, in the order of the alphabet."""
    folder = _ROOT / room
    return sorted({path.stem for path in folder.iterdir() if path.suffix in {".toml", ".json"}})
