"""A mail as callers have it, as octets: text, a binary file, a message that the standard library has parsed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeGuard

if TYPE_CHECKING:
    from email.message import Message

    from bounceclass.mail.limits import Limits

__all__ = ["octets_of"]


def octets_of(source: object, limits: Limits) -> bytes:
    """
    Give the octets of a mail, in whatever form a caller hands it over.

    Args:
        source: Octets, text, a parsed message, or a binary file.
        limits: Of a file no more is read than of a mail, and one octet.

    Raises:
        TypeError: It is none of these.
    """
    if isinstance(source, bytes):
        return source
    if isinstance(source, (bytearray, memoryview)):
        return bytes(source)
    if isinstance(source, str):
        return _encode(source)
    if _is_message(source):
        return _octets_of_message(source, limits.depth)
    if hasattr(source, "read"):
        octets = source.read(limits.octets + 1)
        if isinstance(octets, bytes):
            return octets
        raise TypeError("parse() takes a file opened in binary mode; this one gives text")
    raise TypeError(f"parse() takes bytes, str, email.message.Message or a binary file, not {type(source).__name__}")


def _is_message(source: object) -> TypeGuard[Message]:
    """Tell a parsed message, without importing the parser: who holds one has done so."""
    module = sys.modules.get("email.message")
    return module is not None and isinstance(source, module.Message)


def _encode(text: str) -> bytes:
    """Give the octets of a text; raw ones back where it was read with surrogateescape."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")


def _octets_of_message(message: Message, depth: int) -> bytes:
    """
    Write a parsed message out again as it was read.

    Not by `as_bytes()`: that folds fields anew, loses the parts of some malformed mails, and raises on others.
    """
    fields = _encode("".join(f"{name}: {value}\n" for name, value in message.raw_items()))
    parts = _payload(message)
    if isinstance(parts, str) or depth < 0:
        return fields + b"\n" + (_encode(parts) if isinstance(parts, str) else b"")
    inner = [_octets_of_message(part, depth - 1) for part in parts]
    if message.get_content_maintype() == "message":  # one message, or the groups of a status part
        return fields + b"\n" + b"\n".join(inner)
    boundary = _boundary(message)
    if not boundary:
        boundary = "=_parts"
        fields = _encode(f"Content-Type: {message.get_content_type()}; boundary={boundary}\n") + fields
    delimiter = b"\n--" + _encode(boundary)
    epilogue = delimiter + b"--\n" + _encode(message.epilogue or "")
    return fields + b"\n" + _encode(message.preamble or "") + b"".join(delimiter + b"\n" + part for part in inner) + epilogue


def _boundary(message: Message) -> str:
    try:
        return message.get_boundary() or ""
    except Exception:  # noqa: BLE001 - as below
        return ""


def _payload(message: Message) -> str | list[Message]:
    """Give what stands below the fields, as the library's own generator takes it: `get_payload()` loses the octets that are no ASCII."""
    payload = message._payload  # type: ignore[attr-defined]  # noqa: SLF001
    if isinstance(payload, list):
        return [part for part in payload if _is_message(part)]
    return payload if isinstance(payload, str) else ""
