"""
The JSON Schema of what `to_dict()` gives, made out of the values themselves: types and docstrings.

It is shipped as `schema-1.json`, for programs in other languages; a test holds the file against
this module.  Additions keep the version, anything else raises it.

Spec: JSON Schema, draft 2020-12.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Final, Union, get_args, get_origin, get_type_hints

from attrs import Attribute, fields

from bounceclass.advice.explanation import Explanation, Step
from bounceclass.model import insight, report, verdict
from bounceclass.model.value import Value
from bounceclass.regex import regex
from bounceclass.serial.plain import to_plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bounceclass.model.report import Report
    from bounceclass.model.verdict import Verdict

__all__ = ["SCHEMA_VERSION", "mail_to_dict", "make_schema", "read_schema"]

SCHEMA_VERSION: Final = 1
_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_ATTRIBUTE: Final = regex(r"^        (\w+): (.+(?:\n            .+)*)", re.MULTILINE)
_PLAIN: Final[dict[object, dict[str, Any]]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    NoneType: {"type": "null"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
}


def read_schema() -> str:
    """Give the schema as it is shipped: JSON text."""
    from importlib.resources import files  # noqa: PLC0415 - 10 ms, and only who prints the schema needs it

    return files("bounceclass").joinpath(f"schema-{SCHEMA_VERSION}.json").read_text("utf-8")


def mail_to_dict(source: str, report: Report, verdicts: Iterable[Verdict], *, redact: bool = False) -> dict[str, Any]:
    """
    Give one mail as the schema says.

    Args:
        source: Where it stood.
        report: What `parse()` gave.
        verdicts: What `classify()` gave.
        redact: Hide the local part of every address.
    """
    table: dict[str, Any] = to_plain({"schema": SCHEMA_VERSION, "source": source, "report": report, "verdicts": tuple(verdicts)}, redact=redact)
    return table


def make_schema() -> dict[str, Any]:
    """Give the schema: of a line of `bounceclass classify`, with all values as definitions."""
    values = [getattr(module, name) for module in (report, verdict, insight) for name in module.__all__] + [Step, Explanation]
    return {
        "$schema": _DRAFT,
        "$id": f"urn:bounceclass:schema:{SCHEMA_VERSION}",
        "title": "One mail, as bounceclass classify and bounceclass scan --format jsonl write it",
        "type": "object",
        "properties": {
            "schema": {"const": SCHEMA_VERSION},
            "source": {"type": "string", "description": "Where the mail stood: its path, with :number where a file holds several."},
            "report": {"$ref": "#/$defs/Report"},
            "verdicts": {"type": "array", "items": {"$ref": "#/$defs/Verdict"}, "description": "One for each delivery, in their order."},
        },
        "required": ["schema", "source", "report", "verdicts"],
        "additionalProperties": False,
        "$defs": {value.__name__: _of_value(value) for value in values},
    }


def _of_value(kind: type[Any]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    doc = kind.__doc__ or ""
    told = {name: " ".join(text.split()) for name, text in _ATTRIBUTE.findall(doc)}
    attributes: tuple[Attribute[Any], ...] = fields(kind)
    return {
        "description": doc.strip().partition("\n\n")[0],
        "type": "object",
        "properties": {a.name: {**_of_type(hints[a.name]), **({"description": told[a.name]} if a.name in told else {})} for a in attributes},
        "required": [a.name for a in attributes],
        "additionalProperties": False,
    }


def _of_type(hint: Any) -> dict[str, Any]:  # noqa: ANN401 - any annotation
    if hint in _PLAIN:
        return dict(_PLAIN[hint])
    if get_origin(hint) in {Union, UnionType}:
        return {"anyOf": [_of_type(item) for item in get_args(hint)]}
    if get_origin(hint) is tuple:
        return _of_tuple(get_args(hint))
    if issubclass(hint, StrEnum):
        return {"type": "string", "enum": [str(item) for item in hint]}
    if issubclass(hint, Value):
        return {"$ref": f"#/$defs/{hint.__name__}"}
    raise TypeError(f"no schema for {hint!r}")


def _of_tuple(items: tuple[Any, ...]) -> dict[str, Any]:
    if items[-1] is ...:
        return {"type": "array", "items": _of_type(items[0])}
    return {"type": "array", "prefixItems": [_of_type(item) for item in items], "minItems": len(items), "maxItems": len(items)}
