"""Names of hosts and domains."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["is_under"]


def is_under(host: str, domains: Iterable[str]) -> bool:
    """Tell whether a host is one of some domains, or below one; all in lower case, an empty domain has nobody below it."""
    return any(domain and (host == domain or host.endswith(f".{domain}")) for domain in domains)
