"""
What sending services and servers file failures under, beside our reasons: SparkPost's "10", PowerMTA's "bad-mailbox".

A label is somebody's summary of words that we mostly have ourselves: it is evidence, and the weakest there is.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from attrs import frozen

from bounceclass.model.reasons import Reason
from bounceclass.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LabelSystem", "label_systems", "reason_of_label"]


@frozen
class LabelSystem:
    """
    The labels of one service or server.

    Attributes:
        id: As in `Report.dialect`.
        title: What people call it.
        source: Where its labels are documented.
        reasons: What each label says, in lower case; labels that say nothing of a reason ("Permanent/General") are not there.
    """

    id: str
    title: str
    source: str
    reasons: Mapping[str, Reason]


@cache
def label_systems() -> Mapping[str, LabelSystem]:
    """Give the label systems that are known, by their id."""
    table = read_table("rules/data", "labels")
    return MappingProxyType(
        {
            name: LabelSystem(name, row["title"], row["source"], MappingProxyType({label.lower(): Reason(reason) for label, reason in row["labels"].items()}))
            for name, row in table.items()
            if name != "checked"
        }
    )


def reason_of_label(system: str, label: str) -> Reason | None:
    """Give what a label of a system says; None where it says nothing of a reason, or nobody knows it."""
    found = label_systems().get(system)
    return found.reasons.get(label.lower()) if found else None
