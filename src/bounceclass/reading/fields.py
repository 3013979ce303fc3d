"""
Blocks of "name: value" fields, as in delivery-status, feedback-report and disposition parts.

Spec:
    RFC 3464 §2.1, RFC 5965 §3, RFC 8098 §3.1: fields as in RFC 5322 §2.2, groups parted by empty lines.
"""

from __future__ import annotations

import re
from typing import Final

from bounceclass.regex import regex

__all__ = ["Group", "first", "holds_status", "read_groups", "untyped"]


Group = list[tuple[str, str]]
"""Fields in their order: lower-case name, unfolded value."""

# A field, and all lines below it up to the next one: those that begin with a blank belong to it by
# RFC 5322 §2.2.3, the others because their writer forgot to indent them.
_FIELD: Final = regex(
    r"^[ \t]{0,4}([A-Za-z][A-Za-z0-9-]{1,60})[ \t]*+:[ \t]*+([^\n]*+(?:\n(?:[ \t]|(?![ \t])(?![A-Za-z][A-Za-z0-9-]{1,60}[ \t]*+:))[^\n]*+)*+)", re.MULTILINE
)
_HOLDS_STATUS: Final = regex(r"^[ \t]{0,4}(?:final|original)-recipient[ \t]*:[ \t]*\S", re.MULTILINE)
# address-type ";" generic-address (RFC 3464 §2.3.1); diagnostic-type ";" *text (§2.3.6).
_TYPED: Final = regex(r"^\s*[A-Za-z0-9][A-Za-z0-9_.-]{0,30}\s*;\s*")
_EMPTY_LINES: Final = regex(r"\n[ \t]*(?:\n[ \t]*)+")


def read_groups(text: str) -> list[Group]:
    """
    Read the groups of a block.

    Returns:
        The groups in their order, none of them empty.  A line that is no field belongs
        to the field before it, indented or not.
    """
    groups = (_FIELD.findall(group) for group in _EMPTY_LINES.split(text))
    return [[(name.lower(), " ".join(value.split()) if "\n" in value else value.strip()) for name, value in group] for group in groups if group]


def first(group: Group, *names: str) -> str:
    """Give the first value that is not empty, in the order of the names; "" where there is none."""
    for name in names:
        for key, value in group:
            if key == name and value:
                return value
    return ""


def holds_status(text: str) -> bool:
    """Tell whether a text holds per-recipient fields of a delivery status (RFC 3464 §2.3), whatever its media type says."""
    return _HOLDS_STATUS.search(text.lower()) is not None


def untyped(value: str) -> str:
    """Drop the type in front of a typed value: "dns; mx.example.jp" gives the host."""
    return _TYPED.sub("", value, count=1).strip()
