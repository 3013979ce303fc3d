"""A table of all, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console

from bounceclass.cli.layout import lay_out_summary
from bounceclass.cli.writers.writer import Writer

if TYPE_CHECKING:
    from bounceclass.advice.catalog import Catalog
    from bounceclass.cli.summary import Summary

__all__ = ["TableWriter"]


class TableWriter(Writer):
    """The sender's own faults first, then what failed how often, then the dead addresses."""

    def whole(self, summary: Summary, catalog: Catalog) -> str:
        """Give the table as wide as the terminal, in its colours."""
        console = Console(highlight=False, emoji=False, markup=False)
        with console.capture() as laid:
            console.print(lay_out_summary(summary, catalog))
        return laid.get()
