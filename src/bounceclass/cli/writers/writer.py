"""What an output format of `bounceclass scan` is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from bounceclass.cli.streams import Output

if TYPE_CHECKING:
    from bounceclass.advice.catalog import Catalog
    from bounceclass.cli.summary import Summary
    from bounceclass.model.report import Report
    from bounceclass.model.verdict import Verdict

__all__ = ["JudgedMail", "Writer"]


@frozen
class JudgedMail:
    """One mail, judged; `origin` is its path, with ":number" where a file holds several."""

    origin: str
    report: Report
    verdicts: tuple[Verdict, ...]


class Writer:
    """
    An output format.  Each method gives text to be written; what a format does not write is "".

    Rows are made where the mail is judged, in a process of its own perhaps: they must know of nothing else.

    Attributes:
        by_rows: It writes rows as the mails come; the others write once, at the end.
    """

    by_rows = False

    def missing(self) -> str:
        """Say how to get what the format needs; "" where all is there."""
        return ""

    def output(self, name: str) -> Output:
        """Open what the rows go to."""
        return Output(name)

    def head(self) -> str:
        """Give what stands above all rows."""
        return ""

    def rows(self, mail: JudgedMail, *, redact: bool) -> str:  # noqa: ARG002 - for those that write rows
        """Give the rows of one mail; with `redact` the local parts of all addresses are hidden."""
        return ""

    def whole(self, summary: Summary, catalog: Catalog) -> str:  # noqa: ARG002 - for those that write at the end
        """Give what is written when all mails are counted, in the words of a catalog."""
        return ""
