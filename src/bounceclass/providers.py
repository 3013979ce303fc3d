"""What people call the receiving and sending services whose own tables of codes we have."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bounceclass.tables import read_table, table_names

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PROVIDERS", "provider_title"]

PROVIDERS = "rules/data/providers"


@cache
def _titles() -> Mapping[str, str]:
    tables = [read_table(PROVIDERS, name) for name in table_names(PROVIDERS)]
    rows = [row for table in tables for row in (table, *table["rule"])]
    return {row["provider"]: row["title"] for row in rows if "provider" in row}


def provider_title(provider: str | None) -> str:
    """Give a provider's name by its id, "exchange_online" as "Exchange Online"; of one that is not ours the id in words; a domain as it is."""
    if not provider or "." in provider:
        return provider or ""
    return _titles().get(provider) or provider.replace("_", " ").title()
