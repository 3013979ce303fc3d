"""
Print each regular expression that the package compiles, with the place that compiles it: one JSON object a line.

    python tests/compiled.py

Collected where `re` compiles, not by reading source: whatever a table, a function or a plugin of ours puts together is there.
"""

from __future__ import annotations

import gc
import importlib
import json
import pkgutil
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parent.parent
PACKAGE = str(ROOT / "src" / "bounceclass")
FOUND: dict[tuple[str | bytes, int], str] = {}


def record(compile_pattern: Any) -> Any:
    """Wrap the compiler of `re`, which is called for whatever its cache does not hold."""

    def recorded(pattern: Any, flags: int = 0) -> Any:
        if isinstance(pattern, (str, bytes)) and (place := caller()):
            FOUND.setdefault((pattern, int(flags)), place)
        return compile_pattern(pattern, flags)

    return recorded


def caller() -> str:
    """Name the line that wants a pattern compiled, where it is ours."""
    frame = sys._getframe(2)  # noqa: SLF001
    while (Path(frame.f_code.co_filename).parent.name == "re" or frame.f_code.co_filename == f"{PACKAGE}/regex.py") and frame.f_back:
        frame = frame.f_back
    name = frame.f_code.co_filename
    return f"{Path(name).relative_to(ROOT)}:{frame.f_lineno}" if name.startswith(PACKAGE) else ""


def note_those_that_wait(module: ModuleType) -> None:
    """Record what a module holds to be compiled at its first use, which may not come."""
    from bounceclass.regex import Regex

    for name, value in vars(module).items():
        for pattern in value.values() if isinstance(value, dict) else [value]:
            if isinstance(pattern, Regex):
                FOUND.setdefault((pattern.pattern, pattern.flags & ~re.UNICODE), f"{Path(str(module.__file__)).relative_to(ROOT)}:{name}")


def use_everything() -> None:
    """Import every module, use every table, and do with every mail of the corpus what a caller can do."""
    import bounceclass
    from bounceclass.reading.dialects.dialect import Capture, Dialect
    from bounceclass.reading.dialects.registry import builtin_dialects
    from bounceclass.text.phrases import Phrase

    for module in pkgutil.walk_packages(bounceclass.__path__, "bounceclass."):
        try:
            note_those_that_wait(importlib.import_module(module.name))
        except ModuleNotFoundError as error:  # what an extra brings
            if str(error.name).startswith("bounceclass"):
                raise
    for path in sorted((ROOT / "corpus").glob("*/*.eml")):
        report = bounceclass.parse(path.read_bytes())
        bounceclass.explain(report).to_html()
        bounceclass.assess(report)
        report.to_dict(redact=True)
    bounceclass.check_address("taro@dokomo.ne.jp")
    builtin_dialects()
    for thing in gc.get_objects():
        if isinstance(thing, Phrase):
            thing.find("")
        elif isinstance(thing, Dialect):
            thing._opens, thing._closes  # noqa: B018, SLF001
        elif isinstance(thing, Capture):
            thing.regex  # noqa: B018


def main() -> None:
    """Collect and print."""
    re.purge()
    re._compiler.compile = record(re._compiler.compile)  # type: ignore[attr-defined]  # noqa: SLF001
    use_everything()
    for (pattern, flags), place in sorted(FOUND.items(), key=lambda item: (item[1], str(item[0]))):
        octets = isinstance(pattern, bytes)
        print(json.dumps({"place": place, "pattern": pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern, "octets": octets, "flags": flags}))


if __name__ == "__main__":
    main()
