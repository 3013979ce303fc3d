"""What is written out of the code: tables in README and docs, and the JSON Schema; `pytest --update-goldens` rewrites them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import bounceclass
from bounceclass import Reason
from bounceclass.labels import label_systems
from bounceclass.languages import languages
from bounceclass.providers import PROVIDERS
from bounceclass.serial.schema import make_schema
from bounceclass.tables import read_table, table_names
from corpus_mails import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

_ROWS = re.compile(r"(?<=\n)(\| reason \| (?:what|意味)[^\n]*\n\|[-|]+\n)((?:\|[^\n]*\n)*)")
_LABELS_BELOW = "<!-- labels: derived -->\n"


def _consequences(reason: Reason) -> tuple[str, ...]:
    return reason.info.address_state, reason.info.responsible, reason.info.action


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


def _sources(page: str) -> str:
    """Put the tables with their sources and dates behind the mark, to the end of the page."""
    rows: dict[str, list[tuple[str, ...]]] = {"Providers": [], "Reasons": []}
    for room, kind in ((PROVIDERS, "Providers"), ("rules/data", "Reasons")):
        for name in table_names(room):
            table = read_table(room, name)
            if "rule" in table:
                sources = dict.fromkeys(filter(None, (table.get("source", ""), *(rule.get("source", "") for rule in table["rule"]))))
                rows[kind].append((table.get("title") or f"`{name}`", str(len(table["rule"])), table["checked"], "<br>".join(map(_linked, sources))))
    zones = read_table("rules/data", "zones")
    lists: list[tuple[str, ...]] = [(row["name"], _linked(row.get("delist") or row.get("lookup") or "-"), zones["checked"]) for row in zones["list"]]
    spoken: list[tuple[str, ...]] = [(table["language"], str(len(table.get("rule", ()))), str(table["checked"])) for table in languages().values()]
    others: list[tuple[str, ...]] = [
        ("enhanced status codes and reply codes", "rules/data/codes.toml", "IANA's registry, RFC 3463, RFC 5321", _checked("rules/data", "codes")),
        (
            "labels of sending services",
            "rules/data/labels.toml",
            "each service's pages, in [reasons.md](reasons.md#what-others-call-it)",
            read_table("rules/data", "labels")["checked"],
        ),
        (
            "domains that are mistyped",
            "insight/data/domains.toml",
            "the carriers' and providers' pages, publicsuffix.org",
            _checked("insight/data", "domains"),
        ),
        ("what fake notices have", "insight/data/fakes.toml", "notices that were reported as fakes", _checked("insight/data", "fakes")),
    ]
    parts: list[tuple[str, str, list[tuple[str, ...]]]] = [
        ("Sending and receiving services", "| service | rules | checked | sources |\n|---|---|---|---|\n", rows["Providers"]),
        ("Reasons", "| table | rules | checked | sources |\n|---|---|---|---|\n", rows["Reasons"]),
        ("Block lists", "| list | its page | checked |\n|---|---|---|\n", lists),
        ("Languages", "| language | rules with phrases in it | checked |\n|---|---|---|\n", spoken),
        ("Other tables", "| what | file | source | checked |\n|---|---|---|---|\n", others),
    ]
    mark = "<!-- sources: derived -->\n"
    return page[: page.index(mark) + len(mark)] + "".join(f"\n## {title}\n\n{head}{_table(body)}" for title, head, body in parts)


def _checked(room: str, name: str) -> str:
    return str(read_table(room, name)["checked"])


def _linked(source: str) -> str:
    return f"<{source}>" if source.startswith("http") and "{" not in source else source.replace("|", "/")


def _table(rows: Iterable[tuple[str, ...]]) -> str:
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _with_rows(make: Callable[[], str]) -> Callable[[str], str]:
    """Put the rows into the one table of reasons of a page."""
    return lambda page: _ROWS.sub(lambda match: match[1] + make(), page)


DERIVED: dict[Path, Callable[[str], str]] = {
    ROOT / "docs" / "verdict.ja.md": _with_rows(_in_japanese),
    ROOT / "docs" / "reasons.md": lambda page: _with_labels(_with_rows(_in_full)(page)),
    ROOT / "docs" / "sources.md": _sources,
    ROOT / "src" / "bounceclass" / "schema-1.json": lambda _: json.dumps(make_schema(), ensure_ascii=False, indent=1) + "\n",
}
