"""A page to look at; what draws it comes with the extra `report`."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from bounceclass.cli.writers.writer import Writer

if TYPE_CHECKING:
    from bounceclass.advice.catalog import Catalog
    from bounceclass.cli.summary import Summary

__all__ = ["HtmlWriter"]

_NEEDS: Final = ("jinja2", "matplotlib")


class HtmlWriter(Writer):
    """One page, complete in itself."""

    def missing(self) -> str:
        """Say how to get what the page needs."""
        return "" if all(find_spec(name) for name in _NEEDS) else f"the page needs {' and '.join(_NEEDS)}: pip install 'bounceclass[report]'"

    def whole(self, summary: Summary, catalog: Catalog) -> str:
        """Give the page."""
        from bounceclass.cli.writers.page import make_page  # noqa: PLC0415 - matplotlib takes half a second

        return make_page(summary, catalog)
