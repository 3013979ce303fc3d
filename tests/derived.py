"""What is written out of the code: tables in README and docs, and the JSON Schema; `pytest --update-goldens` rewrites them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import bounceclass
from bounceclass import Reason
from bounceclass.labels import label_systems
from bounceclass.serial.schema import make_schema
from corpus_mails import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

_ROWS = re.compile(r"(?<=\n)(\| reason \| (?:what|意味)[^\n]*\n\|[-|]+\n)((?:\|[^\n]*\n)*)")
_LABELS_BELOW = "<!-- labels: derived -->\n"


def _consequences(reason: Reason) -> tuple[str, ...]:
    return reason.info.address_state, reason.info.responsible, reason.info.action


def _in_english() -> str:
    return _table((f"`{reason}`", reason.info.definition, *_consequences(reason)) for reason in Reason)


def _in_japanese() -> str:
    titles = dict(bounceclass.catalog_texts("ja"))
    return _table((f"`{reason}`", titles[f"reason.{reason}.title"], *_consequences(reason)) for reason in Reason)


def _in_full() -> str:
    return _table(
        (
            f"`{reason}`", reason.info.definition, reason.info.group, *_consequences(reason), reason.info.permanence,
            reason.info.status or "-", reason.info.sisimai or "-", ", ".join(filter(None, reason.info.anymail)),
        )
        for reason in Reason
    )  # fmt: skip


def _labels() -> str:
    """Give for each system its labels, by reason."""
    out = []
    for system in label_systems().values():
        by_reason: dict[str, list[str]] = {}
        for label, reason in system.reasons.items():
            by_reason.setdefault(reason, []).append(f'"{label}"')
        out.append(f"\n### {system.title}\n\n<{system.source}>\n\n" if "://" in system.source else f"\n### {system.title}\n\n{system.source}\n\n")
        out.append("| reason | labels |\n|---|---|\n" + _table((f"`{reason}`", ", ".join(by_reason[reason])) for reason in Reason if reason in by_reason))
    return "".join(out)


def _with_labels(page: str) -> str:
    """Put the labels behind their mark, to the end of the page."""
    return page[: page.index(_LABELS_BELOW) + len(_LABELS_BELOW)] + _labels()


def _table(rows: Iterable[tuple[str, ...]]) -> str:
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _with_rows(make: Callable[[], str]) -> Callable[[str], str]:
    """Put the rows into the one table of reasons of a page."""
    return lambda page: _ROWS.sub(lambda match: match[1] + make(), page)


DERIVED: dict[Path, Callable[[str], str]] = {
    ROOT / "README.md": _with_rows(_in_english),
    ROOT / "README.ja.md": _with_rows(_in_japanese),
    ROOT / "docs" / "reasons.md": lambda page: _with_labels(_with_rows(_in_full)(page)),
    ROOT / "src" / "bounceclass" / "schema-1.json": lambda _: json.dumps(make_schema(), ensure_ascii=False, indent=1) + "\n",
}
